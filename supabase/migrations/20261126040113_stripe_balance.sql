SET local check_function_bodies = off;

DROP VIEW "admin"."money_mismatch";

CREATE SEQUENCE "private"."balance_readings_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."balance_readings" (
  "id"                 bigint                      NOT NULL DEFAULT nextval('private.balance_readings_id_seq'::regclass),
  "covers_until_at"    timestamp(6) with time zone NOT NULL,
  "balance_cents"      integer,
  "transactions_cents" integer                     NOT NULL,
  "created_at"         timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "balance_readings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."balance_readings"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."balance_transactions" (
  "id"                 text                        NOT NULL,
  "type"               text                        NOT NULL,
  "source"             text,
  "amount_cents"       integer                     NOT NULL,
  "fee_cents"          integer                     NOT NULL,
  "net_cents"          integer                     NOT NULL,
  "reporting_category" text                        NOT NULL,
  "created_at"         timestamp(6) with time zone NOT NULL,
  "seen_at"            timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "balance_transactions_net" CHECK ((net_cents = (amount_cents - fee_cents))),
  CONSTRAINT "balance_transactions_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."balance_transactions"
  ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE "private"."balance_readings_id_seq" OWNED BY "private"."balance_readings"."id";

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "books_settle_minutes" integer NOT NULL DEFAULT 120;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "books_begin_at" timestamp(6) WITH time zone NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp WITH time zone;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "admins_email" text;

