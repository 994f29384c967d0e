/*
 * One date for its coach. `offer_id` is the version on sale, null when there is none;
 * `door_booking_id` is a seat by which they get into the meeting, which is one for all, null
 * while nobody has one. No row for anyone else, which looks the same as a date that does not
 * exist.
 *
 * Security definer: seats are counted of rows whose policies would each be checked.
 */
create function public.group_date_details(group_date_id uuid)
returns table (
  offer_id uuid,
  offer_title text,
  starts_at timestamptz,
  ends_at timestamptz,
  time_zone text,
  seats integer,
  seats_taken integer,
  called_off_at timestamptz,
  call_off_reason text,
  door_booking_id uuid,
  is_joinable boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select current.id, sold.title, group_dates.starts_at, group_dates.ends_at, coaches.time_zone, group_dates.seats,
    private.seats_taken(group_dates.id), group_dates.called_off_at, group_dates.call_off_reason,
    door.id, coalesce(private.is_joinable(door), false)
  from public.group_dates
  join public.coaches on coaches.id = group_dates.coach_id
  join public.offers as sold on sold.id = group_dates.offer_id
  left join public.offers as current on current.lineage_id = sold.lineage_id and current.archived_at is null
  left join lateral (
    select bookings.* from public.bookings
    where bookings.group_date_id = group_dates.id and bookings.status = 'confirmed'
    order by bookings.created_at
    limit 1
  ) as door on true
  where group_dates.id = group_date_details.group_date_id
    and group_dates.coach_id = private.current_coach_id();
$$;

grant execute on function public.group_date_details(uuid) to authenticated;

/*
 * Who has or had a seat at a date, for its coach: live ones first, then those that were called
 * off. Checkouts left open are not seats. No row for anyone else.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.date_seats(group_date_id uuid)
returns table (booking_id uuid, client_name text, status public.booking_status, is_name_shown boolean, note text)
language sql
stable
security definer
set search_path = ''
as $$
  select bookings.id, private.shown_name(client), private.shown_status(bookings), bookings.is_name_shown, bookings.note
  from public.bookings
  join public.profiles as client on client.id = bookings.client_id
  where bookings.group_date_id = date_seats.group_date_id
    and bookings.coach_id = private.current_coach_id()
    and private.shown_status(bookings) not in ('held', 'expired')
  order by bookings.status = 'cancelled', bookings.created_at;
$$;

grant execute on function public.date_seats(uuid) to authenticated;
