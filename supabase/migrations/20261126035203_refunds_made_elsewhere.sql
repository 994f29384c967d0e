SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.record_refund (
  refund_id uuid,
  result    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;
