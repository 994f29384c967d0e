/*
 * A plan ends before all of it is paid: nothing more is charged, and nothing more is owed. What was paid
 * stays as it is. Both parties are told, unless it never began or one has left. Nothing happens to one
 * that is over, or without one.
 */
create function private.end_plan(plan_id uuid, reason public.plan_end)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
  v_first_id uuid;
  v_coach_profile_id uuid;
begin
  perform private.lock_plan(end_plan.plan_id);

  update public.payment_plans
  set status = 'ended', ended_at = now(), ended_reason = end_plan.reason
  where payment_plans.id = end_plan.plan_id
    and payment_plans.status in ('pending', 'active', 'overdue')
  returning * into v_plan;

  if not found then
    return;
  end if;

  update public.orders set status = 'expired' where orders.plan_id = v_plan.id and orders.status = 'pending';
  perform private.enqueue('stripe.expire_checkout', 'stripe.expire_checkout:' || orders.id, jsonb_build_object('order_id', orders.id))
  from public.orders
  where orders.plan_id = v_plan.id
    and orders.status = 'expired'
    and (orders.stripe_checkout_session_id is not null or orders.plan_position = 1);

  if end_plan.reason in ('not_begun', 'account_closed') then
    return;
  end if;
  select orders.id, coaches.profile_id into v_first_id, v_coach_profile_id
  from public.orders
  join public.coaches on coaches.id = orders.coach_id
  where orders.plan_id = v_plan.id and orders.plan_position = 1;
  perform private.notify(v_plan.client_id, 'plan_ended', v_first_id);
  perform private.notify(v_coach_profile_id, 'plan_ended', v_first_id);
end;
$$;
