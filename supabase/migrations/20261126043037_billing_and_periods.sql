SET local check_function_bodies = off;

DROP FUNCTION "public"."membership_list"(uuid);

DROP FUNCTION "public"."package_details"(uuid);

CREATE OR REPLACE FUNCTION private.release_earnings()
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
    where orders.status = 'paid'
      and orders.amount_cents + orders.discount_cents > 0
      and exists (
        select
        from public.bookings
        cross join lateral private.session_split(bookings) as split
        where bookings.order_id = orders.id
          and bookings.ends_at <= now()
          and not exists (select from public.earnings where earnings.booking_id = bookings.id)
          and private.unreleased_because(bookings) is null
      )
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    perform private.release_session(bookings)
    from public.bookings
    where bookings.order_id = v_order_id and bookings.ends_at <= now()
    order by bookings.position;
  end loop;

  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'paid'
      and orders.amount_cents + orders.discount_cents > 0
      and orders.period_ends_at + make_interval(mins => (private.settings()).release_after_minutes) <= now()
      and not exists (select from public.earnings where earnings.order_id = orders.id)
      and exists (select from private.period_split(orders.id))
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    perform private.release_period(v_order_id);
  end loop;

  -- Also those whose last session came to nothing after the others were released.
  update public.orders
  set status = 'released'
  where orders.id in (
    select open.id
    from public.orders as open
    where open.status = 'paid'
      and open.amount_cents + open.discount_cents > 0
      and exists (select from public.earnings where earnings.order_id = open.id)
      and not private.has_more_to_earn(open.id)
    limit 200
    for update skip locked
  );
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
    period_ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payments.id, payments.created_at, payments.status, payments.amount_cents,
    returned.done_cents, returned.asked_cents,
    payments.failure_code, payments.receipt_url, payments.invoice_number, payments.invoice_url, payments.invoice_pdf_url,
    offers.title, offers.kind, coaches.display_name, orders.session_count, first.id, first.starts_at,
    orders.membership_id, orders.period_starts_at, orders.period_ends_at
  from public.payments
  join public.orders on orders.id = payments.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.bookings as first on first.order_id = orders.id and first.position = 1
  cross join lateral (
    select coalesce(sum(refunds.amount_cents) filter (where refunds.status = 'succeeded'), 0)::integer as done_cents,
      coalesce(sum(refunds.amount_cents) filter (where refunds.status = 'requested'), 0)::integer as asked_cents
    from public.refunds
    where refunds.payment_id = payments.id
  ) as returned
  where orders.client_id = private.current_profile_id()
  order by payments.created_at desc, payments.id
  limit least(billing_list.page_size, 100)
  offset (greatest(billing_list.page_number, 1) - 1) * least(billing_list.page_size, 100);
$function$;

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM PUBLIC, "anon", "service_role";

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
    private.membership_choices(memberships),
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
    and (membership_list.membership_id is null or memberships.id = membership_list.membership_id)
  order by memberships.status = 'ended', memberships.created_at desc;
$function$;

REVOKE ALL ON FUNCTION "public"."membership_list"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.own_stripe_customer()
  RETURNS text
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select stripe_customers.stripe_customer_id
  from private.stripe_customers
  where stripe_customers.profile_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."own_stripe_customer"() FROM PUBLIC, "anon", "service_role";

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
    credits_left        integer,
    credits_end_at      timestamp with time zone,
    credits_end_reason  text,
    ended_cents         integer,
    membership_id       uuid
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
    private.credits_left(orders.id),
    orders.credits_end_at,
    orders.credits_end_reason,
    unused.own_cents,
    orders.membership_id
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind in ('package', 'membership')
  join public.coaches on coaches.id = orders.coach_id
  cross join lateral private.unused_cents(orders.id) as unused
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where orders.id = package_details.order_id
    and orders.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM PUBLIC, "anon", "service_role";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_list"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_list"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_list"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."own_stripe_customer"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."own_stripe_customer"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."own_stripe_customer"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";
