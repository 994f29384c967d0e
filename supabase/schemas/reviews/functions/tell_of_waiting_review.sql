/* Tells the other party that a review waits for theirs, if they may write one. */
create function private.tell_of_waiting_review(booking public.bookings, review_id uuid, author_party public.booking_actor)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(other.profile_id, 'review_received', tell_of_waiting_review.review_id, (tell_of_waiting_review.booking).id)
  from public.coaches
  cross join lateral (
    select case tell_of_waiting_review.author_party when 'client' then coaches.profile_id else (tell_of_waiting_review.booking).client_id end,
      case tell_of_waiting_review.author_party when 'client' then 'coach' else 'client' end::public.booking_actor
  ) as other (profile_id, party)
  where coaches.id = (tell_of_waiting_review.booking).coach_id
    and private.is_reviewable(tell_of_waiting_review.booking, other.party);
$$;