CREATE OR REPLACE FUNCTION private.admin_mail_work (
  payload jsonb
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select admin_mail_work.payload || jsonb_build_object('email', (private.settings()).admins_email)
  where (private.settings()).admins_email is not null;
$function$;

CREATE OR REPLACE FUNCTION private.alert_money_mismatch()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_found record;
  v_key text;
begin
  for v_found in
    select money_mismatch.what, count(*) as times,
      (array_agg(found.about order by found.about) filter (where found.about is not null))[1:5] as about
    from admin.money_mismatch
    cross join lateral (
      select coalesce(money_mismatch.stripe_id, money_mismatch.order_id::text, money_mismatch.coach_id::text) as about
    ) as found
    group by money_mismatch.what
  loop
    v_key := 'mail_admins:money_mismatch:' || v_found.what || ':' || (now() at time zone 'UTC')::date;
    continue when exists (select from private.outbox where outbox.dedupe_key = v_key);

    perform public.record_security_event('money_mismatch', to_jsonb(v_found));
    perform private.enqueue('mail_admins', v_key, to_jsonb(v_found) || '{"kind": "money_mismatch"}');
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.read_balance (
  overlap_minutes integer DEFAULT 60
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'stripe.read_balance', 'stripe.read_balance:' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
    jsonb_build_object('overlap_minutes', read_balance.overlap_minutes)
  );
$function$;

CREATE OR REPLACE FUNCTION private.read_balance_work (
  overlap_minutes integer
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'from', floor(extract(epoch from max(balance_readings.covers_until_at)
      - make_interval(mins => read_balance_work.overlap_minutes)))::bigint,
    'until', floor(extract(epoch from now()))::bigint
  )
  from private.balance_readings;
$function$;

CREATE OR REPLACE FUNCTION private.record_balance (
  result jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.balance_transactions
    (id, type, source, amount_cents, fee_cents, net_cents, reporting_category, created_at)
  select read.id, read.type, read.source, read.amount, read.fee, read.net, read.reporting_category, to_timestamp(read.created)
  from jsonb_to_recordset(record_balance.result -> 'transactions') as read (
    id text, type text, source text, amount integer, fee integer, net integer, reporting_category text, created bigint
  )
  on conflict (id) do nothing;

  insert into private.balance_readings (covers_until_at, balance_cents, transactions_cents)
  select to_timestamp((record_balance.result ->> 'until')::bigint),
    (record_balance.result ->> 'balance')::integer,
    coalesce(sum(balance_transactions.net_cents), 0)
  from private.balance_transactions;
$function$;

CREATE OR REPLACE FUNCTION private.tg_balance_transactions__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if new.type in ('payout', 'payout_cancel', 'payout_failure', 'topup', 'topup_reversal') then
    perform private.post_journal(
      case when new.type in ('payout', 'topup') then 'payout' else 'payout_failed' end::private.journal_kind,
      'balance_transaction:' || new.id, null,
      jsonb_build_object('stripe_balance', new.net_cents, 'bank', -new.amount_cents)
        || case when new.fee_cents = 0 then '{}' else jsonb_build_object('stripe_fees', new.fee_cents) end
    );
  elsif new.type in ('stripe_fee', 'stripe_fx_fee', 'tax_fee', 'network_cost') then
    perform private.post_journal(
      'stripe_fee', 'balance_transaction:' || new.id, null,
      jsonb_build_object('stripe_balance', new.net_cents, 'stripe_fees', -new.net_cents)
    );
  end if;
  return null;
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
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
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
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.end_subscription' then v_row.payload
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_books_settle" CHECK ((books_settle_minutes >= 0));

CREATE VIEW "admin"."stripe_sources" WITH (security_invoker=true) AS  SELECT ('payment:'::text || payments.id) AS source,
    payments.stripe_charge_id AS stripe_id
   FROM public.payments
UNION ALL
 SELECT ('stripe_fee:'::text || payments.id) AS source,
    payments.stripe_charge_id AS stripe_id
   FROM public.payments
UNION ALL
 SELECT ('refund:'::text || refunds.id) AS source,
    refunds.stripe_refund_id AS stripe_id
   FROM public.refunds
UNION ALL
 SELECT ('refund_failed:'::text || refunds.id) AS source,
    refunds.stripe_refund_id AS stripe_id
   FROM public.refunds
UNION ALL
 SELECT ('transfer:'::text || transfers.id) AS source,
    transfers.stripe_transfer_id AS stripe_id
   FROM public.transfers
UNION ALL
 SELECT ('transfer_reversal:'::text || transfer_reversals.id) AS source,
    transfer_reversals.stripe_reversal_id AS stripe_id
   FROM public.transfer_reversals
UNION ALL
 SELECT ('balance_transaction:'::text || balance_transactions.id) AS source,
    COALESCE(balance_transactions.source, balance_transactions.id) AS stripe_id
   FROM private.balance_transactions;

CREATE VIEW "admin"."stripe_mismatch" WITH (security_invoker=true) AS  WITH told AS (
         SELECT COALESCE(balance_transactions.source, balance_transactions.id) AS stripe_id,
            sum(balance_transactions.net_cents) AS cents,
            min(balance_transactions.created_at) AS began_at,
            max(balance_transactions.seen_at) AS changed_at
           FROM private.balance_transactions
          WHERE (balance_transactions.type !~ '(^reserve|_reserve|_hold$|_release$|^connect_reserved)'::text)
          GROUP BY COALESCE(balance_transactions.source, balance_transactions.id)
        ), kept AS (
         SELECT COALESCE(stripe_sources.stripe_id, ledger_journals.source) AS stripe_id,
            (array_agg(ledger_journals.order_id))[1] AS order_id,
            sum(ledger_entries.amount_cents) AS cents,
            min(ledger_journals.created_at) AS began_at,
            max(ledger_journals.created_at) AS changed_at
           FROM ((private.ledger_entries
             JOIN private.ledger_journals ON ((ledger_journals.id = ledger_entries.journal_id)))
             LEFT JOIN admin.stripe_sources ON ((stripe_sources.source = ledger_journals.source)))
          WHERE (ledger_entries.account = 'stripe_balance'::private.ledger_account)
          GROUP BY COALESCE(stripe_sources.stripe_id, ledger_journals.source)
        )
 SELECT kept.order_id,
    stripe_id,
    COALESCE(told.cents, (0)::bigint) AS told_cents,
    COALESCE(kept.cents, (0)::bigint) AS ledger_cents
   FROM (told
     FULL JOIN kept USING (stripe_id))
  WHERE ((COALESCE(told.cents, (0)::bigint) <> COALESCE(kept.cents, (0)::bigint)) AND (LEAST(told.began_at, kept.began_at) >= ( SELECT (private.settings()).books_begin_at AS books_begin_at)) AND (GREATEST(told.changed_at, kept.changed_at) <= (now() - make_interval(mins => ( SELECT (private.settings()).books_settle_minutes AS books_settle_minutes)))));

CREATE VIEW "admin"."money_mismatch" WITH (security_invoker=true) AS  WITH balances AS MATERIALIZED (
         SELECT ledger_journals.order_id,
            ledger_journals.kind,
            ledger_entries.account,
            sum(ledger_entries.amount_cents) AS cents
           FROM (private.ledger_journals
             JOIN private.ledger_entries ON ((ledger_entries.journal_id = ledger_journals.id)))
          GROUP BY ledger_journals.order_id, ledger_journals.kind, ledger_entries.account
        ), told AS (
         SELECT orders.id AS order_id,
            orders.coach_id,
            COALESCE(( SELECT sum(payments.amount_cents) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) AS paid_cents,
            COALESCE(( SELECT sum(refunds.amount_cents) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint) AS returned_cents,
            COALESCE(( SELECT sum(earnings.share_cents) AS sum
                   FROM public.earnings
                  WHERE (earnings.order_id = orders.id)), (0)::bigint) AS share_cents,
            COALESCE(( SELECT sum(transfers.amount_cents) AS sum
                   FROM (public.earnings
                     JOIN public.transfers ON ((transfers.earning_id = earnings.id)))
                  WHERE ((earnings.order_id = orders.id) AND (transfers.status = 'succeeded'::public.transfer_status))), (0)::bigint) AS sent_cents,
            COALESCE(( SELECT sum(transfer_reversals.reversed_cents) AS sum
                   FROM ((public.earnings
                     JOIN public.transfers ON ((transfers.earning_id = earnings.id)))
                     JOIN public.transfer_reversals ON ((transfer_reversals.transfer_id = transfers.id)))
                  WHERE (earnings.order_id = orders.id)), (0)::bigint) AS reversed_cents
           FROM public.orders
        ), compared AS (
         SELECT told.order_id,
            told.coach_id,
            told.paid_cents,
            told.returned_cents,
            told.share_cents,
            told.sent_cents,
            told.reversed_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'stripe_balance'::private.ledger_account) AND (balances.kind = ANY (ARRAY['payment'::private.journal_kind, 'refund'::private.journal_kind, 'refund_failed'::private.journal_kind])))), (0)::numeric) AS balance_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'coach_payable'::private.ledger_account))), (0)::numeric) AS payable_cents
           FROM told
        )
 SELECT 'payments and refunds'::text AS what,
    compared.order_id,
    compared.coach_id,
    (compared.paid_cents - compared.returned_cents) AS told_cents,
    compared.balance_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE (compared.balance_cents <> ((compared.paid_cents - compared.returned_cents))::numeric)
