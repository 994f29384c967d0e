/*
 * A package that was not paid for expires, and Stripe is asked to close its page. Nothing happens
 * when it is paid, or is no package, or a later part of one: that stays until its plan ends.
 */
create function private.expire_package(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_plan_id uuid;
begin
  -- Of one that was to be paid in parts all of them go.
  select orders.plan_id into v_plan_id
  from public.orders
  where orders.id = expire_package.order_id and orders.plan_position = 1 and orders.status = 'pending';
  if v_plan_id is not null then
    perform private.end_plan(v_plan_id, 'not_begun');
    return;
  end if;

  update public.orders
  set status = 'expired'
  where orders.id = expire_package.order_id
    and orders.status = 'pending'
    and orders.plan_id is null
    and private.is_package(orders);

  if found then
    perform private.enqueue(
      'stripe.expire_checkout', 'stripe.expire_checkout:' || expire_package.order_id,
      jsonb_build_object('order_id', expire_package.order_id)
    );
  end if;
end;
$$;

/* Cron's: packages whose time to be paid for is over. At most 500 at a time; locked ones wait for the next run. */
create function private.expire_packages()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
  v_plan_id uuid;
begin
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    join public.orders on orders.plan_id = payment_plans.id and orders.plan_position = 1
    where payment_plans.status = 'pending'
      and private.shown_order_status(orders) = 'expired'
    limit 500
    for update of payment_plans skip locked
  loop
    perform private.end_plan(v_plan_id, 'not_begun');
  end loop;

  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'pending'
      and orders.plan_id is null
      and private.shown_order_status(orders) = 'expired'
    order by orders.created_at
    limit 500
    for update skip locked
  loop
    perform private.expire_package(v_order_id);
  end loop;
end;
$$;
