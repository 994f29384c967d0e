/*
 * How many cents come back if `actor` cancels this booking now, under the policy its order
 * was sold with. Never more than is left: an admin may have given some back in Stripe's
 * dashboard, and Stripe refuses to return it twice.
 */
create function private.refundable_cents(booking public.bookings, actor public.booking_actor)
returns integer
language sql
stable
set search_path = ''
as $$
  select least(
    private.refund_cents(
      orders.amount_cents, orders.full_refund_minutes, orders.partial_refund_minutes,
      orders.partial_refund_percent, (refundable_cents.booking).starts_at, refundable_cents.actor, now()
    ),
    greatest(0, orders.amount_cents - private.returned_cents(orders.id))
  )
  from public.orders
  where orders.id = (refundable_cents.booking).order_id;
$$;
