/*
 * Takes what a coupon takes off from an order that was just made: of each session, rounded up to a cent,
 * and never so much that one costs less than a dollar. A coach's coupon reduces what our fee is taken
 * of; with ours the fee, and so the coach's share, is that of the full price. Of a payment plan it takes the same
 * off each session of all its orders, once: `order_id` is the first of them. Nothing happens without a code.
 *
 * The coupon's row is locked: of two who want its last use the second sees the first.
 *
 * Raises: QCNFD (unknown, or another coach's), QCEND (not yet, or no more), QCFRE (nothing is to be paid),
 * QCMIN (the order costs too little), QCFST (not the first order), QCTWO (used it already), QCOUT (used up).
 */
create function private.apply_coupon(order_id uuid, code text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
  v_coupon private.coupons;
  v_price integer;
  v_off integer;
begin
  if coalesce(trim(apply_coupon.code), '') = '' then
    return;
  end if;

  select * into v_order from public.orders where orders.id = apply_coupon.order_id;
  select sum(orders.amount_cents), sum(orders.session_count) into v_order.amount_cents, v_order.session_count
  from private.package_orders(v_order) as orders;
  v_price := v_order.amount_cents / v_order.session_count;
  v_coupon := private.lock_coupon(apply_coupon.code, v_order);
  perform private.require_coupon_for(v_coupon, v_order);

  v_off := least(
    coalesce(
      ceil(v_price * v_coupon.percent / 100.0)::integer,
      ceil(v_coupon.amount_cents::numeric / v_order.session_count)::integer
    ),
    v_price - 100
  );
  if v_off <= 0 then
    raise exception 'This coupon takes nothing off: a session costs at least $1.' using errcode = 'QCMIN';
  end if;

  update public.orders
  set amount_cents = orders.session_count * (v_price - v_off),
      discount_cents = orders.session_count * v_off,
      discount_bearer = case when v_coupon.coach_id is null then 'platform' else 'coach' end::public.discount_bearer,
      fee_cents = case
        when v_coupon.coach_id is null then orders.fee_cents
        else orders.session_count * round((v_price - v_off) * (private.settings()).fee_basis_points / 10000.0)::integer
      end
  where orders.id = v_order.id or orders.plan_id = v_order.plan_id;

  insert into private.coupon_redemptions (order_id, coupon_id, client_id)
  values (v_order.id, v_coupon.id, v_order.client_id);
end;
$$;

/* The coupon that a code means for an order, locked: its coach's before ours. Raises: QCNFD. */
create function private.lock_coupon(code text, order_row public.orders)
returns private.coupons
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coupon private.coupons;
begin
  select * into v_coupon
  from private.coupons
  where coupons.code = upper(trim(lock_coupon.code))
    and coupons.ended_at is null
    and (coupons.coach_id = (lock_coupon.order_row).coach_id or coupons.coach_id is null)
  order by coupons.coach_id nulls last
  limit 1
  for update;

  if not found then
    raise exception 'We do not know this code. Look at it once more, or leave it out.' using errcode = 'QCNFD';
  end if;

  return v_coupon;
end;
$$;

/* Refuses a coupon, which the caller has locked, that this order cannot have. Raises what apply_coupon does. */
create function private.require_coupon_for(coupon private.coupons, order_row public.orders)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coupon private.coupons := require_coupon_for.coupon;
  v_order public.orders := require_coupon_for.order_row;
  -- Of two first orders at once one can have it.
  v_own_most integer := case when v_coupon.is_first_order then 1 else v_coupon.max_per_client end;
  v_uses integer;
  v_own_uses integer;
begin
  if v_coupon.starts_at > now() then
    raise exception 'This code does not count yet.' using errcode = 'QCEND';
  elsif v_coupon.ends_at <= now() then
    raise exception 'This code has ended.' using errcode = 'QCEND';
  elsif v_order.amount_cents = 0 then
    raise exception 'It is free: there is nothing to take off.' using errcode = 'QCFRE';
  elsif v_order.amount_cents < v_coupon.minimum_cents then
    raise exception 'This code counts for orders of $% or more.',
      trim(trailing '.' from trim(trailing '0' from (v_coupon.minimum_cents / 100.0)::numeric(12, 2)::text))
      using errcode = 'QCMIN';
  elsif v_coupon.is_first_order and private.has_paid_before(v_order, v_coupon.coach_id) then
    raise exception 'This code is for a first order.' using errcode = 'QCFST';
  end if;

  select count(*), count(*) filter (where coupon_redemptions.client_id = v_order.client_id)
  into v_uses, v_own_uses
  from private.coupon_redemptions
  where coupon_redemptions.coupon_id = v_coupon.id
    and coupon_redemptions.freed_at is null;

  if v_own_uses >= v_own_most then
    raise exception 'You have used this code already.' using errcode = 'QCTWO';
  elsif v_uses >= v_coupon.max_redemptions then
    raise exception 'This code has been used as often as it could be.' using errcode = 'QCOUT';
  end if;
end;
$$;

/* Whether an order's client has paid for another: to this coach, or with none to anybody. */
create function private.has_paid_before(order_row public.orders, coach_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.orders
    where orders.client_id = (has_paid_before.order_row).client_id
      and orders.id <> (has_paid_before.order_row).id
      and orders.paid_at is not null
      and orders.amount_cents > 0
      and (has_paid_before.coach_id is null or orders.coach_id = has_paid_before.coach_id)
  );
$$;
