/*
 * What clients wrote about the asking coach and is shown, the newest first, a page of 10 and one more when there
 * is a next: with the session it is of, whether it counts and if not why (review_voided_by, or 'newer' when the
 * client has written again), and until when it can be replied to.
 *
 * Security definer: the words are granted to nobody.
 */
create function public.received_reviews(page_number integer default 1)
returns table (
  review_id uuid,
  booking_id uuid,
  offer_title text,
  starts_at timestamptz,
  author_name text,
  market_rating smallint,
  advice_rating smallint,
  worth_rating smallint,
  rating numeric,
  body text,
  published_at timestamptz,
  reply text,
  reply_removed_because text,
  may_reply boolean,
  reply_ends_at timestamptz,
  voided_by text,
  removed_because text
)
language sql
stable
security definer
set search_path = ''
as $$
  select reviews.id, bookings.id, offers.title, bookings.starts_at, reviews.author_name,
    reviews.market_rating, reviews.advice_rating, reviews.worth_rating, reviews.rating, reviews.body,
    reviews.published_at, private.shown_reply(reviews),
    case when reviews.reply_removed_at is not null then private.decided_because('reply', reviews.id) end,
    private.may_reply(reviews), private.reply_ends_at(reviews),
    coalesce(
      private.review_voided_by(reviews),
      case when reviews.id not in (select counted.id from private.counted_reviews(private.current_coach_id()) as counted) then 'newer' end
    ),
    case when reviews.removed_at is not null then private.decided_because('review', reviews.id) end
  from public.reviews
  join public.bookings on bookings.id = reviews.booking_id
  join public.offers on offers.id = bookings.offer_id
  where reviews.coach_id = private.current_coach_id()
    and reviews.author_party = 'client'
    and reviews.published_at is not null
  order by reviews.published_at desc, reviews.created_at desc, reviews.id
  limit 11 offset (greatest(received_reviews.page_number, 1) - 1) * 10;
$$;

grant execute on function public.received_reviews(integer) to authenticated;
