/*
 * Who of a booking's two parties was in its meeting: true, false, or null when it can't be told.
 * With the minutes of each, the minutes that both were there, and one sentence that explains it.
 *
 * A visit counts for whoever's own link it came by, for whoever the embedded meeting named
 * (customer_key), and for the coach when it is the host's, whose link only the coach gets. What
 * else was there, by phone or by a link of nobody, has no name, and whoever is missing may be
 * that one. So a party was not there only if Zoom's list was read after the end and everybody in
 * it has a name. Two devices at once, and one visit told twice, are one time span. At a date of a
 * group session each seat is a booking of its own: the visits of the others there are left out.
 */
create function private.attendance(booking_id uuid)
returns table (
  client boolean,
  coach boolean,
  client_minutes integer,
  coach_minutes integer,
  minutes_together integer,
  sentence text
)
language sql
stable
set search_path = ''
as $$
  with seen as (
    select range_agg(visits.during) filter (where visits.party = 'client') as client,
      range_agg(visits.during) filter (where visits.party = 'coach') as coach,
      coalesce(bool_or(visits.party is null), false) as has_nameless
    from private.visits(attendance.booking_id) as visits
  ),
  told as (
    select seen.*, not seen.has_nameless and exists (
      select from public.meetings
      join public.bookings on bookings.occasion_id = meetings.occasion_id
      where bookings.id = attendance.booking_id
        and meetings.attendance_read_at is not null
    ) as is_complete
    from seen
  ),
  counted as (
    select
      case when told.client is not null then true when told.is_complete then false end as client,
      case when told.coach is not null then true when told.is_complete then false end as coach,
      private.minutes_of(told.client) as client_minutes,
      private.minutes_of(told.coach) as coach_minutes,
      private.minutes_of(told.client * told.coach) as minutes_together
    from told
  )
  select counted.*, private.attendance_sentence(
    private.shown_name(profiles), coaches.display_name, counted.client, counted.coach,
    counted.client_minutes, counted.coach_minutes, counted.minutes_together
  )
  from counted
  join public.bookings on bookings.id = attendance.booking_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles on profiles.id = bookings.client_id;
$$;

/*
 * The visits to a booking's meeting from when its door opened until its end, and whose they were
 * (null: it can't be told). One without an end lasted until the meeting's, or the session's.
 */
create function private.visits(booking_id uuid)
returns table (party public.booking_actor, during tstzrange)
language sql
stable
set search_path = ''
as $$
  select visit.party, tstzrange(
    greatest(visit.came_at, visit.opens_at), least(visit.went_at, visit.ends_at), '[]'
  )
  from (
    select
      bookings.ends_at,
      bookings.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) as opens_at,
      coalesce(seen.joined_at, seen.left_at) as came_at,
      greatest(coalesce(seen.left_at, meetings.ended_at, bookings.ends_at), seen.joined_at) as went_at,
      case
        when registrants.profile_id = bookings.client_id
          or seen.customer_key = private.customer_key(bookings.client_id) then 'client'
        when registrants.profile_id = coaches.profile_id
          or seen.customer_key = private.customer_key(coaches.profile_id)
          or seen.zoom_user_id = meetings.host_id then 'coach'
      end::public.booking_actor as party
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    join public.meetings on meetings.occasion_id = bookings.occasion_id
    join private.meeting_participants as seen on seen.meeting_id = meetings.id
    left join private.meeting_registrants as registrants
      on registrants.meeting_id = meetings.id
      and registrants.registrant_id = seen.registrant_id
    where bookings.id = visits.booking_id
      and not private.is_neighbor(bookings, registrants.profile_id, seen.customer_key)
  ) as visit
  where visit.came_at <= visit.ends_at
    and visit.went_at >= visit.opens_at;
$$;

/* Whether a visitor is known to be somebody else who has or had a seat at the same date. */
create function private.is_neighbor(booking public.bookings, profile_id uuid, customer_key text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.bookings as other
    where other.group_date_id = (is_neighbor.booking).group_date_id
      and other.client_id <> (is_neighbor.booking).client_id
      and (other.client_id = is_neighbor.profile_id or private.customer_key(other.client_id) = is_neighbor.customer_key)
  );
$$;

/*
 * How the embedded meeting names a person: Zoom takes 35 characters at most.
 * https://developers.zoom.us/docs/meeting-sdk/web/
 */
create function private.customer_key(profile_id uuid)
returns text
language sql
immutable
set search_path = ''
as $$
  select replace(customer_key.profile_id::text, '-', '');
$$;

/* Whole minutes in spans of time; 0 for none. */
create function private.minutes_of(spans tstzmultirange)
returns integer
language sql
immutable
set search_path = ''
as $$
  select coalesce(floor(sum(extract(epoch from upper(span) - lower(span))) / 60), 0)::integer
  from unnest(minutes_of.spans) as span;
$$;
