SET local check_function_bodies = off;

REVOKE ALL ("amount_cents") ON TABLE "public"."disputes" FROM "authenticated";

DROP FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text);

ALTER TYPE "private"."charge_outcome" ADD VALUE 'not_made' AFTER 'declined';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.charge_card (
  order_row public.orders
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_days integer[] := (private.settings()).charge_retry_days;
  v_tries integer;
  v_attempt integer;
  v_first_at timestamptz;
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = (charge_card.order_row).id for update;
  if v_order.checkout_expires_at <= now() then
    return;
  end if;

  select count(*) filter (where card_charges.outcome is distinct from 'not_made'),
    min(card_charges.created_at) filter (where card_charges.outcome is distinct from 'not_made'),
    coalesce(max(card_charges.attempt), 0) + 1
  into v_tries, v_first_at, v_attempt
  from private.card_charges
  where card_charges.order_id = (charge_card.order_row).id;

  if v_tries > cardinality(v_days) or v_tries > 0 and now() < v_first_at + make_interval(days => v_days[v_tries]) then
    return;
  end if;

  -- Of those of which nothing was made the last is enough: it has the number.
  delete from private.card_charges
  where card_charges.order_id = (charge_card.order_row).id
    and card_charges.outcome = 'not_made';

  insert into private.card_charges (order_id, attempt)
  values ((charge_card.order_row).id, v_attempt)
  on conflict (order_id) where outcome is null do nothing;

  if found then
    -- One that was made, and could not be noted for this, is closed by the site: the next is another.
    update public.orders
    set pages_ended = orders.pages_ended + 1,
        checkout_expires_at = least(orders.checkout_expires_at, case when orders.checkout_expires_at is not null then now() end)
    where orders.id = v_order.id;

    perform private.enqueue(
      'stripe.charge_card',
      format('stripe.charge_card:%s:%s', (charge_card.order_row).id, v_attempt),
      jsonb_build_object('order_id', (charge_card.order_row).id, 'attempt', v_attempt)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.charge_work (
  payload jsonb
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'order_id', orders.id,
    'attempt', card_charges.attempt,
    'is_to_charge', private.is_chargeable(orders),
    'amount_cents', orders.amount_cents,
    'automatic_tax', orders.automatic_tax,
    'currency', orders.currency,
    'description', case when private.is_no_show_fee(orders.id) then 'No-show fee: ' else '' end || offers.title,
    'subscription_id', private.no_show_fee_subscription(orders.id),
    'checkout_session_id', orders.stripe_checkout_session_id,
    'payment_intent_id', (
      select payments.stripe_payment_intent_id
      from public.orders as paid
      join public.payments on payments.order_id = paid.id and payments.status = 'succeeded'
      where paid.plan_id = orders.plan_id
      order by paid.plan_position desc
      limit 1
    )
  )
  from private.card_charges
  join public.orders on orders.id = card_charges.order_id
  join public.offers on offers.id = orders.offer_id
  where orders.id = (charge_work.payload ->> 'order_id')::uuid
    and card_charges.attempt = (charge_work.payload ->> 'attempt')::integer
    and card_charges.outcome is null;
$function$;

CREATE OR REPLACE FUNCTION private.lock_order (
  order_id uuid
)
  RETURNS public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  perform private.lock_plan(orders.plan_id) from public.orders where orders.id = lock_order.order_id;
  select * into v_order from public.orders where orders.id = lock_order.order_id for update;
  return v_order;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_order_to_pay (
  order_id          uuid,
  payment_intent_id text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text,
  is_held           boolean DEFAULT false
)
  RETURNS public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order(lock_order_to_pay.order_id);
  v_tax_cents integer;
  v_expected integer;
begin
  if v_order.id is null then
    perform public.record_security_event(
      'payment_for_unknown_order', jsonb_build_object('payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  if exists (
    select from public.payments
    where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
      and payments.order_id <> v_order.id
  ) then
    perform public.record_security_event(
      'payment_of_another_order',
      jsonb_build_object('order_id', v_order.id, 'payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  if lock_order_to_pay.is_held and exists (
    select from public.payments
    where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
      and payments.status <> 'failed'
  ) then
    return null;
  end if;

  select coalesce(max(payments.tax_cents), lock_order_to_pay.tax_cents, 0) into v_tax_cents
  from public.payments
  where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
    and payments.status <> 'failed';

  v_expected := v_order.amount_cents;
  if lock_order_to_pay.is_held then
    v_expected := private.asked_cents(v_order);
  end if;

  if lock_order_to_pay.gross_cents - v_tax_cents is distinct from v_expected
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

CREATE OR REPLACE FUNCTION private.mail_dispute (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('dispute', jsonb_build_object(
    'amount_cents', round(
      disputes.amount_cents::numeric * payments.amount_cents / (payments.amount_cents + payments.tax_cents)
    ),
    'offer_title', offers.title,
    'client_name', private.shown_name(profiles)
  ))
  from public.disputes
  join public.payments on payments.id = disputes.payment_id
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  where (mail_dispute.notification).kind like 'dispute\_%'
    and disputes.id = (mail_dispute.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_no_show_fee (
  booking public.bookings
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'cents', coalesce(fee.amount_cents, period.no_show_fee_cents),
    'objection_minutes', (private.settings()).objection_minutes,
    'needs_action', coalesce((
      select card_charges.outcome = 'requires_action' from private.card_charges
      where card_charges.order_id = fee.id and card_charges.outcome::text <> 'not_made'
      order by card_charges.attempt desc
      limit 1
    ), false),
    'retry_at', private.next_try_at(fee.id),
    'is_paid', fee.paid_at is not null,
    'words', no_show_fees.words
  )
  from public.orders as period
  left join private.no_show_fees on no_show_fees.booking_id = (mail_no_show_fee.booking).id
  left join public.orders as fee on fee.id = no_show_fees.order_id
  where period.id = (mail_no_show_fee.booking).order_id
    and period.membership_id is not null
    and (period.no_show_fee_cents > 0 or fee.id is not null);
$function$;

CREATE OR REPLACE FUNCTION private.next_try_at (
  order_id uuid
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select min(card_charges.created_at)
    + make_interval(days => (private.settings()).charge_retry_days[count(*)])
  from private.card_charges
  where card_charges.order_id = next_try_at.order_id
    and card_charges.outcome::text is distinct from 'not_made';
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
  if record_card_charge.result ? 'page' then
    perform private.record_closed_checkout(v_order_id, record_card_charge.result -> 'page');
  end if;

  if record_card_charge.result ? 'page' or record_card_charge.result ->> 'status' = 'not_made' then
    -- When what stood in the way is gone, the job asks again. The number stays used: Stripe may know it.
    update private.card_charges
    set outcome = 'not_made', settled_at = now()
    where card_charges.order_id = v_order_id
      and card_charges.attempt = v_attempt
      and card_charges.outcome is null;
  elsif record_card_charge.result ? 'error' then
    perform private.record_failed_payment(
      v_order_id, record_card_charge.result ->> 'id', (record_card_charge.result ->> 'amount')::integer,
      (record_card_charge.result ->> 'tax_cents')::integer, record_card_charge.result ->> 'currency',
      coalesce(
        record_card_charge.result -> 'error' ->> 'decline_code', record_card_charge.result -> 'error' ->> 'code'
      )
    )
    where record_card_charge.result ->> 'id' is not null;
    perform private.record_declined_charge(v_order_id, v_attempt, record_card_charge.result -> 'error');
  else
    perform private.record_intent(v_order_id, record_card_charge.result);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_declined_charge (
  order_id uuid,
  attempt  integer,
  error    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_is_last boolean;
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  -- The order comes before its charges, as when it is paid by hand at this moment.
  v_order := private.lock_order(record_declined_charge.order_id);

  update private.card_charges
  set outcome = case
        when 'authentication_required' in (
          record_declined_charge.error ->> 'code', record_declined_charge.error ->> 'decline_code'
        ) then 'requires_action'
        else 'declined'
      end::private.charge_outcome,
      failure_code = coalesce(record_declined_charge.error ->> 'decline_code', record_declined_charge.error ->> 'code'),
      settled_at = now()
  where card_charges.order_id = v_order.id
    and card_charges.attempt = record_declined_charge.attempt
    and card_charges.outcome is null;

  if not found or v_order.status <> 'pending' then
    return;
  end if;

  perform private.forget_page(v_order.id, v_order.stripe_checkout_session_id);

  v_is_last := private.failed_charges(v_order.id) > cardinality((private.settings()).charge_retry_days);
  if v_order.plan_id is null then
    perform private.decline_no_show_fee(v_order, record_declined_charge.attempt, v_is_last);
  elsif v_is_last then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
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
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order(record_failed_payment.order_id);
begin
  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, failure_code)
  select v_order.id, 'failed', record_failed_payment.gross_cents - record_failed_payment.tax_cents,
    record_failed_payment.tax_cents, record_failed_payment.currency,
    record_failed_payment.payment_intent_id, record_failed_payment.failure_code
  where v_order.id is not null
  on conflict (stripe_payment_intent_id) do update
  set failure_code = excluded.failure_code
  where known.status = 'failed'
    and known.order_id = excluded.order_id;
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

REVOKE ALL ON FUNCTION "private"."lock_order"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_order"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_order"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, integer, text, text) TO "postgres";
