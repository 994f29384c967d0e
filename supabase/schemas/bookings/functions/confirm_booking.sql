/*
 * The order is paid: its sessions are confirmed, their meetings planned, and both are told. A time
 * that is gone (take_paid_time) gives its part of the money back by itself, and so does money for
 * a request that nobody accepted. The caller holds the order's lock, so this runs once per order.
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
  v_lost_id uuid;
begin
  for v_booking in
    select * from public.bookings
    where bookings.order_id = confirm_booking.order_id
    order by bookings.starts_at
  loop
    if not (
      (select offers.is_instant from public.offers where offers.id = v_booking.offer_id)
      and private.take_paid_time(v_booking.id, 'confirmed')
    ) then
      v_lost_id := coalesce(v_lost_id, v_booking.id);
      perform private.request_refund(v_booking, private.session_cents(v_booking), 'paid_too_late');
    end if;
  end loop;

  if v_lost_id is not null then
    perform private.lapse_hold(confirm_booking.order_id, 'system');
    perform private.notify(v_booking.client_id, 'payment_returned', v_lost_id, v_lost_id);
  end if;

  perform private.welcome_sessions(confirm_booking.order_id);
end;
$$;

/*
 * What follows when an order's sessions are certain: their meetings, the parties' conversation,
 * one mail to each. `booking_ids` are those that were booked just now, where an order is booked from
 * little by little. Nothing when none is. After every booking is written: the hosts' lock, which
 * plan_meeting takes, comes last.
 */
create function private.welcome_sessions(order_id uuid, booking_ids uuid[] default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_first public.bookings;
begin
  select * into v_first
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
    and (welcome_sessions.booking_ids is null or bookings.id = any (welcome_sessions.booking_ids))
  order by bookings.starts_at
  limit 1;

  if not found then
    return;
  end if;

  perform private.plan_meeting(bookings.occasion_id)
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
    and (welcome_sessions.booking_ids is null or bookings.id = any (welcome_sessions.booking_ids))
  order by bookings.starts_at;

  perform private.open_conversation(v_first.coach_id, v_first.client_id);
  perform private.notify_parties(v_first.id, 'booking_confirmed');
end;
$$;
