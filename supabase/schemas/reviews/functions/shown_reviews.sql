/* What anyone may read about a coach: what clients wrote, was published and stands. */
create function private.shown_reviews(coach_id uuid)
returns setof public.reviews
language sql
stable
set search_path = ''
as $$
  select reviews.*
  from public.reviews
  where reviews.coach_id = shown_reviews.coach_id
    and reviews.author_party = 'client'
    and reviews.published_at is not null
    and private.review_voided_by(reviews) is null;
$$;
