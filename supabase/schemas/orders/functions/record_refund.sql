/*
 * Writes down what Stripe says of a refund: from the answer to our call and from webhooks,
 * in any order. `result` has Stripe's id, status and amount, which is less than we asked for when
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
  v_order_id uuid;
begin
  if record_refund.result is null then
    return;
  end if;

  perform private.record_stripe_refund(other)
  from jsonb_array_elements(coalesce(record_refund.result -> 'others', '[]')) as other;

  update public.refunds
  set stripe_refund_id = record_refund.result ->> 'id',
      amount_cents = coalesce((record_refund.result ->> 'amount')::integer, refunds.amount_cents),
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
  where refunds.id = record_refund.refund_id
  returning refunds.order_id into v_order_id;

  perform private.settle_order(v_order_id);
end;
$$;
