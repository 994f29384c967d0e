/*
 * The sessions of which the asking coach may say how the client was, the latest first, at most 20.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.reviews_due()
returns table (booking_id uuid, offer_title text, client_name text, starts_at timestamptz, review_ends_at timestamptz, is_awaited boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select bookings.id, offers.title, private.shown_name(profiles), bookings.starts_at, private.review_ends_at(bookings),
    exists (select from public.reviews where reviews.booking_id = bookings.id)
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.profiles on profiles.id = bookings.client_id
  where bookings.coach_id = private.current_coach_id()
    -- Of all there ever were, those that are lately over, or lately found to have been held.
    and (
      bookings.starts_at > now() - make_interval(days => (private.settings()).review_window_days + 1)
      or private.held_after_all_at(bookings) > now() - make_interval(days => (private.settings()).review_window_days)
    )
    and private.is_reviewable(bookings, 'coach')
  order by bookings.starts_at desc
  limit 20;
$$;

grant execute on function public.reviews_due() to authenticated;
