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
