/*
 * The order is paid: its booking is confirmed, the meeting is planned and both are told.
 * A hold that lapsed before the money came is taken again if the time is still free and
 * ahead, the coach still listed and the client still here; else the money goes back by itself
 * and the client is told.
 * The caller holds the order's lock, so this runs once per order.
 */
create function private.confirm_booking(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_is_confirmed boolean := false;
begin
  select * into v_booking from public.bookings where bookings.order_id = confirm_booking.order_id for update;

  if v_booking.starts_at > now() and (v_booking.status = 'held' or exists (
    select
    from public.coaches
    join public.profiles as client on client.id = v_booking.client_id and client.deleted_at is null
    where coaches.id = v_booking.coach_id
      and coaches.status = 'approved'
  )) then
    if v_booking.status = 'expired' then
      perform private.expire_lapsed_holds(v_booking.coach_id, v_booking.during);
    end if;

    begin
      v_is_confirmed := private.move_booking(
        v_booking.id, array['held', 'expired']::public.booking_status[], 'confirmed', 'system'
      );
    exception when exclusion_violation then
      v_is_confirmed := false; -- The time went to somebody else meanwhile.
    end;
  end if;

  if not v_is_confirmed then
    perform private.lapse_hold(confirm_booking.order_id, 'system');
    perform private.request_refund(confirm_booking.order_id, orders.amount_cents, 'paid_too_late')
    from public.orders where orders.id = confirm_booking.order_id;
    perform private.notify(v_booking.client_id, 'payment_returned', v_booking.id, v_booking.id);
    return;
  end if;

  perform private.plan_meeting(v_booking.id);
  perform private.open_conversation(v_booking.coach_id, v_booking.client_id);
  perform private.notify_parties(v_booking.id, 'booking_confirmed');
end;
$$;
