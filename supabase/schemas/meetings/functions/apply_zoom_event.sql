/*
 * Applies what Zoom delivered. Zoom sends no event id, so the caller makes one from what
 * identifies the event. Returns false when it was applied before. Events come in any order:
 * the earliest start, the latest end and both halves of a visit are kept, whichever comes
 * first. Times are Zoom's.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.apply_zoom_event(event_id text, event jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_type text := apply_zoom_event.event ->> 'event';
  v_object jsonb := apply_zoom_event.event -> 'payload' -> 'object';
  v_meeting_id uuid;
begin
  if not private.claim_webhook_event('zoom', apply_zoom_event.event_id, v_type, apply_zoom_event.event) then
    return false;
  end if;

  select meetings.id into v_meeting_id
  from public.meetings
  where meetings.zoom_meeting_id = v_object ->> 'id';

  case v_type
    when 'meeting.started' then
      update public.meetings
      set started_at = least(meetings.started_at, (v_object ->> 'start_time')::timestamptz)
      where meetings.id = v_meeting_id;
    when 'meeting.ended' then
      update public.meetings
      set ended_at = greatest(meetings.ended_at, (v_object ->> 'end_time')::timestamptz)
      where meetings.id = v_meeting_id;
    when 'meeting.participant_joined', 'meeting.participant_left' then
      perform private.record_participant(v_meeting_id, v_object -> 'participant');
    when 'recording.completed' then
      perform private.record_recording(v_meeting_id, v_object) where v_meeting_id is not null;
    when 'recording.trashed', 'recording.deleted' then
      perform private.record_removed_recording(v_meeting_id, v_object);
    else
      null; -- Noted, without effect: meeting.created, updated and deleted echo our own calls.
  end case;

  return true;
end;
$$;

grant execute on function public.apply_zoom_event(text, jsonb) to service_role;
