/*
 * Cron's: charges what is due, once, and again some days after the first try when that was declined
 * (platform_settings.charge_retry_days). Not while a bank has not decided about a payment of the
 * same plan, or its coach is suspended: such days are put off first. Plans whose months are over end. At most 500 plans at a time, of those
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
  perform private.put_off_instalments();

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

/*
 * Puts the parts off that were to be charged within a day while their plan is not to be charged, by as long as its
 * client is told before (platform_settings.instalment_notice_days): so they are told of the new day when it goes
 * on, and not charged at that very moment. What was tried keeps its day, and so does what ends with the plan's months.
 */
create function private.put_off_instalments()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_plan_id uuid;
begin
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    where payment_plans.status in ('active', 'overdue')
      and exists (
        select from public.orders
        where orders.plan_id = payment_plans.id
          and orders.status = 'pending'
          and orders.due_at <= now() + interval '1 day'
          and private.is_untried(orders.id)
      )
      and private.plan_ends_at(payment_plans) > now()
      and private.is_charging_halted(payment_plans)
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    perform from public.orders where orders.plan_id = v_plan_id order by orders.id for update;

    update public.orders
    set due_at = now() + make_interval(days => (private.settings()).instalment_notice_days)
    where orders.plan_id = v_plan_id
      and orders.status = 'pending'
      and orders.due_at <= now() + interval '1 day'
      and private.is_untried(orders.id);
  end loop;
end;
$$;

/* Whether no card was charged for an order, and none is being. */
create function private.is_untried(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (
    select from private.card_charges
    where card_charges.order_id = is_untried.order_id and card_charges.outcome is distinct from 'not_made'
  );
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
