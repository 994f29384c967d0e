/*
 * Writes down the meeting that Zoom made. When the booking was cancelled meanwhile, the
 * meeting is deleted again; when it was moved, or the parties agreed on a recording or no longer
 * do, Zoom is told. `result` has Zoom's id (as text), join_url, the start that Zoom was told and
 * whether to record it, if that is known; null when there was nothing to do.
 */
create function private.record_meeting(meeting_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_status public.meeting_status;
  v_starts_at timestamptz;
begin
  if record_meeting.result is null then
    return;
  end if;

  update public.meetings
  set zoom_meeting_id = record_meeting.result ->> 'zoom_meeting_id',
      join_url = record_meeting.result ->> 'join_url',
      status = case when meetings.status = 'cancelled' then 'cancelled' else 'ready' end::public.meeting_status
  where meetings.id = record_meeting.meeting_id
  returning meetings.status, meetings.starts_at into v_status, v_starts_at;

  if v_status = 'cancelled' then
    perform private.enqueue(
      'zoom.delete_meeting',
      'zoom.delete_meeting:' || record_meeting.meeting_id || ':' || (record_meeting.result ->> 'zoom_meeting_id'),
      jsonb_build_object('meeting_id', record_meeting.meeting_id)
    );
  -- Zoom knows no parts of a second.
  elsif date_trunc('second', v_starts_at) <> (record_meeting.result ->> 'starts_at')::timestamptz then
    perform private.tell_zoom_the_time(record_meeting.meeting_id);
  end if;

  perform private.record_recording_setting(record_meeting.meeting_id, record_meeting.result);
end;
$$;
