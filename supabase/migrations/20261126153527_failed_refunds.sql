SET local check_function_bodies = off;

DROP INDEX "public"."refunds_one_per_payment_session_and_reason";

DROP VIEW "admin"."money_mismatch";

DROP FUNCTION "public"."session_refunds"(uuid);

ALTER TABLE "public"."refunds"
  ADD COLUMN "is_elsewhere" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."refunds"
  ADD COLUMN "followed_up_at" timestamp(6) WITH time zone;

CREATE OR REPLACE FUNCTION admin.record_refund_elsewhere (
  refund_id uuid,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_refund public.refunds := private.follow_up_refund(
    record_refund_elsewhere.refund_id, 'given back elsewhere', record_refund_elsewhere.reason
  );
begin
  insert into public.refunds (
    order_id, payment_id, booking_id, amount_cents, tax_cents, reason, status, settled_at, is_elsewhere
  )
  values (
    v_refund.order_id, v_refund.payment_id, v_refund.booking_id, v_refund.amount_cents, v_refund.tax_cents,
    v_refund.reason, 'succeeded', now(), true
  );
  perform private.settle_order(v_refund.order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION admin.retry_refund (
  refund_id uuid,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_refund public.refunds := private.follow_up_refund(retry_refund.refund_id, 'tried again', retry_refund.reason);
begin
  perform private.return_payment(payments, v_refund.amount_cents, v_refund.reason, v_refund.booking_id)
  from public.payments
  where payments.id = v_refund.payment_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.follow_up_refund (
  refund_id uuid,
  how       text,
  reason    text
)
  RETURNS public.refunds
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund public.refunds;
begin
  perform from public.orders
  where orders.id = (select refunds.order_id from public.refunds where refunds.id = follow_up_refund.refund_id)
  for update;

  update public.refunds
  set followed_up_at = now()
  where refunds.id = follow_up_refund.refund_id and private.is_to_follow_up(refunds)
  returning * into v_refund;

  if not found then
    raise exception 'There is no refund % that failed and is still to be seen to.', follow_up_refund.refund_id
      using errcode = 'ORNFR';
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'refunds', v_refund.id::text, follow_up_refund.how, session_user,
    jsonb_build_object('reason', trim(follow_up_refund.reason))
  );

  return v_refund;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_words_of_sessions (
  profile_id uuid,
  coach_id   uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_ids uuid[] := array(
    select bookings.id from public.bookings
    where bookings.client_id = forget_words_of_sessions.profile_id
      or bookings.coach_id = forget_words_of_sessions.coach_id
  );
begin
  update public.bookings
  set note = case
        when bookings.client_id = forget_words_of_sessions.profile_id then ''
        else left(private.without_names(bookings.note, forget_words_of_sessions.names), 1000)
      end,
      cancel_reason = case
        when bookings.cancelled_by = 'client' and bookings.client_id = forget_words_of_sessions.profile_id
          or bookings.cancelled_by = 'coach' and bookings.coach_id = forget_words_of_sessions.coach_id
          then case when bookings.cancel_reason = 'The account was closed.' then bookings.cancel_reason end
        else private.without_names(bookings.cancel_reason, forget_words_of_sessions.names)
      end
  where bookings.id = any (v_booking_ids)
    and (bookings.note <> '' or bookings.cancel_reason <> '');

  update public.booking_events
  set detail = private.without_names(booking_events.detail::text, forget_words_of_sessions.names)::jsonb
  where booking_events.booking_id = any (v_booking_ids)
    and booking_events.detail <> '{}';

  update public.attendance_decisions
  set objection = case
        when attendance_decisions.objected_by = 'client' and bookings.client_id = forget_words_of_sessions.profile_id
          or attendance_decisions.objected_by = 'coach' and bookings.coach_id = forget_words_of_sessions.coach_id
          then 'Removed with the account.'
        else private.without_names(attendance_decisions.objection, forget_words_of_sessions.names)
      end,
      sentence = private.without_names(attendance_decisions.sentence, forget_words_of_sessions.names),
      settled_reason = private.without_names(attendance_decisions.settled_reason, forget_words_of_sessions.names),
      evidence = private.without_names(attendance_decisions.evidence::text, forget_words_of_sessions.names)::jsonb
  from public.bookings
  where bookings.id = attendance_decisions.booking_id
    and bookings.id = any (v_booking_ids);

  -- What an admin settled: the objection as it was then is theirs, whoever reads it.
  update private.audit_log
  set before = audit_log.before - 'objection',
      after = private.without_names(audit_log.after::text, forget_words_of_sessions.names)::jsonb
  where audit_log.table_name in ('attendance_decisions', 'no_show_fees')
      and audit_log.row_id = any (v_booking_ids::text[])
    or audit_log.table_name = 'refunds'
      and audit_log.row_id in (
        select refunds.id::text
        from public.refunds
        join public.orders on orders.id = refunds.order_id
        where orders.client_id = forget_words_of_sessions.profile_id
          or orders.coach_id = forget_words_of_sessions.coach_id
      );

  update private.no_show_fees
  set words = private.without_names(no_show_fees.words, forget_words_of_sessions.names)
  where no_show_fees.booking_id = any (v_booking_ids);

  update private.meeting_participants
  set display_name = 'A former member'
  where (meeting_participants.meeting_id, meeting_participants.registrant_id) in (
      select meeting_registrants.meeting_id, meeting_registrants.registrant_id
      from private.meeting_registrants
      where meeting_registrants.profile_id = forget_words_of_sessions.profile_id
    )
    or meeting_participants.meeting_id in (
      select meetings.id
      from public.meetings
      join public.bookings on bookings.occasion_id = meetings.occasion_id
      where bookings.id = any (v_booking_ids)
    )
    and meeting_participants.display_name
      <> private.without_names(meeting_participants.display_name, forget_words_of_sessions.names);

  update private.calendly_bookings
  set name = 'A former member', email = 'nobody@invalid', note = '', reschedule_url = ''
  where calendly_bookings.email = any (forget_words_of_sessions.names)
    or calendly_bookings.booking_id in (
      select bookings.id from public.bookings where bookings.client_id = forget_words_of_sessions.profile_id
    );
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_to_follow_up (
  refund public.refunds
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_to_follow_up.refund).status = 'failed'
    and (is_to_follow_up.refund).stripe_refund_id is not null
    and (is_to_follow_up.refund).followed_up_at is null
    and exists (
      select
      from public.payments
      cross join lateral private.gone_of_payment(payments) as gone
      where payments.id = (is_to_follow_up.refund).payment_id
        and gone.left_price_cents >= (is_to_follow_up.refund).amount_cents
        and gone.left_tax_cents >= (is_to_follow_up.refund).tax_cents
    );
$function$;

CREATE OR REPLACE FUNCTION private.return_payment (
  payment      public.payments,
  amount_cents integer,
  reason       public.refund_reason,
  booking_id   uuid                 DEFAULT NULL::uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
begin
  -- Two refunds of one payment would each count without the other.
  perform from public.orders where orders.id = (return_payment.payment).order_id for update;

  insert into public.refunds (order_id, payment_id, booking_id, amount_cents, tax_cents, reason)
  values (
    (return_payment.payment).order_id, (return_payment.payment).id, return_payment.booking_id,
    return_payment.amount_cents, private.tax_of_price(return_payment.payment, return_payment.amount_cents),
    return_payment.reason
  )
  on conflict (payment_id, booking_id, reason) where reason <> 'made_in_stripe' and followed_up_at is null do nothing
  returning refunds.id into v_refund_id;

  if v_refund_id is null then
    return;
  end if;

  perform private.enqueue(
    'stripe.refund', 'stripe.refund:' || v_refund_id, jsonb_build_object('refund_id', v_refund_id)
  );
  perform private.settle_order((return_payment.payment).order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_outbox__tell_admins()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.enqueue(
    'mail_admins', format('mail_admins:given_up:%s:%s', new.topic, (now() at time zone 'UTC')::date),
    jsonb_build_object('kind', 'work_given_up', 'work', new.topic, 'outbox_id', new.id, 'error', coalesce(new.last_error, ''))
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_refunds__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_source text := 'refund:' || new.id;
begin
  if new.status = 'succeeded' then
    perform private.post_journal(
      'refund', v_source, new.order_id,
      jsonb_build_object(
        case when new.is_elsewhere then 'bank' else 'stripe_balance' end, -new.amount_cents - new.tax_cents
      )
        || private.taxed_amounts(new.amount_cents, new.tax_cents)
    );
  elsif exists (select from private.ledger_journals where ledger_journals.source = v_source) then
    perform private.post_journal(
      'refund_failed', 'refund_failed:' || new.id, new.order_id,
      jsonb_build_object('stripe_balance', new.amount_cents + new.tax_cents)
        || private.taxed_amounts(-new.amount_cents, -new.tax_cents)
    );
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_refunds__tell_admins()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.enqueue(
    'mail_admins', 'mail_admins:refund_failed:' || new.id,
    jsonb_build_object(
      'kind', 'refund_failed', 'refund_id', new.id, 'order_id', new.order_id, 'stripe_refund_id', new.stripe_refund_id,
      'amount_cents', new.amount_cents + new.tax_cents
    )
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.session_refunds (
  booking_id uuid
)
  RETURNS TABLE (
    id           uuid,
    amount_cents integer,
    tax_cents    integer,
    status       public.refund_status,
    settled_at   timestamp with time zone,
    is_elsewhere boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select refunds.id, refunds.amount_cents, case party.actor when 'client' then refunds.tax_cents else 0 end,
    refunds.status, refunds.settled_at, refunds.is_elsewhere
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.refunds
    on refunds.order_id = bookings.order_id and coalesce(refunds.booking_id, bookings.id) = bookings.id
  where bookings.id = session_refunds.booking_id
    and party.actor is not null
    and (refunds.status <> 'failed' or refunds.stripe_refund_id is not null and refunds.followed_up_at is null)
  order by refunds.created_at, refunds.id;
$function$;

REVOKE ALL ON FUNCTION "public"."session_refunds"(uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_elsewhere_is_done" CHECK (((NOT is_elsewhere) OR ((status = 'succeeded'::public.refund_status) AND (stripe_refund_id IS NULL))));

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_failed_are_followed_up" CHECK (((followed_up_at IS NULL) OR (status = 'failed'::public.refund_status)));

CREATE VIEW "admin"."failed_refunds" WITH (security_invoker=true) AS  SELECT id AS refund_id,
    order_id,
    booking_id,
    reason,
    amount_cents,
    tax_cents,
    stripe_refund_id,
    settled_at AS failed_at
   FROM public.refunds
  WHERE ((status = 'failed'::public.refund_status) AND private.is_to_follow_up(refunds.*))
  ORDER BY settled_at;

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
            COALESCE(( SELECT sum((payments.amount_cents + payments.tax_cents)) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) AS paid_cents,
            COALESCE(( SELECT sum((refunds.amount_cents + refunds.tax_cents)) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint) AS returned_cents,
            COALESCE(( SELECT sum((refunds.amount_cents + refunds.tax_cents)) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND refunds.is_elsewhere)), (0)::bigint) AS elsewhere_cents,
            COALESCE(( SELECT sum((disputes.lost_cents + disputes.lost_tax_cents)) AS sum
                   FROM public.disputes
                  WHERE (disputes.order_id = orders.id)), (0)::bigint) AS lost_cents,
            ((COALESCE(( SELECT sum(payments.tax_cents) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) - COALESCE(( SELECT sum(refunds.tax_cents) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint)) - COALESCE(( SELECT sum(disputes.lost_tax_cents) AS sum
                   FROM public.disputes
                  WHERE (disputes.order_id = orders.id)), (0)::bigint)) AS tax_cents,
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
            told.elsewhere_cents,
            told.lost_cents,
            told.tax_cents,
            told.share_cents,
            told.sent_cents,
            told.reversed_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'stripe_balance'::private.ledger_account) AND (balances.kind = ANY (ARRAY['payment'::private.journal_kind, 'refund'::private.journal_kind, 'refund_failed'::private.journal_kind])))), (0)::numeric) AS balance_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'coach_payable'::private.ledger_account))), (0)::numeric) AS payable_cents,
            (- COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'tax_payable'::private.ledger_account))), (0)::numeric)) AS owed_tax_cents
           FROM told
        )
 SELECT 'payments and refunds'::text AS what,
    compared.order_id,
    compared.coach_id,
    ((compared.paid_cents - compared.returned_cents) + compared.elsewhere_cents) AS told_cents,
    compared.balance_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE (compared.balance_cents <> (((compared.paid_cents - compared.returned_cents) + compared.elsewhere_cents))::numeric)
