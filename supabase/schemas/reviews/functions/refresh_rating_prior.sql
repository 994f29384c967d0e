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
