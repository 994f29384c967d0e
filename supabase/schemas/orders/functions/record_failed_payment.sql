/*
 * A card was declined for `gross_cents`, of which `tax_cents` are tax. Noted for the client; the hold stays
 * and they may try another card. Never overwrites a success: the events of one payment intent come in any
 * order. Locks the order, and its plan before: the row of the payment would lock the order alone.
 */
create function private.record_failed_payment(
  order_id uuid,
  payment_intent_id text,
  gross_cents integer,
  tax_cents integer,
  currency text,
  failure_code text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order(record_failed_payment.order_id);
begin
  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, failure_code)
  select v_order.id, 'failed', record_failed_payment.gross_cents - record_failed_payment.tax_cents,
    record_failed_payment.tax_cents, record_failed_payment.currency,
    record_failed_payment.payment_intent_id, record_failed_payment.failure_code
  where v_order.id is not null
  on conflict (stripe_payment_intent_id) do update
  set failure_code = excluded.failure_code
  where known.status = 'failed'
    and known.order_id = excluded.order_id;
end;
$$;
