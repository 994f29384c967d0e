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
