/*
 * Zoom was told a time. If two workers told it two times, the later call may have carried the
 * earlier time: whoever told another time than the meeting has now has Zoom told again.
 * `result` has the start that Zoom was told and whether the meeting was there: one that is gone
 * is replaced by a new one. Null when there was nothing to do.
 */
create function private.record_meeting_move(meeting_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  -- The booking or date first: who cancels it meanwhile must find the meeting that takes its place.
  perform from public.bookings
  where bookings.id = (select meetings.booking_id from public.meetings where meetings.id = record_meeting_move.meeting_id)
  for update;
  perform from public.group_dates
  where group_dates.id = (select meetings.group_date_id from public.meetings where meetings.id = record_meeting_move.meeting_id)
  for update;
  perform private.lock_hosts();

  select * into v_meeting
  from public.meetings
  where meetings.id = record_meeting_move.meeting_id
    and meetings.status = 'ready'
  for update;

  if not (record_meeting_move.result ->> 'is_there')::boolean then
    perform private.replace_meeting(v_meeting.occasion_id) where v_meeting.id is not null;
  elsif v_meeting.starts_at <> (record_meeting_move.result ->> 'starts_at')::timestamptz then
    perform private.tell_zoom_the_time(v_meeting.id);
  end if;
end;
$$;
