/*
 * What search orders by: the mean of a coach's reviews, pulled towards that of all coaches with the weight of
 * platform_settings.rating_prior_weight reviews (a Bayesian mean). `total` is all their stars, three ratings each,
 * of `reviews` reviews.
 */
create function private.rating_score(total integer, reviews integer)
returns numeric
language sql
stable
set search_path = ''
as $$
  select (rating_score.total + 3 * settings.rating_prior_average * settings.rating_prior_weight)
    / (3 * (rating_score.reviews + settings.rating_prior_weight))
  from private.settings() as settings;
$$;

/*
 * Finds what search takes a coach for before there are reviews: the mean of all reviews that count, of every coach
 * who can be found. Run by cron at night; as long as there are none, it stays what it was.
 */
create function private.refresh_rating_prior()
returns void
language sql
volatile
set search_path = ''
as $$
  update private.platform_settings
  set rating_prior_average = found.average
  from (
    select round(sum(coach_listings.rating_total) / (3.0 * sum(coach_listings.review_count)), 2) as average
    from public.coach_listings
    where coach_listings.review_count > 0
  ) as found
  where found.average <> platform_settings.rating_prior_average;
$$;

/* Scores follow the settings, whoever changes them: the nightly job, or an admin in Studio. */
create function private.tg_platform_settings__score_listings()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.coach_listings
  set rating_score = scored.score
  from (
    select listing.coach_id, round(private.rating_score(listing.rating_total, listing.review_count), 4) as score
    from public.coach_listings as listing
  ) as scored
  where scored.coach_id = coach_listings.coach_id
    and scored.score <> coach_listings.rating_score;
  return null;
end;
$$;
