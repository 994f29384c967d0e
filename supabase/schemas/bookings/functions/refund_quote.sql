/*
 * What comes back if the asker cancels this booking now, for the page that asks "are you
 * sure" and for the cancellation itself: cents and the tax of them, or the credit
 * that the session was booked with.
 * `full_until` and `partial_until` are the instants
 * at which the share changes. No row for anyone but the two parties.
 *
 * Security definer: cancel_booking asks too, and both must see the same rows.
 */
create function public.refund_quote(booking_id uuid)
returns table (
  paid_cents integer,
  refund_cents integer,
  full_until timestamptz,
  partial_until timestamptz,
  partial_refund_percent integer,
  actor public.booking_actor,
  uses_credit boolean,
  returns_credit boolean,
  refund_tax_cents integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select private.session_cents(bookings),
    private.refundable_cents(bookings, party.actor),
    deadlines.full_until,
    deadlines.partial_until,
    orders.partial_refund_percent,
    party.actor,
    private.uses_credit(bookings),
    private.returns_credit(bookings, party.actor),
    coalesce((
      select private.tax_of_price(payments, private.refundable_cents(bookings, party.actor))
      from public.payments
      where payments.order_id = orders.id and payments.status in ('authorized', 'succeeded')
    ), 0)
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.refund_deadlines(bookings) as deadlines
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$$;

grant execute on function public.refund_quote(uuid) to authenticated;

/*
 * What comes back for this session and for each of its series that follows, if the asker cancels
 * them all now, in order: what the page shows before, and what cancel_booking does. No row for
 * anyone but the two parties.
 *
 * Security definer: cancel_booking asks too, and both must see the same rows.
 */
create function public.following_refund_quotes(booking_id uuid)
returns table (
  session_id uuid,
  starts_at timestamptz,
  ends_at timestamptz,
  refund_cents integer,
  returns_credit boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select following.id, following.starts_at, following.ends_at, private.refundable_cents(following, party.actor),
    private.returns_credit(following, party.actor)
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.this_and_following(bookings) as following
  where bookings.id = following_refund_quotes.booking_id
    and party.actor is not null
  order by following.starts_at;
$$;

grant execute on function public.following_refund_quotes(uuid) to authenticated;
