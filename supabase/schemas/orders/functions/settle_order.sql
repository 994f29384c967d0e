/*
 * Sets an order to refunded when all that was paid is on its way back, and back to paid
 * when a refund failed. Recomputed from the rows, never counted.
 */
create function private.settle_order(order_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.orders
  set status = case
    when orders.amount_cents <= private.returned_cents(orders.id) then 'refunded'
    else 'paid'
  end::public.order_status
  where orders.id = settle_order.order_id
    and orders.status in ('paid', 'refunded');
$$;
