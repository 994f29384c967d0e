SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.charge_instalments()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
begin
  perform private.put_off_instalments();

  for v_plan in
    select payment_plans.*
    from public.payment_plans
    where payment_plans.status in ('active', 'overdue')
      and exists (
        select from public.orders
        where orders.plan_id = payment_plans.id and orders.status = 'pending' and orders.due_at <= now()
          and (
            private.plan_ends_at(payment_plans) <= now()
            or private.is_try_due(orders) and not private.is_charging_halted(payment_plans)
          )
      )
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    if private.plan_ends_at(v_plan) <= now() then
      perform private.end_plan(v_plan.id, 'lapsed');
    else
      perform private.charge_card(orders)
      from public.orders
      where orders.plan_id = v_plan.id and orders.status = 'pending' and orders.due_at <= now();
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.decide_attendances()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  for v_booking_id in
    select bookings.id
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.status = 'completed'
      and not bookings.is_attendance_decided
      and bookings.ends_at <= now() - interval '1 day'
    order by bookings.ends_at
    limit 500
    for update of orders skip locked
  loop
    perform private.decide_attendance(v_booking_id);
  end loop;

  for v_booking_id in
    select attendance_decisions.booking_id
    from public.attendance_decisions
    join public.bookings on bookings.id = attendance_decisions.booking_id
    join public.orders on orders.id = bookings.order_id
    where attendance_decisions.settled_at is null
      and attendance_decisions.objected_at is null
      and attendance_decisions.objection_ends_at <= now()
    order by attendance_decisions.objection_ends_at
    limit 500
    for update of orders skip locked
  loop
    perform private.close_attendance(v_booking_id);
  end loop;
end;
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
      and not private.is_charging_halted(payment_plans)
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
      and not private.is_being_paid(is_payable.order_row)
      and not exists (
        select from public.payment_plans
        where payment_plans.id = (is_payable.order_row).plan_id and private.is_charging_halted(payment_plans)
      )
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_untried (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from private.card_charges
    where card_charges.order_id = is_untried.order_id and card_charges.outcome is distinct from 'not_made'
  );
$function$;

