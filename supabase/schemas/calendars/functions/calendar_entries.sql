/*
 * Sessions as a person's calendar shows them, as client and as coach: what was agreed and is
 * not older than 90 days, latest first; or only the one that is named, whenever it is.
 * `sequence` rises with each change that calendars must learn; `changed_at` is when the
 * booking last changed. What never came to be (a hold, a request that was declined) is left
 * out. A date of a group session is one entry of its coach's, with the date's id. At most 1000, which is what the Data API hands out: the oldest are left out first.
 */
create function private.calendar_entries(profile_id uuid, booking_id uuid default null)
returns table (
  id uuid,
  party public.booking_actor,
  status public.booking_status,
  sequence integer,
  changed_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  offer_title text,
  counterpart_name text,
  is_group_date boolean
)
language sql
stable
set search_path = ''
as $$
  select entry.*
  from (
    select bookings.id, party.actor, bookings.status, bookings.sequence,
      (select max(booking_events.created_at) from public.booking_events where booking_events.booking_id = bookings.id),
      bookings.starts_at, bookings.ends_at, offers.title,
      case party.actor when 'client' then coaches.display_name else private.shown_name(client) end,
      false
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    join public.offers on offers.id = bookings.offer_id
    join public.profiles as client on client.id = bookings.client_id
    cross join lateral (
      select case when bookings.client_id = calendar_entries.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    ) as party
    where (
        bookings.client_id = calendar_entries.profile_id
        or bookings.group_date_id is null
          and bookings.coach_id = (select own.id from public.coaches as own where own.profile_id = calendar_entries.profile_id)
      )
      and (bookings.confirmed_at is not null or bookings.status = 'requested')
    union all
    select group_dates.id, 'coach', private.date_status(group_dates), (group_dates.called_off_at is not null)::integer,
      coalesce(group_dates.called_off_at, group_dates.created_at),
      group_dates.starts_at, group_dates.ends_at, offers.title, 'a group', true
    from public.group_dates
    join public.offers on offers.id = group_dates.offer_id
    join public.coaches on coaches.id = group_dates.coach_id and coaches.profile_id = calendar_entries.profile_id
  ) as entry
  where entry.id = calendar_entries.booking_id
    or calendar_entries.booking_id is null and entry.starts_at > now() - interval '90 days'
  order by entry.starts_at desc
  limit 1000;
$$;
