/*
 * The dates that the asker holds between two instants (`to_at` is not included), in order, for
 * the week of their calendar; not those that were called off.
 *
 * Security definer: seats are counted of rows whose policies would each be checked.
 */
create function public.coach_dates(from_at timestamptz, to_at timestamptz)
returns table (
  group_date_id uuid,
  status public.booking_status,
  starts_at timestamptz,
  ends_at timestamptz,
  offer_title text,
  seats integer,
  seats_taken integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select dates.group_date_id, dates.status, dates.starts_at, dates.ends_at, dates.offer_title, dates.seats, dates.seats_taken
  from private.listed_dates() as dates
  where dates.starts_at >= coach_dates.from_at
    and dates.starts_at < coach_dates.to_at
    and dates.status <> 'cancelled'
  order by dates.starts_at;
$$;

grant execute on function public.coach_dates(timestamptz, timestamptz) to authenticated;
