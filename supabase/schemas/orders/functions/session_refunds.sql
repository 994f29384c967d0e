/*
 * What went back, or is on its way, for a session or for its order as a whole, oldest first, for its two
 * parties: of the price, and for the client alone of the tax. No row for anyone else, nor of what Stripe was
 * never asked for since the money had gone back already. Of what failed: what the client still lacks, as long as
 * they do (is_to_follow_up).
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
  select refunds.id, shown.price_cents, case party.actor when 'client' then shown.tax_cents else 0 end,
    refunds.status, refunds.settled_at, refunds.is_elsewhere
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.refunds
    on refunds.order_id = bookings.order_id and coalesce(refunds.booking_id, bookings.id) = bookings.id
  cross join lateral (
    select refunds.amount_cents, refunds.tax_cents where refunds.status <> 'failed'
    union all
    select lacking.price_cents, lacking.tax_cents
    from private.lacking_of_refund(refunds) as lacking
    where private.is_to_follow_up(refunds)
  ) as shown (price_cents, tax_cents)
  where bookings.id = session_refunds.booking_id
    and party.actor is not null
  order by refunds.created_at, refunds.id;
$$;

grant execute on function public.session_refunds(uuid) to authenticated;
