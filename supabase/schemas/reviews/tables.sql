comment on table public.reviews is 'What one party of a completed session says of the other, once. Ratings are recounted from here.';
comment on table private.review_notes is 'What the author of a review tells only us.';

alter table public.reviews
  -- What one review comes to: its three stars in the middle, as it is shown.
  add column rating numeric(3, 2) not null generated always as (
    coalesce(market_rating + advice_rating + worth_rating, preparation_rating + openness_rating + follow_through_rating) / 3.0
  ) stored,
  add constraint reviews_author_is_a_party check (author_party in ('client', 'coach')),
  add constraint reviews_clients_write_themselves check (author_party <> 'client' or author_id = client_id),
  add constraint reviews_three_ratings check (
    case author_party
      when 'client' then num_nonnulls(market_rating, advice_rating, worth_rating) = 3
        and num_nonnulls(preparation_rating, openness_rating, follow_through_rating) = 0
      else num_nonnulls(preparation_rating, openness_rating, follow_through_rating) = 3
        and num_nonnulls(market_rating, advice_rating, worth_rating) = 0
    end
  ),
  add constraint reviews_market_rating check (market_rating between 1 and 5),
  add constraint reviews_advice_rating check (advice_rating between 1 and 5),
  add constraint reviews_worth_rating check (worth_rating between 1 and 5),
  add constraint reviews_preparation_rating check (preparation_rating between 1 and 5),
  add constraint reviews_openness_rating check (openness_rating between 1 and 5),
  add constraint reviews_follow_through_rating check (follow_through_rating between 1 and 5),
  add constraint reviews_body_length check (char_length(body) between 20 and 2000),
  add constraint reviews_reply_length check (char_length(reply) between 2 and 1000),
  add constraint reviews_reply_has_a_time check ((reply is null) = (replied_at is null)),
  add constraint reviews_removed_reply_was_there check (reply_removed_at is null or reply is not null),
  add constraint reviews_reply_is_to_a_client check (reply is null or author_party = 'client' and published_at is not null);

alter table private.review_notes
  add constraint review_notes_length check (char_length(note) between 1 and 2000);

-- What publish_due_reviews looks through: those of the last days that wait for the other.
create index reviews_waiting_idx on public.reviews (booking_id) where published_at is null;

alter table public.reviews enable row level security;
alter table private.review_notes enable row level security;

/*
 * By column, to the two whom they are between: what happened, for their thread. What is said and who reads it
 * is given by session_reviews, received_reviews and, to everybody, coach_reviews.
 */
grant select (id, booking_id, coach_id, author_party, rating, created_at, published_at, replied_at)
  on public.reviews to authenticated;

-- No writes: review_coach, review_client, reply_to_review. No delete: an admin removes one, with a reason (decide_report).
-- Nothing at all on the notes: admins read them in Studio.
