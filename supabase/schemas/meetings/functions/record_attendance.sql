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
  where meetings.occasion_id = (plan_attendance.booking).occasion_id
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
 * when it is counted. Then it is decided who came, for each seat of a date. `result` has `visits`;
 * null when there was nothing to do.
 */
create function private.record_attendance(meeting_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_ids uuid[];
begin
  if record_attendance.result is null then
    return;
  end if;

  -- Orders and bookings first: the decision may move both.
  v_booking_ids := private.lock_bookings_of_meeting(record_attendance.meeting_id);

  perform private.record_participant(record_attendance.meeting_id, visit)
  from jsonb_array_elements(record_attendance.result -> 'visits') as visit;

  update public.meetings
  set attendance_read_at = now()
  where meetings.id = record_attendance.meeting_id
    and meetings.attendance_read_at is null;

  perform private.decide_attendance(booking_id) from unnest(v_booking_ids) as booking_id;
end;
$$;

/* The bookings whose meeting it is, locked in one order, their orders before them. Returns their ids. */
create function private.lock_bookings_of_meeting(meeting_id uuid)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_ids uuid[] := array(
    select bookings.id
    from public.meetings
    join public.bookings on bookings.occasion_id = meetings.occasion_id
    where meetings.id = lock_bookings_of_meeting.meeting_id
    order by bookings.id
  );
begin
  perform from public.orders
  where orders.id in (select bookings.order_id from public.bookings where bookings.id = any (v_booking_ids))
  order by orders.id
  for update;
  perform from public.bookings where bookings.id = any (v_booking_ids) order by bookings.id for update;

  return v_booking_ids;
end;
$$;
