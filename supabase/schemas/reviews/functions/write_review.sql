/*
 * Stores what a party of a session says of the other: `review` has the session, the side and the ratings. When
 * both have written, both are shown at once; until then the other is told that one waits. Returns the review's id.
 * The session's lock makes two who write at once see each other, so that one of them is the second. The
 * coach's makes two reviews of the same two people, of two sessions, wait for each other.
 * Raises: UPSGN, UPONB, OBNFD (not their session), RVBOD, RVNOT (a note too long), and what review_refusal says.
 */
create function private.write_review(review public.reviews, note text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_booking public.bookings;
  v_coach public.coaches;
  v_review_id uuid;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = (write_review.review).booking_id
    and private.booking_party(bookings) = (write_review.review).author_party
  for no key update;

  if not found then
    raise exception 'This session does not exist.' using errcode = 'OBNFD';
  end if;
  select * into v_coach from public.coaches where coaches.id = v_booking.coach_id for no key update;
  perform private.refuse_review(v_booking, (write_review.review).author_party);
  if char_length(trim((write_review.review).body)) not between 20 and 2000 then
    raise exception 'Write 20 to 2,000 characters about the session.' using errcode = 'RVBOD';
  end if;
  if char_length(trim(write_review.note)) > 2000 then
    raise exception 'A note to us has at most 2,000 characters.' using errcode = 'RVNOT';
  end if;

  insert into public.reviews (
    booking_id, coach_id, client_id, author_id, author_party, author_name,
    market_rating, advice_rating, worth_rating, preparation_rating, openness_rating, follow_through_rating, body
  )
  select v_booking.id, v_booking.coach_id, v_booking.client_id, v_author.id, given.author_party,
    case given.author_party
      when 'client' then v_author.first_name || ' ' || left(v_author.last_name, 1) || '.'
      else v_coach.display_name
    end,
    given.market_rating, given.advice_rating, given.worth_rating,
    given.preparation_rating, given.openness_rating, given.follow_through_rating, trim(given.body)
  from (select (write_review.review).*) as given
  returning reviews.id into v_review_id;

  insert into private.review_notes (review_id, note)
  select v_review_id, trim(write_review.note)
  where trim(write_review.note) <> '';

  if exists (
    select from public.reviews where reviews.booking_id = v_booking.id and reviews.id <> v_review_id
  ) then
    perform private.publish_reviews(v_booking.id);
  else
    perform private.tell_of_waiting_review(v_booking, v_review_id, (write_review.review).author_party);
  end if;
  return v_review_id;
end;
$$;
