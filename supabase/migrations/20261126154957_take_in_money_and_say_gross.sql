SET local check_function_bodies = off;

DROP VIEW "admin"."money_mismatch";

DROP VIEW "admin"."stripe_mismatch";

DROP VIEW "admin"."stripe_sources";

DROP FUNCTION "public"."billing_list"(integer, integer);

ALTER TYPE "private"."journal_kind" ADD VALUE 'taken_in' AFTER 'payout_failed';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION admin.take_in_money (
  stripe_id text,
  reason    text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_movement private.balance_transactions;
  v_count integer := 0;
begin
  if coalesce(trim(take_in_money.reason), '') = '' then
    raise exception 'Say why: it is kept with what you take in.' using errcode = 'LGWHY';
  end if;

  if not exists (
    select from admin.stripe_mismatch where stripe_mismatch.stripe_id = take_in_money.stripe_id
  ) or exists (
    select from admin.stripe_sources
    join private.ledger_journals on ledger_journals.source = stripe_sources.source
    where stripe_sources.stripe_id = take_in_money.stripe_id
      and ledger_journals.kind <> 'taken_in'
  ) then
    raise exception 'Nothing at Stripe under % is missing in the ledger.', take_in_money.stripe_id using errcode = 'LGNON';
  end if;

  for v_movement in
    select balance_transactions.*
    from private.balance_transactions
    where coalesce(balance_transactions.source, balance_transactions.id) = take_in_money.stripe_id
      and balance_transactions.net_cents <> 0
      and not exists (
        select from private.ledger_journals where ledger_journals.source = 'taken_in:' || balance_transactions.id
      )
    order by balance_transactions.created_at, balance_transactions.id
  loop
    perform private.post_journal(
      'taken_in', 'taken_in:' || v_movement.id, null,
      jsonb_build_object('stripe_balance', v_movement.net_cents)
        || private.taxed_amounts(-v_movement.amount_cents, 0)
        || case when v_movement.fee_cents = 0 then '{}' else jsonb_build_object('stripe_fees', v_movement.fee_cents) end
    );
    v_count := v_count + 1;
  end loop;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'ledger_journals', take_in_money.stripe_id, 'taken_in', session_user,
    jsonb_build_object('reason', trim(take_in_money.reason), 'movements', v_count)
  );
  return v_count;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_taken_in (
  stripe_charge_id text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.balance_transactions
    join private.ledger_journals on ledger_journals.source = 'taken_in:' || balance_transactions.id
    where balance_transactions.source = is_taken_in.stripe_charge_id
  );
$function$;

