/*
 * Why a review counts nowhere, whoever wrote it: 'removed' by an admin, its session was 'missed' (a no-show, once
 * decided), or 'given_back' (is_given_back). Null when it stands. Found anew each time, kept nowhere.
 */
create function private.review_voided_by(review public.reviews)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (review_voided_by.review).removed_at is not null then 'removed'
    when bookings.status <> 'completed' then 'missed'
    when private.is_given_back(bookings) then 'given_back'
  end
  from public.bookings
  where bookings.id = (review_voided_by.review).booking_id;
$$;

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

/* What makes a coach's score: of each client the newest review that is shown (docs/decisions/0025-reviews.md). */
create function private.counted_reviews(coach_id uuid)
returns setof public.reviews
language sql
stable
set search_path = ''
as $$
  select distinct on (shown.client_id) shown.*
  from private.shown_reviews(counted_reviews.coach_id) as shown
  order by shown.client_id, shown.created_at desc, shown.id desc;
$$;
