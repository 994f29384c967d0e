SET local check_function_bodies = off;

DROP FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]);

DROP FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer);

DROP FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer);

DROP FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean);

DROP FUNCTION "public"."package_details"(uuid);

DROP FUNCTION "public"."package_list"();

DROP FUNCTION "public"."sold_packages"(uuid[], uuid);

CREATE TABLE "private"."instalment_charges" (
  "order_id" uuid    NOT NULL,
  "attempt"  integer NOT NULL,
  CONSTRAINT "instalment_charges_attempt" CHECK ((attempt >= 1)),
  CONSTRAINT "instalment_charges_pkey" PRIMARY KEY (order_id, attempt)
);

ALTER TABLE "private"."instalment_charges"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."payment_plans" (
  "id"          uuid    NOT NULL DEFAULT gen_random_uuid(),
  "client_id"   uuid    NOT NULL,
  "coach_id"    uuid    NOT NULL,
  "offer_id"    uuid    NOT NULL,
  "instalments" integer NOT NULL,
  CONSTRAINT "payment_plans_instalments" CHECK (((instalments >= 2) AND (instalments <= 12))),
  CONSTRAINT "payment_plans_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."payment_plans"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."payment_plans" FROM "anon", "service_role";

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "instalment_notice_days" integer NOT NULL DEFAULT 3;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "instalment_retry_days" integer[] DEFAULT ARRAY[3, 7];

ALTER TABLE "public"."offers"
  ADD COLUMN "instalments" integer;

ALTER TABLE "public"."orders"
  ADD COLUMN "plan_id" uuid;

ALTER TABLE "public"."orders"
  ADD COLUMN "plan_position" integer;

ALTER TABLE "public"."orders"
  ADD COLUMN "due_at" timestamp(6) WITH time zone;

CREATE TYPE "private"."charge_outcome" AS ENUM (
  'succeeded',
  'requires_action',
  'declined'
);

ALTER TABLE "private"."instalment_charges"
  ADD COLUMN "outcome" private.charge_outcome;

ALTER TABLE "private"."instalment_charges"
  ADD COLUMN "failure_code" text;

ALTER TABLE "private"."instalment_charges"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "private"."instalment_charges"
  ADD COLUMN "settled_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."plan_end" AS ENUM (
  'not_begun',
  'stopped',
  'package_ended',
  'declined',
  'account_closed',
  'lapsed'
);

CREATE TYPE "public"."plan_status" AS ENUM (
  'pending',
  'active',
  'overdue',
  'ended',
  'completed'
);

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "status" public.plan_status NOT NULL DEFAULT 'pending'::public.plan_status;

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "ended_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "ended_reason" public.plan_end;

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "version" integer NOT NULL;

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "words" text NOT NULL;

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "words_sha256" text NOT NULL;

