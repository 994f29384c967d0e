/*
 * Locks an order, and the plan that it is a part of before (lock_plan), and returns it as it is then; a row
 * of nulls when there is none.
 */
create function private.lock_order(order_id uuid)
returns public.orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  perform private.lock_plan(orders.plan_id) from public.orders where orders.id = lock_order.order_id;
  select * into v_order from public.orders where orders.id = lock_order.order_id for update;
  return v_order;
end;
$$;
