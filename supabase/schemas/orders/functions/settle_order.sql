/*
 * Sets an order to disputed while a bank has not decided about its money, to refunded when all that
 * was paid is on its way back, and back to paid when a refund failed or the bank has decided. What its coach earned and was sent follows. Recomputed from the rows,
 * never counted.
 */
create function private.settle_order(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.orders
  set status = case
    when private.is_disputed(orders.id) then 'disputed'
    when orders.amount_cents <= private.returned_cents(orders.id) then 'refunded'
    when orders.status = 'released' then 'released'
    else 'paid'
  end::public.order_status
  where orders.id = settle_order.order_id
    and orders.status in ('paid', 'released', 'refunded', 'disputed');

  perform private.adjust_earnings(settle_order.order_id);
end;
$$;
