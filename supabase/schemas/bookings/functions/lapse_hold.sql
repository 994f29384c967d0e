/*
 * Ends the hold of an order's booking: the time is free, the order expired, and Stripe is
 * asked to close the checkout page so that nobody pays for nothing. Nothing happens when
 * the booking is no longer held; a payment that still arrives is record_payment's to settle.
 */
create function private.lapse_hold(order_id uuid, actor public.booking_actor)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  -- The order first, then the booking: the same order of locks as record_payment.
  perform from public.orders where orders.id = lapse_hold.order_id for update;

  select bookings.id into v_booking_id
  from public.bookings
  where bookings.order_id = lapse_hold.order_id;

  if v_booking_id is null or not private.move_booking(v_booking_id, array['held']::public.booking_status[], 'expired', lapse_hold.actor) then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = lapse_hold.order_id and orders.status = 'pending';

  perform private.enqueue(
    'stripe.expire_checkout',
    'stripe.expire_checkout:' || lapse_hold.order_id,
    jsonb_build_object('order_id', lapse_hold.order_id)
  );
end;
$$;
