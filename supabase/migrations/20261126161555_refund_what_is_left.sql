SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.record_dispute (
  stripe_dispute jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_object jsonb := record_dispute.stripe_dispute;
  v_details jsonb := v_object -> 'evidence_details';
  v_status public.dispute_status := v_object ->> 'status';
  v_payment public.payments;
  v_before public.disputes;
  v_dispute public.disputes;
begin
  if v_object is null then
    return;
  end if;

  select * into v_payment from public.payments where payments.stripe_payment_intent_id = v_object ->> 'payment_intent';
  if not found then
    raise exception 'The payment of this dispute is not known yet.' using errcode = 'ORLTR';
  end if;

  perform from public.orders where orders.id = v_payment.order_id for update;
  select * into v_before from public.disputes where disputes.stripe_dispute_id = v_object ->> 'id';

  insert into public.disputes as known (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
  values (
    v_payment.order_id, v_payment.id, v_object ->> 'id', v_status, v_object ->> 'reason',
    (v_object ->> 'amount')::integer, to_timestamp((v_object ->> 'created')::bigint)
  )
  on conflict (stripe_dispute_id) do update
  set status = excluded.status, amount_cents = excluded.amount_cents, reason = excluded.reason
  where private.may_follow(excluded.status, known.status);

  update public.disputes
  set evidence_due_at = coalesce(to_timestamp((v_details ->> 'due_by')::bigint), evidence_due_at),
      -- A bank that only asked, was answered, and then takes the money wants to be answered once more.
      evidence_sent_at = case
        when disputes.status in ('needs_response', 'warning_needs_response') then null
        when (v_details ->> 'submission_count')::integer > 0 then coalesce(evidence_sent_at, now())
        else evidence_sent_at
      end,
      closed_at = case when not private.is_open(disputes.status) then coalesce(closed_at, now()) end
  where disputes.stripe_dispute_id = v_object ->> 'id'
  returning * into v_dispute;

  perform private.post_dispute(v_dispute, v_object -> 'balance_transactions');
  perform private.settle_refunds_of_dispute(v_dispute);
  perform private.settle_order(v_dispute.order_id);
  perform private.tell_of_dispute(v_dispute, v_before.status);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_work (
  refund_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_payment public.payments;
begin
  select payments.* into v_payment
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.id = refund_work.refund_id;

  if v_payment.status = 'authorized' then
    raise exception 'The payment of this refund is not captured yet.' using errcode = 'ORLTR';
  end if;

  return (
    select jsonb_build_object(
      'refund_id', refunds.id,
      'order_id', refunds.order_id,
      'payment_intent_id', v_payment.stripe_payment_intent_id,
      'gross_cents', refunds.amount_cents + refunds.tax_cents,
      'is_decided', exists (select from public.disputes where disputes.payment_id = v_payment.id and not private.is_open(disputes.status))
    )
    from public.refunds
    where refunds.id = refund_work.refund_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
      and not private.is_taken_back(v_payment.id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.settle_refunds_of_dispute (
  dispute public.disputes
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund public.refunds;
  v_left_cents integer;
  v_left_tax_cents integer;
begin
  if private.is_open((settle_refunds_of_dispute.dispute).status) then
    return;
  end if;

  select gone.left_price_cents, gone.left_tax_cents into v_left_cents, v_left_tax_cents
  from public.payments
  cross join lateral private.gone_of_payment(payments, is_asked => true) as gone
  where payments.id = (settle_refunds_of_dispute.dispute).payment_id;

  for v_refund in
    select * from public.refunds
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
    order by refunds.created_at, refunds.id
    for update
  loop
    if v_left_cents + v_left_tax_cents = 0 then
      update public.refunds set status = 'failed', settled_at = now() where refunds.id = v_refund.id;
      continue;
    end if;

    update public.refunds
    set amount_cents = least(amount_cents, v_left_cents), tax_cents = least(tax_cents, v_left_tax_cents)
    where refunds.id = v_refund.id
    returning * into v_refund;
    v_left_cents := v_left_cents - v_refund.amount_cents;
    v_left_tax_cents := v_left_tax_cents - v_refund.tax_cents;
    -- It was asked for before, perhaps weeks ago: it is looked for first.
    perform private.ask_again('stripe.refund', v_refund.id, jsonb_build_object('refund_id', v_refund.id));
  end loop;
end;
$function$;
