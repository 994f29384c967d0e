SET local check_function_bodies = off;

CREATE TABLE "public"."payout_accounts" (
  "coach_id"          uuid NOT NULL,
  "stripe_account_id" text NOT NULL,
  CONSTRAINT "payout_accounts_pkey" PRIMARY KEY (coach_id)
);

ALTER TABLE "public"."payout_accounts"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."payout_accounts" FROM "anon", "service_role";

CREATE TYPE "public"."payout_account_status" AS ENUM (
  'incomplete',
  'verifying',
  'active',
  'rejected'
);

ALTER TABLE "public"."payout_accounts"
  ADD COLUMN "status" public.payout_account_status NOT NULL DEFAULT 'incomplete'::public.payout_account_status;

ALTER TABLE "public"."payout_accounts"
  ADD COLUMN "currently_due" text[] NOT NULL DEFAULT ARRAY[]::text[];

ALTER TABLE "public"."payout_accounts"
  ADD COLUMN "bank_name" text;

ALTER TABLE "public"."payout_accounts"
  ADD COLUMN "bank_last4" text;

ALTER TABLE "public"."payout_accounts"
  ADD COLUMN "updated_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE OR REPLACE FUNCTION private.payout_account_status (
  account jsonb
)
  RETURNS public.payout_account_status
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when payout_account_status.account -> 'requirements' ->> 'disabled_reason' like 'rejected%' then 'rejected'
    when payout_account_status.account -> 'capabilities' ->> 'transfers' = 'active'
      and (payout_account_status.account ->> 'payouts_enabled')::boolean then 'active'
    when jsonb_array_length(payout_account_status.account -> 'requirements' -> 'currently_due') > 0 then 'incomplete'
    else 'verifying'
  end::public.payout_account_status;
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
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.record_payout_account (
  account jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_account_id text := record_payout_account.account ->> 'id';
  v_bank jsonb := record_payout_account.account -> 'external_accounts' -> 'data' -> 0;
begin
  insert into public.payout_accounts as known (coach_id, stripe_account_id, status, currently_due, bank_name, bank_last4)
  select coaches.id, v_account_id,
    private.payout_account_status(record_payout_account.account),
    array(select jsonb_array_elements_text(record_payout_account.account -> 'requirements' -> 'currently_due')),
    v_bank ->> 'bank_name', v_bank ->> 'last4'
  from public.coaches
  where coaches.id::text = record_payout_account.account -> 'metadata' ->> 'coach_id'
  on conflict (coach_id) do update
  set status = excluded.status,
      currently_due = excluded.currently_due,
      bank_name = excluded.bank_name,
      bank_last4 = excluded.bank_last4,
      updated_at = now()
  where known.stripe_account_id = excluded.stripe_account_id;

  if not found then
    perform public.record_security_event('payout_account_of_nobody', jsonb_build_object('stripe_account_id', v_account_id));
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_payout_account"(jsonb) FROM PUBLIC, "anon", "authenticated";

ALTER TABLE "public"."payout_accounts"
  ADD CONSTRAINT "payout_accounts_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE UNIQUE INDEX payout_accounts_one_per_stripe_account ON public.payout_accounts USING btree (stripe_account_id);

CREATE POLICY "Coaches can view where they are paid to" ON "public"."payout_accounts"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "public"."payout_accounts" IS 'The Stripe account that a coach is paid to, as Stripe told us last.';

REVOKE ALL ON FUNCTION "private"."payout_account_status"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."payout_account_status"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."payout_account_status"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "public"."record_payout_account"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_payout_account"(jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_payout_account"(jsonb) TO "service_role";

REVOKE ALL ON TABLE "public"."payout_accounts" FROM "authenticated";

GRANT SELECT ON TABLE "public"."payout_accounts" TO "authenticated";
