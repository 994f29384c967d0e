/*
 * An order that was paid gives sessions to book with, until `until`: a package its sessions, a
 * period of a membership its own. Once for each order; granting again changes nothing. The caller
 * holds the order's lock.
 */
create function private.grant_credits(order_id uuid, sessions integer, until timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into public.credit_entries (order_id, kind, sessions)
  values (grant_credits.order_id, 'granted', grant_credits.sessions)
  on conflict (order_id, kind) where booking_id is null do nothing;

  if found then
    update public.orders set credits_end_at = grant_credits.until where orders.id = grant_credits.order_id;
  end if;
end;
$$;