ALTER TABLE "public"."payment_plans"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE OR REPLACE FUNCTION admin.end_package (
  order_id uuid,
  reason   text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  select * into v_order
  from private.lock_package(end_package.order_id) as orders
  where orders.id = end_package.order_id;

  if v_order.id is null or not private.can_be_ended(v_order) then
    raise exception 'Nothing is left of order %.', end_package.order_id using errcode = 'OKEND';
  end if;

  return private.end_whole_package(v_order, end_package.reason);
end;
$function$;

CREATE OR REPLACE FUNCTION private.apply_coupon (
  order_id uuid,
  code     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_coupon private.coupons;
  v_price integer;
  v_off integer;
begin
  if coalesce(trim(apply_coupon.code), '') = '' then
    return;
  end if;

  select * into v_order from public.orders where orders.id = apply_coupon.order_id;
  select sum(orders.amount_cents), sum(orders.session_count) into v_order.amount_cents, v_order.session_count
  from private.package_orders(v_order) as orders;
  v_price := v_order.amount_cents / v_order.session_count;
  v_coupon := private.lock_coupon(apply_coupon.code, v_order);
  perform private.require_coupon_for(v_coupon, v_order);

  v_off := least(
    coalesce(
      ceil(v_price * v_coupon.percent / 100.0)::integer,
      ceil(v_coupon.amount_cents::numeric / v_order.session_count)::integer
    ),
    v_price - 100
  );
  if v_off <= 0 then
    raise exception 'This coupon takes nothing off: a session costs at least $1.' using errcode = 'QCMIN';
  end if;

  update public.orders
  set amount_cents = orders.session_count * (v_price - v_off),
      discount_cents = orders.session_count * v_off,
      discount_bearer = case when v_coupon.coach_id is null then 'platform' else 'coach' end::public.discount_bearer,
      fee_cents = case
        when v_coupon.coach_id is null then orders.fee_cents
        else orders.session_count * round((v_price - v_off) * (private.settings()).fee_basis_points / 10000.0)::integer
      end
  where orders.id = v_order.id or orders.plan_id = v_order.plan_id;

  insert into private.coupon_redemptions (order_id, coupon_id, client_id)
  values (v_order.id, v_coupon.id, v_order.client_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.can_be_ended (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.package_left(can_be_ended.order_row) > 0 or exists (
    select from public.payment_plans
    where payment_plans.id = (can_be_ended.order_row).plan_id and payment_plans.status in ('active', 'overdue')
  );
$function$;

CREATE OR REPLACE FUNCTION private.charge_instalment (
  order_row public.orders
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_days integer[] := (private.settings()).instalment_retry_days;
  v_tries integer;
  v_first_at timestamptz;
begin
  select count(*), min(instalment_charges.created_at) into v_tries, v_first_at
  from private.instalment_charges
  where instalment_charges.order_id = (charge_instalment.order_row).id;

  if v_tries > cardinality(v_days) or v_tries > 0 and now() < v_first_at + make_interval(days => v_days[v_tries]) then
    return;
  end if;

  insert into private.instalment_charges (order_id, attempt)
  values ((charge_instalment.order_row).id, v_tries + 1)
  on conflict (order_id) where outcome is null do nothing;

  if found then
    perform private.enqueue(
      'stripe.charge_instalment',
      format('stripe.charge_instalment:%s:%s:%s', (charge_instalment.order_row).id, v_tries + 1, extract(epoch from now())::bigint),
      jsonb_build_object('order_id', (charge_instalment.order_row).id, 'attempt', v_tries + 1)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.charge_instalments()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
begin
  for v_plan in
    select payment_plans.*
    from public.payment_plans
    where payment_plans.status in ('active', 'overdue')
      and exists (
        select from public.orders
        where orders.plan_id = payment_plans.id and orders.status = 'pending' and orders.due_at <= now()
      )
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    if private.plan_ends_at(v_plan) <= now() then
      perform private.end_plan(v_plan.id, 'lapsed');
    elsif not private.is_charging_halted(v_plan) then
      perform private.charge_instalment(orders)
      from public.orders
      where orders.plan_id = v_plan.id and orders.status = 'pending' and orders.due_at <= now();
    end if;
  end loop;
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
    'attempt', instalment_charges.attempt,
    'amount_cents', orders.amount_cents,
    'currency', orders.currency,
    'offer_title', offers.title,
    'payment_intent_id', (
      select payments.stripe_payment_intent_id
      from public.orders as paid
      join public.payments on payments.order_id = paid.id and payments.status = 'succeeded'
      where paid.plan_id = orders.plan_id
      order by paid.plan_position desc
      limit 1
    )
  )
  from private.instalment_charges
  join public.orders on orders.id = instalment_charges.order_id
  join public.payment_plans on payment_plans.id = orders.plan_id
  join public.offers on offers.id = orders.offer_id
  where orders.id = (charge_work.payload ->> 'order_id')::uuid
    and instalment_charges.attempt = (charge_work.payload ->> 'attempt')::integer
    and instalment_charges.outcome is null
    and orders.status = 'pending'
    and payment_plans.status in ('active', 'overdue')
    and not private.is_charging_halted(payment_plans);
$function$;

CREATE OR REPLACE FUNCTION private.create_plan (
  offer   public.offers,
  client  public.profiles,
  version integer,
  words   text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_part public.offers := create_plan.offer;
  v_plan_id uuid;
  v_date record;
  v_order_id uuid;
begin
  v_part.session_count := v_part.session_count / v_part.instalments;
  v_part.price_cents := v_part.price_cents / v_part.instalments;

  insert into public.payment_plans (client_id, coach_id, offer_id, instalments, version, words, words_sha256)
  values (
    (create_plan.client).id, v_part.coach_id, v_part.id, v_part.instalments, create_plan.version, create_plan.words,
    encode(sha256(convert_to(create_plan.words, 'UTF8')), 'hex')
  )
  returning payment_plans.id into v_plan_id;

  for v_date in
    select * from private.instalment_dates(v_part.instalments, (create_plan.client).time_zone) order by plan_position
  loop
    v_order_id := private.create_order(v_part, (create_plan.client).id);
    update public.orders
    set plan_id = v_plan_id, plan_position = v_date.plan_position, due_at = v_date.due_at
    where orders.id = v_order_id;
  end loop;

  return (select orders.id from public.orders where orders.plan_id = v_plan_id and orders.plan_position = 1);
end;
$function$;

CREATE OR REPLACE FUNCTION private.end_credits (
  order_id uuid,
  reason   text DEFAULT ''::text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_left integer;
  v_cents integer;
begin
  select * into v_order from public.orders where orders.id = end_credits.order_id for update;
  v_left := private.credits_left(v_order.id);
  v_cents := private.end_refund_cents(v_order);

  update public.orders
  set credits_end_at = least(orders.credits_end_at, now())
  where orders.id = v_order.id;

  if v_left = 0 then
    return 0;
  end if;

  insert into public.credit_entries (order_id, kind, sessions) values (v_order.id, 'ended', -v_left);


  perform private.return_payment(payments, v_cents, 'credits_ended')
  from public.payments
  where payments.order_id = v_order.id
    and payments.status = 'succeeded'
    and v_cents > 0;

  if private.is_package(v_order) then
    update public.orders set credits_end_reason = left(trim(end_credits.reason), 500) where orders.id = v_order.id;
    -- Of one that is paid in parts it is told once, of all of them.
    perform private.notify(v_order.client_id, 'credits_ended', private.package_id(v_order));
  end if;

  return v_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION private.end_plan (
  plan_id uuid,
  reason  public.plan_end
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
  v_first_id uuid;
  v_coach_profile_id uuid;
begin
  perform private.lock_plan(end_plan.plan_id);

  update public.payment_plans
  set status = 'ended', ended_at = now(), ended_reason = end_plan.reason
  where payment_plans.id = end_plan.plan_id
    and payment_plans.status in ('pending', 'active', 'overdue')
  returning * into v_plan;

  if not found then
    return;
  end if;

  update public.orders set status = 'expired' where orders.plan_id = v_plan.id and orders.status = 'pending';
  perform private.enqueue('stripe.expire_checkout', 'stripe.expire_checkout:' || orders.id, jsonb_build_object('order_id', orders.id))
  from public.orders
  where orders.plan_id = v_plan.id
    and orders.status = 'expired'
    and (orders.stripe_checkout_session_id is not null or orders.plan_position = 1);

  if end_plan.reason in ('not_begun', 'account_closed') then
    return;
  end if;
  select orders.id, coaches.profile_id into v_first_id, v_coach_profile_id
  from public.orders
  join public.coaches on coaches.id = orders.coach_id
  where orders.plan_id = v_plan.id and orders.plan_position = 1;
  perform private.notify(v_plan.client_id, 'plan_ended', v_first_id);
  perform private.notify(v_coach_profile_id, 'plan_ended', v_first_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.end_whole_package (
  order_row public.orders,
  reason    text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
  v_cents integer := 0;
begin
  for v_order_id in
    select orders.id
    from private.package_orders(end_whole_package.order_row) as orders
    where orders.credits_end_at is not null
    order by orders.id
  loop
    v_cents := v_cents + private.end_credits(v_order_id, end_whole_package.reason);
  end loop;

  perform private.end_plan((end_whole_package.order_row).plan_id, 'package_ended');
  return v_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION private.expire_package (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan_id uuid;
begin
  -- Of one that was to be paid in parts all of them go.
  select orders.plan_id into v_plan_id
  from public.orders
  where orders.id = expire_package.order_id and orders.plan_position = 1 and orders.status = 'pending';
  if v_plan_id is not null then
    perform private.end_plan(v_plan_id, 'not_begun');
    return;
  end if;

  update public.orders
  set status = 'expired'
  where orders.id = expire_package.order_id
    and orders.status = 'pending'
    and orders.plan_id is null
    and private.is_package(orders);

  if found then
    perform private.enqueue(
      'stripe.expire_checkout', 'stripe.expire_checkout:' || expire_package.order_id,
      jsonb_build_object('order_id', expire_package.order_id)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.expire_packages()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
  v_plan_id uuid;
begin
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    join public.orders on orders.plan_id = payment_plans.id and orders.plan_position = 1
    where payment_plans.status = 'pending'
      and private.shown_order_status(orders) = 'expired'
    limit 500
    for update of payment_plans skip locked
  loop
    perform private.end_plan(v_plan_id, 'not_begun');
  end loop;

  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'pending'
      and orders.plan_id is null
      and private.shown_order_status(orders) = 'expired'
    order by orders.created_at
    limit 500
    for update skip locked
  loop
    perform private.expire_package(v_order_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.failed_charges (
  order_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select count(*)::integer
  from private.instalment_charges
  where instalment_charges.order_id = failed_charges.order_id
    and instalment_charges.outcome in ('requires_action', 'declined');
$function$;

CREATE OR REPLACE FUNCTION private.instalment_dates (
  instalments integer,
  time_zone   text
)
  RETURNS TABLE (
    plan_position integer,
    due_at        timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select position,
    (now() at time zone instalment_dates.time_zone + make_interval(months => position - 1)) at time zone instalment_dates.time_zone
  from generate_series(1, instalment_dates.instalments) as position;
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
  select 1, format(
    'I agree that “%s” with %s is charged to my card in %s parts of %s each, less what a coupon takes off: the first '
    'now, the others by themselves on %s. Each part pays for %s. I can stop at any time with one click on the page of '
    'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
    'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
    (instalment_terms.offer).title,
    coaches.display_name,
    (instalment_terms.offer).instalments,
    '$' || to_char((instalment_terms.offer).price_cents / (instalment_terms.offer).instalments / 100.0, 'FM999,990.00'),
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
    private.words_list((private.settings()).instalment_retry_days::text[])
  )
  from public.coaches
  where coaches.id = (instalment_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.is_charging_halted (
  plan public.payment_plans
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.orders where orders.plan_id = (is_charging_halted.plan).id and orders.status = 'disputed'
  ) or exists (
    select from public.coaches where coaches.id = (is_charging_halted.plan).coach_id and coaches.status = 'suspended'
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_instalment_ahead (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.orders
    join public.payment_plans on payment_plans.id = orders.plan_id
    where orders.id = is_instalment_ahead.order_id
      and orders.status = 'pending'
      and orders.due_at > now()
      and payment_plans.status in ('active', 'overdue')
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_instalment_overdue (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.orders
    join public.payment_plans on payment_plans.id = orders.plan_id and payment_plans.status = 'overdue'
    where orders.id = is_instalment_overdue.order_id
      and orders.status = 'pending'
      and private.failed_charges(orders.id) > 0
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_payable (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.shown_order_status(is_payable.order_row) = 'pending' and (
    coalesce((is_payable.order_row).plan_position, 1) = 1
    or private.is_instalment_overdue((is_payable.order_row).id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then exists (select from private.told_sessions(is_still_true.notification))
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'request_sent' then private.shown_status(booking) = 'requested'
    when 'request_received' then private.shown_status(booking) = 'requested'
    when 'booking_moved' then exists (select from private.told_sessions(is_still_true.notification))
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'calendly_plan' then booking.status = 'confirmed'
    when 'calendly_location' then booking.status = 'confirmed'
    when 'payment_asked' then private.shown_status(booking) = 'held'
    when 'booking_unpaid' then booking.status = 'expired'
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'recording_ready' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
    when 'credits_ending' then exists (
      select from public.orders as first
      cross join lateral private.package_orders(first) as orders
      where first.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'instalment_due' then private.is_instalment_ahead((is_still_true.notification).subject_id)
    when 'instalment_failed' then private.is_instalment_overdue((is_still_true.notification).subject_id)
    when 'dispute_asked' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'dispute_opened' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'membership_renewing' then private.is_renewal_ahead(is_still_true.notification)
    when 'membership_payment_failed' then private.is_payment_due(is_still_true.notification)
    when 'slot_opened' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_received' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    else true
  end
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.leave_packages (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_plan_id uuid;
  v_plan_ids uuid[] := '{}';
begin
  -- All plans before any order, as everywhere (lock_plan).
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    join public.coaches on coaches.id = payment_plans.coach_id
    where leave_packages.profile_id in (payment_plans.client_id, coaches.profile_id)
      and payment_plans.status in ('pending', 'active', 'overdue')
    order by payment_plans.id
  loop
    perform private.lock_plan(v_plan_id);
    v_plan_ids := v_plan_ids || v_plan_id;
  end loop;
  foreach v_plan_id in array v_plan_ids loop
    perform private.end_plan(v_plan_id, 'account_closed');
  end loop;

  for v_order in
    select orders.*
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where leave_packages.profile_id in (orders.client_id, coaches.profile_id)
      and (orders.credits_end_at > now() or orders.status = 'pending')
    order by orders.id
  loop
    if v_order.credits_end_at is not null then
      perform private.end_credits(v_order.id, 'The account was closed.');
    else
      perform private.expire_package(v_order.id);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_credits (
  order_id  uuid,
  client_id uuid,
  starts    timestamp with time zone[]
)
  RETURNS SETOF public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_most integer := (private.settings()).series_sessions;
  v_count integer := cardinality(lock_credits.starts);
  v_order public.orders;
  v_left integer;
  v_ends_at timestamptz;
begin
  if v_count not between 1 and v_most then
    raise exception 'Choose at least one time, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  select * into v_order
  from public.orders
  where orders.id = lock_credits.order_id
    and orders.client_id = lock_credits.client_id
    and orders.credits_end_at is not null;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;

  perform from public.orders
  where orders.id = v_order.id or orders.plan_id = v_order.plan_id
  order by orders.id
  for update;

  select sum(private.credits_left(orders.id)), max(orders.credits_end_at)
  into v_left, v_ends_at
  from private.package_orders(v_order) as orders
  where orders.credits_end_at > now()
    and orders.status in ('paid', 'released');

  if v_ends_at is null then
    raise exception 'These sessions can no longer be booked.' using errcode = 'OKEND';
  elsif v_left = 0 then
    raise exception 'There is no session left to book with.' using errcode = 'OKNON';
  elsif v_left < v_count then
    raise exception 'You chose % times, and % left to book with.', v_count,
      case v_left when 1 then 'one session is' else v_left || ' sessions are' end using errcode = 'OKNON';
  elsif lock_credits.starts[v_count] >= v_ends_at then
    raise exception 'These sessions must begin before %. Choose an earlier time.',
      to_char(v_ends_at at time zone 'America/New_York', 'FMMonth FMDD, YYYY') using errcode = 'OKLAT';
  end if;

  return query
    select orders.*
    from private.package_orders(v_order) as orders
    where orders.credits_end_at > now()
      and orders.status in ('paid', 'released')
      and private.credits_left(orders.id) > 0
    order by orders.credits_end_at, orders.plan_position;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_order_to_pay (
  order_id          uuid,
  payment_intent_id text,
  amount_cents      integer,
  currency          text
)
  RETURNS public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
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

  if lock_order_to_pay.amount_cents is distinct from v_order.amount_cents
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

CREATE OR REPLACE FUNCTION private.lock_package (
  order_id uuid
)
  RETURNS SETOF public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan_id uuid;
begin
  select orders.plan_id into v_plan_id from public.orders where orders.id = lock_package.order_id;
  perform private.lock_plan(v_plan_id);

  return query
    select orders.*
    from public.orders
    where orders.id = lock_package.order_id or orders.plan_id = v_plan_id
    order by orders.id
    for update;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_plan (
  plan_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select from public.payment_plans where payment_plans.id = lock_plan.plan_id for update;
$function$;

CREATE OR REPLACE FUNCTION private.mail_instalment (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('instalment', jsonb_build_object(
    'order_id', orders.id,
    'package_id', private.package_id(orders),
    'party', case when orders.client_id = (mail_instalment.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'position', orders.plan_position,
    'instalments', payment_plans.instalments,
    'paid_parts', (
      select count(*) from public.orders as parts where parts.plan_id = orders.plan_id and parts.credits_end_at is not null
    ),
    'session_count', orders.session_count,
    'amount_cents', orders.amount_cents,
    'due_at', orders.due_at,
    'needs_action', tried.outcome = 'requires_action',
    'retry_at', private.next_try_at(orders.id),
    'ended_reason', payment_plans.ended_reason
  ))
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_instalment.notification).recipient_id
  left join private.instalment_charges as tried
    on tried.order_id = orders.id and tried.attempt = (mail_instalment.notification).version
  where (mail_instalment.notification).kind in ('instalment_due', 'instalment_paid', 'instalment_failed', 'plan_ended')
    and orders.id = (mail_instalment.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_package (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('package', jsonb_build_object(
    'order_id', orders.id,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'session_count', whole.session_count,
    'sessions_left', private.package_left(orders),
    'amount_cents', whole.amount_cents,
    'paid_now_cents', orders.amount_cents,
    'instalments', whole.instalments,
    'ends_at', orders.credits_end_at,
    'end_reason', whole.end_reason,
    'ended_sessions', whole.ended_sessions,
    'ended_cents', whole.ended_cents
  ))
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_package.notification).recipient_id
  cross join lateral (
    select sum(parts.session_count) as session_count, sum(parts.amount_cents) as amount_cents,
      case when orders.plan_id is not null then count(*) end as instalments,
      max(parts.credits_end_reason) as end_reason,
      sum(unused.own_cents) as ended_cents,
      coalesce(sum(ended.sessions), 0) as ended_sessions
    from private.package_orders(orders) as parts
    cross join lateral private.unused_cents(parts.id) as unused
    left join lateral (
      select -credit_entries.sessions as sessions
      from public.credit_entries
      where credit_entries.order_id = parts.id and credit_entries.kind = 'ended'
    ) as ended on true
  ) as whole
  where (mail_package.notification).kind in (
      'package_bought', 'package_sold', 'package_returned', 'credits_ending', 'credits_ended'
    )
    and orders.id = (mail_package.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_work (
  notification_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'notification_id', notifications.id,
    'kind', notifications.kind,
    'version', notifications.version,
    'created_at', notifications.created_at,
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notifications.subject_id,
    'booking', private.mail_booking(notifications)
  ) || coalesce(private.mail_opening(notifications), private.mail_package(notifications), private.mail_instalment(notifications), private.mail_membership(notifications), private.mail_dispute(notifications), '{}')
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION private.next_try_at (
  order_id uuid
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select min(instalment_charges.created_at)
    + make_interval(days => (private.settings()).instalment_retry_days[count(*)])
  from private.instalment_charges
  where instalment_charges.order_id = next_try_at.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.package_id (
  order_row public.orders
)
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(
    (select orders.id from public.orders where orders.plan_id = (package_id.order_row).plan_id and orders.plan_position = 1),
    (package_id.order_row).id
  );
$function$;

CREATE OR REPLACE FUNCTION private.package_left (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(private.credits_left(orders.id)), 0)::integer
  from private.package_orders(package_left.order_row) as orders;
$function$;

CREATE OR REPLACE FUNCTION private.package_orders (
  order_row public.orders
)
  RETURNS SETOF public.orders
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.*
  from public.orders
  where orders.id = (package_orders.order_row).id
    or orders.plan_id = (package_orders.order_row).plan_id
  order by orders.plan_position;
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
    when (package_pay_by.order_row).plan_position > 1 then date_trunc('hour', now()) + interval '3 hours'
    else (package_pay_by.order_row).created_at + make_interval(mins => (private.settings()).package_pay_minutes)
  end;
$function$;

CREATE OR REPLACE FUNCTION private.package_refund_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(private.end_refund_cents(orders)), 0)::integer
  from private.package_orders(package_refund_cents.order_row) as orders;
$function$;

CREATE OR REPLACE FUNCTION private.plan_begun_at (
  order_row public.orders
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(
    (
      select orders.paid_at from public.orders
      where orders.plan_id = (plan_begun_at.order_row).plan_id and orders.plan_position = 1
    ),
    now()
  );
$function$;

CREATE OR REPLACE FUNCTION private.plan_ends_at (
  plan public.payment_plans
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.paid_at + make_interval(months => offers.valid_months)
  from public.orders
  join public.offers on offers.id = orders.offer_id
  where orders.plan_id = (plan_ends_at.plan).id and orders.plan_position = 1;
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
  perform private.ask_again('stripe.expire_checkout', orders.id, jsonb_build_object('order_id', orders.id), 'day')
  from public.orders
  where orders.status = 'expired'
    and orders.stripe_checkout_session_id is not null
    and orders.checkout_expires_at between now() - interval '8 days' and v_waiting;

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
    'stripe.charge_instalment', instalment_charges.order_id,
    jsonb_build_object('order_id', instalment_charges.order_id, 'attempt', instalment_charges.attempt)
  )
  from private.instalment_charges
  where instalment_charges.outcome is null
    and instalment_charges.created_at between v_given_up and v_waiting;

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
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  select * into v_order from public.orders where orders.id = record_declined_charge.order_id;
  perform private.lock_plan(v_order.plan_id);

  update private.instalment_charges
  set outcome = case
        when 'authentication_required' in (
          record_declined_charge.error ->> 'code', record_declined_charge.error ->> 'decline_code'
        ) then 'requires_action'
        else 'declined'
      end::private.charge_outcome,
      failure_code = coalesce(record_declined_charge.error ->> 'decline_code', record_declined_charge.error ->> 'code'),
      settled_at = now()
  where instalment_charges.order_id = v_order.id
    and instalment_charges.attempt = record_declined_charge.attempt
    and instalment_charges.outcome is null;

  if not found or not exists (
    select from public.orders where orders.id = v_order.id and orders.status = 'pending'
  ) then
    return;
  end if;

  if record_declined_charge.attempt > cardinality((private.settings()).instalment_retry_days) then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_instalment_charge (
  payload jsonb,
  result  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := (record_instalment_charge.payload ->> 'order_id')::uuid;
  v_attempt integer := (record_instalment_charge.payload ->> 'attempt')::integer;
begin
  if record_instalment_charge.result is null then
    -- Nothing was asked for: when what stood in the way is gone, the job asks again.
    delete from private.instalment_charges
    where instalment_charges.order_id = v_order_id
      and instalment_charges.attempt = v_attempt
      and instalment_charges.outcome is null;
  elsif record_instalment_charge.result ? 'error' then
    perform private.record_failed_payment(
      v_order_id, record_instalment_charge.result ->> 'id', orders.amount_cents, orders.currency,
      coalesce(
        record_instalment_charge.result -> 'error' ->> 'decline_code', record_instalment_charge.result -> 'error' ->> 'code'
      )
    )
    from public.orders
    where orders.id = v_order_id and record_instalment_charge.result ->> 'id' is not null;
    perform private.record_declined_charge(v_order_id, v_attempt, record_instalment_charge.result -> 'error');
  else
    perform private.record_intent(v_order_id, record_instalment_charge.result);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_valid_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  kind             public.offer_kind DEFAULT 'session'::public.offer_kind,
  seats            integer           DEFAULT NULL::integer,
  session_count    integer           DEFAULT NULL::integer,
  valid_months     integer           DEFAULT NULL::integer,
  instalments      integer           DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
begin
  if char_length(trim(require_valid_offer.title)) not between 3 and 80 then
    raise exception 'Name the session in 3 to 80 characters.' using errcode = 'OFTIT';
  end if;
  if char_length(trim(require_valid_offer.description)) > 600 then
    raise exception 'Describe the session in at most 600 characters.' using errcode = 'OFDES';
  end if;
  if require_valid_offer.duration_minutes not between 15 and 240 or require_valid_offer.duration_minutes % 5 <> 0 then
    raise exception 'A session lasts 15 to 240 minutes, in steps of 5.' using errcode = 'OFLEN';
  end if;
  if require_valid_offer.kind <> 'intro_call' and require_valid_offer.price_cents not between 500 and 500000 then
    raise exception 'A session costs $5 to $5,000.' using errcode = 'OFPRI';
  end if;
  if require_valid_offer.kind = 'group_session' and coalesce(require_valid_offer.seats not between 2 and 50, true) then
    raise exception 'A group session has 2 to 50 seats.' using errcode = 'OFSEA';
  end if;
  if require_valid_offer.kind = 'package' then
    if coalesce(require_valid_offer.session_count not between 2 and 52, true) then
      raise exception 'A package has 2 to 52 sessions.' using errcode = 'OFSES';
    end if;
    if coalesce(require_valid_offer.valid_months not between 1 and 24, true) then
      raise exception 'The sessions of a package are booked within 1 to 24 months.' using errcode = 'OFVAL';
    end if;
    if require_valid_offer.instalments not between 2 and 12
      or require_valid_offer.session_count % require_valid_offer.instalments <> 0 then
      raise exception 'A package is paid in 2 to 12 parts, each for the same number of sessions.' using errcode = 'OFINS';
    end if;
    if require_valid_offer.instalments > require_valid_offer.valid_months then
      raise exception 'One part is paid a month: choose no more parts than months.' using errcode = 'OFINS';
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.settle_plan (
  plan_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
  v_is_begun boolean;
begin
  select * into v_plan from public.payment_plans where payment_plans.id = settle_plan.plan_id;
  if not found then
    return;
  end if;

  v_is_begun := exists (
    select from public.orders
    where orders.plan_id = v_plan.id and orders.plan_position = 1 and orders.credits_end_at is not null
  );
  if v_plan.status = 'ended' and (v_plan.ended_reason <> 'not_begun' or not v_is_begun) then
    return;
  end if;

  update public.orders set status = 'pending'
  where orders.plan_id = v_plan.id and orders.status = 'expired' and v_is_begun;

  update public.payment_plans
  set ended_at = null,
      ended_reason = null,
      status = case
        when not v_is_begun then 'pending'
        when not exists (
          select from public.orders where orders.plan_id = v_plan.id and orders.paid_at is null
        ) then 'completed'
        when exists (
          select from public.orders where orders.plan_id = v_plan.id and private.failed_charges(orders.id) > 0 and orders.paid_at is null
        ) then 'overdue'
        else 'active'
      end::public.plan_status
  where payment_plans.id = v_plan.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.shown_order_status (
  order_row public.orders
)
  RETURNS public.order_status
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (shown_order_status.order_row).status = 'pending'
      and private.is_package(shown_order_status.order_row)
      and coalesce((shown_order_status.order_row).plan_position, 1) = 1
      and private.package_pay_by(shown_order_status.order_row) <= now() then 'expired'
    else (shown_order_status.order_row).status
  end::public.order_status;
$function$;

CREATE OR REPLACE FUNCTION private.start_package (
  order_row public.orders,
  payment   public.payments
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := start_package.order_row;
  v_coach_profile_id uuid;
  v_valid_months integer;
begin
  select coaches.profile_id, offers.valid_months into v_coach_profile_id, v_valid_months
  from public.coaches
  join public.profiles as owner on owner.id = coaches.profile_id and owner.deleted_at is null
  join public.profiles as client on client.id = v_order.client_id and client.deleted_at is null
  join public.offers on offers.id = v_order.offer_id
  where coaches.id = v_order.coach_id
    and coaches.status <> 'suspended'
    and private.takes_payment(v_order);

  if not found then
    perform private.return_payment(start_package.payment, start_package.payment.amount_cents, 'paid_too_late');
    perform private.notify(v_order.client_id, 'package_returned', v_order.id);
    perform private.end_plan(v_order.plan_id, 'package_ended');
    return;
  end if;

  perform private.grant_credits(
    v_order.id, v_order.session_count, private.plan_begun_at(v_order) + make_interval(months => v_valid_months)
  );
  if v_order.plan_position > 1 then
    perform private.notify(v_order.client_id, 'instalment_paid', v_order.id);
    perform private.settle_plan(v_order.plan_id);
    return;
  end if;

  perform private.settle_plan(v_order.plan_id);
  perform private.open_conversation(v_order.coach_id, v_order.client_id);
  perform private.notify(v_order.client_id, 'package_bought', v_order.id);
  perform private.notify(v_coach_profile_id, 'package_sold', v_order.id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.takes_payment (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from public.payment_plans
    where payment_plans.id = (takes_payment.order_row).plan_id
      and payment_plans.status = 'ended'
      and payment_plans.ended_reason <> 'not_begun'
  );
$function$;

CREATE OR REPLACE FUNCTION private.tg_orders__settle_charges()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update private.instalment_charges
  set outcome = 'succeeded', settled_at = now()
  where instalment_charges.order_id = new.id and instalment_charges.outcome is null;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.waiting_package (
  offer     public.offers,
  client_id uuid,
  coupon    text,
  in_parts  boolean
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_waiting_ids uuid[];
  v_order public.orders;
begin
  perform from public.profiles where profiles.id = waiting_package.client_id for no key update;

  v_waiting_ids := array(
    select orders.id
    from public.orders
    join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
    where orders.client_id = waiting_package.client_id
      and coalesce(orders.plan_position, 1) = 1
      and private.shown_order_status(orders) = 'pending'
    order by orders.offer_id <> (waiting_package.offer).id
  );
  select * into v_order
  from public.orders
  where orders.id = v_waiting_ids[1] and orders.offer_id = (waiting_package.offer).id;

  if found then
    if private.coupon_code(v_order.id) = upper(trim(coalesce(waiting_package.coupon, '')))
      and waiting_package.in_parts = (v_order.plan_id is not null) then
      return v_order.id;
    end if;
    perform private.expire_package(v_order.id);
  elsif cardinality(v_waiting_ids) >= 3 then
    raise exception 'Three packages wait for your payment already. Pay for one, or wait until they expire.' using errcode = 'OKMNY';
  end if;

  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.warn_of_ending_credits()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(orders.client_id, notification_kinds.kind, private.package_id(orders))
  from public.notification_kinds
  join public.orders
    on orders.credits_end_at > now()
    and orders.credits_end_at <= now() + make_interval(mins => notification_kinds.minutes_before_start)
  where notification_kinds.kind = 'credits_ending'
    and notification_kinds.is_enabled
    and private.is_package(orders)
    and private.credits_left(orders.id) > 0
    and not exists (
      select from public.notifications
      where notifications.subject_id = private.package_id(orders) and notifications.kind = notification_kinds.kind
    );
$function$;

CREATE OR REPLACE FUNCTION private.warn_of_instalments()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(orders.client_id, 'instalment_due', orders.id)
  from public.orders
  where orders.plan_position > 1
    and orders.status = 'pending'
    and orders.due_at <= now() + make_interval(days => (private.settings()).instalment_notice_days)
    and private.is_instalment_ahead(orders.id)
    and not exists (
      select from public.notifications
      where notifications.subject_id = orders.id and notifications.kind = 'instalment_due'
    );
$function$;

CREATE OR REPLACE FUNCTION private.words_list (
  words text[]
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select concat_ws(
    ' and ',
    nullif(array_to_string(words_list.words[:cardinality(words_list.words) - 1], '; '), ''),
    words_list.words[cardinality(words_list.words)]
  );
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

CREATE OR REPLACE FUNCTION public.buy_in_instalments (
  offer_id     uuid,
  words_sha256 text,
  coupon       text DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(buy_in_instalments.offer_id, v_client.id);
  v_terms record;
  v_order_id uuid;
begin
  if v_offer.instalments is null then
    raise exception 'This package is no longer sold in parts.' using errcode = 'OFGON';
  end if;
  if coalesce(buy_in_instalments.words_sha256, '') = '' then
    raise exception 'Tick the box to agree to the payments.' using errcode = 'QPAGR';
  end if;

  select * into v_terms from private.instalment_terms(v_offer, v_client.time_zone);
  if encode(sha256(convert_to(v_terms.words, 'UTF8')), 'hex') <> buy_in_instalments.words_sha256 then
    raise exception 'What you agree to has changed. Read it again.' using errcode = 'QPTRM';
  end if;

  v_order_id := private.waiting_package(v_offer, v_client.id, buy_in_instalments.coupon, true);
  if v_order_id is not null then
    return v_order_id;
  end if;

  v_order_id := private.create_plan(v_offer, v_client, v_terms.version, v_terms.words);
  perform private.apply_coupon(v_order_id, buy_in_instalments.coupon);
  return v_order_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."buy_in_instalments"(uuid, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.buy_package (
  offer_id uuid,
  coupon   text DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(buy_package.offer_id, v_client.id);
  v_order_id uuid;
begin
  if v_offer.kind <> 'package' then
    raise exception 'This package is no longer offered.' using errcode = 'OFGON';
  end if;

  v_order_id := private.waiting_package(v_offer, v_client.id, buy_package.coupon, false);
  if v_order_id is not null then
    return v_order_id;
  end if;

  v_order_id := private.create_order(v_offer, v_client.id);
  perform private.apply_coupon(v_order_id, buy_package.coupon);
  return v_order_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true,
  seats            integer DEFAULT NULL::integer,
  session_count    integer DEFAULT NULL::integer,
  valid_months     integer DEFAULT NULL::integer,
  instalments      integer DEFAULT NULL::integer
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
    change_offer.seats, change_offer.session_count, change_offer.valid_months, change_offer.instalments
  );

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count, valid_months, instalments)
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
    case v_previous.kind when 'package' then change_offer.valid_months end,
    case v_previous.kind when 'package' then change_offer.instalments end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer) FROM PUBLIC, "anon", "service_role";

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
      result = private.without_people(complete_outbox.result)
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
    when 'stripe.read_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_refund' then
      perform private.record_stripe_refund(complete_outbox.result);
    when 'stripe.submit_evidence', 'stripe.read_dispute' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.charge_instalment' then
      perform private.record_instalment_charge(v_row.payload, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting or recording leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.coupon_list()
  RETURNS TABLE (
    coupon_id       uuid,
    code            text,
    percent         integer,
    amount_cents    integer,
    ends_at         timestamp with time zone,
    is_over         boolean,
    max_redemptions integer,
    max_per_client  integer,
    is_first_order  boolean,
    minimum_cents   integer,
    redemptions     integer,
    discount_cents  integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coupons.id, coupons.code, coupons.percent, coupons.amount_cents, coupons.ends_at, counts.is_over,
    coupons.max_redemptions, coupons.max_per_client, coupons.is_first_order, coupons.minimum_cents,
    used.redemptions, used.discount_cents
  from private.coupons
  cross join lateral (
    select coupons.ended_at is not null or coalesce(coupons.ends_at <= now(), false) as is_over
  ) as counts
  cross join lateral (
    select count(distinct redeemed.id)::integer as redemptions, coalesce(sum(orders.discount_cents), 0)::integer as discount_cents
    from private.coupon_redemptions
    join public.orders as redeemed on redeemed.id = coupon_redemptions.order_id
    cross join lateral private.package_orders(redeemed) as orders
    where coupon_redemptions.coupon_id = coupons.id
      and coupon_redemptions.freed_at is null
  ) as used
  where coupons.coach_id = private.current_coach_id()
  order by counts.is_over, coupons.created_at desc
  limit 100;
$function$;

CREATE OR REPLACE FUNCTION public.credit_slots (
  order_id uuid,
  from_at  timestamp with time zone,
  to_at    timestamp with time zone
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select slot.starts_at, slot.ends_at
  from public.orders
  -- Of what is paid in parts any order that is paid will do.
  cross join lateral (
    select max(parts.credits_end_at) as ends_at
    from private.package_orders(orders) as parts
    where parts.status in ('paid', 'released') and private.credits_left(parts.id) > 0
  ) as credits
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id and coaches.status = 'approved'
  cross join lateral (
    select greatest(credit_slots.from_at, private.bookable_from(offers)) as from_at
  ) as reach
  cross join lateral private.free_slots(
    offers.coach_id,
    offers.duration_minutes,
    tstzrange(
      reach.from_at,
      greatest(
        reach.from_at,
        least(credit_slots.to_at, credit_slots.from_at + interval '62 days', credits.ends_at)
      )
    )
  ) as slot
  where orders.id = credit_slots.order_id
    and orders.client_id = private.current_profile_id()
    and credits.ends_at is not null
  order by slot.starts_at;
$function$;

CREATE OR REPLACE FUNCTION public.end_package (
  order_id              uuid,
  expected_refund_cents integer,
  reason                text    DEFAULT ''::text
)
  RETURNS integer
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach_id uuid := private.current_coach_id();
  v_order public.orders;
begin
  select * into v_order
  from private.lock_package(end_package.order_id) as orders
  where orders.id = end_package.order_id
    and orders.coach_id = v_coach_id
    and private.is_package(orders)
    and orders.credits_end_at is not null;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;
  if not private.can_be_ended(v_order) then
    raise exception 'Nothing is left of this package.' using errcode = 'OKEND';
  end if;
  if private.package_refund_cents(v_order) is distinct from end_package.expected_refund_cents then
    raise exception 'What goes back has changed while this page was open. Look at the new amount and confirm again.'
      using errcode = 'OBQTE';
  end if;

  return private.end_whole_package(v_order, end_package.reason);
end;
$function$;

CREATE OR REPLACE FUNCTION public.instalment_offer_terms (
  offer_id uuid
)
  RETURNS TABLE (
    words            text,
    words_sha256     text,
    instalment_cents integer,
    due_dates        timestamp with time zone[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'), offers.price_cents / offers.instalments,
    array(
      select dates.due_at from private.instalment_dates(offers.instalments, reader.time_zone) as dates order by dates.plan_position
    )
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select coalesce(
      (select profiles.time_zone from public.profiles where profiles.id = private.current_profile_id()), coaches.time_zone
    ) as time_zone
  ) as reader
  cross join lateral private.instalment_terms(offers, reader.time_zone) as terms
  where offers.id = instalment_offer_terms.offer_id
    and offers.archived_at is null
    and offers.instalments is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."instalment_offer_terms"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.make_package (
  title            text,
  description      text,
  duration_minutes integer,
  session_cents    integer,
  session_count    integer,
  valid_months     integer,
  is_instant       boolean DEFAULT true,
  instalments      integer DEFAULT NULL::integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_package.title, make_package.description, make_package.duration_minutes, make_package.session_cents, 'package',
    null, make_package.session_count, make_package.valid_months, make_package.instalments
  );
  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (
    coach_id, kind, title, description, duration_minutes, price_cents, is_instant, session_count, valid_months,
    instalments
  )
  values (
    v_coach.id, 'package', trim(make_package.title), trim(make_package.description), make_package.duration_minutes,
    make_package.session_count * make_package.session_cents, make_package.is_instant,
    make_package.session_count, make_package.valid_months, make_package.instalments
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer) FROM PUBLIC, "anon", "service_role";

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
    when 'stripe.read_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.read_refund' then v_row.payload
    when 'stripe.read_dispute' then v_row.payload
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.charge_instalment' then private.charge_work(v_row.payload)
    when 'stripe.end_subscription' then v_row.payload
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
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
    credits_left        integer,
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
    private.package_left(orders),
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

CREATE OR REPLACE FUNCTION public.package_history (
  order_id uuid
)
  RETURNS TABLE (
    kind           public.credit_kind,
    sessions       integer,
    created_at     timestamp with time zone,
    booking_id     uuid,
    starts_at      timestamp with time zone,
    booking_status public.booking_status
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select credit_entries.kind, credit_entries.sessions, credit_entries.created_at,
    bookings.id, bookings.starts_at, private.shown_status(bookings)
  from public.orders as named
  cross join lateral private.package_orders(named) as orders
  join public.credit_entries on credit_entries.order_id = orders.id
  left join public.bookings on bookings.id = credit_entries.booking_id
  where named.id = package_history.order_id
    and (orders.client_id = private.current_profile_id() or orders.coach_id = private.current_coach_id())
  order by credit_entries.id;
$function$;

CREATE OR REPLACE FUNCTION public.package_list()
  RETURNS TABLE (
    order_id           uuid,
    status             public.order_status,
    pay_by             timestamp with time zone,
    offer_title        text,
    duration_minutes   integer,
    session_count      integer,
    coach_slug         text,
    coach_name         text,
    is_coach_open      boolean,
    credits_left       integer,
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
    offers.title, offers.duration_minutes, whole.session_count,
    coaches.slug, coaches.display_name, coaches.status = 'approved',
    whole.sessions, orders.credits_end_at, orders.credits_end_reason,
    payment_plans.status, payment_plans.instalments, whole.paid_parts, whole.paid_cents, next.id, next.due_at, next.amount_cents
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.coaches on coaches.id = orders.coach_id
  left join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral (
    select sum(parts.session_count)::integer as session_count, private.package_left(orders) as sessions,
      count(*) filter (where parts.credits_end_at is not null)::integer as paid_parts,
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
  order by whole.sessions = 0, orders.credits_end_at, orders.created_at desc
  limit 50;
$function$;

REVOKE ALL ON FUNCTION "public"."package_list"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.plan_details (
  order_id uuid
)
  RETURNS TABLE (
    plan_id       uuid,
    status        public.plan_status,
    ended_reason  public.plan_end,
    instalments   integer,
    paid_parts    integer,
    paid_cents    integer,
    session_count integer,
    words         text,
    agreed_at     timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payment_plans.id, payment_plans.status, payment_plans.ended_reason, payment_plans.instalments,
    whole.paid_parts, whole.paid_cents, whole.session_count, payment_plans.words, payment_plans.created_at
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral (
    select count(*) filter (where parts.credits_end_at is not null)::integer as paid_parts,
      coalesce(sum(parts.amount_cents) filter (where parts.credits_end_at is not null), 0)::integer as paid_cents,
      sum(parts.session_count)::integer as session_count
    from private.package_orders(orders) as parts
  ) as whole
  where orders.id = plan_details.order_id
    and orders.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."plan_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.plan_parts (
  order_id uuid
)
  RETURNS TABLE (
    order_id      uuid,
    plan_position integer,
    due_at        timestamp with time zone,
    amount_cents  integer,
    session_count integer,
    status        public.order_status,
    paid_at       timestamp with time zone,
    is_payable    boolean,
    retry_at      timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select parts.id, parts.plan_position, parts.due_at, parts.amount_cents, parts.session_count,
    private.shown_order_status(parts), parts.paid_at, private.is_payable(parts),
    case when private.is_instalment_overdue(parts.id) then private.next_try_at(parts.id) end
  from public.orders
  cross join lateral private.package_orders(orders) as parts
  where orders.id = plan_parts.order_id
    and orders.plan_id is not null
    and orders.client_id = private.current_profile_id()
  order by parts.plan_position;
$function$;

REVOKE ALL ON FUNCTION "public"."plan_parts"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.request_booking_with_credit (
  order_id  uuid,
  starts    timestamp with time zone[],
  time_zone text,
  note      text                       DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_starts timestamptz[] := array(
    select distinct start from unnest(request_booking_with_credit.starts) as start where start is not null order by start
  );
  v_order public.orders;
  v_taken integer := 0;
  v_count integer;
  v_booking_ids uuid[];
  v_first_id uuid;
begin
  if not private.is_time_zone(request_booking_with_credit.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  for v_order in
    select * from private.lock_credits(request_booking_with_credit.order_id, v_client.id, v_starts)
  loop
    exit when v_taken = cardinality(v_starts);
    perform private.lock_open_coach(v_order.coach_id, cardinality(v_starts) > 1);

    v_count := least(private.credits_left(v_order.id), cardinality(v_starts) - v_taken);
    v_booking_ids := private.take_credit_times(
      v_order, v_starts[v_taken + 1 : v_taken + v_count], request_booking_with_credit.time_zone,
      request_booking_with_credit.note
    );
    v_taken := v_taken + v_count;
    v_first_id := coalesce(v_first_id, v_booking_ids[1]);

    if (select offers.is_instant from public.offers where offers.id = v_order.offer_id) then
      perform private.move_booking(id, array['held']::public.booking_status[], 'confirmed', 'system')
      from unnest(v_booking_ids) as id;
      perform private.welcome_sessions(v_order.id, v_booking_ids);
    else
      perform private.move_booking(id, array['held']::public.booking_status[], 'requested', 'system')
      from unnest(v_booking_ids) as id;
      perform private.ask_coach(v_order.id, v_booking_ids);
    end if;
  end loop;

  return v_first_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.sold_packages (
  client_ids uuid[] DEFAULT NULL::uuid[],
  order_id   uuid   DEFAULT NULL::uuid
)
  RETURNS TABLE (
    order_id       uuid,
    client_id      uuid,
    client_name    text,
    offer_title    text,
    session_count  integer,
    credits_left   integer,
    credits_end_at timestamp with time zone,
    refund_cents   integer,
    open_parts     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, orders.client_id, private.shown_name(client), offers.title, whole.session_count,
    whole.sessions, orders.credits_end_at, private.package_refund_cents(orders), whole.open_parts
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.profiles as client on client.id = orders.client_id
  cross join lateral (
    select sum(parts.session_count)::integer as session_count, private.package_left(orders) as sessions,
      count(*) filter (where parts.status = 'pending')::integer as open_parts
    from private.package_orders(orders) as parts
  ) as whole
  where orders.coach_id = private.current_coach_id()
    and (orders.client_id = any (sold_packages.client_ids) or orders.id = sold_packages.order_id)
    and coalesce(orders.plan_position, 1) = 1
    and orders.credits_end_at is not null
    and private.can_be_ended(orders)
  order by orders.credits_end_at;
$function$;

REVOKE ALL ON FUNCTION "public"."sold_packages"(uuid[], uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.stop_plan (
  plan_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_status public.plan_status;
begin
  select payment_plans.status into v_status
  from public.payment_plans
  where payment_plans.id = stop_plan.plan_id
    and payment_plans.client_id = private.current_profile_id()
  for update;

  if not found then
    raise exception 'There is no such plan.' using errcode = 'QPNFD';
  elsif v_status = 'completed' then
    raise exception 'All of this package is paid. Nothing more is charged.' using errcode = 'QPEND';
  end if;

  perform private.end_plan(stop_plan.plan_id, 'stopped');
end;
$function$;

REVOKE ALL ON FUNCTION "public"."stop_plan"(uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."instalment_charges"
  ADD CONSTRAINT "instalment_charges_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."instalment_charges"
  ADD CONSTRAINT "instalment_charges_settled_have_a_time" CHECK (((outcome IS NULL) = (settled_at IS NULL)));

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_instalment_notice" CHECK (((instalment_notice_days >= 1) AND (instalment_notice_days <= 20)));

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_instalment_retries"
    CHECK (((cardinality(instalment_retry_days) <= 5) AND (1 <= ALL (instalment_retry_days)) AND (20 >= ALL (instalment_retry_days))));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_instalments"
    CHECK
    (((instalments IS NULL) OR ((kind = 'package'::public.offer_kind) AND ((instalments >= 2) AND (instalments <= 12)) AND ((session_count % instalments) = 0) AND (instalments <=
    valid_months))));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_instalments" CHECK (((num_nulls(plan_id, plan_position, due_at) = ANY (ARRAY[0, 3])) AND (plan_position >= 1)));

ALTER TABLE "public"."payment_plans"
  ADD CONSTRAINT "payment_plans_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."payment_plans"
  ADD CONSTRAINT "payment_plans_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."payment_plans"
  ADD CONSTRAINT "payment_plans_ended_say_why" CHECK ((((status = 'ended'::public.plan_status) = (ended_at IS
    NOT NULL)) AND ((status = 'ended'::public.plan_status) = (ended_reason IS NOT NULL))));

ALTER TABLE "public"."payment_plans"
  ADD CONSTRAINT "payment_plans_hash" CHECK ((words_sha256 = encode(sha256(convert_to(words, 'UTF8'::name)), 'hex'::text)));

ALTER TABLE "public"."payment_plans"
  ADD CONSTRAINT "payment_plans_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_plan_id_fkey" FOREIGN KEY (plan_id) REFERENCES public.payment_plans(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE UNIQUE INDEX instalment_charges_one_open_per_order ON private.instalment_charges USING btree (order_id)
  WHERE (outcome IS NULL);

CREATE INDEX orders_instalments_due_idx ON public.orders USING btree (due_at)
  WHERE ((status = 'pending'::public.order_status) AND (plan_id IS NOT NULL));

CREATE UNIQUE INDEX orders_one_per_plan_and_position ON public.orders USING btree (plan_id, plan_position);

CREATE INDEX payment_plans_client_id_idx ON public.payment_plans USING btree (client_id);

CREATE INDEX payment_plans_coach_id_idx ON public.payment_plans USING btree (coach_id);

CREATE INDEX payment_plans_offer_id_idx ON public.payment_plans USING btree (offer_id);

CREATE INDEX payment_plans_pending_idx ON public.payment_plans USING btree (created_at)
  WHERE (status = 'pending'::public.plan_status);

CREATE TRIGGER orders__settle_charges
  AFTER UPDATE OF status ON public.orders
  FOR EACH ROW
  WHEN (((new.plan_id IS NOT NULL) AND (new.status = 'paid'::public.order_status) AND (old.status = ANY (ARRAY['pending'::public.order_status, 'expired'::public.order_status]))))
  EXECUTE FUNCTION private.tg_orders__settle_charges();

CREATE POLICY "Nobody reads charges of instalments over the API" ON "private"."instalment_charges"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Client and coach can view their payment plans" ON "public"."payment_plans"
  FOR SELECT
  TO "authenticated"
  USING (((client_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (coach_id = ( SELECT private.current_coach_id() AS current_coach_id))));

COMMENT ON TABLE "private"."instalment_charges" IS 'Each try to charge a saved card for an instalment, and what Stripe said. Written before Stripe is asked.';

COMMENT ON TABLE "public"."payment_plans" IS 'A package that is paid in monthly parts, one order each: how it stands, and what its client agreed to.';

REVOKE ALL ON FUNCTION "private"."can_be_ended"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."can_be_ended"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."can_be_ended"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."charge_instalment"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."charge_instalment"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."charge_instalment"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."charge_instalments"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."charge_instalments"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."charge_instalments"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."charge_work"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."charge_work"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."charge_work"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."create_plan"(public.offers, public.profiles, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_plan"(public.offers, public.profiles, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_plan"(public.offers, public.profiles, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_plan"(uuid, public.plan_end) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_plan"(uuid, public.plan_end) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_plan"(uuid, public.plan_end) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_whole_package"(public.orders, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_whole_package"(public.orders, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_whole_package"(public.orders, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."failed_charges"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."failed_charges"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."failed_charges"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."instalment_dates"(integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."instalment_dates"(integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."instalment_dates"(integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."instalment_terms"(public.offers, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."instalment_terms"(public.offers, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."instalment_terms"(public.offers, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_charging_halted"(public.payment_plans) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_charging_halted"(public.payment_plans) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_charging_halted"(public.payment_plans) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_instalment_ahead"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_instalment_ahead"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_instalment_ahead"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_instalment_overdue"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_instalment_overdue"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_instalment_overdue"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_payable"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_payable"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_payable"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_package"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_package"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_package"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_plan"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_plan"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_plan"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_instalment"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_instalment"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_instalment"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."next_try_at"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."next_try_at"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."next_try_at"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."package_id"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."package_id"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."package_id"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."package_left"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."package_left"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."package_left"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."package_orders"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."package_orders"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."package_orders"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."package_refund_cents"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."package_refund_cents"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."package_refund_cents"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_begun_at"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_begun_at"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_begun_at"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_ends_at"(public.payment_plans) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_ends_at"(public.payment_plans) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_ends_at"(public.payment_plans) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_declined_charge"(uuid, integer, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_declined_charge"(uuid, integer, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_declined_charge"(uuid, integer, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_instalment_charge"(jsonb, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_instalment_charge"(jsonb, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_instalment_charge"(jsonb, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."settle_plan"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settle_plan"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settle_plan"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."takes_payment"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."takes_payment"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."takes_payment"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_orders__settle_charges"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_orders__settle_charges"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_orders__settle_charges"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."waiting_package"(public.offers, uuid, text, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waiting_package"(public.offers, uuid, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."waiting_package"(public.offers, uuid, text, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."warn_of_instalments"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."warn_of_instalments"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."warn_of_instalments"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."words_list"(text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."words_list"(text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."words_list"(text[]) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."buy_in_instalments"(uuid, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."buy_in_instalments"(uuid, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."buy_in_instalments"(uuid, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."instalment_offer_terms"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."instalment_offer_terms"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."instalment_offer_terms"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_list"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_list"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_list"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."plan_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."plan_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."plan_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."plan_parts"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."plan_parts"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."plan_parts"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."sold_packages"(uuid[], uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."sold_packages"(uuid[], uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."sold_packages"(uuid[], uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."stop_plan"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."stop_plan"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."stop_plan"(uuid) TO "postgres";

REVOKE ALL ("due_at") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("due_at") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("plan_id") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("plan_id") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("plan_position") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("plan_position") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ON TABLE "public"."payment_plans" FROM "authenticated";

REVOKE ALL ("client_id") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("client_id") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("ended_at") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("ended_at") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("ended_reason") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("ended_reason") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("instalments") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("instalments") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("offer_id") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("offer_id") ON TABLE "public"."payment_plans" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."payment_plans" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."payment_plans" TO "authenticated";