UNION ALL
 SELECT 'more went back than came'::text AS what,
    compared.order_id,
    compared.coach_id,
    (compared.returned_cents + compared.lost_cents) AS told_cents,
    compared.paid_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE ((compared.returned_cents + compared.lost_cents) > compared.paid_cents)
UNION ALL
 SELECT 'tax'::text AS what,
    compared.order_id,
    compared.coach_id,
    compared.tax_cents AS told_cents,
    compared.owed_tax_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE (((compared.tax_cents)::numeric <> compared.owed_tax_cents) OR (compared.tax_cents < 0))
UNION ALL
 SELECT 'disputed money when nothing is disputed'::text AS what,
    told.order_id,
    told.coach_id,
    0 AS told_cents,
    sum(balances.cents) AS other_cents,
    NULL::text AS stripe_id
   FROM (balances
     JOIN told USING (order_id))
  WHERE ((balances.account = 'disputed_money'::private.ledger_account) AND (NOT (EXISTS ( SELECT
           FROM public.disputes
          WHERE ((disputes.order_id = told.order_id) AND (private.is_open(disputes.status) OR (disputes.closed_at > (now() - make_interval(mins => ( SELECT (private.settings()).books_settle_minutes AS books_settle_minutes))))))))))
  GROUP BY told.order_id, told.coach_id
 HAVING (sum(balances.cents) <> (0)::numeric)
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