CREATE OR REPLACE FUNCTION private.put_off_instalments()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan_id uuid;
begin
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    where payment_plans.status in ('active', 'overdue')
      and exists (
        select from public.orders
        where orders.plan_id = payment_plans.id
          and orders.status = 'pending'
          and orders.due_at <= now() + interval '1 day'
          and private.is_untried(orders.id)
      )
      and private.plan_ends_at(payment_plans) > now()
      and private.is_charging_halted(payment_plans)
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    perform from public.orders where orders.plan_id = v_plan_id order by orders.id for update;

    update public.orders
    set due_at = now() + make_interval(days => (private.settings()).instalment_notice_days)
    where orders.plan_id = v_plan_id
      and orders.status = 'pending'
      and orders.due_at <= now() + interval '1 day'
      and private.is_untried(orders.id);
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
  v_tax_cents integer := coalesce(record_period.invoice ->> 'tax_cents', '0')::integer;
  v_amount_cents integer := (record_period.invoice ->> 'amount_paid')::integer - v_tax_cents;
  v_is_change boolean := (record_period.invoice ->> 'has_proration')::boolean;
  v_is_period boolean := (record_period.invoice ->> 'is_period')::boolean;
  v_offer public.offers;
  v_order_id uuid;
  v_is_new boolean;
  v_has_left boolean;
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

  v_is_new := v_order_id is null;
  if v_is_new then
    v_order_id := private.create_period_order(v_membership, v_offer, record_period.invoice, v_amount_cents);
  end if;

  v_has_left := private.has_left(v_membership.client_id, v_membership.coach_id, now());

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
    perform private.return_period(v_order_id, 'paid_twice');
  elsif private.has_left(v_membership.client_id, v_membership.coach_id, (record_period.invoice ->> 'paid_at')::timestamptz)
    -- Paid in time and heard of too late: nothing of it can be used, and nobody looked at it when they left.
    or v_is_new and (v_has_left or v_amount_cents > 0 and private.is_suspended(v_membership.coach_id)) then
    perform private.return_period(v_order_id, 'paid_too_late');
  elsif v_is_period and not v_has_left and not exists (
    select from public.refunds where refunds.order_id = v_order_id and refunds.reason = 'paid_too_late'
  ) then
    perform private.grant_period(v_order_id);
    perform private.tell_of_begin(v_membership);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.return_period (
  order_id uuid,
  reason   public.refund_reason
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.return_payment(payments, payments.amount_cents, return_period.reason)
  from public.payments
  where payments.order_id = return_period.order_id
    and not exists (
      select from public.refunds
      where refunds.payment_id = payments.id and refunds.reason = return_period.reason
    );
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
    and (coaches.status <> 'suspended' or v_order.plan_position > 1)
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

CREATE OR REPLACE FUNCTION private.tell_after_all (
  subject_id uuid,
  kind       text,
  version    integer
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with again as (
    update public.notifications
    set skipped_at = null
    where notifications.subject_id = tell_after_all.subject_id
      and notifications.kind = tell_after_all.kind
      and notifications.version = tell_after_all.version
      and notifications.skipped_at is not null
      and private.decision_of(notifications) <> 'skip'
    returning notifications.id, notifications.channel
  )
  insert into private.outbox (topic, dedupe_key, payload)
  select again.channel, again.channel || ':' || again.id, jsonb_build_object('notification_id', again.id)
  from again
  on conflict (dedupe_key) do update
  set status = 'pending', attempts = 0, run_after = now(), done_at = null;
$function$;

CREATE OR REPLACE FUNCTION private.tell_of_begin (
  membership public.memberships
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify((tell_of_begin.membership).client_id, 'membership_begun', (tell_of_begin.membership).id),
    private.notify(coaches.profile_id, 'member_joined', (tell_of_begin.membership).id)
  from public.coaches
  where coaches.id = (tell_of_begin.membership).coach_id
    and (tell_of_begin.membership).status in ('trialing', 'active')
    and not private.is_suspended(coaches.id);
$function$;

CREATE OR REPLACE FUNCTION private.tell_of_membership (
  before public.memberships,
  after  public.memberships
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_coach_profile_id uuid := (
    select coaches.profile_id from public.coaches where coaches.id = (tell_of_membership.after).coach_id
  );
  v_was_ending boolean := (tell_of_membership.before).is_ending;
  v_is_ending boolean := (tell_of_membership.after).is_ending;
begin
  -- Of one that begins tell_of_begin tells.
  if (tell_of_membership.after).status = 'ended' then
    perform private.notify(v_coach_profile_id, 'member_left', (tell_of_membership.after).id)
    where (tell_of_membership.before).status <> 'incomplete' and not v_was_ending;
  elsif (tell_of_membership.before).status <> 'incomplete' and v_is_ending <> v_was_ending then
    -- Each decision has its number; those made at Stripe itself have that of the last one here.
    perform private.notify(
      v_coach_profile_id, case when v_is_ending then 'member_leaving' else 'member_staying' end,
      (tell_of_membership.after).id, version => (tell_of_membership.after).intent_number + 1
    );
  end if;

  if (tell_of_membership.after).status = 'past_due' then
    perform private.notify(
      (tell_of_membership.after).client_id, 'membership_payment_failed', (tell_of_membership.after).id,
      version => private.day_number((tell_of_membership.after).period_starts_at)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.warn_of_instalments()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(orders.client_id, 'instalment_due', orders.id, version => private.day_number(orders.due_at)),
    private.tell_after_all(orders.id, 'instalment_due', private.day_number(orders.due_at))
  from public.orders
  where orders.plan_position > 1
    and orders.status = 'pending'
    and orders.due_at <= now() + make_interval(days => (private.settings()).instalment_notice_days)
    and private.is_instalment_ahead(orders.id)
    -- Not told yet, or left out in one way or the other.
    and coalesce((
      select bool_or(notifications.skipped_at is not null)
      from public.notifications
      where notifications.subject_id = orders.id
        and notifications.kind = 'instalment_due'
        and notifications.version = private.day_number(orders.due_at)
    ), true);
$function$;

CREATE OR REPLACE FUNCTION private.warn_of_renewals()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(
      memberships.client_id, 'membership_renewing', memberships.id, version => private.day_number(memberships.period_ends_at)
    ),
    private.tell_after_all(memberships.id, 'membership_renewing', private.day_number(memberships.period_ends_at))
  from public.memberships
  join public.offers on offers.id = memberships.offer_id
  cross join private.settings() as settings
  where private.will_be_charged(memberships)
    and memberships.period_ends_at <= now() + make_interval(days => case
      when memberships.status = 'trialing' then settings.renewal_notice_days_trial
      when offers.billing_interval = 'year' then settings.renewal_notice_days_year
      else settings.renewal_notice_days_month
    end)
    -- Not told yet, or left out in one way or the other.
    and coalesce((
      select bool_or(notifications.skipped_at is not null)
      from public.notifications
      where notifications.subject_id = memberships.id
        and notifications.kind = 'membership_renewing'
        and notifications.version = private.day_number(memberships.period_ends_at)
    ), true);
$function$;

CREATE OR REPLACE FUNCTION private.will_be_charged (
  membership public.memberships
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select standing.status in ('trialing', 'active') and not standing.is_ending
    and (will_be_charged.membership).period_ends_at > now()
    and not private.is_suspended((will_be_charged.membership).coach_id)
  from private.membership_standing(will_be_charged.membership) as standing;
$function$;

REVOKE ALL ON FUNCTION "private"."is_untried"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_untried"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_untried"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."put_off_instalments"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."put_off_instalments"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."put_off_instalments"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."return_period"(uuid, public.refund_reason) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."return_period"(uuid, public.refund_reason) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."return_period"(uuid, public.refund_reason) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_after_all"(uuid, text, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_after_all"(uuid, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_after_all"(uuid, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_of_begin"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_of_begin"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_of_begin"(public.memberships) TO "postgres";
