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

  perform private.ask_again(
    'stripe.read_account', payout_accounts.coach_id, jsonb_build_object('stripe_account_id', payout_accounts.stripe_account_id)
  )
  from public.payout_accounts
  where exists (
    select from public.transfers
    where transfers.coach_id = payout_accounts.coach_id
      and (
        transfers.status = 'waiting' and payout_accounts.status <> 'active'
        or transfers.status = 'failed' and transfers.settled_at > now() - interval '1 day'
      )
  );

  perform private.ask_again(
    'stripe.read_payout', payouts.id,
    jsonb_build_object('stripe_account_id', payout_accounts.stripe_account_id, 'stripe_payout_id', payouts.stripe_payout_id),
    case when payouts.arrives_on < (now() at time zone 'UTC')::date - 2 then 'day' else 'hour' end
  )
  from public.payouts
  join public.payout_accounts on payout_accounts.coach_id = payouts.coach_id
  where payouts.status in ('pending', 'in_transit')
    and payouts.arrives_on < (now() at time zone 'UTC')::date;
end;
$function$;

CREATE OR REPLACE FUNCTION public.complete_outbox (
  outbox_id bigint,
  result    jsonb  DEFAULT NULL::jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  update private.outbox
  set status = 'done', done_at = now(), locked_until = null, last_error = null,
      result = private.without_people(complete_outbox.result)
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail', 'in_app' then
      perform private.record_notice((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
    when 'mail_digest' then
      perform private.record_digest((v_row.payload ->> 'digest_id')::uuid, complete_outbox.result);
    when 'zoom.create_meeting' then
      perform private.record_meeting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.move_meeting' then
      perform private.record_meeting_move((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.set_recording' then
      perform private.record_recording_setting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.read_attendance' then
      perform private.record_attendance((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'calendly.create_event' then
      perform private.record_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.cancel_event' then
      perform private.record_cancelled_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.check_hold' then
      perform private.record_hold_check((v_row.payload ->> 'booking_id')::uuid, complete_outbox.result);
    when 'calendly.revoke' then
      perform private.record_calendly_revoked(v_row.payload);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.capture', 'stripe.cancel_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_refund' then
      perform private.record_stripe_refund(complete_outbox.result);
    when 'stripe.submit_evidence', 'stripe.read_dispute' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_account' then
      perform public.record_payout_account(complete_outbox.result);
    when 'stripe.read_payout' then
      perform private.record_stripe_payout(v_row.payload ->> 'stripe_account_id', complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.charge_card' then
      perform private.record_card_charge(v_row.payload, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting, recording or file leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.outbox_work (
  outbox_id bigint
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
  v_work jsonb;
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  v_work := case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'in_app' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'mail_digest' then private.digest_work((v_row.payload ->> 'digest_id')::uuid)
    when 'zoom.create_meeting' then private.create_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_meeting' then private.delete_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.move_meeting' then private.move_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.set_recording' then private.set_recording_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_recording' then private.delete_recording_work((v_row.payload ->> 'recording_id')::uuid)
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_booking' then
      private.cancel_calendly_booking_work((v_row.payload ->> 'calendly_booking_id')::uuid)
    when 'mail_guest' then
      private.guest_mail_work((v_row.payload ->> 'calendly_booking_id')::uuid, v_row.payload ->> 'kind')
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.read_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.read_refund' then v_row.payload
    when 'stripe.read_dispute' then v_row.payload
    when 'stripe.read_account' then v_row.payload
    when 'stripe.read_payout' then v_row.payload
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.charge_card' then private.charge_work(v_row.payload)
    when 'stripe.end_subscription' then v_row.payload
    when 'storage.remove_files' then private.remove_files_work(v_row.payload ->> 'prefix')
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;

  if v_row.topic in ('mail', 'mail_digest') and v_work ->> 'email' is not null then
    perform private.note_handed(v_row.payload);
  end if;
  return v_work;
end;
$function$;
