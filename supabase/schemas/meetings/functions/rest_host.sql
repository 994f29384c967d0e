/*
 * Zoom makes no more meetings for the host of a meeting that it has not made yet, for so many
 * seconds: the host's day is used up. The meeting goes to another host who is free, if there is
 * one whose day is not. Returns whether it did; if not, it waits.
 */
create function private.rest_host(meeting_id uuid, seconds integer)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_other_id text;
begin
  perform private.lock_hosts();

  select * into v_meeting
  from public.meetings
  where meetings.id = rest_host.meeting_id
    and meetings.status = 'pending'
    and meetings.zoom_meeting_id is null
  for update;

  update private.meeting_hosts
  set limit_ends_at = now() + make_interval(secs => rest_host.seconds)
  where meeting_hosts.zoom_user_id = v_meeting.host_id;

  select meeting_hosts.zoom_user_id into v_other_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and coalesce(meeting_hosts.limit_ends_at <= now(), true)
    and private.is_host_free(meeting_hosts.zoom_user_id, v_meeting.starts_at, v_meeting.ends_at, v_meeting.id)
  order by meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings
  set host_id = v_other_id
  where meetings.id = v_meeting.id
    and v_other_id is not null;

  return found;
end;
$$;
