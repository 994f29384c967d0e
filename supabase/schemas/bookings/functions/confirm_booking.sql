/*
 * The order is paid: its booking is confirmed, the meeting is planned and both are told. A time
 * that is gone (take_paid_time) gives the money back by itself, and so does money for a request
 * that nobody accepted. The caller holds the order's lock, so this runs once per order.
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
begin
  select * into v_booking from public.bookings where bookings.order_id = confirm_booking.order_id;

  if not (
    (select offers.is_instant from public.offers where offers.id = v_booking.offer_id)
    and private.take_paid_time(confirm_booking.order_id, 'confirmed')
  ) then
    perform private.lapse_hold(confirm_booking.order_id, 'system');
    perform private.request_refund(confirm_booking.order_id, orders.amount_cents, 'paid_too_late')
    from public.orders where orders.id = confirm_booking.order_id;
    perform private.notify(v_booking.client_id, 'payment_returned', v_booking.id, v_booking.id);
    return;
  end if;

  perform private.welcome_session(v_booking.id);
end;
$$;

/* What follows when a session is certain: its meeting, the parties' conversation, their mails. */
create function private.welcome_session(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.plan_meeting(welcome_session.booking_id);
  perform private.open_conversation(bookings.coach_id, bookings.client_id)
  from public.bookings where bookings.id = welcome_session.booking_id;
  perform private.notify_parties(welcome_session.booking_id, 'booking_confirmed');
end;
$$;

/*
 * The booking of an order whose money is there, or held by the bank, becomes `target`: confirmed
 * or requested. A hold that lapsed before the money came is taken again if the time is still
 * free and ahead, the coach still listed and the client still here. Returns false, and changes
 * nothing, otherwise. The caller holds the order's lock.
 */
create function private.take_paid_time(order_id uuid, target public.booking_status)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.order_id = take_paid_time.order_id for update;

  if v_booking.starts_at <= now() or not (v_booking.status = 'held' or exists (
    select
    from public.coaches
    join public.profiles as client on client.id = v_booking.client_id and client.deleted_at is null
    where coaches.id = v_booking.coach_id
      and coaches.status = 'approved'
  )) then
    return false;
  end if;

  if v_booking.status = 'expired' then
    -- A change of a taken time, not an insert: it waits its turn, as in move_session.
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.expire_lapsed_holds(v_booking.coach_id, v_booking.during);
  end if;

  return private.move_booking(
    v_booking.id, array['held', 'expired']::public.booking_status[], take_paid_time.target, 'system'
  );
exception when exclusion_violation then
  return false; -- The time went to somebody else meanwhile.
end;
$$;
