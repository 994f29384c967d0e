/*
 * Has Zoom's list of who was there read for a session that is over, when people have had the time
 * to leave (platform_settings.no_show_grace_minutes).
 */
create function private.plan_attendance(booking public.bookings)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'zoom.read_attendance', 'zoom.read_attendance:' || meetings.id, jsonb_build_object('meeting_id', meetings.id),
    (plan_attendance.booking).ends_at + make_interval(mins => (private.settings()).no_show_grace_minutes)
  )
  from public.meetings
  where meetings.booking_id = (plan_attendance.booking).id
    and meetings.status = 'ready';
$$;

/*
 * What `dispatch` needs to read Zoom's own list of who was in a meeting, or null when it was
 * read. Webhooks can be lost, and on who came hangs money.
 */
create function private.read_attendance_work(meeting_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('zoom_meeting_id', meetings.zoom_meeting_id)
  from public.meetings
  where meetings.id = read_attendance_work.meeting_id
    and meetings.zoom_meeting_id is not null
    and meetings.attendance_read_at is null;
$$;

/*
 * Keeps Zoom's list of visits beside what its webhooks told: a visit in both is one time span
 * when it is counted. Then it is decided who came. `result` has `visits`; null when there was
 * nothing to do.
 */
create function private.record_attendance(meeting_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  if record_attendance.result is null then
    return;
  end if;

  -- The order and the booking first: the decision may move both.
  select meetings.booking_id into v_booking_id from public.meetings where meetings.id = record_attendance.meeting_id;
  perform private.lock_booking(v_booking_id);

  perform private.record_participant(record_attendance.meeting_id, visit)
  from jsonb_array_elements(record_attendance.result -> 'visits') as visit;

  update public.meetings
  set attendance_read_at = now()
  where meetings.id = record_attendance.meeting_id
    and meetings.attendance_read_at is null;

  perform private.decide_attendance(v_booking_id);
end;
$$;
