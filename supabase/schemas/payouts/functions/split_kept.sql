/*
 * Who gets what of a session for which the client paid `price_cents`, of which `kept_cents` did not
 * go back: `fee_cents` is our fee on the whole of it, `subsidy_cents` what we add to the whole of it
 * because a coupon was ours. Fee and subsidy shrink in proportion to what went back, each rounded
 * once to a cent, halves up; the coach's share is the rest, so that
 * kept + subsidy = fee + share. All in cents. A session for which nothing was paid, because the
 * coupon was for all of it, is kept whole. The one place that knows: what coaches are shown, what is
 * released and what the tests expect all ask here.
 */
create function private.split_kept(
  price_cents integer,
  kept_cents integer,
  fee_cents integer,
  subsidy_cents integer,
  out fee integer,
  out share integer,
  out subsidy integer
)
language sql
immutable
set search_path = ''
as $$
  -- Multiplied first: a quotient is cut off, and a half cent would be a little less than that.
  select parts.fee, split_kept.kept_cents + parts.subsidy - parts.fee, parts.subsidy
  from (
    select
      coalesce(round(split_kept.fee_cents::numeric * split_kept.kept_cents / nullif(split_kept.price_cents, 0)), split_kept.fee_cents)::integer as fee,
      coalesce(round(split_kept.subsidy_cents::numeric * split_kept.kept_cents / nullif(split_kept.price_cents, 0)), split_kept.subsidy_cents)::integer as subsidy
  ) as parts;
$$;

/*
 * What a session brings as things are now: its price, what of it is kept, our fee, the coach's share
 * and what we add, in cents. No row when nothing is ever earned with it: the coach did not come, it
 * was called off by anybody but its client, or its credit came back. A session that its client
 * called off brings what the policy kept, even if the rest could not be given back. Sessions of a
 * membership bring nothing by themselves: its periods do.
 */
create function private.session_split(booking public.bookings)
returns table (price_cents integer, kept_cents integer, fee_cents integer, share_cents integer, subsidy_cents integer)
language sql
stable
set search_path = ''
as $$
  select price.cents, kept.cents, split.fee, split.share, split.subsidy
  from public.orders
  join public.offers on offers.id = orders.offer_id
  cross join lateral (
    select private.session_cents(session_split.booking) as cents,
      orders.fee_cents / orders.session_count as fee_cents,
      case when orders.discount_bearer = 'platform' then orders.discount_cents / orders.session_count else 0 end as subsidy_cents
  ) as price
  cross join lateral (
    select greatest(0, price.cents - greatest(
      private.session_returned_cents(session_split.booking),
      case when (session_split.booking).status = 'cancelled' then (
        select (booking_events.detail ->> 'refund_cents')::integer
        from public.booking_events
        where booking_events.booking_id = (session_split.booking).id and booking_events.after = 'cancelled'
        order by booking_events.id desc
        limit 1
      ) end
    )) as cents
  ) as kept
  cross join lateral private.split_kept(price.cents, kept.cents, price.fee_cents, price.subsidy_cents) as split
  where orders.id = (session_split.booking).order_id
    and offers.kind <> 'membership'
    and (
      (session_split.booking).status in ('confirmed', 'completed', 'no_show_client')
      or (session_split.booking).status = 'cancelled'
        and (session_split.booking).cancelled_by = 'client'
        and (session_split.booking).confirmed_at is not null
        and price.cents > 0
    )
    and not exists (
      select from public.credit_entries
      where credit_entries.booking_id = (session_split.booking).id and credit_entries.kind = 'returned'
    )
    and split.fee + split.share > 0;
$$;

/*
 * The same for a period of a membership: of its order as a whole. What its client waits for, because a refund
 * failed, is not kept.
 */
create function private.period_split(order_id uuid)
returns table (price_cents integer, kept_cents integer, fee_cents integer, share_cents integer, subsidy_cents integer)
language sql
stable
set search_path = ''
as $$
  select orders.amount_cents, kept.cents, split.fee, split.share, split.subsidy
  from public.orders
  cross join lateral (
    select greatest(0, orders.amount_cents - private.returned_cents(orders.id) - private.awaited_cents(orders.id)) as cents
  ) as kept
  cross join lateral private.split_kept(
    orders.amount_cents, kept.cents, orders.fee_cents,
    case when orders.discount_bearer = 'platform' then orders.discount_cents else 0 end
  ) as split
  where orders.id = period_split.order_id
    and split.fee + split.share > 0;
$$;
