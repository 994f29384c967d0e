/*
 * What a coach earned, a row a paid session, newest first: what the client paid, what came
 * back, the platform's fee on what stayed, and the coach's share (session_split). `is_released` once
 * it is theirs. No row for anyone who is not a coach.
 *
 * Security definer: one join over tables whose policies would each be checked a row.
 */
create function public.coach_earnings(page_size integer default 50, page_number integer default 1)
returns table (
  booking_id uuid,
  starts_at timestamptz,
  client_name text,
  offer_title text,
  status public.booking_status,
  paid_cents integer,
  refunded_cents integer,
  fee_cents integer,
  share_cents integer,
  is_released boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select bookings.id, bookings.starts_at,
    private.shown_name(profiles), offers.title, bookings.status,
    price.cents, returned.cents,
    coalesce(split.fee_cents, 0), coalesce(split.share_cents, 0),
    earnings.id is not null
  from public.orders
  join public.bookings on bookings.order_id = orders.id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  left join public.earnings on earnings.booking_id = bookings.id
  cross join lateral (select private.session_cents(bookings) as cents) as price
  cross join lateral (select private.session_returned_cents(bookings) as cents) as returned
  left join lateral private.session_split(bookings) as split on true
  where orders.coach_id = private.current_coach_id()
    and orders.paid_at is not null
    and orders.amount_cents > 0 -- A free intro call earns nothing.
  order by bookings.starts_at desc
  limit least(coach_earnings.page_size, 100)
  offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 100);
$$;

grant execute on function public.coach_earnings(integer, integer) to authenticated;
