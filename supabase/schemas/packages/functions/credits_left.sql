/* How many sessions an order still gives to book with. The sum of its entries, kept nowhere. */
create function private.credits_left(order_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(credit_entries.sessions), 0)::integer
  from public.credit_entries
  where credit_entries.order_id = credits_left.order_id;
$$;
