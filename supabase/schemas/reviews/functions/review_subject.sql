/* The profile of whom a review is. */
create function private.review_subject(review public.reviews)
returns uuid
language sql
stable
set search_path = ''
as $$
  select case (review_subject.review).author_party when 'client' then coaches.profile_id else (review_subject.review).client_id end
  from public.coaches
  where coaches.id = (review_subject.review).coach_id;
$$;
