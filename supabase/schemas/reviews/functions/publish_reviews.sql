/* Shows what was written of a session, and tells each of whom it is that there is something to read. */
create function private.publish_reviews(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  for v_review in
    update public.reviews
    set published_at = now()
    where reviews.booking_id = publish_reviews.booking_id
      and reviews.published_at is null
    returning *
  loop
    perform private.notify(private.review_subject(v_review), 'review_published', v_review.id, v_review.booking_id);
  end loop;
end;
$$;

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

/*
 * What only one of the two has written is shown once the other can't any more. Run by cron; at most 500 sessions
 * at a time, and one that somebody has locked waits for the next run.
 */
create function private.publish_due_reviews()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.id in (select reviews.booking_id from public.reviews where reviews.published_at is null)
      and private.review_ends_at(bookings) <= now()
    limit 500
    for no key update skip locked
  loop
    perform private.publish_reviews(v_booking.id);
  end loop;
end;
$$;
