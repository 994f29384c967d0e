/*
 * The dates to come of a group session on sale, soonest first, with the seats that are left and
 * whether the asker has one: for whoever looks for a seat, and for its coach, also before they
 * are listed. Who has the other seats is not told.
 *
 * Security definer: seats are counted of bookings that the asker may not see.
 */
create function public.coming_dates(offer_id uuid)
returns table (
  group_date_id uuid,
  starts_at timestamptz,
  ends_at timestamptz,
  seats integer,
  seats_left integer,
  is_mine boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select group_dates.id, group_dates.starts_at, group_dates.ends_at, group_dates.seats,
    greatest(0, group_dates.seats - private.seats_taken(group_dates.id)),
    exists (
      select from public.bookings
      where bookings.group_date_id = group_dates.id
        and bookings.client_id = private.current_profile_id()
        and private.shown_status(bookings) in ('held', 'confirmed')
    )
  from public.offers as current
  join public.coaches
    on coaches.id = current.coach_id
    and (coaches.status = 'approved' or coaches.id = private.current_coach_id())
  join public.offers as version on version.lineage_id = current.lineage_id
  join public.group_dates on group_dates.offer_id = version.id
  where current.id = coming_dates.offer_id
    and current.archived_at is null
    and group_dates.called_off_at is null
    and group_dates.starts_at > now()
  order by group_dates.starts_at;
$$;

grant execute on function public.coming_dates(uuid) to anon, authenticated;
