SET local check_function_bodies = off;

DROP FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb);

DROP FUNCTION "public"."billing_list"(integer, integer);

DROP FUNCTION "public"."checkout_details"(uuid);

DROP FUNCTION "public"."membership_checkout"(uuid);

DROP FUNCTION "public"."package_details"(uuid);

DROP FUNCTION "public"."platform_terms"();

DROP FUNCTION "public"."refund_quote"(uuid);

ALTER TABLE "public"."memberships"
  ADD COLUMN "automatic_tax" boolean NOT NULL DEFAULT false;

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
    'amount_cents', orders.amount_cents,
    'automatic_tax', orders.automatic_tax,
    'currency', orders.currency,
    'description', case when private.is_no_show_fee(orders.id) then 'No-show fee: ' else '' end || offers.title,
    'subscription_id', private.no_show_fee_subscription(orders.id),
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
    and card_charges.outcome is null
    and private.is_chargeable(orders);
$function$;

CREATE OR REPLACE FUNCTION private.create_period_order (
  membership   public.memberships,
  offer        public.offers,
  invoice      jsonb,
  amount_cents integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := private.create_order(create_period_order.offer, (create_period_order.membership).client_id);
begin
  update public.orders
  set status = 'paid',
      paid_at = (create_period_order.invoice ->> 'paid_at')::timestamptz,
      amount_cents = create_period_order.amount_cents,
      automatic_tax = (create_period_order.membership).automatic_tax,
      fee_cents = round(create_period_order.amount_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
      no_show_fee_cents = least(orders.no_show_fee_cents, private.agreed_no_show_fee_cents((create_period_order.membership).id, orders.offer_id)),
      membership_id = (create_period_order.membership).id,
      stripe_invoice_id = create_period_order.invoice ->> 'id',
      period_starts_at = (create_period_order.invoice ->> 'period_starts_at')::timestamptz,
      period_ends_at = (create_period_order.invoice ->> 'period_ends_at')::timestamptz
  where orders.id = v_order_id;

  return v_order_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.instalment_terms (
  offer     public.offers,
  time_zone text
)
  RETURNS TABLE (
    version integer,
    words   text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (private.settings()).automatic_tax then 2 else 1 end, format(
    'I agree that “%s” with %s is charged to my card in %s parts of %s each%s less what a coupon takes off: the first '
    'now, the others by themselves on %s. Each part pays for %s. I can stop at any time with one click on the page of '
    'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
    'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
    (instalment_terms.offer).title,
    coaches.display_name,
    (instalment_terms.offer).instalments,
    '$' || to_char((instalment_terms.offer).price_cents / (instalment_terms.offer).instalments / 100.0, 'FM999,990.00'),
    coalesce(nullif(private.plus_tax(), ''), ','),
    (
      select private.words_list(array_agg(
        to_char(dates.due_at at time zone instalment_terms.time_zone, 'FMMonth FMDD, YYYY') order by dates.plan_position
      ))
      from private.instalment_dates((instalment_terms.offer).instalments, instalment_terms.time_zone) as dates
      where dates.plan_position > 1
    ),
    case (instalment_terms.offer).session_count / (instalment_terms.offer).instalments
      when 1 then 'one session'
      else (instalment_terms.offer).session_count / (instalment_terms.offer).instalments || ' sessions'
    end,
    private.words_list((private.settings()).charge_retry_days::text[])
  )
  from public.coaches
  where coaches.id = (instalment_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.membership_terms (
  offer      public.offers,
  trial_days integer,
  is_change  boolean       DEFAULT false
)
  RETURNS TABLE (
    version           integer,
    words             text,
    no_show_fee_cents integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (private.settings()).automatic_tax then 3 else 2 end, format(
    'I agree that “%s” with %s renews by itself. %s%s%s is charged to my card %s%s, until I cancel. I can cancel at any '
    'time with one click, on the membership’s page or through Billing in my settings. It then works until the end of '
    'the time that is paid, and nothing more is charged. Sessions that I do not use within their period are not '
    'paid back.%s',
    (membership_terms.offer).title,
    coaches.display_name,
    case when membership_terms.trial_days > 0
      then format('The first %s days cost nothing. Then ', membership_terms.trial_days) else '' end,
    '$' || to_char((membership_terms.offer).price_cents / 100.0, 'FM999,990.00'),
    private.plus_tax(),
    case
      when membership_terms.is_change then 'at the next renewal and then '
      when membership_terms.trial_days > 0 then ''
      else 'today and then '
    end,
    case (membership_terms.offer).billing_interval when 'month' then 'every month' else 'every year' end,
    case when cancellation_policies.no_show_fee_cents > 0
      then format(
        ' If I do not come to a session that I have booked, %s is charged to the same card. I am told before, and can '
        'object within %s hours; nothing is charged then before somebody has looked at it.',
        '$' || to_char(cancellation_policies.no_show_fee_cents / 100.0, 'FM999,990.00'),
        (private.settings()).objection_minutes / 60
      ) else '' end
  ), cancellation_policies.no_show_fee_cents
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  where coaches.id = (membership_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.plus_tax()
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (private.settings()).automatic_tax then ', plus tax where it applies,' else '' end;
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
  elsif private.has_left(v_membership, (record_period.invoice ->> 'paid_at')::timestamptz) then
    perform private.return_payment(payments, payments.amount_cents, 'paid_too_late')
    from public.payments where payments.order_id = v_order_id;
  elsif v_is_period then
    perform private.grant_period(v_order_id);
  end if;
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
      automatic_tax = (private.settings()).automatic_tax,
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

CREATE OR REPLACE FUNCTION public.billing_list (
  page_size   integer DEFAULT 20,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    payment_id       uuid,
    created_at       timestamp with time zone,
    status           public.payment_status,
    amount_cents     integer,
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
    offers.title, offers.kind, coaches.display_name, orders.session_count, coalesce(missed.id, first.id), coalesce(missed.starts_at, first.starts_at),
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

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.checkout_details (
  booking_id uuid
)
  RETURNS TABLE (
    order_id            uuid,
    booking_status      public.booking_status,
    hold_expires_at     timestamp with time zone,
    starts_at           timestamp with time zone,
    ends_at             timestamp with time zone,
    offer_title         text,
    coach_id            uuid,
    coach_slug          text,
    coach_name          text,
    amount_cents        integer,
    currency            text,
    email               text,
    stripe_customer_id  text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone,
    failure_code        text,
    is_instant          boolean,
    session_count       integer,
    first_booking_id    uuid,
    discount_cents      integer,
    automatic_tax       boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.status, bookings.hold_expires_at, bookings.starts_at, bookings.ends_at,
    offers.title, coaches.id, coaches.slug, coaches.display_name, orders.amount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    ),
    offers.is_instant,
    orders.session_count,
    (select first.id from public.bookings as first where first.order_id = orders.id and first.position = 1),
    orders.discount_cents, orders.automatic_tax
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  left join private.stripe_customers on stripe_customers.profile_id = bookings.client_id
  where bookings.id = checkout_details.booking_id
    and bookings.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_checkout (
  membership_id uuid
)
  RETURNS TABLE (
    attempt             integer,
    offer_id            uuid,
    coach_slug          text,
    trial_days          integer,
    automatic_tax       boolean,
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
  select memberships.attempt, memberships.offer_id, coaches.slug, memberships.trial_days, memberships.automatic_tax, stripe_prices.stripe_price_id,
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

CREATE OR REPLACE FUNCTION public.package_details (
  order_id uuid
)
  RETURNS TABLE (
    order_id            uuid,
    status              public.order_status,
    pay_by              timestamp with time zone,
    offer_title         text,
    offer_description   text,
    duration_minutes    integer,
    is_instant          boolean,
    session_count       integer,
    valid_months        integer,
    coach_id            uuid,
    coach_slug          text,
    coach_name          text,
    is_coach_open       boolean,
    amount_cents        integer,
    discount_cents      integer,
    currency            text,
    email               text,
    stripe_customer_id  text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone,
    failure_code        text,
    sessions_paid       integer,
    credits_left        integer,
    sessions_to_come    integer,
    payments_to_come    integer,
    credits_end_at      timestamp with time zone,
    credits_end_reason  text,
    ended_cents         integer,
    membership_id       uuid,
    package_id          uuid,
    plan_id             uuid,
    plan_position       integer,
    instalments         integer,
    is_payable          boolean,
    automatic_tax       boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, private.shown_order_status(orders), private.package_pay_by(orders),
    offers.title, offers.description, offers.duration_minutes, offers.is_instant, orders.session_count, offers.valid_months,
    coaches.id, coaches.slug, coaches.display_name, coaches.status = 'approved',
    orders.amount_cents, orders.discount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    ),
    sessions.*,
    orders.credits_end_at,
    orders.credits_end_reason,
    unused.own_cents,
    orders.membership_id,
    private.package_id(orders), orders.plan_id, orders.plan_position, payment_plans.instalments,
    private.is_payable(orders), orders.automatic_tax
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind in ('package', 'membership')
  join public.coaches on coaches.id = orders.coach_id
  left join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral private.package_sessions(orders) as sessions
  cross join lateral (
    select sum(each.own_cents)::integer as own_cents
    from private.package_orders(orders) as parts
    cross join lateral private.unused_cents(parts.id) as each
  ) as unused
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where orders.id = package_details.order_id
    and not private.is_no_show_fee(orders.id)
    and orders.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.platform_terms()
  RETURNS TABLE (
    fee_basis_points       integer,
    automatic_tax          boolean,
    hold_minutes           integer,
    join_opens_minutes     integer,
    review_window_days     integer,
    review_pause_days      integer,
    review_reply_days      integer,
    rating_prior_average   numeric,
    rating_prior_weight    integer,
    release_after_minutes  integer,
    full_refund_minutes    integer,
    partial_refund_minutes integer,
    partial_refund_percent integer,
    client_move_minutes    integer,
    client_moves           integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select settings.fee_basis_points, settings.automatic_tax, settings.hold_minutes, settings.join_opens_minutes,
    settings.review_window_days, settings.review_pause_days, settings.review_reply_days,
    settings.rating_prior_average, settings.rating_prior_weight, settings.release_after_minutes,
    policy.full_refund_minutes, policy.partial_refund_minutes, policy.partial_refund_percent,
    policy.client_move_minutes, policy.client_moves
  from private.settings() as settings
  cross join public.cancellation_policies as policy
  where policy.is_default;
$function$;

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.refund_quote (
  booking_id uuid
)
  RETURNS TABLE (
    paid_cents             integer,
    refund_cents           integer,
    full_until             timestamp with time zone,
    partial_until          timestamp with time zone,
    partial_refund_percent integer,
    actor                  public.booking_actor,
    uses_credit            boolean,
    returns_credit         boolean,
    refund_tax_cents       integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.session_cents(bookings),
    private.refundable_cents(bookings, party.actor),
    deadlines.full_until,
    deadlines.partial_until,
    orders.partial_refund_percent,
    party.actor,
    private.uses_credit(bookings),
    private.returns_credit(bookings, party.actor),
    coalesce((
      select private.tax_of_price(payments, private.refundable_cents(bookings, party.actor))
      from public.payments
      where payments.order_id = orders.id and payments.status in ('authorized', 'succeeded')
    ), 0)
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.refund_deadlines(bookings) as deadlines
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."refund_quote"(uuid) FROM PUBLIC, "anon", "service_role";

REVOKE ALL ON FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_period_order"(public.memberships, public.offers, jsonb, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plus_tax"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plus_tax"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plus_tax"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_checkout"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_checkout"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_checkout"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."refund_quote"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."refund_quote"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."refund_quote"(uuid) TO "postgres";

REVOKE ALL ("tax_cents") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("tax_cents") ON TABLE "public"."refunds" TO "authenticated";
