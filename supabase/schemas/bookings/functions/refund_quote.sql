/*
 * What comes back if the asker cancels this booking now, for the page that asks "are you
 * sure" and for the cancellation itself. `full_until` and `partial_until` are the instants
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
  actor public.booking_actor
)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.amount_cents,
    private.refundable_cents(bookings, party.actor),
    deadlines.full_until,
    deadlines.partial_until,
    orders.partial_refund_percent,
    party.actor
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.refund_deadlines(bookings) as deadlines
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$$;

grant execute on function public.refund_quote(uuid) to authenticated;
