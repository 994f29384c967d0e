/*
 * The asker's sessions as client or as coach, coming ones soonest first or past ones latest
 * first: what "My sessions" and the coach's calendar show. Lapsed holds count as past at
 * once. To its coach a date of a group session is one row without a booking, whatever its seats.
 * One page of 20 and one more when there is a next.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.session_list(
  party public.booking_actor,
  is_past boolean default false,
  page_number integer default 1
)
returns table (
  booking_id uuid,
  status public.booking_status,
  starts_at timestamptz,
  ends_at timestamptz,
  hold_expires_at timestamptz,
  offer_title text,
  counterpart_name text,
  coach_slug text,
  amount_cents integer,
  is_joinable boolean,
  is_reviewable boolean,
  session_position integer,
  session_count integer,
  group_date_id uuid,
  seats integer,
  seats_taken integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select listed.*
  from (
    select bookings.id,
      private.shown_status(bookings) as status,
      bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
      case session_list.party
        when 'client' then coaches.display_name
        else private.shown_name(client)
      end,
      coaches.slug, private.session_cents(bookings),
      private.is_joinable(bookings),
      private.is_reviewable(bookings, session_list.party),
      place.position, place.session_count,
      bookings.group_date_id, null::integer, null::integer
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    join public.profiles as client on client.id = bookings.client_id
    join public.orders on orders.id = bookings.order_id
    cross join lateral private.place_in_series(bookings, orders) as place
    where case session_list.party
        when 'client' then bookings.client_id = private.current_profile_id()
        when 'coach' then bookings.coach_id = private.current_coach_id()
          and bookings.group_date_id is null
          and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
        else false
      end
    union all
    select dates.* from private.listed_dates() as dates where session_list.party = 'coach'
  ) as listed
  where session_list.is_past = not (
    listed.status in ('held', 'requested', 'confirmed') and listed.ends_at > now()
  )
  order by
    case when session_list.is_past then listed.starts_at end desc,
    listed.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$$;

grant execute on function public.session_list(public.booking_actor, boolean, integer) to authenticated;

/* The dates that the asker holds, as rows of session_list; without those called off that nobody had a seat at. */
create function private.listed_dates()
returns table (
  booking_id uuid,
  status public.booking_status,
  starts_at timestamptz,
  ends_at timestamptz,
  hold_expires_at timestamptz,
  offer_title text,
  counterpart_name text,
  coach_slug text,
  amount_cents integer,
  is_joinable boolean,
  is_reviewable boolean,
  session_position integer,
  session_count integer,
  group_date_id uuid,
  seats integer,
  seats_taken integer
)
language sql
stable
set search_path = ''
as $$
  select null::uuid, private.date_status(group_dates), group_dates.starts_at, group_dates.ends_at, null::timestamptz,
    offers.title, null::text, coaches.slug, null::integer, false, false, 1, 1,
    group_dates.id, group_dates.seats, private.seats_taken(group_dates.id)
  from public.group_dates
  join public.offers on offers.id = group_dates.offer_id
  join public.coaches on coaches.id = group_dates.coach_id
  where group_dates.coach_id = private.current_coach_id()
    and (
      group_dates.called_off_at is null
      or exists (
        select from public.bookings
        where bookings.group_date_id = group_dates.id and bookings.confirmed_at is not null
      )
    );
$$;

/* How a date stands, in the words of a booking. */
create function private.date_status(group_date public.group_dates)
returns public.booking_status
language sql
stable
set search_path = ''
as $$
  select case
    when (date_status.group_date).called_off_at is not null then 'cancelled'
    when (date_status.group_date).ends_at <= now() then 'completed'
    else 'confirmed'
  end::public.booking_status;
$$;
