/*
 * A client buys a package: an order at the price as it is now, which waits for its payment
 * (platform_settings.package_pay_minutes). Nothing is held meanwhile. Asked again while it waits,
 * it is the same order, unless with another coupon: then the first expires. Returns its id.
 *
 * Raises: UPSGN, UPONB, OFGON (no package, off sale, or its coach is closed), OBOWN (one's own), OKMNY
 * (three are waiting already); with a coupon what apply_coupon raises.
 * Security definer: nobody may insert orders.
 */
create function public.buy_package(offer_id uuid, coupon text default '')
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(buy_package.offer_id, v_client.id);
  v_order_id uuid;
begin
  if v_offer.kind <> 'package' then
    raise exception 'This package is no longer offered.' using errcode = 'OFGON';
  end if;

  v_order_id := private.waiting_package(v_offer, v_client.id, buy_package.coupon, false);
  if v_order_id is not null then
    return v_order_id;
  end if;

  v_order_id := private.create_order(v_offer, v_client.id);
  perform private.apply_coupon(v_order_id, buy_package.coupon);
  return v_order_id;
end;
$$;

grant execute on function public.buy_package(uuid, text) to authenticated;

/*
 * The order of this package that waits for the client's payment already, at once or `in_parts` and with
 * this coupon; null when one is to be made. One that was made in another way expires. Of two clicks at
 * once the second waits here and finds the order of the first. Raises: OKMNY.
 */
create function private.waiting_package(offer public.offers, client_id uuid, coupon text, in_parts boolean)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_waiting_ids uuid[];
  v_order public.orders;
begin
  perform from public.profiles where profiles.id = waiting_package.client_id for no key update;

  v_waiting_ids := array(
    select orders.id
    from public.orders
    join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
    where orders.client_id = waiting_package.client_id
      and coalesce(orders.plan_position, 1) = 1
      and private.shown_order_status(orders) = 'pending'
    order by orders.offer_id <> (waiting_package.offer).id
  );
  select * into v_order
  from public.orders
  where orders.id = v_waiting_ids[1] and orders.offer_id = (waiting_package.offer).id;

  if found then
    if private.coupon_code(v_order.id) = upper(trim(coalesce(waiting_package.coupon, '')))
      and waiting_package.in_parts = (v_order.plan_id is not null) then
      return v_order.id;
    end if;
    perform private.expire_package(v_order.id);
  elsif cardinality(v_waiting_ids) >= 3 then
    raise exception 'Three packages wait for your payment already. Pay for one, or wait until they expire.' using errcode = 'OKMNY';
  end if;

  return null;
end;
$$;

/*
 * Until when a package can be paid for. A part that could not be charged is paid by hand while its plan
 * goes on.
 */
create function private.package_pay_by(order_row public.orders)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    when (package_pay_by.order_row).plan_position > 1 then private.late_pay_by()
    else (package_pay_by.order_row).created_at + make_interval(mins => (private.settings()).package_pay_minutes)
  end;
$$;

/*
 * An order's status as it is at this moment: a package that was not paid for in time is over before cron
 * says so. A later part of one is over when its plan is.
 */
create function private.shown_order_status(order_row public.orders)
returns public.order_status
language sql
stable
set search_path = ''
as $$
  select case
    when (shown_order_status.order_row).status = 'pending'
      and private.is_package(shown_order_status.order_row)
      and coalesce((shown_order_status.order_row).plan_position, 1) = 1
      and private.package_pay_by(shown_order_status.order_row) <= now() then 'expired'
    else (shown_order_status.order_row).status
  end::public.order_status;
$$;

/*
 * Whether a client can pay for an order now: not for a part of a package before its card was declined, nor
 * while it may have been paid, or the plan is not to be charged.
 */
create function private.is_payable(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.shown_order_status(is_payable.order_row) = 'pending' and (
    coalesce((is_payable.order_row).plan_position, 1) = 1
    or private.is_instalment_overdue((is_payable.order_row).id)
      and not private.is_being_paid(is_payable.order_row)
      and not exists (
        select from public.payment_plans
        where payment_plans.id = (is_payable.order_row).plan_id and private.is_charging_halted(payment_plans)
      )
  );
$$;

/* The code that an order was made with; empty without one. */
create function private.coupon_code(order_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select coupons.code
    from private.coupon_redemptions
    join private.coupons on coupons.id = coupon_redemptions.coupon_id
    where coupon_redemptions.order_id = coupon_code.order_id
  ), '');
$$;
