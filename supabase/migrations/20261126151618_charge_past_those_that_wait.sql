SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.charge_card (
  order_row public.orders
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_attempt integer;
begin
  select * into v_order from public.orders where orders.id = (charge_card.order_row).id for update;
  if not private.is_try_due(v_order) then
    return;
  end if;

  select coalesce(max(card_charges.attempt), 0) + 1 into v_attempt
  from private.card_charges
  where card_charges.order_id = v_order.id;

  -- Of those of which nothing was made the last is enough: it has the number.
  delete from private.card_charges
  where card_charges.order_id = v_order.id
    and card_charges.outcome = 'not_made';

  insert into private.card_charges (order_id, attempt) values (v_order.id, v_attempt);

  -- One that was made, and could not be noted for this, is closed by the site: the next is another.
  update public.orders
  set pages_ended = orders.pages_ended + 1,
      checkout_expires_at = least(orders.checkout_expires_at, case when orders.checkout_expires_at is not null then now() end)
  where orders.id = v_order.id;

  perform private.enqueue(
    'stripe.charge_card', format('stripe.charge_card:%s:%s', v_order.id, v_attempt),
    jsonb_build_object('order_id', v_order.id, 'attempt', v_attempt)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.charge_instalments()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
begin
  for v_plan in
    select payment_plans.*
    from public.payment_plans
    where payment_plans.status in ('active', 'overdue')
      and exists (
        select from public.orders
        where orders.plan_id = payment_plans.id and orders.status = 'pending' and orders.due_at <= now()
          and (
            private.plan_ends_at(payment_plans) <= now()
            or private.is_try_due(orders) and not private.is_charging_halted(payment_plans)
          )
      )
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    if private.plan_ends_at(v_plan) <= now() then
      perform private.end_plan(v_plan.id, 'lapsed');
    else
      perform private.charge_card(orders)
      from public.orders
      where orders.plan_id = v_plan.id and orders.status = 'pending' and orders.due_at <= now();
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.charge_no_show_fees()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  for v_order in
    select orders.*
    from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id
    where no_show_fees.ended_at is null
      and orders.status = 'pending'
      and (
        private.has_left(orders.client_id, orders.coach_id, now())
        or orders.created_at <= now() - make_interval(days => (private.settings()).no_show_fee_days)
        or private.is_no_show_fee_due(orders) and private.is_try_due(orders)
      )
    order by orders.created_at
    limit 500
    for update of orders skip locked
  loop
    if private.has_left(v_order.client_id, v_order.coach_id, now()) then
      perform private.end_no_show_fee(v_order.id, 'account_closed');
    elsif v_order.created_at <= now() - make_interval(days => (private.settings()).no_show_fee_days) then
      perform private.end_no_show_fee(v_order.id, 'declined');
    else
      perform private.charge_no_show_fee(v_order);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_try_due (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce((is_try_due.order_row).checkout_expires_at > now(), true)
    and not coalesce(bool_or(card_charges.outcome is null), false)
    and (
      count(*) = 0
      -- After the last there is no day, and no next.
      or coalesce(now() >= min(card_charges.created_at) + make_interval(days => (private.settings()).charge_retry_days[count(*)]), false)
    )
  from private.card_charges
  where card_charges.order_id = (is_try_due.order_row).id
    and card_charges.outcome is distinct from 'not_made';
$function$;

REVOKE ALL ON FUNCTION "private"."is_try_due"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_try_due"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_try_due"(public.orders) TO "postgres";
