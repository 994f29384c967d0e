/*
 * Who can help before a deadline: listed coaches with a session that is over by then, soonest
 * first, each with up to three such times of their shortest session. `specialty` and `state`
 * may be null. One page of 12, and in every row whether there is a next one. Free times are
 * looked up as they are now; a coach whose last one has just gone is left out, so that a page may
 * have fewer than 12 and more after it.
 *
 * Security definer: visitors see free times without seeing hours or bookings.
 */
create function public.coaches_free_before(
  deadline timestamptz,
  specialty text default null,
  state text default null,
  page_number integer default 1
)
returns table (
  coach_id uuid,
  slug text,
  display_name text,
  headline text,
  states text[],
  specialties text[],
  languages text[],
  from_price_cents integer,
  rating_average numeric,
  review_count integer,
  sessions_held integer,
  offer_id uuid,
  offer_title text,
  duration_minutes integer,
  price_cents integer,
  free_starts timestamptz[],
  has_next boolean
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_where text := '';
begin
  if coaches_free_before.specialty is not null then
    v_where := v_where || ' and listing.specialties @> array[$2]';
  end if;
  if coaches_free_before.state is not null then
    v_where := v_where || ' and listing.states @> array[$3]';
  end if;

  return query execute format(
    $query$
      select found.coach_id, coaches.slug, coaches.display_name, coaches.headline, found.states,
        found.specialties, found.languages, found.from_price_cents, found.rating_average,
        found.review_count, found.sessions_held,
        offer.id, offer.title, offer.duration_minutes, offer.price_cents, free.starts, found.has_next
      from (
        select candidate.*,
          row_number() over (order by candidate.next_at, candidate.coach_id) as place,
          count(*) over () > 12 as has_next
        from (
          select listing.*, next_times.next_at
          from private.next_times
          join public.coach_listings as listing on listing.coach_id = next_times.coach_id
          where next_times.next_at < $1 and next_times.next_ends_at <= $1 %1$s
          order by next_times.next_at, next_times.coach_id
          limit 13 offset $4
        ) as candidate
      ) as found
      join public.coaches on coaches.id = found.coach_id
      cross join lateral (
        select offers.* from public.offers
        where offers.coach_id = found.coach_id and offers.archived_at is null and offers.kind = 'session'
        order by offers.duration_minutes, offers.price_cents, offers.id
        limit 1
      ) as offer
      cross join lateral (
        select array_agg(soonest.starts_at order by soonest.starts_at) as starts
        from (
          select slot.starts_at
          from private.free_slots(
            found.coach_id,
            offer.duration_minutes,
            -- Three days from the first one on have enough of them.
            tstzrange(now(), greatest(now(), least($1, greatest(found.next_at, now()) + interval '3 days')))
          ) as slot
          where slot.ends_at <= $1
          order by slot.starts_at
          limit 3
        ) as soonest
      ) as free
      where found.place <= 12 and free.starts is not null
      order by free.starts[1], found.coach_id
    $query$,
    v_where
  )
  using coaches_free_before.deadline, coaches_free_before.specialty, coaches_free_before.state,
    (greatest(coaches_free_before.page_number, 1) - 1) * 12;
end;
$$;

grant execute on function public.coaches_free_before(timestamptz, text, text, integer) to anon, authenticated;
