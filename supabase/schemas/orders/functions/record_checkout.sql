/*
 * Remembers the Stripe Checkout page made for an order, so that coming back
 * leads to the same page and a lapsed hold can close it. Only convenience follows from it:
 * that an order is paid is Stripe's to say, in a signed webhook. The first page stands: returns the address
 * of the one that does.
 * Whose the customer at Stripe is only the site says (record_stripe_customer).
 * Raises: OBNFD (not the asker's order), OCHRG (its card is being charged).
 *
 * Security definer: nobody may write orders.
 */
create function public.record_checkout(
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
  v_client_id uuid := private.current_profile_id();
begin
  -- A charge that is asked for in this moment waits, and closes the page that is made here (charge_work).
  perform from public.orders
  where orders.id = record_checkout.order_id
    and orders.client_id = v_client_id
  for update;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  elsif private.is_being_charged(record_checkout.order_id) then
    raise exception 'Your card is being charged for this right now. Look again in a minute.' using errcode = 'OCHRG';
  end if;

  update public.orders
  set stripe_checkout_session_id = record_checkout.checkout_session_id,
      checkout_url = record_checkout.checkout_url,
      checkout_expires_at = record_checkout.expires_at
  where orders.id = record_checkout.order_id
    and (orders.checkout_expires_at is null or orders.checkout_expires_at <= now());

  return (select orders.checkout_url from public.orders where orders.id = record_checkout.order_id);
end;
$$;

grant execute on function public.record_checkout(uuid, text, text, timestamptz) to authenticated;