CREATE OR REPLACE FUNCTION private.record_stripe_refund (
  stripe_refund jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
  v_payment public.payments;
  v_gross_cents integer := (record_stripe_refund.stripe_refund ->> 'amount')::integer;
  v_tax_cents integer;
begin
  select refunds.id into v_refund_id
  from public.refunds
  where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id'
    or refunds.id = private.uuid_or_null(record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id');

  if v_refund_id is null then
    select * into v_payment
    from public.payments
    where payments.stripe_payment_intent_id = record_stripe_refund.stripe_refund ->> 'payment_intent';

    if not found and private.is_taken_in(record_stripe_refund.stripe_refund ->> 'charge') then
      return;
    elsif not found then
      raise exception 'The payment of this refund is not known yet.' using errcode = 'ORLTR';
    elsif private.is_let_go(v_payment, record_stripe_refund.stripe_refund -> 'balance_transaction') then
      return;
    end if;

    -- Two refunds of one payment would each count without the other.
    perform from public.orders where orders.id = v_payment.order_id for update;
    v_tax_cents := private.tax_of_gross(v_payment, v_gross_cents);

    insert into public.refunds (order_id, payment_id, amount_cents, tax_cents, reason, stripe_refund_id)
    values (
      v_payment.order_id, v_payment.id, v_gross_cents - v_tax_cents, v_tax_cents,
      'made_in_stripe', record_stripe_refund.stripe_refund ->> 'id'
    )
    on conflict (stripe_refund_id) do update set reason = refunds.reason
    returning refunds.id into v_refund_id;
  end if;

  perform private.record_refund(v_refund_id, record_stripe_refund.stripe_refund);
end;
$function$;

CREATE OR REPLACE FUNCTION private.transfer_work (
  transfer_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'transfer_id', transfers.id,
    'earning_id', transfers.earning_id,
    'order_id', earnings.order_id,
    'amount_cents', transfers.amount_cents,
    'currency', orders.currency,
    'stripe_account_id', payout_accounts.stripe_account_id,
    'charge_id', payments.stripe_charge_id,
    'payment_intent_id', payments.stripe_payment_intent_id
  )
  from public.transfers
  join public.earnings on earnings.id = transfers.earning_id
  join public.orders on orders.id = earnings.order_id
  join public.payout_accounts on payout_accounts.coach_id = transfers.coach_id
  left join public.payments on payments.id = transfers.payment_id
  where transfers.id = transfer_work.transfer_id
    and transfers.status = 'requested';
$function$;

CREATE OR REPLACE FUNCTION public.billing_list (
  page_size   integer DEFAULT 20,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    payment_id       uuid,
    created_at       timestamp with time zone,
    status           public.payment_status,
    gross_cents      integer,
    tax_cents        integer,
    returned_cents   integer,
    returning_cents  integer,
    failure_code     text,
    receipt_url      text,
    invoice_number   text,
    invoice_url      text,
    invoice_pdf_url  text,
    offer_title      text,
    offer_kind       public.offer_kind,
    coach_name       text,
    session_count    integer,
    first_booking_id uuid,
    starts_at        timestamp with time zone,
    membership_id    uuid,
    period_starts_at timestamp with time zone,
    period_ends_at   timestamp with time zone,
    is_no_show_fee   boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payments.id, payments.created_at, payments.status, payments.amount_cents + payments.tax_cents, payments.tax_cents,
    returned.done_cents, returned.asked_cents,
    payments.failure_code, payments.receipt_url, payments.invoice_number, payments.invoice_url, payments.invoice_pdf_url,
    offers.title, offers.kind, coaches.display_name, orders.session_count,
    coalesce(missed.id, first.id), coalesce(missed.starts_at, first.starts_at),
    orders.membership_id, orders.period_starts_at, orders.period_ends_at, missed.id is not null
  from public.payments
  join public.orders on orders.id = payments.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.bookings as first on first.order_id = orders.id and first.position = 1
  left join public.bookings as missed on missed.id = private.missed_booking_id(orders.id)
  cross join lateral (
    select coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'succeeded'), 0)::integer as done_cents,
      coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'requested'), 0)::integer as asked_cents
    from public.refunds
    where refunds.payment_id = payments.id
  ) as returned
  where orders.client_id = private.current_profile_id()
  order by payments.created_at desc, payments.id
  limit least(billing_list.page_size, 100)
  offset (greatest(billing_list.page_number, 1) - 1) * least(billing_list.page_size, 100);
$function$;

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "anon", "service_role";

SET local check_function_bodies = off;

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
 SELECT ledger_journals.source,
    disputes.stripe_dispute_id AS stripe_id
   FROM (private.ledger_journals
     JOIN public.disputes ON (((disputes.id)::text = split_part(ledger_journals.source, ':'::text, 2))))
  WHERE (ledger_journals.kind = ANY (ARRAY['dispute'::private.journal_kind, 'dispute_won'::private.journal_kind]))
UNION ALL
 SELECT ('taken_in:'::text || balance_transactions.id) AS source,
    COALESCE(balance_transactions.source, balance_transactions.id) AS stripe_id
   FROM private.balance_transactions
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

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up between the rows of money, the ledger and Stripe. Must be empty.';

COMMENT ON VIEW "admin"."stripe_mismatch" IS 'Where the ledger and Stripe''s list of movements differ.';

COMMENT ON VIEW "admin"."stripe_sources" IS 'What each step of the ledger is called at Stripe.';

REVOKE ALL ON FUNCTION "admin"."take_in_money"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."take_in_money"(text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."take_in_money"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_taken_in"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_taken_in"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_taken_in"(text) TO "postgres";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "postgres";
