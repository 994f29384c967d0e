SET local check_function_bodies = off;

CREATE TABLE "private"."stripe_prices" (
  "offer_id"        uuid NOT NULL,
  "stripe_price_id" text NOT NULL,
  CONSTRAINT "stripe_prices_pkey" PRIMARY KEY (offer_id)
);

ALTER TABLE "private"."stripe_prices"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."membership_consents" (
  "id"            uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "membership_id" uuid                        NOT NULL,
  "offer_id"      uuid                        NOT NULL,
  "version"       integer                     NOT NULL,
  "words"         text                        NOT NULL,
  "words_sha256"  text                        NOT NULL,
  "agreed_at"     timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "membership_consents_hash" CHECK ((words_sha256 = encode(sha256(convert_to(words, 'UTF8'::name)), 'hex'::text))),
  CONSTRAINT "membership_consents_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."membership_consents"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."membership_consents" FROM "anon", "service_role";

CREATE TABLE "public"."memberships" (
  "id"        uuid NOT NULL DEFAULT gen_random_uuid(),
  "client_id" uuid NOT NULL,
  "coach_id"  uuid NOT NULL,
  "offer_id"  uuid NOT NULL,
  CONSTRAINT "memberships_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."memberships"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."memberships" FROM "anon", "service_role";

ALTER TABLE "public"."orders"
  ADD COLUMN "membership_id" uuid;

ALTER TABLE "public"."orders"
  ADD COLUMN "stripe_invoice_id" text;

ALTER TABLE "public"."orders"
  ADD COLUMN "period_starts_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."orders"
  ADD COLUMN "period_ends_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."billing_interval" AS ENUM (
  'month',
  'year'
);

ALTER TABLE "public"."offers"
  ADD COLUMN "billing_interval" public.billing_interval;

ALTER TABLE "public"."offers"
  ADD COLUMN "sessions_a_month" integer;

ALTER TABLE "public"."offers"
  ADD COLUMN "trial_days" integer;

CREATE TYPE "public"."membership_intent" AS ENUM (
  'pause',
  'resume',
  'cancel',
  'keep',
  'change_plan'
);

CREATE TYPE "public"."membership_status" AS ENUM (
  'incomplete',
  'trialing',
  'active',
  'past_due',
  'paused',
  'ended'
);

ALTER TABLE "public"."memberships"
  ADD COLUMN "status" public.membership_status NOT NULL DEFAULT 'incomplete'::public.membership_status;

ALTER TABLE "public"."memberships"
  ADD COLUMN "trial_days" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."memberships"
  ADD COLUMN "stripe_subscription_id" text;

ALTER TABLE "public"."memberships"
  ADD COLUMN "stripe_item_id" text;

ALTER TABLE "public"."memberships"
  ADD COLUMN "attempt" integer NOT NULL DEFAULT 1;

ALTER TABLE "public"."memberships"
  ADD COLUMN "stripe_checkout_session_id" text;

ALTER TABLE "public"."memberships"
  ADD COLUMN "checkout_url" text;

ALTER TABLE "public"."memberships"
  ADD COLUMN "checkout_expires_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."memberships"
  ADD COLUMN "period_starts_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."memberships"
  ADD COLUMN "period_ends_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."memberships"
  ADD COLUMN "trial_ends_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."memberships"
  ADD COLUMN "is_ending" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."memberships"
  ADD COLUMN "ended_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."memberships"
  ADD COLUMN "last_read_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."memberships"
  ADD COLUMN "intent" public.membership_intent;

ALTER TABLE "public"."memberships"
  ADD COLUMN "intent_offer_id" uuid;

ALTER TABLE "public"."memberships"
  ADD COLUMN "intent_number" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."memberships"
  ADD COLUMN "intended_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."memberships"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE OR REPLACE FUNCTION private.add_membership_offer (
  coach_id         uuid,
  previous         public.offers,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  billing_interval public.billing_interval,
  sessions_a_month integer,
  trial_days       integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    add_membership_offer.title, add_membership_offer.description, add_membership_offer.duration_minutes,
    add_membership_offer.price_cents, 'membership'
  );

  if coalesce(add_membership_offer.sessions_a_month, 0) not between 1 and 20 then
    raise exception 'A membership gives 1 to 20 sessions a month.' using errcode = 'OFMEM', detail = 'sessions';
  end if;
  if coalesce(add_membership_offer.trial_days, -1) not between 0 and 30 then
    raise exception 'A trial lasts 1 to 30 days. Leave it empty for none.' using errcode = 'OFMEM', detail = 'trial';
  end if;

  insert into public.offers (
    lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, billing_interval,
    sessions_a_month, trial_days
  )
  values (
    coalesce((add_membership_offer.previous).lineage_id, gen_random_uuid()),
    coalesce((add_membership_offer.previous).version, 0) + 1,
    add_membership_offer.coach_id, 'membership', trim(add_membership_offer.title),
    trim(add_membership_offer.description), add_membership_offer.duration_minutes, add_membership_offer.price_cents,
    add_membership_offer.billing_interval, add_membership_offer.sessions_a_month, add_membership_offer.trial_days
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.confirm_intent (
  membership public.memberships
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.memberships
  set intent = null, intent_offer_id = null
  where memberships.id = (confirm_intent.membership).id
    and (
      memberships.status = 'ended'
      or memberships.last_read_at >= memberships.intended_at and case memberships.intent
        when 'pause' then memberships.status = 'paused'
        when 'resume' then memberships.status <> 'paused'
        when 'cancel' then memberships.is_ending
        when 'keep' then not memberships.is_ending
        when 'change_plan' then memberships.offer_id = memberships.intent_offer_id
      end
    );
$function$;

CREATE OR REPLACE FUNCTION private.create_period_order (
  membership public.memberships,
  offer      public.offers,
  invoice    jsonb
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := private.create_order(create_period_order.offer, (create_period_order.membership).client_id);
  v_amount_cents integer := (create_period_order.invoice ->> 'amount_paid')::integer;
begin
  update public.orders
  set status = 'paid',
      paid_at = (create_period_order.invoice ->> 'paid_at')::timestamptz,
      amount_cents = v_amount_cents,
      fee_cents = round(v_amount_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
      membership_id = (create_period_order.membership).id,
      stripe_invoice_id = create_period_order.invoice ->> 'id',
      period_starts_at = (create_period_order.invoice ->> 'period_starts_at')::timestamptz,
      period_ends_at = (create_period_order.invoice ->> 'period_ends_at')::timestamptz
  where orders.id = v_order_id;

  return v_order_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.decide (
  membership_id uuid,
  intent        public.membership_intent
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_membership public.memberships := private.own_membership(decide.membership_id);
begin
  perform private.require_choice(v_membership, decide.intent);
  return private.intend(v_membership, decide.intent);
end;
$function$;

CREATE OR REPLACE FUNCTION private.grant_period (
  order_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.grant_credits(
    orders.id,
    offers.sessions_a_month * case when offers.billing_interval = 'year' and orders.amount_cents > 0 then 12 else 1 end,
    orders.period_ends_at
  )
  from public.orders
  join public.offers on offers.id = orders.offer_id
  where orders.id = grant_period.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.intend (
  membership public.memberships,
  intent     public.membership_intent,
  offer_id   uuid                     DEFAULT NULL::uuid
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_number integer;
begin
  update public.memberships
  set intent = intend.intent,
      intent_offer_id = intend.offer_id,
      intent_number = intent_number + 1,
      intended_at = clock_timestamp()
  where memberships.id = (intend.membership).id
  returning intent_number into v_number;

  perform private.enqueue(
    'stripe.read_subscription', format('stripe.read_subscription:%s:%s', (intend.membership).id, v_number),
    jsonb_build_object('membership_id', (intend.membership).id), now() + interval '1 minute'
  );
  return v_number;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_membership (
  told jsonb
)
  RETURNS public.memberships
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select memberships.*
  from public.memberships
  where memberships.id::text = lock_membership.told ->> 'membership_id'
  for update;
$function$;

CREATE OR REPLACE FUNCTION private.membership_choices (
  membership public.memberships
)
  RETURNS public.membership_intent[]
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select array_remove(array[
    case when standing.status = 'active' and not standing.is_ending then 'pause' end,
    case when standing.status = 'paused' then 'resume' end,
    case when standing.status not in ('ended', 'incomplete') and not standing.is_ending then 'cancel' end,
    case when standing.status not in ('ended', 'incomplete') and standing.is_ending then 'keep' end,
    case when standing.status in ('active', 'trialing') and not standing.is_ending then 'change_plan' end
  ], null)::public.membership_intent[]
  from private.membership_standing(membership_choices.membership) as standing;
$function$;

CREATE OR REPLACE FUNCTION private.membership_page_end()
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select date_trunc('second', now() + interval '2 hours');
$function$;

CREATE OR REPLACE FUNCTION private.membership_standing (
  membership public.memberships
)
  RETURNS TABLE (
    status    public.membership_status,
    is_ending boolean,
    offer_id  uuid
  )
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select
    case (membership_standing.membership).intent
      when 'pause' then 'paused'
      when 'resume' then 'active'
      else (membership_standing.membership).status
    end::public.membership_status,
    case (membership_standing.membership).intent
      when 'cancel' then true
      when 'keep' then false
      else (membership_standing.membership).is_ending
    end,
    coalesce((membership_standing.membership).intent_offer_id, (membership_standing.membership).offer_id);
$function$;

CREATE OR REPLACE FUNCTION private.membership_status (
  subscription jsonb
)
  RETURNS public.membership_status
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when membership_status.subscription ->> 'status' in ('canceled', 'incomplete_expired') then 'ended'
    when membership_status.subscription ->> 'status' = 'incomplete' then 'incomplete'
    when (membership_status.subscription ->> 'is_paused')::boolean
      or membership_status.subscription ->> 'status' = 'paused' then 'paused'
    when membership_status.subscription ->> 'status' = 'trialing' then 'trialing'
    when membership_status.subscription ->> 'status' in ('past_due', 'unpaid') then 'past_due'
    else 'active'
  end::public.membership_status;
$function$;

CREATE OR REPLACE FUNCTION private.membership_terms (
  offer      public.offers,
  trial_days integer
)
  RETURNS TABLE (
    version integer,
    words   text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select 1, format(
    'I agree that “%s” with %s renews by itself. %s%s is charged to my card %s%s, until I cancel. I can cancel at any '
    'time with one click, on the membership’s page or through Billing in my settings. It then works until the end of '
    'the time that is paid, and nothing more is charged. Sessions that I do not use within their period are not '
    'paid back.',
    (membership_terms.offer).title,
    coaches.display_name,
    case when membership_terms.trial_days > 0
      then format('The first %s days cost nothing. Then ', membership_terms.trial_days) else '' end,
    '$' || to_char((membership_terms.offer).price_cents / 100.0, 'FM999,990.00'),
    case when membership_terms.trial_days > 0 then '' else 'today and then ' end,
    case (membership_terms.offer).billing_interval when 'month' then 'every month' else 'every year' end
  )
  from public.coaches
  where coaches.id = (membership_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.membership_work (
  membership_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'membership_id', memberships.id,
    'subscription_id', memberships.stripe_subscription_id,
    'checkout_session_id', memberships.stripe_checkout_session_id,
    'item_id', memberships.stripe_item_id,
    'intent', memberships.intent,
    'number', memberships.intent_number,
    'price_id', stripe_prices.stripe_price_id
  )
  from public.memberships
  left join private.stripe_prices on stripe_prices.offer_id = memberships.intent_offer_id
  where memberships.id = membership_work.membership_id
    and memberships.status <> 'ended'
    and coalesce(memberships.stripe_subscription_id, memberships.stripe_checkout_session_id) is not null;
$function$;

CREATE OR REPLACE FUNCTION private.offer_of_price (
  stripe_price_id text,
  coach_id        uuid
)
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select offers.id
  from private.stripe_prices
  join public.offers on offers.id = stripe_prices.offer_id
  where stripe_prices.stripe_price_id = offer_of_price.stripe_price_id
    and offers.coach_id = offer_of_price.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.own_membership (
  membership_id uuid
)
  RETURNS public.memberships
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_membership public.memberships;
begin
  select * into v_membership
  from public.memberships
  where memberships.id = own_membership.membership_id
    and memberships.client_id = v_client.id
    and memberships.status <> 'incomplete'
  for update;

  if not found then
    raise exception 'This membership does not exist.' using errcode = 'MBNFD';
  end if;
  return v_membership;
end;
$function$;

CREATE OR REPLACE FUNCTION private.plans_for (
  membership public.memberships
)
  RETURNS TABLE (
    offer_id uuid
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select offers.id
  from public.offers
  join public.offers as present on present.id = (plans_for.membership).offer_id
  cross join private.membership_standing(plans_for.membership) as standing
  where offers.coach_id = (plans_for.membership).coach_id
    and offers.kind = 'membership'
    and offers.archived_at is null
    and offers.billing_interval = present.billing_interval
    and offers.id <> standing.offer_id;
$function$;

CREATE OR REPLACE FUNCTION private.reconcile_memberships()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'stripe.read_subscription',
    format('stripe.read_subscription:%s:%s', memberships.id, to_char(now(), 'YYYY-MM-DD HH24:MI')),
    jsonb_build_object('membership_id', memberships.id)
  )
  from public.memberships
  where memberships.status <> 'ended'
    and (
      memberships.intent is not null and memberships.intended_at < now() - interval '2 minutes'
      or memberships.period_ends_at < now() - interval '1 hour'
      or memberships.status = 'incomplete'
        and memberships.stripe_checkout_session_id is not null
        and memberships.checkout_expires_at between now() - interval '1 day' and now()
    );
$function$;

CREATE OR REPLACE FUNCTION private.record_membership (
  reading jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_invoice jsonb;
begin
  if record_membership.reading -> 'subscription' is null then
    return; -- A payment page that nobody paid on.
  end if;

  perform private.record_subscription(
    record_membership.reading -> 'subscription', (record_membership.reading ->> 'read_at')::timestamptz
  );

  for v_invoice in
    select value from jsonb_array_elements(record_membership.reading -> 'invoices') order by value ->> 'created_at'
  loop
    perform private.record_period(v_invoice);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_period (
  invoice jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_membership public.memberships := private.lock_membership(record_period.invoice);
  v_amount_cents integer := (record_period.invoice ->> 'amount_paid')::integer;
  v_is_change boolean := (record_period.invoice ->> 'has_proration')::boolean;
  v_is_period boolean := (record_period.invoice ->> 'is_period')::boolean;
  v_offer public.offers;
  v_order_id uuid;
begin
  if v_membership.id is null or record_period.invoice ->> 'status' <> 'paid' then
    return; -- Of nobody: said of its subscription. Not paid: nothing follows from it yet.
  end if;

  select offers.* into v_offer
  from public.offers
  where offers.id = private.offer_of_price(record_period.invoice ->> 'price_id', v_membership.coach_id);

  if v_offer.id is null
    or record_period.invoice ->> 'currency' <> v_offer.currency
    or not v_is_change and v_amount_cents <> v_offer.price_cents
      and not (v_amount_cents = 0 and v_membership.trial_days > 0 and (record_period.invoice ->> 'is_first')::boolean) then
    perform public.record_security_event(
      'invoice_amount_mismatch',
      jsonb_build_object('membership_id', v_membership.id, 'invoice_id', record_period.invoice ->> 'id')
    );
    return;
  end if;

  select orders.id into v_order_id
  from public.orders
  where orders.stripe_invoice_id = record_period.invoice ->> 'id';

  if v_order_id is null then
    v_order_id := private.create_period_order(v_membership, v_offer, record_period.invoice);
  end if;

  if v_amount_cents > 0 then
    insert into public.payments (order_id, status, amount_cents, currency, stripe_payment_intent_id)
    values (
      v_order_id, 'succeeded', v_amount_cents, record_period.invoice ->> 'currency',
      record_period.invoice ->> 'payment_intent_id'
    )
    on conflict (stripe_payment_intent_id) do nothing;

    perform private.note_invoice(payments.id, record_period.invoice)
    from public.payments where payments.order_id = v_order_id;
  end if;

  if v_membership.stripe_subscription_id is distinct from record_period.invoice ->> 'subscription_id' then
    perform private.return_payment(payments, payments.amount_cents, 'paid_twice')
    from public.payments where payments.order_id = v_order_id;
  elsif v_is_period then
    perform private.grant_period(v_order_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_subscription (
  subscription jsonb,
  read_at      timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_id text := record_subscription.subscription ->> 'id';
  v_before public.memberships := private.lock_membership(record_subscription.subscription);
  v_after public.memberships;
begin
  if v_before.id is null then
    perform public.record_security_event('subscription_of_nobody', jsonb_build_object('subscription_id', v_id));
    return;
  end if;

  if v_before.stripe_subscription_id <> v_id then
    if record_subscription.subscription ->> 'status' not in ('canceled', 'incomplete_expired') then
      perform private.enqueue(
        'stripe.end_subscription', 'stripe.end_subscription:' || v_id, jsonb_build_object('subscription_id', v_id)
      );
    end if;
    return;
  end if;

  update public.memberships
  set stripe_subscription_id = v_id,
      stripe_item_id = record_subscription.subscription ->> 'item_id',
      offer_id = coalesce(private.offer_of_price(record_subscription.subscription ->> 'price_id', memberships.coach_id), memberships.offer_id),
      status = private.membership_status(record_subscription.subscription),
      period_starts_at = (record_subscription.subscription ->> 'period_starts_at')::timestamptz,
      period_ends_at = (record_subscription.subscription ->> 'period_ends_at')::timestamptz,
      trial_ends_at = (record_subscription.subscription ->> 'trial_ends_at')::timestamptz,
      is_ending = (record_subscription.subscription ->> 'is_ending')::boolean,
      ended_at = case
        when private.membership_status(record_subscription.subscription) = 'ended'
          then coalesce((record_subscription.subscription ->> 'ended_at')::timestamptz, record_subscription.read_at)
      end,
      last_read_at = record_subscription.read_at
  where memberships.id = v_before.id
    and memberships.status <> 'ended'
    and coalesce(memberships.last_read_at <= record_subscription.read_at, true)
  returning * into v_after;

  if v_after.id is not null then
    perform private.confirm_intent(v_after);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_choice (
  membership public.memberships,
  intent     public.membership_intent
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
begin
  if not require_choice.intent = any (private.membership_choices(require_choice.membership)) then
    raise exception 'That cannot be done with this membership as it is now.' using errcode = 'MBNOT';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.trial_days_for (
  offer     public.offers,
  client_id uuid,
  except_id uuid          DEFAULT NULL::uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when exists (
      select from public.memberships
      where memberships.client_id = trial_days_for.client_id
        and memberships.coach_id = (trial_days_for.offer).coach_id
        and memberships.trial_days > 0
        and memberships.id is distinct from trial_days_for.except_id
    ) then 0
    else coalesce((trial_days_for.offer).trial_days, 0)
  end;
$function$;

CREATE OR REPLACE FUNCTION private.write_consent (
  membership_id uuid,
  offer         public.offers,
  trial_days    integer,
  words_sha256  text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if coalesce(write_consent.words_sha256, '') = '' then
    raise exception 'Tick the box to agree to the renewal.' using errcode = 'MBAGR';
  end if;

  insert into public.membership_consents (membership_id, offer_id, version, words, words_sha256)
  select write_consent.membership_id, (write_consent.offer).id, terms.version, terms.words, write_consent.words_sha256
  from private.membership_terms(write_consent.offer, write_consent.trial_days) as terms
  where encode(sha256(convert_to(terms.words, 'UTF8')), 'hex') = write_consent.words_sha256;

  if not found then
    raise exception 'What you agree to has changed. Read it again.' using errcode = 'MBTRM';
  end if;
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
          (v_object ->> 'amount_total')::integer, v_object ->> 'currency'
        );
      end if;
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      perform private.lapse_hold(v_order_id, 'system');
      perform private.expire_package(v_order_id);
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
    when 'transfer.created', 'transfer.updated', 'transfer.reversed' then
      perform private.record_stripe_transfer(v_object || jsonb_build_object('reversals', v_object -> 'reversals' -> 'data'));
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.begin_membership (
  offer_id     uuid,
  words_sha256 text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(begin_membership.offer_id, v_client.id);
  v_membership public.memberships;
  v_trial_days integer;
  v_is_new boolean;
begin
  if v_offer.kind <> 'membership' then
    raise exception 'This membership is no longer offered.' using errcode = 'OFGON';
  end if;

  -- Two forms at once: the index lets one in, the other waits here and goes on with its row.
  insert into public.memberships (client_id, coach_id, offer_id, checkout_expires_at)
  values (v_client.id, v_offer.coach_id, v_offer.id, private.membership_page_end())
  on conflict (client_id, coach_id) where status <> 'ended' do nothing;
  v_is_new := found;

  select * into v_membership
  from public.memberships
  where memberships.client_id = v_client.id
    and memberships.coach_id = v_offer.coach_id
    and memberships.status <> 'ended'
  for update;

  if v_membership.status <> 'incomplete' then
    raise exception 'You have a membership with this coach. Change that one.' using errcode = 'MBTWO';
  end if;

  v_trial_days := private.trial_days_for(v_offer, v_client.id, v_membership.id);
  perform private.write_consent(v_membership.id, v_offer, v_trial_days, begin_membership.words_sha256);

  -- A page that is open and about the same goes on; otherwise the next one is made.
  update public.memberships
  set offer_id = v_offer.id,
      trial_days = v_trial_days,
      attempt = attempt + (not v_is_new)::integer,
      stripe_checkout_session_id = null,
      checkout_url = null,
      checkout_expires_at = private.membership_page_end()
  where memberships.id = v_membership.id
    and (
      v_is_new
      or (memberships.offer_id, memberships.trial_days) is distinct from (v_offer.id, v_trial_days)
      or memberships.checkout_expires_at <= now() + interval '31 minutes' -- Stripe takes no page that ends sooner.
        and memberships.checkout_url is null
      or memberships.checkout_expires_at <= now()
    );

  return v_membership.id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."begin_membership"(uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.cancel_membership (
  membership_id uuid
)
  RETURNS integer
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.decide(cancel_membership.membership_id, 'cancel');
$function$;

REVOKE ALL ON FUNCTION "public"."cancel_membership"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.change_membership_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  billing_interval public.billing_interval,
  sessions_a_month integer,
  trial_days       integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers := private.archive_own_offer(v_coach.id, change_membership_offer.offer_id);
begin
  if v_previous.kind <> 'membership' then
    raise exception 'This membership is no longer offered.' using errcode = 'OFGON';
  end if;

  return private.add_membership_offer(
    v_coach.id, v_previous, change_membership_offer.title, change_membership_offer.description,
    change_membership_offer.duration_minutes, change_membership_offer.price_cents,
    change_membership_offer.billing_interval, change_membership_offer.sessions_a_month, change_membership_offer.trial_days
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_membership_offer"(uuid, text, text, integer, integer, public.billing_interval, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.change_membership_plan (
  membership_id uuid,
  offer_id      uuid,
  words_sha256  text
)
  RETURNS integer
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_membership public.memberships := private.own_membership(change_membership_plan.membership_id);
  v_offer public.offers;
begin
  perform private.require_choice(v_membership, 'change_plan');

  select offers.* into v_offer
  from private.plans_for(v_membership) as plan
  join public.offers on offers.id = plan.offer_id
  where offers.id = change_membership_plan.offer_id;

  if not found then
    raise exception 'You cannot change to this membership.' using errcode = 'MBPLN';
  end if;

  perform private.write_consent(v_membership.id, v_offer, 0, change_membership_plan.words_sha256);
  return private.intend(v_membership, 'change_plan', v_offer.id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_membership_plan"(uuid, uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true,
  seats            integer DEFAULT NULL::integer,
  session_count    integer DEFAULT NULL::integer,
  valid_months     integer DEFAULT NULL::integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers;
  v_offer_id uuid;
begin
  v_previous := private.archive_own_offer(v_coach.id, change_offer.offer_id);

  if v_previous.kind = 'membership' then
    raise exception 'Change a membership on its own page.' using errcode = 'OFGON';
  end if;

  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind,
    change_offer.seats, change_offer.session_count, change_offer.valid_months
  );

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count, valid_months)
  values (
    v_previous.lineage_id, v_previous.version + 1, v_previous.coach_id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes,
    case v_previous.kind
      when 'intro_call' then 0
      when 'package' then change_offer.session_count * change_offer.price_cents
      else change_offer.price_cents
    end,
    v_previous.kind not in ('session', 'package') or change_offer.is_instant,
    case v_previous.kind when 'group_session' then change_offer.seats end,
    case v_previous.kind when 'package' then change_offer.session_count end,
    case v_previous.kind when 'package' then change_offer.valid_months end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
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

CREATE OR REPLACE FUNCTION public.keep_membership (
  membership_id uuid
)
  RETURNS integer
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.decide(keep_membership.membership_id, 'keep');
$function$;

REVOKE ALL ON FUNCTION "public"."keep_membership"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.make_membership_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  billing_interval public.billing_interval,
  sessions_a_month integer,
  trial_days       integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
begin
  perform private.require_room_for_offer(v_coach.id);

  return private.add_membership_offer(
    v_coach.id, null, make_membership_offer.title, make_membership_offer.description,
    make_membership_offer.duration_minutes, make_membership_offer.price_cents, make_membership_offer.billing_interval,
    make_membership_offer.sessions_a_month, make_membership_offer.trial_days
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_membership_offer"(text, text, integer, integer, public.billing_interval, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_begun (
  membership_id uuid
)
  RETURNS TABLE (
    status     public.membership_status,
    coach_slug text,
    offer_id   uuid
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select memberships.status, coaches.slug, memberships.offer_id
  from public.memberships
  join public.coaches on coaches.id = memberships.coach_id
  where memberships.id = membership_begun.membership_id
    and memberships.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."membership_begun"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_checkout (
  membership_id uuid
)
  RETURNS TABLE (
    attempt             integer,
    offer_id            uuid,
    coach_slug          text,
    trial_days          integer,
    stripe_price_id     text,
    stripe_customer_id  text,
    email               text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select memberships.attempt, memberships.offer_id, coaches.slug, memberships.trial_days, stripe_prices.stripe_price_id,
    stripe_customers.stripe_customer_id, profile_contacts.email, memberships.checkout_url, memberships.checkout_expires_at
  from public.memberships
  join public.coaches on coaches.id = memberships.coach_id
  left join private.stripe_prices on stripe_prices.offer_id = memberships.offer_id
  left join public.profile_contacts on profile_contacts.profile_id = memberships.client_id
  left join private.stripe_customers on stripe_customers.profile_id = memberships.client_id
  where memberships.id = membership_checkout.membership_id
    and memberships.client_id = private.current_profile_id()
    and memberships.status = 'incomplete';
$function$;

REVOKE ALL ON FUNCTION "public"."membership_checkout"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_decision (
  membership_id uuid
)
  RETURNS TABLE (
    intent                 public.membership_intent,
    number                 integer,
    stripe_subscription_id text,
    stripe_item_id         text,
    stripe_price_id        text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select memberships.intent, memberships.intent_number, memberships.stripe_subscription_id, memberships.stripe_item_id,
    stripe_prices.stripe_price_id
  from public.memberships
  left join private.stripe_prices on stripe_prices.offer_id = memberships.intent_offer_id
  where memberships.id = membership_decision.membership_id
    and memberships.client_id = private.current_profile_id()
    and memberships.intent is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."membership_decision"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_list (
  membership_id uuid DEFAULT NULL::uuid
)
  RETURNS TABLE (
    id               uuid,
    status           public.membership_status,
    is_ending        boolean,
    is_confirmed     boolean,
    choices          public.membership_intent[],
    coach_name       text,
    coach_slug       text,
    coach_id         uuid,
    title            text,
    description      text,
    duration_minutes integer,
    sessions_a_month integer,
    billing_interval public.billing_interval,
    price_cents      integer,
    current_title    text,
    period_starts_at timestamp with time zone,
    period_ends_at   timestamp with time zone,
    trial_ends_at    timestamp with time zone,
    ended_at         timestamp with time zone,
    sessions_left    integer,
    agreed_at        timestamp with time zone,
    agreed_words     text,
    time_zone        text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select memberships.id, standing.status, standing.is_ending, memberships.intent is null,
    private.membership_choices(memberships),
    coaches.display_name, coaches.slug, coaches.id,
    offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month, offers.billing_interval,
    offers.price_cents,
    coalesce(current_offer.title, offers.title),
    memberships.period_starts_at, memberships.period_ends_at, memberships.trial_ends_at, memberships.ended_at,
    coalesce(present.sessions_left, 0)::integer,
    consent.agreed_at, consent.words,
    profiles.time_zone
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles on profiles.id = memberships.client_id
  join public.offers on offers.id = standing.offer_id
  left join lateral (
    select orders.offer_id,
      (select sum(credit_entries.sessions) from public.credit_entries where credit_entries.order_id = orders.id) as sessions_left
    from public.orders
    where orders.membership_id = memberships.id and orders.credits_end_at > now()
    order by orders.period_starts_at desc
    limit 1
  ) as present on true
  left join public.offers as current_offer on current_offer.id = present.offer_id
  left join lateral (
    select membership_consents.agreed_at, membership_consents.words
    from public.membership_consents
    where membership_consents.membership_id = memberships.id
    order by membership_consents.agreed_at desc
    limit 1
  ) as consent on true
  where memberships.client_id = private.current_profile_id()
    and memberships.status <> 'incomplete'
    and (membership_list.membership_id is null or memberships.id = membership_list.membership_id)
  order by memberships.status = 'ended', memberships.created_at desc;
$function$;

REVOKE ALL ON FUNCTION "public"."membership_list"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_offer_terms (
  offer_id uuid
)
  RETURNS TABLE (
    trial_days    integer,
    version       integer,
    words         text,
    words_sha256  text,
    membership_id uuid
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select days.trial_days, terms.version, terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'),
    case when live.status <> 'incomplete' then live.id end
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  left join public.memberships as live
    on live.client_id = private.current_profile_id()
    and live.coach_id = offers.coach_id
    and live.status <> 'ended'
  cross join lateral (
    select private.trial_days_for(offers, private.current_profile_id(), live.id) as trial_days
  ) as days
  cross join lateral private.membership_terms(offers, days.trial_days) as terms
  where offers.id = membership_offer_terms.offer_id
    and offers.archived_at is null
    and offers.kind = 'membership';
$function$;

REVOKE ALL ON FUNCTION "public"."membership_offer_terms"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.membership_plans (
  membership_id uuid
)
  RETURNS TABLE (
    offer_id         uuid,
    title            text,
    description      text,
    duration_minutes integer,
    sessions_a_month integer,
    billing_interval public.billing_interval,
    price_cents      integer,
    words            text,
    words_sha256     text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select offers.id, offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month,
    offers.billing_interval, offers.price_cents, terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex')
  from public.memberships
  cross join lateral private.plans_for(memberships) as plan
  join public.offers on offers.id = plan.offer_id
  cross join lateral private.membership_terms(offers, 0) as terms
  where memberships.id = membership_plans.membership_id
    and memberships.client_id = private.current_profile_id()
  order by offers.price_cents;
$function$;

REVOKE ALL ON FUNCTION "public"."membership_plans"(uuid) FROM PUBLIC, "anon", "service_role";

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
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.end_subscription' then v_row.payload
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.pause_membership (
  membership_id uuid
)
  RETURNS integer
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.decide(pause_membership.membership_id, 'pause');
$function$;

REVOKE ALL ON FUNCTION "public"."pause_membership"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.record_membership_checkout (
  membership_id       uuid,
  attempt             integer,
  stripe_customer_id  text,
  checkout_session_id text,
  checkout_url        text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client_id uuid := private.current_profile_id();
begin
  update public.memberships
  set stripe_checkout_session_id = record_membership_checkout.checkout_session_id,
      checkout_url = record_membership_checkout.checkout_url
  where memberships.id = record_membership_checkout.membership_id
    and memberships.client_id = v_client_id
    and memberships.attempt = record_membership_checkout.attempt
    and memberships.status = 'incomplete'
    and memberships.checkout_url is null;

  if found then
    insert into private.stripe_customers (profile_id, stripe_customer_id)
    values (v_client_id, record_membership_checkout.stripe_customer_id)
    on conflict do nothing;
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.record_stripe_price (
  offer_id        uuid,
  stripe_price_id text
)
  RETURNS text
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  insert into private.stripe_prices (offer_id, stripe_price_id)
  values (record_stripe_price.offer_id, record_stripe_price.stripe_price_id)
  on conflict (offer_id) do nothing;

  return (select stripe_prices.stripe_price_id from private.stripe_prices where stripe_prices.offer_id = record_stripe_price.offer_id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_stripe_price"(uuid, text) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.resume_membership (
  membership_id uuid
)
  RETURNS integer
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.decide(resume_membership.membership_id, 'resume');
$function$;

REVOKE ALL ON FUNCTION "public"."resume_membership"(uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."stripe_prices"
  ADD CONSTRAINT "stripe_prices_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."membership_consents"
  ADD CONSTRAINT "membership_consents_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_begun_have_a_period"
    CHECK (((status = 'incomplete'::public.membership_status) OR (num_nulls(stripe_subscription_id, period_starts_at, period_ends_at) = 0)));

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_ended_have_a_time" CHECK (((status = 'ended'::public.membership_status) = (ended_at IS NOT NULL)));

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_intent_offer_id_fkey" FOREIGN KEY (intent_offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_intents_have_a_time" CHECK (((intent IS NULL) OR (intended_at IS NOT NULL)));

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."membership_consents"
  ADD CONSTRAINT "membership_consents_membership_id_fkey" FOREIGN KEY (membership_id) REFERENCES public.memberships(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_plans_are_named" CHECK (((NOT (intent IS DISTINCT FROM 'change_plan'::public.membership_intent)) = (intent_offer_id IS NOT NULL)));

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_trial" CHECK (((trial_days >= 0) AND (trial_days <= 30)));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_membership_terms" CHECK ((num_nulls(billing_interval, sessions_a_month, trial_days) =
CASE kind
    WHEN 'membership'::public.offer_kind THEN 0
    ELSE 3
END));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_sessions_a_month" CHECK (((sessions_a_month >= 1) AND (sessions_a_month <= 20)));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_trial_days" CHECK (((trial_days >= 0) AND (trial_days <= 30)));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_membership_id_fkey" FOREIGN KEY (membership_id) REFERENCES public.memberships(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_periods"
    CHECK (((num_nulls(membership_id, stripe_invoice_id, period_starts_at, period_ends_at) = ANY (ARRAY[0, 4])) AND (period_ends_at >= period_starts_at)));

CREATE UNIQUE INDEX stripe_prices_one_per_price ON private.stripe_prices USING btree (stripe_price_id);

CREATE INDEX membership_consents_membership_id_idx ON public.membership_consents USING btree (membership_id);

CREATE INDEX membership_consents_offer_id_idx ON public.membership_consents USING btree (offer_id);

CREATE INDEX memberships_client_id_idx ON public.memberships USING btree (client_id);

CREATE INDEX memberships_coach_id_idx ON public.memberships USING btree (coach_id);

CREATE INDEX memberships_intent_offer_id_idx ON public.memberships USING btree (intent_offer_id);

CREATE INDEX memberships_offer_id_idx ON public.memberships USING btree (offer_id);

CREATE UNIQUE INDEX memberships_one_live_per_client_and_coach ON public.memberships USING btree (client_id, coach_id)
  WHERE (status <> 'ended'::public.membership_status);

CREATE UNIQUE INDEX memberships_one_per_checkout_session ON public.memberships USING btree (stripe_checkout_session_id);

CREATE UNIQUE INDEX memberships_one_per_subscription ON public.memberships USING btree (stripe_subscription_id);

CREATE UNIQUE INDEX memberships_one_trial_per_client_and_coach ON public.memberships USING btree (client_id, coach_id)
  WHERE (trial_days > 0);

CREATE INDEX memberships_period_idx ON public.memberships USING btree (period_ends_at)
  WHERE (status <> 'ended'::public.membership_status);

CREATE INDEX memberships_unconfirmed_idx ON public.memberships USING btree (intended_at)
  WHERE (intent IS NOT NULL);

CREATE INDEX orders_membership_id_idx ON public.orders USING btree (membership_id);

CREATE UNIQUE INDEX orders_one_per_invoice ON public.orders USING btree (stripe_invoice_id);

CREATE POLICY "Nobody reads prices at Stripe over the API" ON "private"."stripe_prices"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Clients can view what they agreed to" ON "public"."membership_consents"
  FOR SELECT
  TO "authenticated"
  USING ((membership_id IN ( SELECT memberships.id
   FROM public.memberships
  WHERE (memberships.client_id = ( SELECT private.current_profile_id() AS current_profile_id)))));

CREATE POLICY "Client and coach can view their memberships" ON "public"."memberships"
  FOR SELECT
  TO "authenticated"
  USING (((client_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (coach_id = ( SELECT private.current_coach_id() AS current_coach_id))));

COMMENT ON TABLE "private"."stripe_prices" IS 'The price at Stripe of a version of a membership offer.';

COMMENT ON TABLE "public"."membership_consents" IS 'That a client agreed to be charged again and again: the words that they read, when. Append only.';

COMMENT ON TABLE "public"."memberships" IS 'Sessions every month with one coach until it is cancelled: how it stands at Stripe, and what the client decided since.';

REVOKE ALL ON FUNCTION "private"."add_membership_offer"(uuid, public.offers, text, text, integer, integer, public.billing_interval, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."add_membership_offer"(uuid, public.offers, text, text, integer, integer, public.billing_interval, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."add_membership_offer"(uuid, public.offers, text, text, integer, integer, public.billing_interval, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."confirm_intent"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."confirm_intent"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."confirm_intent"(public.memberships) TO "postgres";

REVOKE ALL ON FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."decide"(uuid, public.membership_intent) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decide"(uuid, public.membership_intent) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decide"(uuid, public.membership_intent) TO "postgres";

REVOKE ALL ON FUNCTION "private"."grant_period"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."grant_period"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."grant_period"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."intend"(public.memberships, public.membership_intent, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."intend"(public.memberships, public.membership_intent, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."intend"(public.memberships, public.membership_intent, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_membership"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_membership"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_membership"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_choices"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_choices"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_choices"(public.memberships) TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_page_end"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_page_end"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_page_end"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_standing"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_standing"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_standing"(public.memberships) TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_status"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_status"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_status"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_terms"(public.offers, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_terms"(public.offers, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_terms"(public.offers, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."offer_of_price"(text, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."offer_of_price"(text, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."offer_of_price"(text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."own_membership"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."own_membership"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."own_membership"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plans_for"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plans_for"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plans_for"(public.memberships) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reconcile_memberships"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reconcile_memberships"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reconcile_memberships"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_membership"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_membership"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_membership"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_period"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_period"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_period"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_subscription"(jsonb, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_subscription"(jsonb, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_subscription"(jsonb, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_choice"(public.memberships, public.membership_intent) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_choice"(public.memberships, public.membership_intent) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_choice"(public.memberships, public.membership_intent) TO "postgres";

REVOKE ALL ON FUNCTION "private"."trial_days_for"(public.offers, uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trial_days_for"(public.offers, uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."trial_days_for"(public.offers, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."write_consent"(uuid, public.offers, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_consent"(uuid, public.offers, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."write_consent"(uuid, public.offers, integer, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."begin_membership"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."begin_membership"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."begin_membership"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_membership"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."cancel_membership"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_membership"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_membership_offer"(uuid, text, text, integer, integer, public.billing_interval, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_membership_offer"(uuid, text, text, integer, integer, public.billing_interval, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_membership_offer"(uuid, text, text, integer, integer, public.billing_interval, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_membership_plan"(uuid, uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_membership_plan"(uuid, uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_membership_plan"(uuid, uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."keep_membership"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."keep_membership"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."keep_membership"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_membership_offer"(text, text, integer, integer, public.billing_interval, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_membership_offer"(text, text, integer, integer, public.billing_interval, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_membership_offer"(text, text, integer, integer, public.billing_interval, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_begun"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_begun"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_begun"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_checkout"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_checkout"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_checkout"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_decision"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_decision"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_decision"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_list"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_list"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_list"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_offer_terms"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_offer_terms"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_offer_terms"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_plans"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_plans"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_plans"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."pause_membership"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."pause_membership"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."pause_membership"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "public"."record_stripe_price"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_stripe_price"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_stripe_price"(uuid, text) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."resume_membership"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."resume_membership"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."resume_membership"(uuid) TO "postgres";

REVOKE ALL ON TABLE "public"."membership_consents" FROM "authenticated";

GRANT SELECT ON TABLE "public"."membership_consents" TO "authenticated";

REVOKE ALL ON TABLE "public"."memberships" FROM "authenticated";

REVOKE ALL ("client_id") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("client_id") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("ended_at") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("ended_at") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("is_ending") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("is_ending") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("offer_id") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("offer_id") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("period_ends_at") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("period_ends_at") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("period_starts_at") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("period_starts_at") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("trial_days") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("trial_days") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("trial_ends_at") ON TABLE "public"."memberships" FROM "authenticated";

GRANT SELECT ("trial_ends_at") ON TABLE "public"."memberships" TO "authenticated";

REVOKE ALL ("membership_id") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("membership_id") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("period_ends_at") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("period_ends_at") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("period_starts_at") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("period_starts_at") ON TABLE "public"."orders" TO "authenticated";