CREATE UNIQUE INDEX refunds_one_per_payment_session_and_reason ON public.refunds USING btree (payment_id, booking_id, reason) NULLS NOT DISTINCT
  WHERE ((reason <> 'made_in_stripe'::public.refund_reason) AND (followed_up_at IS NULL));

CREATE TRIGGER outbox__tell_admins
  AFTER UPDATE OF status ON private.outbox
  FOR EACH ROW
  WHEN (((new.topic ~~ 'stripe.%'::text) AND (new.status = 'failed'::private.outbox_status) AND (old.status <> 'failed'::private.outbox_status)))
  EXECUTE FUNCTION private.tg_outbox__tell_admins();

CREATE TRIGGER refunds__tell_admins
  AFTER UPDATE OF status ON public.refunds
  FOR EACH ROW
  WHEN (((new.status = 'failed'::public.refund_status) AND (old.status <> 'failed'::public.refund_status) AND (new.stripe_refund_id IS NOT NULL)))
  EXECUTE FUNCTION private.tg_refunds__tell_admins();

COMMENT ON VIEW "admin"."failed_refunds" IS 'Refunds that failed and are still to be seen to: admin.retry_refund, admin.record_refund_elsewhere.';

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up between the rows of money, the ledger and Stripe. Must be empty.';

REVOKE ALL ON FUNCTION "admin"."record_refund_elsewhere"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."record_refund_elsewhere"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."record_refund_elsewhere"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "admin"."retry_refund"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."retry_refund"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."retry_refund"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."follow_up_refund"(uuid, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."follow_up_refund"(uuid, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."follow_up_refund"(uuid, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_to_follow_up"(public.refunds) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_to_follow_up"(public.refunds) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_to_follow_up"(public.refunds) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_outbox__tell_admins"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_outbox__tell_admins"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_outbox__tell_admins"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_refunds__tell_admins"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_refunds__tell_admins"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_refunds__tell_admins"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_refunds"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_refunds"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_refunds"(uuid) TO "postgres";
