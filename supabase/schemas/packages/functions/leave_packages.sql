/*
 * A person leaves: packages that they bought or sold end, and what is left of them goes back as
 * money; those that wait for their payment expire. In one order, so that two who leave never wait
 * for each other.
 */
create function private.leave_packages(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
  v_plan_id uuid;
begin
  foreach v_plan_id in array private.lock_plans_of(leave_packages.profile_id) loop
    perform private.end_plan(v_plan_id, 'account_closed');
  end loop;

  for v_order in
    select orders.*
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where leave_packages.profile_id in (orders.client_id, coaches.profile_id)
      and (orders.credits_end_at > now() or orders.status = 'pending')
    order by orders.id
  loop
    if v_order.credits_end_at is not null then
      perform private.end_credits(v_order.id, 'The account was closed.');
    else
      perform private.expire_package(v_order.id);
    end if;
  end loop;
end;
$$;

/*
 * Locks the payment plans that somebody has or sells and that go on, and returns them. All plans before
 * any order, as everywhere (lock_plan): whoever locks orders of theirs calls it first.
 */
create function private.lock_plans_of(profile_id uuid)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_plan_id uuid;
  v_plan_ids uuid[] := '{}';
begin
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    join public.coaches on coaches.id = payment_plans.coach_id
    where lock_plans_of.profile_id in (payment_plans.client_id, coaches.profile_id)
      and payment_plans.status in ('pending', 'active', 'overdue')
    order by payment_plans.id
  loop
    perform private.lock_plan(v_plan_id);
    v_plan_ids := v_plan_ids || v_plan_id;
  end loop;
  return v_plan_ids;
end;
$$;
