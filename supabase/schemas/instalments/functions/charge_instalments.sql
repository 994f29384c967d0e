/*
 * Cron's: charges what is due, once, and again some days after the first try when that was declined
 * (platform_settings.charge_retry_days). Not while a bank has not decided about a payment of the
 * same plan, or its coach is suspended. Plans whose months are over end. At most 500 plans at a time, of those
 * with which something is to be done: however many wait for their day, or a bank, they are in nobody's way. Those
 * that somebody is changing wait for the next run.
 */
create function private.charge_instalments()
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
$$;

/* When the sessions of a plan end, and with them what can be paid for: its months after the first payment. */
create function private.plan_ends_at(plan public.payment_plans)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select orders.paid_at + make_interval(months => offers.valid_months)
  from public.orders
  join public.offers on offers.id = orders.offer_id
  where orders.plan_id = (plan_ends_at.plan).id and orders.plan_position = 1;
$$;

/* Whether a plan is not to be charged for now: a bank has to decide about it, or its coach is suspended. */
create function private.is_charging_halted(plan public.payment_plans)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.orders where orders.plan_id = (is_charging_halted.plan).id and orders.status = 'disputed'
  ) or exists (
    select from public.coaches where coaches.id = (is_charging_halted.plan).coach_id and coaches.status = 'suspended'
  );
$$;
