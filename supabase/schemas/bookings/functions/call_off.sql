/*
 * A confirmed session that has not begun is cancelled: it is noted by whom and why,
 * `refund_cents` go back, the meeting goes, the time is free again, both are told. The caller
 * has locked the order and then the booking. Returns false, and changes nothing, when the
 * session is not confirmed or has begun.
 */
create function private.call_off(
  booking public.bookings,
  actor public.booking_actor,
  refund_cents integer,
  reason text
)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking_id uuid := (call_off.booking).id;
begin
  if (call_off.booking).starts_at <= now() or not private.move_booking(
    v_booking_id, array['confirmed']::public.booking_status[], 'cancelled', call_off.actor,
    jsonb_build_object('reason', left(trim(call_off.reason), 500), 'refund_cents', call_off.refund_cents)
  ) then
    return false;
  end if;

  if call_off.refund_cents > 0 then
    perform private.request_refund(
      (call_off.booking).order_id, call_off.refund_cents,
      (call_off.actor || '_cancelled')::public.refund_reason
    );
  end if;
  perform private.cancel_meeting(v_booking_id);
  perform private.notify_parties(v_booking_id, 'booking_cancelled');

  return true;
end;
$$;

/* A booking for somebody who will move it: its order is locked first, as by every path that moves money. */
create function private.lock_booking(booking_id uuid)
returns public.bookings
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  perform from public.orders
  where orders.id = (select bookings.order_id from public.bookings where bookings.id = lock_booking.booking_id)
  for update;

  select * into v_booking from public.bookings where bookings.id = lock_booking.booking_id for update;

  return v_booking;
end;
$$;