UNION ALL
 SELECT 'more went back than came'::text AS what,
    compared.order_id,
    compared.coach_id,
    compared.returned_cents AS told_cents,
    compared.paid_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE (compared.returned_cents > compared.paid_cents)
UNION ALL
 SELECT 'what is owed to a coach'::text AS what,
    NULL::uuid AS order_id,
    compared.coach_id,
    sum(((compared.reversed_cents + compared.share_cents) - compared.sent_cents)) AS told_cents,
    (- sum(compared.payable_cents)) AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  GROUP BY compared.coach_id
 HAVING (sum(((compared.reversed_cents + compared.share_cents) - compared.sent_cents)) <> (- sum(compared.payable_cents)))
UNION ALL
 SELECT 'more was sent than earned'::text AS what,
    earnings.order_id,
    earnings.coach_id,
    sent.cents AS told_cents,
    earnings.share_cents AS other_cents,
    NULL::text AS stripe_id
   FROM (public.earnings
     CROSS JOIN LATERAL ( SELECT (private.settled_cents(earnings.id) - COALESCE(( SELECT sum(transfer_reversals.amount_cents) AS sum
                   FROM (public.transfers
                     JOIN public.transfer_reversals ON ((transfer_reversals.transfer_id = transfers.id)))
                  WHERE ((transfers.earning_id = earnings.id) AND (transfer_reversals.why = 'made_in_stripe'::public.reversal_why))), (0)::bigint)) AS cents) sent)
  WHERE (sent.cents > earnings.share_cents)
