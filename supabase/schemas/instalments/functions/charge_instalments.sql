/*
 * Cron's: charges what is due, once, and again some days after the first try when that was declined
 * (platform_settings.instalment_retry_days). Not while a bank has not decided about a payment of the
 * same plan, or its coach is suspended. Plans whose months are over end. At most 500 plans at a time;
 * those that somebody is changing wait for the next run.
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
      )
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    if private.plan_ends_at(v_plan) <= now() then
      perform private.end_plan(v_plan.id, 'lapsed');
    elsif not private.is_charging_halted(v_plan) then
      perform private.charge_instalment(orders)
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

/* Has the next try made to charge an order that is due, unless one is under way, or its day has not come. */
create function private.charge_instalment(order_row public.orders)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_days integer[] := (private.settings()).instalment_retry_days;
  v_tries integer;
  v_first_at timestamptz;
begin
  select count(*), min(instalment_charges.created_at) into v_tries, v_first_at
  from private.instalment_charges
  where instalment_charges.order_id = (charge_instalment.order_row).id;

  if v_tries > cardinality(v_days) or v_tries > 0 and now() < v_first_at + make_interval(days => v_days[v_tries]) then
    return;
  end if;

  insert into private.instalment_charges (order_id, attempt)
  values ((charge_instalment.order_row).id, v_tries + 1)
  on conflict (order_id) where outcome is null do nothing;

  if found then
    perform private.enqueue(
      'stripe.charge_instalment',
      format('stripe.charge_instalment:%s:%s:%s', (charge_instalment.order_row).id, v_tries + 1, extract(epoch from now())::bigint),
      jsonb_build_object('order_id', (charge_instalment.order_row).id, 'attempt', v_tries + 1)
    );
  end if;
end;
$$;

/*
 * What `dispatch` needs to charge an instalment, or null when it was paid by hand, or the plan has ended,
 * meanwhile: the payment whose card is used is the last that succeeded.
 */
create function private.charge_work(payload jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'order_id', orders.id,
    'attempt', instalment_charges.attempt,
    'amount_cents', orders.amount_cents,
    'currency', orders.currency,
    'offer_title', offers.title,
    'payment_intent_id', (
      select payments.stripe_payment_intent_id
      from public.orders as paid
      join public.payments on payments.order_id = paid.id and payments.status = 'succeeded'
      where paid.plan_id = orders.plan_id
      order by paid.plan_position desc
      limit 1
    )
  )
  from private.instalment_charges
  join public.orders on orders.id = instalment_charges.order_id
  join public.payment_plans on payment_plans.id = orders.plan_id
  join public.offers on offers.id = orders.offer_id
  where orders.id = (charge_work.payload ->> 'order_id')::uuid
    and instalment_charges.attempt = (charge_work.payload ->> 'attempt')::integer
    and instalment_charges.outcome is null
    and orders.status = 'pending'
    and payment_plans.status in ('active', 'overdue')
    and not private.is_charging_halted(payment_plans);
$$;
