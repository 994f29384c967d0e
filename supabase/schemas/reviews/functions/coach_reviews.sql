/*
 * What anyone reads about a coach who can be found: clients' reviews, the newest first, a page of 10 and one more
 * when there is a next. `is_counted` is false of an earlier one by a client who has written again.
 * Of a reply that was removed it is said that there was one.
 *
 * Security definer: reviews are not granted to visitors, and who wrote them is granted to nobody.
 */
create function public.coach_reviews(coach_id uuid, page_number integer default 1)
returns table (
  review_id uuid,
  author_name text,
  market_rating smallint,
  advice_rating smallint,
  worth_rating smallint,
  rating numeric,
  body text,
  published_at timestamptz,
  reply text,
  is_reply_removed boolean,
  is_counted boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select shown.id, shown.author_name, shown.market_rating, shown.advice_rating, shown.worth_rating, shown.rating,
    shown.body, shown.published_at, private.shown_reply(shown), shown.reply_removed_at is not null,
    shown.id in (select counted.id from private.counted_reviews(coach_reviews.coach_id) as counted)
  from private.shown_reviews(coach_reviews.coach_id) as shown
  where exists (select from public.coaches where coaches.id = coach_reviews.coach_id and coaches.status = 'approved')
  order by shown.published_at desc, shown.created_at desc, shown.id
  limit 11 offset (greatest(coach_reviews.page_number, 1) - 1) * 10;
$$;

grant execute on function public.coach_reviews(uuid, integer) to anon, authenticated;

/*
 * What the reviews that count come to, one row: how many, the mean of all and of each question, and how many have
 * five, four, three, two and one star (the mean of the three, rounded; thirds have no half). Without any, the
 * means are null.
 *
 * Security definer: as coach_reviews.
 */
create function public.review_summary(coach_id uuid)
returns table (
  review_count integer,
  rating_average numeric,
  market_average numeric,
  advice_average numeric,
  worth_average numeric,
  counts_by_star integer[]
)
language sql
stable
security definer
set search_path = ''
as $$
  with counted as (
    select reviews.*
    from private.counted_reviews(review_summary.coach_id) as reviews
    where exists (select from public.coaches where coaches.id = review_summary.coach_id and coaches.status = 'approved')
  )
  select count(*)::integer,
    round(sum(counted.market_rating + counted.advice_rating + counted.worth_rating) / (3.0 * count(*)), 2),
    round(avg(counted.market_rating), 2), round(avg(counted.advice_rating), 2), round(avg(counted.worth_rating), 2),
    array(
      select count(*) filter (where round(rated.rating) = star)::integer
      from generate_series(5, 1, -1) as star
      left join counted as rated on true
      group by star
      order by star desc
    )
  from counted;
$$;

grant execute on function public.review_summary(uuid) to anon, authenticated;
