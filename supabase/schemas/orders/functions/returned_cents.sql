/*
 * How many cents of what an order cost are back or on their way back. Recounted from the
 * rows. A surplus payment that was returned is not part of it: it never paid for the order.
 */
create function private.returned_cents(order_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(refunds.amount_cents), 0)::integer
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.order_id = returned_cents.order_id
    and refunds.status <> 'failed'
    and payments.status <> 'surplus';
$$;
