/*
 * The coupons of the asker's practice, those that count first, the newest at the top; how often each
 * was used, and what that took off all together (`discount_cents`). A coupon takes `percent` of the price or
 * `amount_cents` off; `minimum_cents` is the least price that it is for: cents, without tax. 100 at most. No row without a practice.
 *
 * Security definer: coupons are not granted to anyone.
 */
create function public.coupon_list()
returns table (
  coupon_id uuid,
  code text,
  percent integer,
  amount_cents integer,
  ends_at timestamptz,
  is_over boolean,
  max_redemptions integer,
  max_per_client integer,
  is_first_order boolean,
  minimum_cents integer,
  redemptions integer,
  discount_cents integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select coupons.id, coupons.code, coupons.percent, coupons.amount_cents, coupons.ends_at, counts.is_over,
    coupons.max_redemptions, coupons.max_per_client, coupons.is_first_order, coupons.minimum_cents,
    used.redemptions, used.discount_cents
  from private.coupons
  cross join lateral (
    select coupons.ended_at is not null or coalesce(coupons.ends_at <= now(), false) as is_over
  ) as counts
  cross join lateral (
    select count(distinct redeemed.id)::integer as redemptions, coalesce(sum(orders.discount_cents), 0)::integer as discount_cents
    from private.coupon_redemptions
    join public.orders as redeemed on redeemed.id = coupon_redemptions.order_id
    cross join lateral private.package_orders(redeemed) as orders
    where coupon_redemptions.coupon_id = coupons.id
      and coupon_redemptions.freed_at is null
  ) as used
  where coupons.coach_id = private.current_coach_id()
  order by counts.is_over, coupons.created_at desc
  limit 100;
$$;

grant execute on function public.coupon_list() to authenticated;
