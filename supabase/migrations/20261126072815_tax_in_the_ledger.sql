SET local check_function_bodies = off;

DROP VIEW "admin"."money_mismatch";

ALTER TABLE "public"."disputes"
  DROP CONSTRAINT "disputes_amounts";

ALTER TABLE "public"."payments"
  DROP CONSTRAINT "payments_amount";

ALTER TABLE "public"."refunds"
  DROP CONSTRAINT "refunds_amount";

DROP FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, text);

DROP FUNCTION "private"."record_authorization"(uuid, text, text, integer, text);

DROP FUNCTION "private"."record_failed_payment"(uuid, text, integer, text, text);

DROP FUNCTION "private"."record_payment"(uuid, text, text, integer, text);

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "automatic_tax" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."disputes"
  ADD COLUMN "lost_tax_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."orders"
  ADD COLUMN "automatic_tax" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."payments"
  ADD COLUMN "tax_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."refunds"
  ADD COLUMN "tax_cents" integer NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION private.create_order (
  offer         public.offers,
  client_id     uuid,
  session_count integer       DEFAULT 1
)
  RETURNS uuid
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.orders (
    client_id, coach_id, offer_id, session_count, amount_cents, automatic_tax, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent,
    client_move_minutes, client_moves, coach_move_minutes
  )
  select create_order.client_id, (create_order.offer).coach_id, (create_order.offer).id,
    sold.session_count,
    sold.session_count * sold.session_cents,
    (private.settings()).automatic_tax,
    sold.session_count * round(sold.session_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent,
    cancellation_policies.client_move_minutes,
    cancellation_policies.client_moves,
    cancellation_policies.coach_move_minutes
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  cross join lateral (
    select coalesce((create_order.offer).session_count, create_order.session_count) as session_count,
      (create_order.offer).price_cents / coalesce((create_order.offer).session_count, 1) as session_cents
  ) as sold
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
$function$;

CREATE OR REPLACE FUNCTION private.gone_of_payment (
  payment public.payments,
  but_id  uuid            DEFAULT NULL::uuid
)
  RETURNS TABLE (
    price_cents      integer,
    tax_cents        integer,
    left_price_cents integer,
    left_tax_cents   integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select gone.price, gone.tax,
    greatest(0, (gone_of_payment.payment).amount_cents - gone.price),
    greatest(0, (gone_of_payment.payment).tax_cents - gone.tax)
  from (
    select coalesce(sum(each.price), 0)::integer as price, coalesce(sum(each.tax), 0)::integer as tax
    from (
      select refunds.amount_cents, refunds.tax_cents
      from public.refunds
      where refunds.payment_id = (gone_of_payment.payment).id
        and refunds.status <> 'failed'
        and refunds.id is distinct from gone_of_payment.but_id
      union all
      select disputes.lost_cents, disputes.lost_tax_cents
      from public.disputes
      where disputes.payment_id = (gone_of_payment.payment).id
        and disputes.id is distinct from gone_of_payment.but_id
    ) as each (price, tax)
  ) as gone;
$function$;

CREATE OR REPLACE FUNCTION private.lock_order_to_pay (
  order_id          uuid,
  payment_intent_id text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text
)
  RETURNS public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_tax_cents integer;
begin
  -- Of one that is paid in parts the plan comes first (lock_plan).
  perform private.lock_plan(orders.plan_id) from public.orders where orders.id = lock_order_to_pay.order_id;
  select * into v_order from public.orders where orders.id = lock_order_to_pay.order_id for update;

  if not found then
    perform public.record_security_event(
      'payment_for_unknown_order', jsonb_build_object('payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  select coalesce(max(payments.tax_cents), lock_order_to_pay.tax_cents, 0) into v_tax_cents
  from public.payments
  where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
    and payments.status <> 'failed';

  if lock_order_to_pay.gross_cents - v_tax_cents is distinct from v_order.amount_cents
    or v_tax_cents < 0
    or v_tax_cents > 0 and not v_order.automatic_tax
    or lock_order_to_pay.currency is distinct from v_order.currency then
    perform public.record_security_event(
      'payment_amount_mismatch',
      jsonb_build_object('order_id', v_order.id, 'payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  return v_order;
end;
$function$;

CREATE OR REPLACE FUNCTION private.payment_work (
  payment_id uuid,
  wanted     public.payment_status
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'payment_id', payments.id,
    'payment_intent_id', payments.stripe_payment_intent_id,
    'gross_cents', payments.amount_cents + payments.tax_cents
  )
  from public.payments
  where payments.id = payment_work.payment_id
    and payments.status = payment_work.wanted;
$function$;

CREATE OR REPLACE FUNCTION private.post_dispute (
  dispute   public.disputes,
  movements jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_source text := 'dispute:' || (post_dispute.dispute).id || ':';
  v_move record;
  v_taken_cents integer;
  v_fee_cents integer;
  v_lost_cents integer;
  v_lost_tax_cents integer;
begin
  for v_move in
    select * from jsonb_to_recordset(post_dispute.movements) as move (id text, amount integer, fee integer, net integer)
    where move.net <> 0
  loop
    perform private.post_journal(
      case when v_move.amount < 0 then 'dispute' else 'dispute_won' end::private.journal_kind,
      v_source || v_move.id, (post_dispute.dispute).order_id,
      jsonb_build_object('stripe_balance', v_move.net, 'disputed_money', -v_move.amount)
        || case when v_move.fee = 0 then '{}' else jsonb_build_object('stripe_fees', v_move.fee) end
    );
  end loop;

  select coalesce(sum(ledger_entries.amount_cents) filter (where ledger_entries.account = 'disputed_money'), 0),
    coalesce(sum(ledger_entries.amount_cents) filter (where ledger_entries.account = 'stripe_fees'), 0)
  into v_taken_cents, v_fee_cents
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  where ledger_journals.order_id = (post_dispute.dispute).order_id
    and starts_with(ledger_journals.source, v_source);

  v_lost_cents := case
    when (post_dispute.dispute).status in ('lost', 'prevented', 'appeal_needs_response', 'appeal_under_review') then v_taken_cents
    else 0
  end;

  if v_lost_cents <> (post_dispute.dispute).lost_cents + (post_dispute.dispute).lost_tax_cents then
    select private.tax_of_gross(payments, v_lost_cents, (post_dispute.dispute).id) into v_lost_tax_cents
    from public.payments where payments.id = (post_dispute.dispute).payment_id;
    v_lost_cents := v_lost_cents - v_lost_tax_cents;

    perform private.post_journal(
      case when v_lost_cents + v_lost_tax_cents > 0 then 'dispute_lost' else 'dispute_won' end::private.journal_kind,
      'dispute_lost:' || (post_dispute.dispute).id || ':' || (
        select count(*) + 1 from private.ledger_journals
        where ledger_journals.order_id = (post_dispute.dispute).order_id
          and starts_with(ledger_journals.source, 'dispute_lost:' || (post_dispute.dispute).id)
      ),
      (post_dispute.dispute).order_id,
      jsonb_build_object(
        'disputed_money',
        (post_dispute.dispute).lost_cents + (post_dispute.dispute).lost_tax_cents - v_lost_cents - v_lost_tax_cents
      ) || private.taxed_amounts(
        v_lost_cents - (post_dispute.dispute).lost_cents, v_lost_tax_cents - (post_dispute.dispute).lost_tax_cents
      )
    );
    update public.disputes
    set lost_cents = v_lost_cents, lost_tax_cents = v_lost_tax_cents
    where disputes.id = (post_dispute.dispute).id;
  end if;

  update public.disputes
  set fee_cents = v_fee_cents
  where disputes.id = (post_dispute.dispute).id and fee_cents <> v_fee_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_authorization (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_authorization.order_id, record_authorization.payment_intent_id,
    record_authorization.gross_cents, record_authorization.tax_cents, record_authorization.currency
  );
  v_payment_id uuid;
begin
  if v_order.id is null then
    return;
  end if;

  -- Only the first word of it, or one after cards that were declined, gives a row.
  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status in ('authorized', 'succeeded')
        and payments.stripe_payment_intent_id <> record_authorization.payment_intent_id
    ) then 'released' else 'authorized' end::public.payment_status,
    v_order.amount_cents, record_authorization.gross_cents - v_order.amount_cents, record_authorization.currency,
    record_authorization.payment_intent_id, record_authorization.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status, amount_cents = excluded.amount_cents, tax_cents = excluded.tax_cents,
      failure_code = null, stripe_charge_id = excluded.stripe_charge_id
  where known.status = 'failed'
  returning known.id into v_payment_id;

  if v_payment_id is null then
    return;
  end if;

  if exists (select from public.payments where payments.id = v_payment_id and payments.status = 'released') then
    perform private.enqueue_release(v_payment_id);
  elsif private.take_all_paid_times(v_order.id, 'requested') then
    perform private.ask_coach(v_order.id);
  else
    perform private.lapse_hold(v_order.id, 'system');
    perform private.release_payments(v_order.id);
    perform private.notify(bookings.client_id, 'request_expired', bookings.id, bookings.id)
    from public.bookings where bookings.order_id = v_order.id and bookings.position = 1;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_card_charge (
  payload jsonb,
  result  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := (record_card_charge.payload ->> 'order_id')::uuid;
  v_attempt integer := (record_card_charge.payload ->> 'attempt')::integer;
begin
  if record_card_charge.result is null then
    -- Nothing was asked for: when what stood in the way is gone, the job asks again.
    delete from private.card_charges
    where card_charges.order_id = v_order_id
      and card_charges.attempt = v_attempt
      and card_charges.outcome is null;
  elsif record_card_charge.result ? 'error' then
    perform private.record_failed_payment(
      v_order_id, record_card_charge.result ->> 'id', orders.amount_cents, 0, orders.currency,
      coalesce(
        record_card_charge.result -> 'error' ->> 'decline_code', record_card_charge.result -> 'error' ->> 'code'
      )
    )
    from public.orders
    where orders.id = v_order_id and record_card_charge.result ->> 'id' is not null;
    perform private.record_declined_charge(v_order_id, v_attempt, record_card_charge.result -> 'error');
  else
    perform private.record_intent(v_order_id, record_card_charge.result);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_closed_checkout (
  order_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if record_closed_checkout.result ->> 'payment_status' = 'paid' then
    perform private.record_payment(
      record_closed_checkout.order_id,
      record_closed_checkout.result ->> 'payment_intent',
      null,
      (record_closed_checkout.result ->> 'amount_total')::integer,
      (record_closed_checkout.result ->> 'tax_cents')::integer,
      record_closed_checkout.result ->> 'currency'
    );
  elsif record_closed_checkout.result ? 'intent' then
    perform private.record_intent(record_closed_checkout.order_id, record_closed_checkout.result -> 'intent');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_failed_payment (
  order_id          uuid,
  payment_intent_id text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text,
  failure_code      text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, failure_code)
  select orders.id, 'failed', record_failed_payment.gross_cents - record_failed_payment.tax_cents,
    record_failed_payment.tax_cents, record_failed_payment.currency,
    record_failed_payment.payment_intent_id, record_failed_payment.failure_code
  from public.orders
  where orders.id = record_failed_payment.order_id
  on conflict (stripe_payment_intent_id) do update
  set failure_code = excluded.failure_code
  where known.status = 'failed';
$function$;

CREATE OR REPLACE FUNCTION private.record_intent (
  order_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  case record_intent.result ->> 'status'
    when 'succeeded' then
      perform private.record_payment(
        record_intent.order_id, record_intent.result ->> 'id', record_intent.result ->> 'latest_charge',
        (record_intent.result ->> 'amount_received')::integer, (record_intent.result ->> 'tax_cents')::integer,
        record_intent.result ->> 'currency'
      );
    when 'requires_capture' then
      perform private.record_authorization(
        record_intent.order_id, record_intent.result ->> 'id', record_intent.result ->> 'latest_charge',
        (record_intent.result ->> 'amount_capturable')::integer, (record_intent.result ->> 'tax_cents')::integer,
        record_intent.result ->> 'currency'
      );
    when 'canceled' then
      perform private.fail_payment(record_intent.order_id, record_intent.result ->> 'id');
    else
      null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_payment (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_payment.order_id, record_payment.payment_intent_id, record_payment.gross_cents, record_payment.tax_cents,
    record_payment.currency
  );
  v_was_authorized boolean;
  v_payment public.payments;
begin
  if v_order.id is null then
    return;
  end if;

  v_was_authorized := exists (
    select from public.payments
    where payments.stripe_payment_intent_id = record_payment.payment_intent_id
      and payments.status = 'authorized'
  );

  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status = 'succeeded'
        and payments.stripe_payment_intent_id <> record_payment.payment_intent_id
    ) then 'surplus' else 'succeeded' end::public.payment_status,
    v_order.amount_cents, record_payment.gross_cents - v_order.amount_cents, record_payment.currency,
    record_payment.payment_intent_id, record_payment.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status,
      amount_cents = excluded.amount_cents,
      tax_cents = excluded.tax_cents,
      failure_code = null,
      stripe_charge_id = coalesce(known.stripe_charge_id, excluded.stripe_charge_id)
  returning * into v_payment;

  if v_payment.status = 'surplus' then
    perform private.return_payment(v_payment, v_payment.amount_cents, 'paid_twice');
    return;
  end if;

  if v_order.status in ('pending', 'expired') then
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order.id;

    if v_was_authorized then
      perform private.settle_order(v_order.id); -- The coach has accepted; some may be on its way back.
    elsif private.is_package(v_order) then
      perform private.start_package(v_order, v_payment);
    else
      perform private.confirm_booking(v_order.id);
    end if;
  end if;
end;
$function$;

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
  v_refund public.refunds;
  v_gross_cents integer;
begin
  if record_refund.result is null then
    return;
  end if;

  perform private.record_stripe_refund(other)
  from jsonb_array_elements(coalesce(record_refund.result -> 'others', '[]')) as other;

  -- Two refunds of one payment would each count without the other.
  perform from public.orders
  where orders.id = (select refunds.order_id from public.refunds where refunds.id = record_refund.refund_id)
  for update;
  select * into v_refund from public.refunds where refunds.id = record_refund.refund_id;
  v_gross_cents := coalesce((record_refund.result ->> 'amount')::integer, v_refund.amount_cents + v_refund.tax_cents);

  if v_gross_cents <> v_refund.amount_cents + v_refund.tax_cents then
    select private.tax_of_gross(payments, v_gross_cents, v_refund.id) into v_refund.tax_cents
    from public.payments where payments.id = v_refund.payment_id;
  end if;

  update public.refunds
  set stripe_refund_id = record_refund.result ->> 'id',
      amount_cents = v_gross_cents - v_refund.tax_cents,
      tax_cents = v_refund.tax_cents,
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
  where refunds.id = v_refund.id;

  perform private.settle_order(v_refund.order_id);
end;
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
    or refunds.id::text = record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id';

  if v_refund_id is null then
    select * into v_payment
    from public.payments
    where payments.stripe_payment_intent_id = record_stripe_refund.stripe_refund ->> 'payment_intent';

    if not found then
      raise exception 'The payment of this refund is not known yet.' using errcode = 'ORLTR';
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
      'gross_cents', refunds.amount_cents + refunds.tax_cents
    )
    from public.refunds
    where refunds.id = refund_work.refund_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
      and not private.is_taken_back(v_payment.id)
  );
end;
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
  on conflict (payment_id, booking_id, reason) where reason <> 'made_in_stripe' do nothing
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

CREATE OR REPLACE FUNCTION private.tax_of_gross (
  payment     public.payments,
  gross_cents integer,
  but_id      uuid            DEFAULT NULL::uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(
    gone.left_tax_cents, tax_of_gross.gross_cents,
    -- What is more than is left of the price is tax.
    greatest(0, tax_of_gross.gross_cents - gone.left_price_cents, round(
      (tax_of_gross.payment).tax_cents::numeric * (gone.price_cents + gone.tax_cents + tax_of_gross.gross_cents)
        / ((tax_of_gross.payment).amount_cents + (tax_of_gross.payment).tax_cents)
    ) - gone.tax_cents)
  )::integer
  from private.gone_of_payment(tax_of_gross.payment, tax_of_gross.but_id) as gone;
$function$;

CREATE OR REPLACE FUNCTION private.tax_of_price (
  payment     public.payments,
  price_cents integer
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(gone.left_tax_cents, greatest(0, round(
    (tax_of_price.payment).tax_cents::numeric * (gone.price_cents + tax_of_price.price_cents)
      / (tax_of_price.payment).amount_cents
  ) - gone.tax_cents))::integer
  from private.gone_of_payment(tax_of_price.payment) as gone;
$function$;

CREATE OR REPLACE FUNCTION private.taxed_amounts (
  price_cents integer,
  tax_cents   integer
)
  RETURNS jsonb
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select coalesce(jsonb_object_agg(entry.account, entry.cents), '{}')
  from (values
    ('client_money', taxed_amounts.price_cents),
    ('tax_payable', taxed_amounts.tax_cents)
  ) as entry (account, cents)
  where entry.cents <> 0;
$function$;

CREATE OR REPLACE FUNCTION private.tg_payments__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.post_journal(
    'payment', 'payment:' || new.id, new.order_id,
    jsonb_build_object('stripe_balance', new.amount_cents + new.tax_cents)
      || private.taxed_amounts(-new.amount_cents, -new.tax_cents)
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
      jsonb_build_object('stripe_balance', -new.amount_cents - new.tax_cents)
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
      if v_object ->> 'payment_status' = 'paid' then
        perform private.record_payment(
          v_order_id, v_object ->> 'payment_intent', null,
          (v_object ->> 'amount_total')::integer, (v_object -> 'total_details' ->> 'amount_tax')::integer,
          v_object ->> 'currency'
        );
      end if;
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      perform private.lapse_hold(v_order_id, 'system');
      perform private.expire_package(v_order_id);
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
      );
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
$function$;

ALTER TABLE "public"."disputes"
  ADD CONSTRAINT "disputes_amounts" CHECK (((amount_cents > 0) AND (lost_cents >= 0) AND (lost_tax_cents >= 0)));

ALTER TABLE "public"."payments"
  ADD CONSTRAINT "payments_amount" CHECK (((amount_cents > 0) AND (tax_cents >= 0)));

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_amount" CHECK (((amount_cents >= 0) AND (tax_cents >= 0) AND ((amount_cents + tax_cents) > 0)));

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
    (compared.paid_cents - compared.returned_cents) AS told_cents,
    compared.balance_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE (compared.balance_cents <> ((compared.paid_cents - compared.returned_cents))::numeric)
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

REVOKE ALL ON FUNCTION "private"."gone_of_payment"(public.payments, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."gone_of_payment"(public.payments, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."gone_of_payment"(public.payments, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_authorization"(uuid, text, text, integer, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_authorization"(uuid, text, text, integer, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_authorization"(uuid, text, text, integer, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_payment"(uuid, text, text, integer, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_payment"(uuid, text, text, integer, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_payment"(uuid, text, text, integer, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tax_of_gross"(public.payments, integer, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tax_of_gross"(public.payments, integer, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tax_of_gross"(public.payments, integer, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tax_of_price"(public.payments, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tax_of_price"(public.payments, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tax_of_price"(public.payments, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxed_amounts"(integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."taxed_amounts"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."taxed_amounts"(integer, integer) TO "postgres";
