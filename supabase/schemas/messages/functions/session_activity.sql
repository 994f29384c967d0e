/*
 * What a step of a session is in the thread of its two: 'booked', 'moved' or 'cancelled'; null when the thread does not
 * tell of it.
 */
create function private.session_activity(event public.booking_events)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when (session_activity.event).before is distinct from 'confirmed' and (session_activity.event).after = 'confirmed' then 'booked'
    when (session_activity.event).before = 'confirmed' and (session_activity.event).detail ? 'from' then 'moved'
    when (session_activity.event).before = 'confirmed' and (session_activity.event).after = 'cancelled' then 'cancelled'
  end;
$$;
