/*
 * Keeps the link that Zoom made for one person and one meeting, and the id by which it will tell
 * that they came. Asked twice at once, Zoom gives both the same; the first is kept. Returns the
 * link. Granted to the site's server alone: whoever could write an id of their choice could be
 * somebody else in the meeting.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_registrant(meeting_id uuid, profile_id uuid, registrant_id text, join_url text)
returns text
language sql
volatile
security definer
set search_path = ''
as $$
  insert into private.meeting_registrants as known (meeting_id, profile_id, registrant_id, join_url)
  values (
    record_registrant.meeting_id, record_registrant.profile_id,
    record_registrant.registrant_id, record_registrant.join_url
  )
  on conflict (meeting_id, profile_id) do update set join_url = known.join_url
  returning known.join_url;
$$;

grant execute on function public.record_registrant(uuid, uuid, text, text) to service_role;
