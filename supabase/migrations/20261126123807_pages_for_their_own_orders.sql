SET local check_function_bodies = off;

DROP FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone);

DROP FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text);

CREATE OR REPLACE FUNCTION private.expire_checkout_work (
  order_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('order_id', orders.id, 'checkout_session_id', orders.stripe_checkout_session_id)
  from public.orders
  where orders.id = expire_checkout_work.order_id
    and (orders.status = 'expired' or orders.status = 'pending' and orders.checkout_expires_at <= now())
    and orders.stripe_checkout_session_id is not null;
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
  v_order public.orders;
  v_tax_cents integer;
  v_expected integer;
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
  where known.status = 'failed'
    and known.order_id = excluded.order_id;
$function$;

CREATE OR REPLACE FUNCTION public.record_checkout (
  profile_id          uuid,
  order_id            uuid,
  checkout_session_id text,
  checkout_url        text,
  expires_at          timestamp with time zone
)
  RETURNS text
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  -- A charge that is asked for in this moment waits, and closes the page that is made here (charge_work).
  select * into v_order from public.orders
  where orders.id = record_checkout.order_id
    and orders.client_id = record_checkout.profile_id
  for update;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  elsif v_order.status <> 'pending' then
    raise exception 'This is not waiting for a payment any more: it was paid, called off, or has expired.' using errcode = 'OCOVR';
  elsif private.is_being_charged(v_order.id) then
    raise exception 'Your card is being charged for this right now. Look again in a minute.' using errcode = 'OCHRG';
  elsif private.is_being_paid(v_order) then
    raise exception 'You may have paid for this already. We are finding out: look again in a few minutes.' using errcode = 'OCHRG';
  end if;

  update public.orders
  set stripe_checkout_session_id = record_checkout.checkout_session_id,
      checkout_url = record_checkout.checkout_url,
      checkout_expires_at = record_checkout.expires_at
  where orders.id = v_order.id
    and orders.stripe_checkout_session_id is null;

  return (select orders.checkout_url from public.orders where orders.id = v_order.id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, uuid, text, text, timestamp WITH time zone) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.record_membership_checkout (
  profile_id          uuid,
  membership_id       uuid,
  attempt             integer,
  checkout_session_id text,
  checkout_url        text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update public.memberships
  set stripe_checkout_session_id = record_membership_checkout.checkout_session_id,
      checkout_url = record_membership_checkout.checkout_url
  where memberships.id = record_membership_checkout.membership_id
    and memberships.client_id = record_membership_checkout.profile_id
    and memberships.attempt = record_membership_checkout.attempt
    and memberships.status = 'incomplete'
    and memberships.checkout_url is null;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_membership_checkout"(uuid, uuid, integer, text, text) FROM PUBLIC, "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, uuid, text, text, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, uuid, text, text, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, uuid, text, text, timestamp WITH time zone) TO "service_role";

REVOKE ALL ON FUNCTION "public"."record_membership_checkout"(uuid, uuid, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_membership_checkout"(uuid, uuid, integer, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_membership_checkout"(uuid, uuid, integer, text, text) TO "service_role";
