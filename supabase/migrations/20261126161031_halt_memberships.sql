SET local check_function_bodies = off;

DROP FUNCTION "public"."membership_list"(uuid);

ALTER TABLE "public"."memberships"
  ADD COLUMN "is_halted" boolean NOT NULL DEFAULT false;

ALTER TYPE "public"."earning_hold" ADD VALUE 'suspended' AFTER 'refused';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.end_refund_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (end_refund_cents.order_row).membership_id is null then least(
      private.credits_left((end_refund_cents.order_row).id) * private.credit_cents(end_refund_cents.order_row),
      (end_refund_cents.order_row).amount_cents - private.returned_cents((end_refund_cents.order_row).id)
    )
    when private.is_suspended((end_refund_cents.order_row).coach_id)
      then private.unused_period_cents(end_refund_cents.order_row)
    else 0
  end;
$function$;

CREATE OR REPLACE FUNCTION private.is_halted (
  membership public.memberships
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_halted.membership).is_halted or private.is_suspended((is_halted.membership).coach_id);
$function$;

CREATE OR REPLACE FUNCTION private.is_suspended (
  coach_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.coaches
    join public.profiles on profiles.id = coaches.profile_id
    where coaches.id = is_suspended.coach_id
      and coaches.status = 'suspended'
      and profiles.deleted_at is null
  );
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
    case when standing.status = 'active' and not standing.is_ending and not halt.is_halted then 'pause' end,
    case when standing.status = 'paused' and not halt.is_halted then 'resume' end,
    case when standing.status not in ('ended', 'incomplete') and not standing.is_ending then 'cancel' end,
    case when standing.status not in ('ended', 'incomplete') and standing.is_ending then 'keep' end,
    case when standing.status in ('active', 'trialing') and not standing.is_ending and not halt.is_halted then 'change_plan' end
  ], null)::public.membership_intent[]
  from private.membership_standing(membership_choices.membership) as standing
  cross join private.is_halted(membership_choices.membership) as halt (is_halted);
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
    'intent', case when memberships.intent <> 'resume' or not halt.is_due then memberships.intent end,
    'number', memberships.intent_number,
    'price_id', stripe_prices.stripe_price_id,
    'halt', case when halt.is_due <> memberships.is_halted then halt.is_due end
  )
  from public.memberships
  cross join lateral private.is_suspended(memberships.coach_id) as halt (is_due)
  left join private.stripe_prices on stripe_prices.offer_id = memberships.intent_offer_id
  where memberships.id = membership_work.membership_id
    and memberships.status <> 'ended'
    and coalesce(memberships.stripe_subscription_id, memberships.stripe_checkout_session_id) is not null;
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
      or memberships.stripe_subscription_id is not null
        and memberships.is_halted <> private.is_suspended(memberships.coach_id)
    );

  select private.ask_again(
    'stripe.read_subscription', memberships.id, jsonb_build_object('membership_id', memberships.id),
    case memberships.status when 'past_due' then 'hour' else 'day' end
  )
  from public.memberships
  where memberships.status = 'past_due'
    or memberships.status = 'incomplete'
      and memberships.stripe_checkout_session_id is not null
      and memberships.checkout_expires_at between now() - interval '8 days' and now();
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
  v_tax_cents integer := coalesce(record_period.invoice ->> 'tax_cents', '0')::integer;
  v_amount_cents integer := (record_period.invoice ->> 'amount_paid')::integer - v_tax_cents;
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
    or v_amount_cents < 0 or v_tax_cents < 0 or v_tax_cents > 0 and not v_membership.automatic_tax
    or not v_is_change and v_amount_cents <> v_offer.price_cents
      and not (
        v_amount_cents = 0
        and (record_period.invoice ->> 'is_first')::boolean
        -- Its client may have wanted another one since, on whose page nobody has paid.
        and greatest(v_membership.trial_days, v_offer.trial_days) > 0
      ) then
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
    v_order_id := private.create_period_order(v_membership, v_offer, record_period.invoice, v_amount_cents);
  end if;

  if v_amount_cents > 0 then
    insert into public.payments (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id)
    values (
      v_order_id, 'succeeded', v_amount_cents, v_tax_cents, record_period.invoice ->> 'currency',
      record_period.invoice ->> 'payment_intent_id'
    )
    on conflict (stripe_payment_intent_id) do nothing;

    perform private.note_invoice(payments.id, record_period.invoice)
    from public.payments where payments.order_id = v_order_id;
  end if;

  if v_membership.stripe_subscription_id is distinct from record_period.invoice ->> 'subscription_id' then
    perform private.return_payment(payments, payments.amount_cents, 'paid_twice')
    from public.payments where payments.order_id = v_order_id;
  elsif private.has_left(v_membership.client_id, v_membership.coach_id, (record_period.invoice ->> 'paid_at')::timestamptz) then
    perform private.return_payment(payments, payments.amount_cents, 'paid_too_late')
    from public.payments where payments.order_id = v_order_id;
  elsif private.is_suspended(v_membership.coach_id) and not exists (
    select from public.credit_entries where credit_entries.order_id = v_order_id
  ) then
    perform private.return_payment(payments, payments.amount_cents, 'paid_too_late')
    from public.payments where payments.order_id = v_order_id;
  elsif v_is_period and not exists (
    select from public.refunds where refunds.order_id = v_order_id and refunds.reason = 'paid_too_late'
  ) then
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

  if v_before.stripe_subscription_id <> v_id or v_before.stripe_subscription_id is null and v_before.status = 'ended' then
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
      trial_days = private.tried_days(memberships, record_subscription.subscription),
      status = private.membership_status(record_subscription.subscription),
      period_starts_at = (record_subscription.subscription ->> 'period_starts_at')::timestamptz,
      period_ends_at = (record_subscription.subscription ->> 'period_ends_at')::timestamptz,
      trial_ends_at = (record_subscription.subscription ->> 'trial_ends_at')::timestamptz,
      is_ending = (record_subscription.subscription ->> 'is_ending')::boolean,
      is_halted = coalesce((record_subscription.subscription ->> 'is_halted')::boolean, false),
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
    perform private.tell_of_membership(v_before, v_after);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.return_periods (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where coaches.profile_id = return_periods.profile_id
      and orders.membership_id is not null
      and orders.credits_end_at > now()
    order by orders.id
    for update of orders
  loop
    perform private.return_payment(payments, owed.cents, 'credits_ended')
    from public.payments
    join public.orders on orders.id = payments.order_id
    cross join lateral private.unused_period_cents(orders) as owed (cents)
    where payments.order_id = v_order_id
      and payments.status = 'succeeded'
      and owed.cents > 0;
  end loop;
end;
$function$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.unsent_because (
  transfer public.transfers
)
  RETURNS public.earning_hold
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when orders.status = 'disputed' then 'dispute'
    when private.is_suspended(earnings.coach_id) then 'suspended'
    when payout_accounts.status is null then 'no_account'
    when payout_accounts.status = 'incomplete' then 'account_incomplete'
    when payout_accounts.status = 'verifying' then 'account_verifying'
    when payout_accounts.status = 'rejected' then 'account_rejected'
    when exists (
      select from public.transfers as before
      where before.earning_id = earnings.id
        and before.status = 'failed'
        and before.settled_at > now() - interval '6 hours'
    ) then 'refused'
  end::public.earning_hold
  from public.earnings
  join public.orders on orders.id = earnings.order_id
  left join public.payout_accounts on payout_accounts.coach_id = earnings.coach_id
  where earnings.id = (unsent_because.transfer).earning_id;
$function$;

CREATE OR REPLACE FUNCTION private.unused_period_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(
    (unused_period_cents.order_row).amount_cents::bigint * private.credits_left((unused_period_cents.order_row).id)
      / sum(credit_entries.sessions),
    (unused_period_cents.order_row).amount_cents - private.returned_cents((unused_period_cents.order_row).id)
  )::integer
  from public.credit_entries
  where credit_entries.order_id = (unused_period_cents.order_row).id
    and credit_entries.kind = 'granted';
$function$;

CREATE OR REPLACE FUNCTION public.membership_list (
  membership_id uuid DEFAULT NULL::uuid
)
  RETURNS TABLE (
    id               uuid,
    status           public.membership_status,
    is_ending        boolean,
    is_confirmed     boolean,
    is_halted        boolean,
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
    order_id         uuid,
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
    private.is_halted(memberships), private.membership_choices(memberships),
    coaches.display_name, coaches.slug, coaches.id,
    offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month, offers.billing_interval,
    offers.price_cents,
    coalesce(current_offer.title, offers.title),
    memberships.period_starts_at, memberships.period_ends_at, memberships.trial_ends_at, memberships.ended_at,
    coalesce(present.sessions_left, 0)::integer, present.order_id,
    consent.agreed_at, consent.words,
    profiles.time_zone
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles on profiles.id = memberships.client_id
  join public.offers on offers.id = standing.offer_id
  left join lateral (
    select orders.id as order_id, orders.offer_id,
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
    and memberships.stripe_subscription_id is not null
    and (membership_list.membership_id is null or memberships.id = membership_list.membership_id)
  order by memberships.status = 'ended', memberships.created_at desc;
$function$;

REVOKE ALL ON FUNCTION "public"."membership_list"(uuid) FROM PUBLIC, "anon", "service_role";

REVOKE ALL ON FUNCTION "private"."is_halted"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_halted"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_halted"(public.memberships) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_suspended"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_suspended"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_suspended"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unused_period_cents"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unused_period_cents"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unused_period_cents"(public.orders) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_list"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_list"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_list"(uuid) TO "postgres";
