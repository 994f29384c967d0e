/*
 * What it takes to let a party of a session into its meeting, from
 * platform_settings.join_opens_minutes before the start until the end: their own link, or null
 * when Zoom has not been asked for it yet, and what Zoom is asked with then. Never a link that
 * somebody else has: by its link Zoom tells who came. At a date everybody reads the names that
 * Zoom shows, so who did not agree to that is a guest there.
 * Raises: OBNFD (not a party, or no such booking), MTEAR (too early), MTOVR (over, or not
 * confirmed), MTPRE (Zoom has not answered yet).
 *
 * Security definer: links and numbers are not granted to anyone.
 */
create function public.join_meeting(booking_id uuid)
returns table (
  meeting_id uuid,
  profile_id uuid,
  zoom_meeting_id text,
  join_url text,
  first_name text,
  last_name text,
  customer_key text
)
language sql
stable
security definer
set search_path = ''
as $$
  select meetings.id, profiles.id, meetings.zoom_meeting_id, meeting_registrants.join_url,
    case when naming.is_guest then 'Guest' else profiles.first_name end,
    case when naming.is_guest then '' else profiles.last_name end,
    private.customer_key(profiles.id)
  from private.open_meeting(join_meeting.booking_id) as meetings
  join public.profiles on profiles.id = private.current_profile_id()
  cross join lateral (
    select exists (
      select from public.bookings
      where bookings.id = join_meeting.booking_id
        and bookings.client_id = profiles.id
        and bookings.group_date_id is not null
        and not bookings.is_name_shown
    ) as is_guest
  ) as naming
  left join private.meeting_registrants
    on meeting_registrants.meeting_id = meetings.id
    and meeting_registrants.profile_id = profiles.id;
$$;

grant execute on function public.join_meeting(uuid) to authenticated;

/*
 * The number of the meeting that a coach wants to open as its host, in the same minutes. The
 * link is read at Zoom each time and never kept: whoever has it is the host.
 * Raises: OBNFD (not the coach of it), MTEAR, MTOVR, MTPRE.
 *
 * Security definer: numbers are not granted to anyone.
 */
create function public.host_meeting(booking_id uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_meeting public.meetings := private.open_meeting(host_meeting.booking_id);
begin
  if not exists (
    select from public.bookings
    where bookings.id = host_meeting.booking_id
      and private.booking_party(bookings) = 'coach'
  ) then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  return v_meeting.zoom_meeting_id;
end;
$$;

grant execute on function public.host_meeting(uuid) to authenticated;

/* The meeting of a booking that the asker is a party of, while its door is open. Raises as above. */
create function private.open_meeting(booking_id uuid)
returns public.meetings
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting public.meetings;
begin
  select * into v_booking from public.bookings where bookings.id = open_meeting.booking_id;

  if private.booking_party(v_booking) is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.ends_at <= now() then
    raise exception 'This session is over or was called off.' using errcode = 'MTOVR';
  end if;

  if now() < v_booking.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) then
    raise exception 'The meeting opens % minutes before the session.', (private.settings()).join_opens_minutes
      using errcode = 'MTEAR';
  end if;

  select * into v_meeting
  from public.meetings
  where meetings.occasion_id = v_booking.occasion_id
    and meetings.status = 'ready';

  if not found then
    raise exception 'The meeting room is being prepared. Try again in a minute.' using errcode = 'MTPRE';
  end if;

  return v_meeting;
end;
$$;
