SET local check_function_bodies = off;

DROP FUNCTION "public"."package_details"(uuid);

DROP FUNCTION "public"."package_list"();

DROP FUNCTION "public"."plan_details"(uuid);

DROP FUNCTION "public"."sold_packages"(uuid[], uuid);

CREATE OR REPLACE FUNCTION private.package_sessions (
  order_row public.orders
)
  RETURNS TABLE (
    sessions_paid    integer,
    credits_left     integer,
    sessions_to_come integer,
    payments_to_come integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(parts.session_count) filter (where parts.credits_end_at is not null), 0)::integer,
    private.package_left(package_sessions.order_row),
    coalesce(sum(parts.session_count) filter (where is_open.to_come), 0)::integer,
    count(*) filter (where is_open.to_come)::integer
  from private.package_orders(package_sessions.order_row) as parts
  left join public.payment_plans on payment_plans.id = parts.plan_id
  cross join lateral (
    select parts.status = 'pending' and payment_plans.status in ('active', 'overdue') as to_come
  ) as is_open;
$function$;

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
    is_payable          boolean
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
    private.is_payable(orders)
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
    and orders.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.package_list()
  RETURNS TABLE (
    order_id           uuid,
    status             public.order_status,
    pay_by             timestamp with time zone,
    offer_title        text,
    duration_minutes   integer,
    coach_slug         text,
    coach_name         text,
    is_coach_open      boolean,
    sessions_paid      integer,
    credits_left       integer,
    sessions_to_come   integer,
    payments_to_come   integer,
    credits_end_at     timestamp with time zone,
    credits_end_reason text,
    plan_status        public.plan_status,
    instalments        integer,
    paid_parts         integer,
    paid_cents         integer,
    next_order_id      uuid,
    next_due_at        timestamp with time zone,
    next_cents         integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, private.shown_order_status(orders), private.package_pay_by(orders),
    offers.title, offers.duration_minutes,
    coaches.slug, coaches.display_name, coaches.status = 'approved',
    sessions.*, orders.credits_end_at, orders.credits_end_reason,
    payment_plans.status, payment_plans.instalments, whole.paid_parts, whole.paid_cents, next.id, next.due_at, next.amount_cents
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.coaches on coaches.id = orders.coach_id
  left join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral private.package_sessions(orders) as sessions
  cross join lateral (
    select count(*) filter (where parts.credits_end_at is not null)::integer as paid_parts,
      coalesce(sum(parts.amount_cents) filter (where parts.credits_end_at is not null), 0)::integer as paid_cents
    from private.package_orders(orders) as parts
  ) as whole
  left join public.orders as next
    on next.plan_id = orders.plan_id
    and next.plan_position = whole.paid_parts + 1
    and next.status = 'pending'
  where orders.client_id = private.current_profile_id()
    and coalesce(orders.plan_position, 1) = 1
    and private.shown_order_status(orders) <> 'expired'
  order by sessions.credits_left = 0, orders.credits_end_at, orders.created_at desc
  limit 50;
$function$;

REVOKE ALL ON FUNCTION "public"."package_list"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.plan_details (
  order_id uuid
)
  RETURNS TABLE (
    plan_id      uuid,
    status       public.plan_status,
    ended_reason public.plan_end,
    instalments  integer,
    paid_parts   integer,
    paid_cents   integer,
    words        text,
    agreed_at    timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payment_plans.id, payment_plans.status, payment_plans.ended_reason, payment_plans.instalments,
    whole.paid_parts, whole.paid_cents, payment_plans.words, payment_plans.created_at
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral (
    select count(*) filter (where parts.credits_end_at is not null)::integer as paid_parts,
      coalesce(sum(parts.amount_cents) filter (where parts.credits_end_at is not null), 0)::integer as paid_cents
    from private.package_orders(orders) as parts
  ) as whole
  where orders.id = plan_details.order_id
    and orders.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."plan_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.sold_packages (
  client_ids uuid[] DEFAULT NULL::uuid[],
  order_id   uuid   DEFAULT NULL::uuid
)
  RETURNS TABLE (
    order_id         uuid,
    client_id        uuid,
    client_name      text,
    offer_title      text,
    sessions_paid    integer,
    credits_left     integer,
    sessions_to_come integer,
    payments_to_come integer,
    credits_end_at   timestamp with time zone,
    refund_cents     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, orders.client_id, private.shown_name(client), offers.title, sessions.*,
    orders.credits_end_at, private.package_refund_cents(orders)
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.profiles as client on client.id = orders.client_id
  cross join lateral private.package_sessions(orders) as sessions
  where orders.coach_id = private.current_coach_id()
    and (orders.client_id = any (sold_packages.client_ids) or orders.id = sold_packages.order_id)
    and coalesce(orders.plan_position, 1) = 1
    and orders.credits_end_at is not null
    and private.can_be_ended(orders)
  order by orders.credits_end_at;
$function$;

REVOKE ALL ON FUNCTION "public"."sold_packages"(uuid[], uuid) FROM PUBLIC, "anon", "service_role";

REVOKE ALL ON FUNCTION "private"."package_sessions"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."package_sessions"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."package_sessions"(public.orders) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_list"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_list"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_list"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."plan_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."plan_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."plan_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."sold_packages"(uuid[], uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."sold_packages"(uuid[], uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."sold_packages"(uuid[], uuid) TO "postgres";
