SET local check_function_bodies = off;

DROP FUNCTION "private"."late_pay_by"(uuid);

DROP FUNCTION "public"."no_show_fee_checkout"(uuid);

DROP FUNCTION "public"."no_show_fee_details"(uuid);

DROP FUNCTION "public"."package_details"(uuid);

ALTER TABLE "public"."orders"
  ADD COLUMN "pages_ended" integer NOT NULL DEFAULT 0;

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
  v_first_at timestamptz;
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = (charge_card.order_row).id for update;
  if v_order.checkout_expires_at <= now() then
    return;
  end if;

  select count(*), min(card_charges.created_at) into v_tries, v_first_at
  from private.card_charges
  where card_charges.order_id = (charge_card.order_row).id;

  if v_tries > cardinality(v_days) or v_tries > 0 and now() < v_first_at + make_interval(days => v_days[v_tries]) then
    return;
  end if;

  insert into private.card_charges (order_id, attempt)
  values ((charge_card.order_row).id, v_tries + 1)
  on conflict (order_id) where outcome is null do nothing;

  if found then
    -- One that was made, and could not be noted for this, is closed by the site: the next is another.
    update public.orders
    set pages_ended = orders.pages_ended + 1,
        checkout_expires_at = least(orders.checkout_expires_at, case when orders.checkout_expires_at is not null then now() end)
    where orders.id = v_order.id;

    perform private.enqueue(
      'stripe.charge_card',
      format('stripe.charge_card:%s:%s:%s', (charge_card.order_row).id, v_tries + 1, extract(epoch from now())::bigint),
      jsonb_build_object('order_id', (charge_card.order_row).id, 'attempt', v_tries + 1)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_page (
  order_id            uuid,
  checkout_session_id text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.orders
  set stripe_checkout_session_id = null, checkout_url = null, checkout_expires_at = null,
      pages_ended = orders.pages_ended + 1 -- Stripe answers with another from now on.
  where orders.id = forget_page.order_id
    and orders.stripe_checkout_session_id = forget_page.checkout_session_id;
$function$;

CREATE OR REPLACE FUNCTION private.late_pay_by()
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select date_trunc('hour', now()) + interval '3 hours';
$function$;

CREATE OR REPLACE FUNCTION private.package_pay_by (
  order_row public.orders
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (package_pay_by.order_row).plan_position > 1 then private.late_pay_by()
    else (package_pay_by.order_row).created_at + make_interval(mins => (private.settings()).package_pay_minutes)
  end;
$function$;

CREATE OR REPLACE FUNCTION private.reconcile_money()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_waiting timestamptz := now() - interval '10 minutes';
  -- Stripe remembers for a day what it was asked under a key: after that, asking again may do it twice.
  v_given_up timestamptz := now() - interval '20 hours';
begin
  perform private.ask_again(
    'stripe.expire_checkout', orders.id, jsonb_build_object('order_id', orders.id),
    case when orders.status = 'expired' or orders.checkout_expires_at < now() - interval '1 day' then 'day' else 'hour' end
  )
  from public.orders
  where orders.status in ('pending', 'expired')
    and orders.stripe_checkout_session_id is not null
    and orders.checkout_expires_at <= now()
    and (orders.status = 'pending' or orders.checkout_expires_at > now() - interval '8 days')
    -- Of a request whose money is held it was paid; that is asked for below.
    and not exists (select from public.payments where payments.order_id = orders.id and payments.status = 'authorized');

  perform private.ask_again('stripe.read_payment', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status = 'authorized'
    and payments.created_at < v_waiting;

  perform private.ask_again('stripe.refund', refunds.id, jsonb_build_object('refund_id', refunds.id))
  from public.refunds
  where refunds.status = 'requested'
    and refunds.stripe_refund_id is null
    and refunds.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.read_refund', refunds.id, jsonb_build_object('stripe_refund_id', refunds.stripe_refund_id))
  from public.refunds
  where refunds.status = 'requested'
    and refunds.stripe_refund_id is not null
    and refunds.created_at < v_waiting;

  perform private.ask_again('stripe.transfer', transfers.id, jsonb_build_object('transfer_id', transfers.id))
  from public.transfers
  where transfers.status = 'requested'
    and transfers.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.reverse_transfer', transfer_reversals.id, jsonb_build_object('reversal_id', transfer_reversals.id))
  from public.transfer_reversals
  where transfer_reversals.status = 'requested'
    and transfer_reversals.created_at between v_given_up and v_waiting;

  perform private.ask_again(
    'stripe.charge_card', card_charges.order_id,
    jsonb_build_object('order_id', card_charges.order_id, 'attempt', card_charges.attempt)
  )
  from private.card_charges
  where card_charges.outcome is null
    and card_charges.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.read_charge', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status in ('succeeded', 'surplus')
    and (payments.fee_cents is null or payments.invoice_number is null)
    and payments.created_at between now() - case when payments.fee_cents is null then interval '3 days' else interval '3 hours' end and v_waiting;

  perform private.ask_again('stripe.read_dispute', disputes.id, jsonb_build_object('stripe_dispute_id', disputes.stripe_dispute_id))
  from public.disputes
  where private.is_open(disputes.status)
    and disputes.created_at < v_waiting;
end;
$function$;

CREATE OR REPLACE FUNCTION public.no_show_fee_checkout (
  booking_id uuid
)
  RETURNS TABLE (
    order_id           uuid,
    starts_at          timestamp with time zone,
    time_zone          text,
    offer_title        text,
    coach_name         text,
    amount_cents       integer,
    currency           text,
    session_count      integer,
    pay_by             timestamp with time zone,
    email              text,
    stripe_customer_id text,
    checkout_url       text,
    pages_ended        integer,
    failure_code       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.starts_at, bookings.client_time_zone, offers.title, coaches.display_name,
    orders.amount_cents, orders.currency, orders.session_count, private.late_pay_by(),
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.pages_ended,
    (
      select card_charges.failure_code from private.card_charges
      where card_charges.order_id = orders.id and card_charges.failure_code is not null
      order by card_charges.attempt desc
      limit 1
    )
  from private.no_show_fees
  join public.bookings on bookings.id = no_show_fees.booking_id
  join public.orders on orders.id = no_show_fees.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where no_show_fees.booking_id = no_show_fee_checkout.booking_id
    and orders.client_id = private.current_profile_id()
    and private.no_show_fee_state(no_show_fees) = 'overdue'
    and not private.is_being_paid(orders);
$function$;

REVOKE ALL ON FUNCTION "public"."no_show_fee_checkout"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.no_show_fee_details (
  booking_id uuid
)
  RETURNS TABLE (
    state             public.no_show_fee_state,
    amount_cents      integer,
    objection_minutes integer,
    retry_at          timestamp with time zone,
    words             text,
    is_being_paid     boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.no_show_fee_state(no_show_fees), coalesce(fee.amount_cents, period.no_show_fee_cents),
    (private.settings()).objection_minutes, private.next_try_at(fee.id), no_show_fees.words,
    private.no_show_fee_state(no_show_fees) = 'overdue' and private.is_being_paid(fee)
  from public.bookings
  join public.orders as period on period.id = bookings.order_id and period.membership_id is not null
  left join private.no_show_fees on no_show_fees.booking_id = bookings.id
  left join public.orders as fee on fee.id = no_show_fees.order_id
  left join public.attendance_decisions as decision on decision.booking_id = bookings.id
  where bookings.id = no_show_fee_details.booking_id
    and private.booking_party(bookings) is not null
    and (
      no_show_fees.booking_id is not null
      or period.no_show_fee_cents > 0 and (
        bookings.status in ('requested', 'confirmed')
        or bookings.status = 'no_show_client' and decision.settled_at is null
      )
    );
$function$;

REVOKE ALL ON FUNCTION "public"."no_show_fee_details"(uuid) FROM PUBLIC, "anon", "service_role";

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

REVOKE ALL ON FUNCTION "private"."late_pay_by"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."late_pay_by"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."late_pay_by"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_checkout"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."no_show_fee_checkout"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_checkout"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."no_show_fee_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";
