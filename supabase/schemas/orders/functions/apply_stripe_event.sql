/*
 * Applies what Stripe delivered. Takes the event with its object as Stripe has it now (the
 * webhook re-reads it: events come late and in any order), and what of a payment is tax. Returns false
 * when this event was applied before. Raises ORLTR when something it builds on has not arrived.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.apply_stripe_event(event jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_type text := apply_stripe_event.event ->> 'type';
  v_object jsonb := apply_stripe_event.event -> 'data' -> 'object';
  v_order_id uuid := private.uuid_or_null(v_object -> 'metadata' ->> 'order_id');
  v_tax_cents integer := coalesce(apply_stripe_event.event ->> 'tax_cents', '0')::integer;
begin
  if not private.claim_webhook_event('stripe', apply_stripe_event.event ->> 'id', v_type, apply_stripe_event.event) then
    return false;
  end if;

  -- Whatever is told of a membership, it is read as a whole: one way for all of its events.
  if apply_stripe_event.event ? 'membership' then
    perform private.record_membership(apply_stripe_event.event -> 'membership');
    return true;
  end if;

  if v_object ->> 'mode' = 'subscription' then
    return true; -- A payment page that was left: no membership has begun.
  end if;

  case v_type
    when 'checkout.session.completed', 'checkout.session.async_payment_succeeded' then
      -- Some methods complete unpaid and succeed, or not, days later.
      perform private.record_paid_page(v_order_id, v_object, (v_object -> 'total_details' ->> 'amount_tax')::integer);
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      -- The package first: of one in parts its plan is locked before the order.
      perform private.expire_package(v_order_id);
      perform private.lapse_hold(v_order_id, 'system');
      perform private.forget_page(v_order_id, v_object ->> 'id');
    when 'payment_intent.succeeded' then
      perform private.record_payment(
        v_order_id, v_object ->> 'id', v_object ->> 'latest_charge',
        (v_object ->> 'amount_received')::integer, v_tax_cents, v_object ->> 'currency'
      );
    when 'payment_intent.amount_capturable_updated', 'payment_intent.canceled' then
      perform private.record_intent(v_order_id, v_object || jsonb_build_object('tax_cents', v_tax_cents));
    when 'charge.captured' then
      perform private.record_payment(
        v_order_id, v_object ->> 'payment_intent', v_object ->> 'id',
        (v_object ->> 'amount_captured')::integer, v_tax_cents, v_object ->> 'currency'
      );
    when 'payment_intent.payment_failed' then
      perform private.record_failed_payment(
        v_order_id, v_object ->> 'id', (v_object ->> 'amount')::integer, v_tax_cents, v_object ->> 'currency',
        coalesce(v_object -> 'last_payment_error' ->> 'decline_code', v_object -> 'last_payment_error' ->> 'code')
      );
      perform private.record_declined_charge(
        v_order_id, (v_object -> 'metadata' ->> 'attempt')::integer, v_object -> 'last_payment_error'
      )
      where v_order_id is not null; -- What is not ours may say anything.
    when 'refund.created', 'refund.updated', 'refund.failed' then
      perform private.record_stripe_refund(v_object);
    when 'charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed',
      'charge.dispute.funds_withdrawn', 'charge.dispute.funds_reinstated' then
      perform private.record_dispute(v_object);
    when 'invoice.paid' then
      perform private.record_invoice(v_object);
    when 'transfer.created', 'transfer.updated', 'transfer.reversed' then
      perform private.record_stripe_transfer(v_object || jsonb_build_object('reversals', v_object -> 'reversals' -> 'data'));
    when 'payout.created', 'payout.updated', 'payout.paid', 'payout.failed', 'payout.canceled' then
      -- A coach's account has its name; without one it is ours.
      if apply_stripe_event.event ->> 'account' is not null then
        perform private.record_stripe_payout(apply_stripe_event.event ->> 'account', v_object);
      end if;
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$$;

grant execute on function public.apply_stripe_event(jsonb) to service_role;
