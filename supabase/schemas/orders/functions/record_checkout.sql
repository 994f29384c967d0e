/*
 * Remembers the Stripe Checkout page made for an order of `profile_id`, so that coming back leads to the same
 * page and a lapsed hold can close it. For the site alone, which made it: Stripe is asked what was paid on a
 * noted page, and it is closed before a card is charged, so who could name one could have an order paid by
 * another's page, or stop a charge.
 * The first page stands while it is open: returns the address of the one that does.
 * Raises: OBNFD (not the profile's order), OCOVR (it is not to be paid any more), OCHRG (its card is being
 * charged, or a page of it has ended and Stripe was not asked yet what became of it). What was made then is
 * the site's to close.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_checkout(
  profile_id uuid,
  order_id uuid,
  checkout_session_id text,
  checkout_url text,
  expires_at timestamptz
)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  -- A charge that is asked for in this moment waits, and closes the page that is made here (charge_work).
  select * into v_order from public.orders
  where orders.id = record_checkout.order_id
    and orders.client_id = record_checkout.profile_id
  for update;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  elsif v_order.status <> 'pending' then
    raise exception 'This is not waiting for a payment any more: it was paid, called off, or has expired.' using errcode = 'OCOVR';
  elsif private.is_being_charged(v_order.id) then
    raise exception 'Your card is being charged for this right now. Look again in a minute.' using errcode = 'OCHRG';
  elsif private.is_being_paid(v_order) then
    raise exception 'You may have paid for this already. We are finding out: look again in a few minutes.' using errcode = 'OCHRG';
  end if;

  update public.orders
  set stripe_checkout_session_id = record_checkout.checkout_session_id,
      checkout_url = record_checkout.checkout_url,
      checkout_expires_at = record_checkout.expires_at
  where orders.id = v_order.id
    and orders.stripe_checkout_session_id is null;

  return (select orders.checkout_url from public.orders where orders.id = v_order.id);
end;
$$;

grant execute on function public.record_checkout(uuid, uuid, text, text, timestamptz) to service_role;
