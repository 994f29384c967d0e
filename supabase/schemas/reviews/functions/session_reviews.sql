/*
 * What was written of a session, for its two parties: their own at once, the other's once both are shown. Until
 * when the other can still write, why one counts nowhere (review_voided_by), and what an admin gave as reason for
 * removing it.
 *
 * Security definer: the words are granted to nobody.
 */
create function public.session_reviews(booking_id uuid)
returns table (
  review_id uuid,
  author_party public.booking_actor,
  is_own boolean,
  author_name text,
  market_rating smallint,
  advice_rating smallint,
  worth_rating smallint,
  preparation_rating smallint,
  openness_rating smallint,
  follow_through_rating smallint,
  rating numeric,
  body text,
  written_at timestamptz,
  published_at timestamptz,
  shown_by timestamptz,
  reply text,
  reply_removed_because text,
  may_reply boolean,
  voided_by text,
  removed_because text
)
language sql
stable
security definer
set search_path = ''
as $$
  select reviews.id, reviews.author_party, reviews.author_party = party.actor, reviews.author_name,
    reviews.market_rating, reviews.advice_rating, reviews.worth_rating,
    reviews.preparation_rating, reviews.openness_rating, reviews.follow_through_rating,
    reviews.rating, reviews.body, reviews.created_at, reviews.published_at, private.review_ends_at(bookings),
    private.shown_reply(reviews),
    case when reviews.reply_removed_at is not null then private.decided_because('reply', reviews.id) end,
    party.actor = 'coach' and private.may_reply(reviews),
    private.review_voided_by(reviews),
    case when reviews.removed_at is not null then private.decided_because('review', reviews.id) end
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.reviews on reviews.booking_id = bookings.id
  where bookings.id = session_reviews.booking_id
    and party.actor is not null
    and (reviews.author_party = party.actor or reviews.published_at is not null)
  order by reviews.author_party = party.actor desc;
$$;

grant execute on function public.session_reviews(uuid) to authenticated;
