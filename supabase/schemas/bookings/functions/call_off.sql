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
begin
  if not private.cancel_session(call_off.booking, call_off.actor, call_off.refund_cents, call_off.reason) then
    return false;
  end if;

  perform private.tell_of_call_off(call_off.booking);
  return true;
end;
$$;

/* Both are told; of a date that was called off as a whole the client alone: its coach did it. */
create function private.tell_of_call_off(booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_id uuid := (tell_of_call_off.booking).id;
begin
  if exists (
    select from public.group_dates
    where group_dates.id = (tell_of_call_off.booking).group_date_id
      and group_dates.called_off_at is not null
  ) then
    perform private.notify((tell_of_call_off.booking).client_id, 'booking_cancelled', v_id, v_id);
  else
    perform private.notify_parties(v_id, 'booking_cancelled');
  end if;
end;
$$;

/*
 * The same without telling anybody: whoever cancels several at once tells of all in one mail. The
 * credit that the session was booked with comes back where all of it does (returns_credit).
 */
create function private.cancel_session(
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
  v_returns_credit boolean := private.returns_credit(cancel_session.booking, cancel_session.actor);
begin
  if (cancel_session.booking).starts_at <= now() or not private.move_booking(
    (cancel_session.booking).id, array['confirmed']::public.booking_status[], 'cancelled', cancel_session.actor,
    jsonb_build_object('reason', left(trim(cancel_session.reason), 500), 'refund_cents', cancel_session.refund_cents)
      || case when v_returns_credit then '{"returns_credit": true}'::jsonb else '{}'::jsonb end
  ) then
    return false;
  end if;

  if v_returns_credit then
    perform private.give_back_credit(cancel_session.booking, 'client_cancelled');
  elsif cancel_session.refund_cents > 0 then
    perform private.request_refund(
      cancel_session.booking, cancel_session.refund_cents,
      (cancel_session.actor || '_cancelled')::public.refund_reason
    );
  end if;
  perform private.leave_meeting(cancel_session.booking);

  return true;
end;
$$;

/*
 * Cancels a session and all of its series that follow it, as `actor`, each with what comes back
 * for it (refundable_cents), and tells of all in one mail. The caller has locked the order.
 * Returns the cents that go back, or null when there is nothing to cancel.
 */
create function private.call_off_following(booking public.bookings, actor public.booking_actor, reason text)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refund_cents integer;
begin
  -- All are counted before the first is cancelled: afterwards there is less left of the order.
  with quotes as materialized (
    select bookings, private.refundable_cents(bookings, call_off_following.actor) as refund_cents
    from private.this_and_following(call_off_following.booking) as bookings
  )
  select sum(quotes.refund_cents) filter (
    where private.cancel_session(
      quotes.bookings, call_off_following.actor, quotes.refund_cents, call_off_following.reason
    )
  ) into v_refund_cents
  from quotes;

  if v_refund_cents is not null then
    perform private.tell_of_call_off(call_off_following.booking);
  end if;
  return v_refund_cents;
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
