SET local check_function_bodies = off;

DROP FUNCTION "public"."billing_list"(integer, integer);

DROP FUNCTION "public"."package_details"(uuid);

CREATE OR REPLACE FUNCTION private.refused_cents (
  payment public.payments
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(coalesce(sum(lacking.price_cents + lacking.tax_cents), 0), min(gone.left_price_cents + gone.left_tax_cents))::integer
  from private.gone_of_payment(refused_cents.payment) as gone
  left join public.refunds
    on refunds.payment_id = (refused_cents.payment).id and refunds.status = 'failed' and private.is_to_follow_up(refunds)
  left join lateral private.lacking_of_refund(refunds) as lacking on refunds.id is not null;
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
    refused_cents    integer,
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
    returned.done_cents, returned.asked_cents, private.refused_cents(payments),
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

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM PUBLIC, "anon", "service_role";

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
    pages_ended         integer,
    failure_code        text,
    sessions_paid       integer,
    credits_left        integer,
    sessions_to_come    integer,
    payments_to_come    integer,
    credits_end_at      timestamp with time zone,
    credits_end_reason  text,
    ended_cents         integer,
    refused_cents       integer,
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
    orders.pages_ended,
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
    (
      select coalesce(sum(private.refused_cents(payments)), 0)::integer
      from private.package_orders(orders) as parts
      join public.payments on payments.order_id = parts.id
    ),
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

REVOKE ALL ON FUNCTION "private"."refused_cents"(public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refused_cents"(public.payments) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refused_cents"(public.payments) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";
