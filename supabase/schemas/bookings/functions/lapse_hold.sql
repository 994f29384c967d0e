/*
 * Ends the hold of an order: every time it held is free, the order expired, and Stripe is
 * asked to close the checkout page so that nobody pays for nothing. Nothing happens when
 * none is held any more; a payment that still arrives is record_payment's to settle. An order
 * that was paid stays so: what it held last was gone before the money came.
 */
create function private.lapse_hold(order_id uuid, actor public.booking_actor)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_lapsed_count integer;
begin
  -- The order first, then the bookings: the same order of locks as record_payment.
  perform from public.orders where orders.id = lapse_hold.order_id for update;

  select count(*) filter (
    where private.move_booking(bookings.id, array['held']::public.booking_status[], 'expired', lapse_hold.actor)
  ) into v_lapsed_count
  from public.bookings
  where bookings.order_id = lapse_hold.order_id;

  if v_lapsed_count = 0 then
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

/*
 * A party calls off a session that is not paid for yet: it is cancelled, and a payment that still
 * arrives goes back, where that for a hold that lapsed would take the time again. The caller has
 * locked the order and then the booking, and tells the other party. Nothing happens when it is
 * no longer held.
 */
create function private.call_off_hold(booking public.bookings, actor public.booking_actor, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if not private.move_booking(
    (call_off_hold.booking).id, array['held']::public.booking_status[], 'cancelled', call_off_hold.actor,
    jsonb_build_object('reason', left(trim(call_off_hold.reason), 500))
  ) then
    return;
  end if;

  update public.orders set status = 'expired'
  where orders.id = (call_off_hold.booking).order_id and orders.status = 'pending';

  perform private.enqueue(
    'stripe.expire_checkout',
    'stripe.expire_checkout:' || (call_off_hold.booking).order_id,
    jsonb_build_object('order_id', (call_off_hold.booking).order_id)
  );
end;
$$;
