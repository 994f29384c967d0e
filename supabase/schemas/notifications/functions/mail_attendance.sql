/* What was decided about who came to a booking, as a mail says it; null before that. */
create function private.mail_attendance(booking_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'outcome', decisions.outcome,
    'sentence', decisions.sentence,
    'objection_ends_at', decisions.objection_ends_at,
    'objected_by', decisions.objected_by,
    'objection', decisions.objection,
    'settled_outcome', decisions.settled_outcome,
    'settled_reason', decisions.settled_reason
  )
  from public.attendance_decisions as decisions
  where decisions.booking_id = mail_attendance.booking_id;
$$;
