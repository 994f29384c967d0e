/*
 * Brings a coach's row in search in line with the facts: there while the coach is approved,
 * gone otherwise. Every figure is a recount, so it is right whatever happened before. Ratings are of
 * what counted_reviews gives, the score is rating_score's. The price is that of a
 * session with one client; a date of a group session is one session held, whatever its seats.
 */
create function private.refresh_listing(coach_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  -- Two refreshes of one coach wait for each other, so that the later sees all.
  perform from public.coaches where coaches.id = refresh_listing.coach_id for no key update;

  delete from public.coach_listings
  using public.coaches
  where coach_listings.coach_id = refresh_listing.coach_id
    and coaches.id = coach_listings.coach_id
    and coaches.status <> 'approved';

  insert into public.coach_listings as listing (
    coach_id, document, states, specialties, languages, from_price_cents,
    rating_average, review_count, rating_total, rating_score, sessions_held, listed_at
  )
  select coaches.id, private.coach_document(coaches), coaches.states, coaches.specialties, coaches.languages,
    (
      select min(offers.price_cents) from public.offers
      where offers.coach_id = coaches.id and offers.archived_at is null and offers.kind = 'session'
    ),
    ratings.total / nullif(3.0 * ratings.amount, 0), ratings.amount, ratings.total,
    private.rating_score(ratings.total, ratings.amount),
    (
      select count(distinct bookings.occasion_id) from public.bookings
      where bookings.coach_id = coaches.id and bookings.status = 'completed'
    ),
    coalesce(coaches.approved_at, now())
  from public.coaches
  cross join lateral (
    select count(*)::integer as amount,
      coalesce(sum(counted.market_rating + counted.advice_rating + counted.worth_rating), 0)::integer as total
    from private.counted_reviews(coaches.id) as counted
  ) as ratings
  where coaches.id = refresh_listing.coach_id
    and coaches.status = 'approved'
  on conflict (coach_id) do update
  set document = excluded.document,
      states = excluded.states,
      specialties = excluded.specialties,
      languages = excluded.languages,
      from_price_cents = excluded.from_price_cents,
      rating_average = excluded.rating_average,
      review_count = excluded.review_count,
      rating_total = excluded.rating_total,
      rating_score = excluded.rating_score,
      sessions_held = excluded.sessions_held,
      listed_at = excluded.listed_at;
end;
$$;

/* The words a coach is found by, the name and headline above specialties above the bio. */
create function private.coach_document(coach public.coaches)
returns tsvector
language sql
stable
set search_path = ''
as $$
  select setweight(to_tsvector('english', (coach_document.coach).display_name || ' ' || (coach_document.coach).headline), 'A')
    || setweight(to_tsvector('english', coalesce((
      select string_agg(specialties.name, ' ')
      from public.specialties
      where specialties.slug = any ((coach_document.coach).specialties)
    ), '')), 'B')
    || setweight(to_tsvector('english', (coach_document.coach).bio), 'C');
$$;
