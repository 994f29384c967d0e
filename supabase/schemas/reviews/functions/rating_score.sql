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
