/*
 * The client of a completed session says of its coach how it was, once: three ratings of one to five (how well
 * they were prepared for the client's market, how clear the advice, whether it was worth the time), words for
 * everybody, and a note only for us, which may be empty. Returns the review's id.
 * Raises: as write_review.
 *
 * Security definer: nobody may insert reviews.
 */
create function public.review_coach(
  booking_id uuid,
  market_rating integer,
  advice_rating integer,
  worth_rating integer,
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
  v_review.booking_id := review_coach.booking_id;
  v_review.author_party := 'client';
  v_review.market_rating := private.require_rating(review_coach.market_rating, 'market_rating');
  v_review.advice_rating := private.require_rating(review_coach.advice_rating, 'advice_rating');
  v_review.worth_rating := private.require_rating(review_coach.worth_rating, 'worth_rating');
  v_review.body := review_coach.body;
  return private.write_review(v_review, review_coach.note);
end;
$$;

grant execute on function public.review_coach(uuid, integer, integer, integer, text, text) to authenticated;
