/*
 * How a plan stands, recomputed from its orders: completed when all are paid, overdue while one could
 * not be charged, active once the first is paid. One that has ended stays so, unless its first payment
 * came late: then it begins after all, with the dates that were agreed. The caller holds its lock.
 * Nothing happens without one.
 */
create function private.settle_plan(plan_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
  v_is_begun boolean;
begin
  select * into v_plan from public.payment_plans where payment_plans.id = settle_plan.plan_id;
  if not found then
    return;
  end if;

  v_is_begun := exists (
    select from public.orders
    where orders.plan_id = v_plan.id and orders.plan_position = 1 and orders.credits_end_at is not null
  );
  if v_plan.status = 'ended' and (v_plan.ended_reason <> 'not_begun' or not v_is_begun) then
    return;
  end if;

  update public.orders set status = 'pending'
  where orders.plan_id = v_plan.id and orders.status = 'expired' and v_is_begun;

  update public.payment_plans
  set ended_at = null,
      ended_reason = null,
      status = case
        when not v_is_begun then 'pending'
        when not exists (
          select from public.orders where orders.plan_id = v_plan.id and orders.paid_at is null
        ) then 'completed'
        when exists (
          select from public.orders where orders.plan_id = v_plan.id and private.failed_charges(orders.id) > 0 and orders.paid_at is null
        ) then 'overdue'
        else 'active'
      end::public.plan_status
  where payment_plans.id = v_plan.id;
end;
$$;

/*
 * Whether money for an order is still wanted: not for a part of a package whose plan has ended, nor for a
 * no-show fee that was waived, or of which one party has left. The first part of a package may come late, like
 * any package's payment, and so may a fee that was only given up.
 */
create function private.takes_payment(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (
    select from public.payment_plans
    where payment_plans.id = (takes_payment.order_row).plan_id
      and payment_plans.status = 'ended'
      and payment_plans.ended_reason <> 'not_begun'
  ) and not exists (
    select from private.no_show_fees
    where no_show_fees.order_id = (takes_payment.order_row).id
      and no_show_fees.ended_reason in ('waived', 'account_closed')
  );
$$;

/* From when on the months of a package count: the first payment, which for one that is paid at once is this one. */
create function private.plan_begun_at(order_row public.orders)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select orders.paid_at from public.orders
      where orders.plan_id = (plan_begun_at.order_row).plan_id and orders.plan_position = 1
    ),
    now()
  );
$$;
