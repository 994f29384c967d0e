/*
 * The same by the coach, of the client: whether they came prepared, were open to advice, and follow through. Only
 * the two read it. Returns the review's id. Raises: as write_review.
 *
 * Security definer: nobody may insert reviews.
 */
create function public.review_client(
  booking_id uuid,
  preparation_rating integer,
  openness_rating integer,
  follow_through_rating integer,
  body text,
  note text default ''
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  v_review.booking_id := review_client.booking_id;
  v_review.author_party := 'coach';
  v_review.preparation_rating := private.require_rating(review_client.preparation_rating, 'preparation_rating');
  v_review.openness_rating := private.require_rating(review_client.openness_rating, 'openness_rating');
  v_review.follow_through_rating := private.require_rating(review_client.follow_through_rating, 'follow_through_rating');
  v_review.body := review_client.body;
  return private.write_review(v_review, review_client.note);
end;
$$;

grant execute on function public.review_client(uuid, integer, integer, integer, text, text) to authenticated;
