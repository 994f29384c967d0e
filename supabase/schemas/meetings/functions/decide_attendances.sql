/*
 * Run by cron. Decides of sessions whose list Zoom has not given within a day by what its webhooks
 * told, however long ago they were (bookings_undecided_idx), and settles what nobody objected to in time: then, and only then, a coach who did not come
 * gives all of it back, and a client who did not is charged what a session of a membership costs then. At most 500 at a
 * time, of orders that nobody works on: to wait for one while others are locked, in the order of time, could
 * be to wait for each other with who locks them by their ids (lock_package).
 */
create function private.decide_attendances()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  for v_booking_id in
    select bookings.id
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.status = 'completed'
      and not bookings.is_attendance_decided
      and bookings.ends_at <= now() - interval '1 day'
    order by bookings.ends_at
    limit 500
    for update of orders skip locked
  loop
    perform private.decide_attendance(v_booking_id);
  end loop;

  for v_booking_id in
    select attendance_decisions.booking_id
    from public.attendance_decisions
    join public.bookings on bookings.id = attendance_decisions.booking_id
    join public.orders on orders.id = bookings.order_id
    where attendance_decisions.settled_at is null
      and attendance_decisions.objected_at is null
      and attendance_decisions.objection_ends_at <= now()
    order by attendance_decisions.objection_ends_at
    limit 500
    for update of orders skip locked
  loop
    perform private.close_attendance(v_booking_id);
  end loop;
end;
$$;

/* The time to object is over, and nobody did: what was decided stands. */
create function private.close_attendance(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(close_attendance.booking_id);
  v_outcome public.attendance_outcome;
begin
  -- Looked at again under the lock: an objection of this very moment comes first.
  update public.attendance_decisions
  set settled_at = now(), settled_outcome = outcome
  where attendance_decisions.booking_id = v_booking.id
    and attendance_decisions.settled_at is null
    and attendance_decisions.objected_at is null
    and attendance_decisions.objection_ends_at <= now()
  returning outcome into v_outcome;

  if v_outcome = 'coach_missing' and v_booking.status = 'no_show_coach' then
    perform private.refund_missed_session(v_booking);
    perform private.notify_parties(v_booking.id, 'attendance_settled');
  elsif v_outcome = 'client_missing' and v_booking.status = 'no_show_client' then
    perform private.make_no_show_fee(v_booking);
  end if;
end;
$$;

/*
 * All that is left of what the client paid for the session goes back, as money or as the credit that
 * it was booked with: the coach did not come.
 */
create function private.refund_missed_session(booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if private.uses_credit(refund_missed_session.booking) then
    perform private.give_back_credit(refund_missed_session.booking, 'coach_no_show');
  else
    perform private.request_refund(
      refund_missed_session.booking,
      private.session_cents(refund_missed_session.booking) - private.session_returned_cents(refund_missed_session.booking),
      'coach_no_show'
    );
  end if;
end;
$$;
