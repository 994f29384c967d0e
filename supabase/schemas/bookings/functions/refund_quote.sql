/*
 * What comes back if the asker cancels this booking now, for the page that asks "are you
 * sure" and for the cancellation itself. `full_until` and `partial_until` are the instants
 * at which the share changes. Never more than is left: an admin may have given some back in
 * Stripe's dashboard, and Stripe refuses to return it twice. No row for anyone but the two
 * parties.
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
    least(
      private.refund_cents(
        orders.amount_cents, orders.full_refund_minutes, orders.partial_refund_minutes,
        orders.partial_refund_percent, bookings.starts_at, party.actor, now()
      ),
      greatest(0, orders.amount_cents - returned.cents)
    ),
    bookings.starts_at - make_interval(mins => orders.full_refund_minutes),
    bookings.starts_at - make_interval(mins => orders.partial_refund_minutes),
    orders.partial_refund_percent,
    party.actor
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral (
    select coalesce(sum(refunds.amount_cents), 0)::integer as cents
    from public.refunds
    where refunds.order_id = orders.id and refunds.status <> 'failed'
  ) as returned
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$$;

grant execute on function public.refund_quote(uuid) to authenticated;