UNION ALL
 SELECT 'earned with a session that was not held'::text AS what,
    earnings.order_id,
    earnings.coach_id,
    earnings.share_cents AS told_cents,
    0 AS other_cents,
    NULL::text AS stripe_id
   FROM (public.earnings
     JOIN public.bookings ON ((bookings.id = earnings.booking_id)))
  WHERE ((earnings.share_cents > 0) AND (bookings.status <> ALL (ARRAY['completed'::public.booking_status, 'no_show_client'::public.booking_status])) AND (NOT ((bookings.status = 'cancelled'::public.booking_status) AND (bookings.cancelled_by = 'client'::public.booking_actor))))
UNION ALL
 SELECT 'what Stripe says of it'::text AS what,
    stripe_mismatch.order_id,
    NULL::uuid AS coach_id,
    stripe_mismatch.told_cents,
    stripe_mismatch.ledger_cents AS other_cents,
    stripe_mismatch.stripe_id
   FROM admin.stripe_mismatch
UNION ALL
 SELECT 'what Stripe holds'::text AS what,
    NULL::uuid AS order_id,
    NULL::uuid AS coach_id,
    latest.balance_cents AS told_cents,
    latest.transactions_cents AS other_cents,
    NULL::text AS stripe_id
   FROM ( SELECT balance_readings.id,
            balance_readings.covers_until_at,
            balance_readings.balance_cents,
            balance_readings.transactions_cents,
            balance_readings.created_at
           FROM private.balance_readings
          WHERE (balance_readings.balance_cents IS NOT NULL)
          ORDER BY balance_readings.id DESC
         LIMIT 1) latest
  WHERE (latest.balance_cents <> latest.transactions_cents);

CREATE INDEX balance_readings_covers_until_at_idx ON private.balance_readings USING btree (covers_until_at);

CREATE INDEX balance_transactions_source_idx ON private.balance_transactions USING btree (source);

CREATE TRIGGER balance_transactions__never_change
  BEFORE DELETE OR UPDATE OR TRUNCATE ON private.balance_transactions
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_ledger__never_change();

CREATE TRIGGER balance_transactions__post_journal
  AFTER INSERT ON private.balance_transactions
  FOR EACH ROW
  WHEN ((new.net_cents <> 0))
  EXECUTE FUNCTION private.tg_balance_transactions__post_journal();

CREATE POLICY "Nobody reads the readings of Stripe's balance over the API" ON "private"."balance_readings"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads Stripe's movements over the API" ON "private"."balance_transactions"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."balance_readings" IS 'Each time that Stripe''s list was read, and what Stripe said that it holds.';

COMMENT ON TABLE "private"."balance_transactions" IS 'Every movement of our money at Stripe, as Stripe lists it: what the ledger is compared with. Append only.';

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up between the rows of money, the ledger and Stripe. Must be empty.';

COMMENT ON VIEW "admin"."stripe_mismatch" IS 'Where the ledger and Stripe''s list of movements differ.';

COMMENT ON VIEW "admin"."stripe_sources" IS 'What each step of the ledger is called at Stripe.';

REVOKE ALL ON FUNCTION "private"."admin_mail_work"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."admin_mail_work"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."admin_mail_work"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."alert_money_mismatch"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."alert_money_mismatch"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."alert_money_mismatch"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."read_balance"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_balance"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."read_balance"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."read_balance_work"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_balance_work"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."read_balance_work"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_balance"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_balance"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_balance"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_balance_transactions__post_journal"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_balance_transactions__post_journal"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_balance_transactions__post_journal"() TO "postgres";
