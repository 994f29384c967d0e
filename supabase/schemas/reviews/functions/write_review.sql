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

/* A rating of one to five, or RVRAT with its name as detail. */
create function private.require_rating(rating integer, name text)
returns smallint
language plpgsql
immutable
set search_path = ''
as $$
begin
  if require_rating.rating is null or require_rating.rating not between 1 and 5 then
    raise exception 'Choose one to five stars.' using errcode = 'RVRAT', detail = require_rating.name;
  end if;
  return require_rating.rating;
end;
$$;

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

/* Raises what review_refusal says, in words; does nothing when a party may write. */
create function private.refuse_review(booking public.bookings, party public.booking_actor)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  case private.review_refusal(refuse_review.booking, refuse_review.party)
    when 'RVFRE' then
      raise exception 'A free intro call is not reviewed. A session that was paid for is.' using errcode = 'RVFRE';
    when 'RVEAR' then
      raise exception 'A session is reviewed once it was held.' using errcode = 'RVEAR';
    when 'RVREF' then
      raise exception 'What this session cost was given back, so it is not reviewed.' using errcode = 'RVREF';
    when 'RVLAT' then
      raise exception 'The time to review this session is over.' using errcode = 'RVLAT';
    when 'RVTWO' then
      raise exception 'You have reviewed this session already.' using errcode = 'RVTWO';
    when 'RVMON' then
      raise exception 'You have reviewed them within the last % days. You can again after that.',
        (private.settings()).review_pause_days using errcode = 'RVMON';
    else null;
  end case;
end;
$$;

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
