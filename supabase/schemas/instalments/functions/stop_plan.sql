/*
 * A client stops paying for a package in parts: nothing more is charged, and what was paid stays theirs.
 * Stopping twice is once. Raises: QPNFD (not theirs), QPEND (all of it is paid).
 *
 * Security definer: nobody may write plans.
 */
create function public.stop_plan(plan_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_status public.plan_status;
begin
  select payment_plans.status into v_status
  from public.payment_plans
  where payment_plans.id = stop_plan.plan_id
    and payment_plans.client_id = private.current_profile_id()
  for update;

  if not found then
    raise exception 'There is no such plan.' using errcode = 'QPNFD';
  elsif v_status = 'completed' then
    raise exception 'All of this package is paid. Nothing more is charged.' using errcode = 'QPEND';
  end if;

  perform private.end_plan(stop_plan.plan_id, 'stopped');
end;
$$;

grant execute on function public.stop_plan(uuid) to authenticated;
