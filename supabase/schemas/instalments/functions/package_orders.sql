/*
 * The orders of which a package consists, in the order in which they are paid: those of its plan, or
 * the one that pays for all of it.
 */
create function private.package_orders(order_row public.orders)
returns setof public.orders
language sql
stable
set search_path = ''
as $$
  select orders.*
  from public.orders
  where orders.id = (package_orders.order_row).id
    or orders.plan_id = (package_orders.order_row).plan_id
  order by orders.plan_position;
$$;

/* By which order a package is named: the first of its plan, or its only one. */
create function private.package_id(order_row public.orders)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select orders.id from public.orders where orders.plan_id = (package_id.order_row).plan_id and orders.plan_position = 1),
    (package_id.order_row).id
  );
$$;

/* How many sessions a package still gives to book with, in all its orders. */
create function private.package_left(order_row public.orders)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(private.credits_left(orders.id)), 0)::integer
  from private.package_orders(package_left.order_row) as orders;
$$;

/*
 * The sessions of a package: how many are paid for, how many of those are left to book with, and how many
 * more come with how many payments. Nothing is to come of one that is paid at once, or whose plan has ended
 * or not begun.
 */
create function private.package_sessions(order_row public.orders)
returns table (sessions_paid integer, credits_left integer, sessions_to_come integer, payments_to_come integer)
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(parts.session_count) filter (where parts.credits_end_at is not null), 0)::integer,
    private.package_left(package_sessions.order_row),
    coalesce(sum(parts.session_count) filter (where is_open.to_come), 0)::integer,
    count(*) filter (where is_open.to_come)::integer
  from private.package_orders(package_sessions.order_row) as parts
  left join public.payment_plans on payment_plans.id = parts.plan_id
  cross join lateral (
    select parts.status = 'pending' and payment_plans.status in ('active', 'overdue') as to_come
  ) as is_open;
$$;

/*
 * Locks a plan. Whoever changes it or several of its orders does this first, and then locks orders, by
 * their ids: so two never wait for each other. Nothing happens without one.
 */
create function private.lock_plan(plan_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select from public.payment_plans where payment_plans.id = lock_plan.plan_id for update;
$$;

/* Locks all of a package, named by one of its orders, and returns the orders. */
create function private.lock_package(order_id uuid)
returns setof public.orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_plan_id uuid;
begin
  select orders.plan_id into v_plan_id from public.orders where orders.id = lock_package.order_id;
  perform private.lock_plan(v_plan_id);

  return query
    select orders.*
    from public.orders
    where orders.id = lock_package.order_id or orders.plan_id = v_plan_id
    order by orders.id
    for update;
end;
$$;
