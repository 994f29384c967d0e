/*
 * Gives a meeting without a host a free one: whoever was given the fewest today (UTC), because
 * Zoom takes 100 creates and updates a day for each host, and somebody whose day is used up
 * (rest_host) only when nobody else is free. Returns the host's Zoom user id, or null when all are
 * busy at that time.
 * https://developers.zoom.us/docs/api/rate-limits/
 */
create function private.assign_meeting_host(meeting_id uuid)
returns text
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  perform private.lock_hosts();

  select * into v_meeting from public.meetings where meetings.id = assign_meeting_host.meeting_id for update;

  if v_meeting.host_id is not null then
    return v_meeting.host_id;
  end if;

  select meeting_hosts.zoom_user_id into v_host_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and private.is_host_free(meeting_hosts.zoom_user_id, v_meeting.starts_at, v_meeting.ends_at, v_meeting.id)
  order by coalesce(meeting_hosts.limit_ends_at > now(), false), (
    select count(*) from public.meetings as given
    where given.host_id = meeting_hosts.zoom_user_id
      and given.created_at >= date_trunc('day', now(), 'UTC')
  ), meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings set host_id = v_host_id where meetings.id = v_meeting.id;

  return v_host_id;
end;
$$;

/*
 * Hosts are given out one transaction at a time: two updates that check each other's ranges
 * would deadlock. Whoever moves or replaces a meeting takes this lock before the meeting's row,
 * and after every order and booking that it needs.
 */
create function private.lock_hosts()
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtext('private.assign_meeting_host'));
$$;

/* Whether a host has no meeting between two instants, that of `except_meeting_id` aside. */
create function private.is_host_free(
  zoom_user_id text,
  starts_at timestamptz,
  ends_at timestamptz,
  except_meeting_id uuid
)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (
    select from public.meetings
    where meetings.host_id = is_host_free.zoom_user_id
      and meetings.id <> is_host_free.except_meeting_id
      and meetings.status in ('pending', 'ready')
      and tstzrange(meetings.starts_at, meetings.ends_at) && tstzrange(is_host_free.starts_at, is_host_free.ends_at)
  );
$$;
