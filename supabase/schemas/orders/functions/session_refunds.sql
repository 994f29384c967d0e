/*
 * What went back, or is on its way, for a session or for its order as a whole, oldest first, for its two
 * parties: of the price, and for the client alone of the tax. No row for anyone else, nor of what Stripe was
 * never asked for since the money had gone back already, or of what failed and another took the place of.
 *
 * Security definer: the tax is granted to nobody.
 */
create function public.session_refunds(booking_id uuid)
returns table (id uuid, amount_cents integer, tax_cents integer, status public.refund_status, settled_at timestamptz, is_elsewhere boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select refunds.id, refunds.amount_cents, case party.actor when 'client' then refunds.tax_cents else 0 end,
    refunds.status, refunds.settled_at, refunds.is_elsewhere
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.refunds
    on refunds.order_id = bookings.order_id and coalesce(refunds.booking_id, bookings.id) = bookings.id
  where bookings.id = session_refunds.booking_id
    and party.actor is not null
    and (refunds.status <> 'failed' or refunds.stripe_refund_id is not null and refunds.followed_up_at is null)
  order by refunds.created_at, refunds.id;
$$;

grant execute on function public.session_refunds(uuid) to authenticated;
