/*
 * An admin settles who came: `select admin.settle_attendance('…', 'held', 'Her dial-in was found.')`
 * in Studio's editor. The session becomes what the outcome says; if the coach was missing, all that
 * is left goes back at once; if the client was, the fee is charged that a membership has for that
 * (make_no_show_fee); else no money moves. Both parties read the reason, and are asked for a review when
 * the session had been taken for missed. Once for each session.
 * Raises: MTNDC (nothing was decided), MTSTD (it is settled).
 */
create function admin.settle_attendance(booking_id uuid, outcome public.attendance_outcome, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(settle_attendance.booking_id);
  v_decision public.attendance_decisions;
  v_status public.booking_status := private.status_of_outcome(settle_attendance.outcome);
begin
  select * into v_decision
  from public.attendance_decisions
  where attendance_decisions.booking_id = v_booking.id
  for update;

  if not found then
    raise exception 'Nothing was decided about session %.', settle_attendance.booking_id using errcode = 'MTNDC';
  elsif v_decision.settled_at is not null then
    raise exception 'Session % is settled already.', settle_attendance.booking_id using errcode = 'MTSTD';
  end if;

  update public.attendance_decisions
  set settled_at = now(), settled_outcome = settle_attendance.outcome, settled_reason = trim(settle_attendance.reason)
  where attendance_decisions.booking_id = v_booking.id;

  if v_status <> v_booking.status then
    perform private.move_booking(
      v_booking.id, array[v_booking.status], v_status, 'admin', jsonb_build_object('reason', trim(settle_attendance.reason))
    );
    perform private.refresh_listing(v_booking.coach_id);
  end if;
  if v_status = 'completed' and v_booking.status <> 'completed' then
    perform private.invite_to_review(v_booking.id, 2);
  end if;

  if settle_attendance.outcome = 'coach_missing' then
    perform private.refund_missed_session(v_booking);
  elsif settle_attendance.outcome = 'client_missing' then
    perform private.make_no_show_fee(v_booking);
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'attendance_decisions', v_booking.id::text, 'settled', session_user,
    jsonb_build_object('outcome', v_decision.outcome, 'objection', v_decision.objection),
    jsonb_build_object('outcome', settle_attendance.outcome, 'reason', trim(settle_attendance.reason))
  );
  perform private.notify_parties(v_booking.id, 'attendance_settled');
end;
$$;
