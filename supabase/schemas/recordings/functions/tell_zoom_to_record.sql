/*
 * Has Zoom told whether to record the meeting of a booking, whatever it was told before. One that
 * Zoom has not made yet is made that way.
 *
 * The meeting's row is locked after what was agreed has changed, and record_meeting looks at what
 * is agreed after it has written that row: whichever comes second sees the other.
 */
create function private.tell_zoom_to_record(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  update public.meetings
  set recording_changes = meetings.recording_changes + 1
  where meetings.booking_id = tell_zoom_to_record.booking_id
    and meetings.status <> 'cancelled'
  returning * into v_meeting;

  if v_meeting.status = 'ready' then
    perform private.enqueue(
      'zoom.set_recording', 'zoom.set_recording:' || v_meeting.id || ':' || v_meeting.recording_changes,
      jsonb_build_object('meeting_id', v_meeting.id)
    );
  end if;
end;
$$;

/* Whether a booking's meeting is to be recorded, as things are agreed now. */
create function private.is_recorded(booking_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.agreed_recording_days(is_recorded.booking_id, now()) is not null;
$$;

/* What `dispatch` needs to tell Zoom whether to record, or null when no meeting is there. */
create function private.set_recording_work(meeting_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'is_recorded', private.is_recorded(meetings.booking_id)
  )
  from public.meetings
  where meetings.id = set_recording_work.meeting_id
    and meetings.status = 'ready';
$$;

/*
 * Zoom was told whether to record. Of two workers the later call may have carried what was agreed
 * earlier: whoever told something else than is agreed now has Zoom told again. `result` has
 * `is_recorded` as Zoom was told, null when that is not known. A meeting that is gone is the
 * sweep's to find. Null when there was nothing to do.
 */
create function private.record_recording_setting(meeting_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  select meetings.booking_id into v_booking_id
  from public.meetings
  where meetings.id = record_recording_setting.meeting_id
    and meetings.status = 'ready'
  for update;

  if found
    and record_recording_setting.result is not null
    and (record_recording_setting.result ->> 'is_recorded')::boolean is distinct from private.is_recorded(v_booking_id) then
    perform private.tell_zoom_to_record(v_booking_id);
  end if;
end;
$$;
