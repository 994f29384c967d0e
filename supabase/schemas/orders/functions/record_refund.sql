/*
 * Writes down what Stripe says of a refund: from the answer to our call and from webhooks,
 * in any order. `result` has Stripe's id, status and amount, tax included, which is less than we asked for when
 * somebody had given some back in Stripe's dashboard before; such refunds, of which we may not have
 * heard, come along as `others`. A refund that succeeded can still fail later at the bank; one that
 * failed never succeeds.
 */
create function private.record_refund(refund_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refund public.refunds;
  v_gross_cents integer;
begin
  if record_refund.result is null then
    return;
  end if;

  perform private.record_stripe_refund(other)
  from jsonb_array_elements(coalesce(record_refund.result -> 'others', '[]')) as other;

  -- Two refunds of one payment would each count without the other.
  perform from public.orders
  where orders.id = (select refunds.order_id from public.refunds where refunds.id = record_refund.refund_id)
  for update;
  select * into v_refund from public.refunds where refunds.id = record_refund.refund_id;
  v_gross_cents := coalesce((record_refund.result ->> 'amount')::integer, v_refund.amount_cents + v_refund.tax_cents);

  if v_gross_cents <> v_refund.amount_cents + v_refund.tax_cents then
    select private.tax_of_gross(payments, v_gross_cents, v_refund.id) into v_refund.tax_cents
    from public.payments where payments.id = v_refund.payment_id;
  end if;

  update public.refunds
  set stripe_refund_id = record_refund.result ->> 'id',
      amount_cents = v_gross_cents - v_refund.tax_cents,
      tax_cents = v_refund.tax_cents,
      status = case
        when refunds.status = 'failed' or record_refund.result ->> 'status' in ('failed', 'canceled') then 'failed'
        when refunds.status = 'succeeded' or record_refund.result ->> 'status' = 'succeeded' then 'succeeded'
        else 'requested'
      end::public.refund_status,
      settled_at = case
        when record_refund.result ->> 'status' in ('succeeded', 'failed', 'canceled')
          then coalesce(refunds.settled_at, now())
        else refunds.settled_at
      end
  where refunds.id = v_refund.id;

  perform private.settle_order(v_refund.order_id);
end;
$$;
