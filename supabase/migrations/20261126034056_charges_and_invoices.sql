SET local check_function_bodies = off;

DROP VIEW "admin"."money_mismatch";

ALTER TABLE "public"."payments"
  ADD COLUMN "fee_cents" integer;

ALTER TABLE "public"."payments"
  ADD COLUMN "receipt_url" text;

ALTER TABLE "public"."payments"
  ADD COLUMN "invoice_number" text;

ALTER TABLE "public"."payments"
  ADD COLUMN "invoice_url" text;

ALTER TABLE "public"."payments"
  ADD COLUMN "invoice_pdf_url" text;

CREATE OR REPLACE FUNCTION private.note_invoice (
  payment_id uuid,
  invoice    jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.payments
  set invoice_number = note_invoice.invoice ->> 'number',
      invoice_url = note_invoice.invoice ->> 'hosted_invoice_url',
      invoice_pdf_url = note_invoice.invoice ->> 'invoice_pdf'
  where payments.id = note_invoice.payment_id
    and note_invoice.invoice ->> 'number' is not null;
$function$;

CREATE OR REPLACE FUNCTION private.read_charge_work (
  payment_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('payment_intent_id', payments.stripe_payment_intent_id)
  from public.payments
  where payments.id = read_charge_work.payment_id
    and payments.status in ('succeeded', 'surplus')
    and (payments.fee_cents is null or payments.invoice_number is null);
$function$;

CREATE OR REPLACE FUNCTION private.record_charge (
  payment_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update public.payments
  set stripe_charge_id = coalesce(payments.stripe_charge_id, record_charge.result ->> 'charge_id'),
      fee_cents = coalesce(payments.fee_cents, (record_charge.result ->> 'fee_cents')::integer),
      receipt_url = coalesce(record_charge.result ->> 'receipt_url', payments.receipt_url)
  where payments.id = record_charge.payment_id
    and record_charge.result is not null;

  perform private.note_invoice(record_charge.payment_id, record_charge.result -> 'invoice');
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_invoice (
  stripe_invoice jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.note_invoice(payments.id, record_invoice.stripe_invoice)
  from jsonb_array_elements(record_invoice.stripe_invoice -> 'payments' -> 'data') as paid (by)
  join public.payments on payments.stripe_payment_intent_id = paid.by -> 'payment' ->> 'payment_intent';
$function$;

CREATE OR REPLACE FUNCTION private.tg_payments__post_fee()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.post_journal(
    'stripe_fee', 'stripe_fee:' || new.id, new.order_id,
    jsonb_build_object('stripe_balance', -new.fee_cents, 'stripe_fees', new.fee_cents)
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_payments__read_charge()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.enqueue(
    'stripe.read_charge', 'stripe.read_charge:' || new.id, jsonb_build_object('payment_id', new.id)
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.apply_stripe_event (
  event jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_stripe_event.event ->> 'type';
  v_object jsonb := apply_stripe_event.event -> 'data' -> 'object';
  v_order_id uuid := (v_object -> 'metadata' ->> 'order_id')::uuid;
begin
  if not private.claim_webhook_event('stripe', apply_stripe_event.event ->> 'id', v_type, apply_stripe_event.event) then
    return false;
  end if;

  case v_type
    when 'checkout.session.completed', 'checkout.session.async_payment_succeeded' then
      -- Some methods complete unpaid and succeed, or not, days later.
      if v_object ->> 'payment_status' = 'paid' then
        perform private.record_payment(
          v_order_id, v_object ->> 'payment_intent', null,
          (v_object ->> 'amount_total')::integer, v_object ->> 'currency'
        );
      end if;
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      perform private.lapse_hold(v_order_id, 'system');
    when 'payment_intent.succeeded' then
      perform private.record_payment(
        v_order_id, v_object ->> 'id', v_object ->> 'latest_charge',
        (v_object ->> 'amount_received')::integer, v_object ->> 'currency'
      );
    when 'payment_intent.amount_capturable_updated', 'payment_intent.canceled' then
      perform private.record_intent(v_order_id, v_object);
    when 'charge.captured' then
      perform private.record_payment(
        v_order_id, v_object ->> 'payment_intent', v_object ->> 'id',
        (v_object ->> 'amount_captured')::integer, v_object ->> 'currency'
      );
    when 'payment_intent.payment_failed' then
      perform private.record_failed_payment(
        v_order_id, v_object ->> 'id', (v_object ->> 'amount')::integer, v_object ->> 'currency',
        coalesce(v_object -> 'last_payment_error' ->> 'decline_code', v_object -> 'last_payment_error' ->> 'code')
      );
    when 'refund.created', 'refund.updated', 'refund.failed' then
      perform private.record_stripe_refund(v_object);
    when 'invoice.paid' then
      perform private.record_invoice(v_object);
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
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
      result = complete_outbox.result
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail' then
      perform private.record_mail((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
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
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting or recording leaves nothing to write down.
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
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  return case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
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
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

ALTER TABLE "public"."payments"
  ADD CONSTRAINT "payments_fee" CHECK ((fee_cents >= 0));

CREATE VIEW "admin"."money_mismatch" WITH (security_invoker=true) AS  WITH told AS (
         SELECT orders.id AS order_id,
            COALESCE(( SELECT sum(payments.amount_cents) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) AS paid_cents,
            COALESCE(( SELECT sum(refunds.amount_cents) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint) AS returned_cents
           FROM public.orders
        ), kept AS (
         SELECT ledger_journals.order_id,
            sum(ledger_entries.amount_cents) AS balance_cents
           FROM (private.ledger_journals
             JOIN private.ledger_entries ON ((ledger_entries.journal_id = ledger_journals.id)))
          WHERE ((ledger_entries.account = 'stripe_balance'::private.ledger_account) AND (ledger_journals.kind = ANY (ARRAY['payment'::private.journal_kind, 'refund'::private.journal_kind, 'refund_failed'::private.journal_kind])))
          GROUP BY ledger_journals.order_id
        )
 SELECT told.order_id,
    told.paid_cents,
    told.returned_cents,
    COALESCE(kept.balance_cents, (0)::bigint) AS balance_cents
   FROM (told
     LEFT JOIN kept USING (order_id))
  WHERE ((COALESCE(kept.balance_cents, (0)::bigint) <> (told.paid_cents - told.returned_cents)) OR (told.returned_cents > told.paid_cents));

CREATE TRIGGER payments__post_fee
  AFTER INSERT OR UPDATE OF fee_cents ON public.payments
  FOR EACH ROW
  WHEN ((new.fee_cents > 0))
  EXECUTE FUNCTION private.tg_payments__post_fee();

CREATE TRIGGER payments__read_charge
  AFTER INSERT OR UPDATE OF status ON public.payments
  FOR EACH ROW
  WHEN ((new.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))
  EXECUTE FUNCTION private.tg_payments__read_charge();

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up: orders whose ledger differs from their payments and refunds. Must be empty.';

REVOKE ALL ON FUNCTION "private"."note_invoice"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_invoice"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_invoice"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."read_charge_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_charge_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."read_charge_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_charge"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_charge"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_charge"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_invoice"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_invoice"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_invoice"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_payments__post_fee"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_payments__post_fee"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_payments__post_fee"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_payments__read_charge"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_payments__read_charge"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_payments__read_charge"() TO "postgres";

REVOKE ALL ("invoice_number") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("invoice_number") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("invoice_pdf_url") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("invoice_pdf_url") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("invoice_url") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("invoice_url") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("receipt_url") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("receipt_url") ON TABLE "public"."payments" TO "authenticated";
