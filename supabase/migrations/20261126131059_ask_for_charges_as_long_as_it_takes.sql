SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.reconcile_money()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_waiting timestamptz := now() - interval '10 minutes';
  -- Stripe remembers for a day what it was asked under a key: after that, asking again may do it twice.
  v_given_up timestamptz := now() - interval '20 hours';
begin
  perform private.ask_again(
    'stripe.expire_checkout', orders.id, jsonb_build_object('order_id', orders.id),
    case when orders.status = 'expired' or orders.checkout_expires_at < now() - interval '1 day' then 'day' else 'hour' end
  )
  from public.orders
  where orders.status in ('pending', 'expired')
    and orders.stripe_checkout_session_id is not null
    and orders.checkout_expires_at <= now()
    and (orders.status = 'pending' or orders.checkout_expires_at > now() - interval '8 days')
    -- Of a request whose money is held it was paid; that is asked for below.
    and not exists (select from public.payments where payments.order_id = orders.id and payments.status = 'authorized');

  perform private.ask_again('stripe.read_payment', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status = 'authorized'
    and payments.created_at < v_waiting;

  perform private.ask_again('stripe.refund', refunds.id, jsonb_build_object('refund_id', refunds.id))
  from public.refunds
  where refunds.status = 'requested'
    and refunds.stripe_refund_id is null
    and refunds.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.read_refund', refunds.id, jsonb_build_object('stripe_refund_id', refunds.stripe_refund_id))
  from public.refunds
  where refunds.status = 'requested'
    and refunds.stripe_refund_id is not null
    and refunds.created_at < v_waiting;

  perform private.ask_again('stripe.transfer', transfers.id, jsonb_build_object('transfer_id', transfers.id))
  from public.transfers
  where transfers.status = 'requested'
    and transfers.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.reverse_transfer', transfer_reversals.id, jsonb_build_object('reversal_id', transfer_reversals.id))
  from public.transfer_reversals
  where transfer_reversals.status = 'requested'
    and transfer_reversals.created_at between v_given_up and v_waiting;

  -- It is looked for before it is made (charge-card.ts), so this may be asked for as long as it takes.
  perform private.ask_again(
    'stripe.charge_card', card_charges.order_id,
    jsonb_build_object('order_id', card_charges.order_id, 'attempt', card_charges.attempt),
    case when card_charges.created_at < now() - interval '1 day' then 'day' else 'hour' end
  )
  from private.card_charges
  where card_charges.outcome is null
    and card_charges.created_at < v_waiting;

  perform private.ask_again('stripe.read_charge', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status in ('succeeded', 'surplus')
    and (payments.fee_cents is null or payments.invoice_number is null)
    and payments.created_at between now() - case when payments.fee_cents is null then interval '3 days' else interval '3 hours' end and v_waiting;

  perform private.ask_again('stripe.read_dispute', disputes.id, jsonb_build_object('stripe_dispute_id', disputes.stripe_dispute_id))
  from public.disputes
  where private.is_open(disputes.status)
    and disputes.created_at < v_waiting;
end;
$function$;
