SET local check_function_bodies = off;

DROP TRIGGER "orders__settle_charges" ON "public"."orders";

DROP FUNCTION "private"."earning_lines"(uuid);

DROP FUNCTION "private"."membership_terms"(public.offers, integer, boolean);

DROP FUNCTION "public"."billing_list"(integer, integer);

DROP FUNCTION "public"."coach_earnings"(integer, integer);

DROP FUNCTION "public"."membership_offer_terms"(uuid);

CREATE TABLE "private"."no_show_fees" (
  "booking_id" uuid                        NOT NULL,
  "order_id"   uuid                        NOT NULL,
  "ended_at"   timestamp(6) with time zone,
  CONSTRAINT "no_show_fees_pkey" PRIMARY KEY (booking_id)
);

ALTER TABLE "private"."no_show_fees"
  ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "no_show_fee_days" integer NOT NULL DEFAULT 14;

ALTER TABLE "public"."cancellation_policies"
  ADD COLUMN "no_show_fee_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."membership_consents"
  ADD COLUMN "no_show_fee_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."orders"
  ADD COLUMN "no_show_fee_cents" integer NOT NULL DEFAULT 0;

CREATE TYPE "private"."no_show_fee_end" AS ENUM (
  'declined',
  'waived',
  'account_closed'
);

ALTER TABLE "private"."no_show_fees"
  ADD COLUMN "ended_reason" private.no_show_fee_end;

ALTER TABLE "private"."no_show_fees"
  ADD COLUMN "words" text;

ALTER TABLE "private"."no_show_fees"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."no_show_fee_state" AS ENUM (
  'agreed',
  'due',
  'overdue',
  'paid',
  'returned',
  'unpaid',
  'waived'
);

CREATE OR REPLACE FUNCTION admin.settle_attendance (
  booking_id uuid,
  outcome    public.attendance_outcome,
  reason     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(settle_attendance.booking_id);
  v_decision public.attendance_decisions;
  v_status public.booking_status := private.status_of_outcome(settle_attendance.outcome);
begin
  select * into v_decision
  from public.attendance_decisions
  where attendance_decisions.booking_id = v_booking.id
  for update;

  if not found then
    raise exception 'Nothing was decided about session %.', settle_attendance.booking_id using errcode = 'MTNDC';
  elsif v_decision.settled_at is not null then
    raise exception 'Session % is settled already.', settle_attendance.booking_id using errcode = 'MTSTD';
  end if;

  update public.attendance_decisions
  set settled_at = now(), settled_outcome = settle_attendance.outcome, settled_reason = trim(settle_attendance.reason)
  where attendance_decisions.booking_id = v_booking.id;

  if v_status <> v_booking.status then
    perform private.move_booking(
      v_booking.id, array[v_booking.status], v_status, 'admin', jsonb_build_object('reason', trim(settle_attendance.reason))
    );
    perform private.refresh_listing(v_booking.coach_id);
  end if;

  if settle_attendance.outcome = 'coach_missing' then
    perform private.refund_missed_session(v_booking);
  elsif settle_attendance.outcome = 'client_missing' then
    perform private.make_no_show_fee(v_booking);
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'attendance_decisions', v_booking.id::text, 'settled', session_user,
    jsonb_build_object('outcome', v_decision.outcome, 'objection', v_decision.objection),
    jsonb_build_object('outcome', settle_attendance.outcome, 'reason', trim(settle_attendance.reason))
  );
  perform private.notify_parties(v_booking.id, 'attendance_settled');
end;
$function$;

CREATE OR REPLACE FUNCTION admin.waive_no_show_fee (
  booking_id uuid,
  reason     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := (
    select no_show_fees.order_id from private.no_show_fees where no_show_fees.booking_id = waive_no_show_fee.booking_id
  );
begin
  if v_order_id is null then
    raise exception 'There is no fee for session %.', waive_no_show_fee.booking_id using errcode = 'NFNON';
  elsif not private.end_no_show_fee(v_order_id, 'waived', trim(waive_no_show_fee.reason)) then
    raise exception 'The fee for session % is waived already.', waive_no_show_fee.booking_id using errcode = 'NFWVD';
  end if;

  perform private.return_payment(payments, payments.amount_cents - private.returned_cents(v_order_id), 'admin_cancelled')
  from public.payments
  where payments.order_id = v_order_id
    and payments.status = 'succeeded'
    and payments.amount_cents > private.returned_cents(v_order_id);

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'no_show_fees', waive_no_show_fee.booking_id::text, 'waived', session_user,
    jsonb_build_object('reason', trim(waive_no_show_fee.reason))
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.agreed_no_show_fee_cents (
  membership_id uuid,
  offer_id      uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce((
    select membership_consents.no_show_fee_cents
    from public.membership_consents
    where membership_consents.membership_id = agreed_no_show_fee_cents.membership_id
      and membership_consents.offer_id = agreed_no_show_fee_cents.offer_id
    order by membership_consents.agreed_at desc
    limit 1
  ), 0);
$function$;

CREATE OR REPLACE FUNCTION private.charge_no_show_fee (
  order_row public.orders
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.charge_card(charge_no_show_fee.order_row)
  where private.is_chargeable(charge_no_show_fee.order_row);
$function$;

CREATE OR REPLACE FUNCTION private.charge_no_show_fees()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  for v_order in
    select orders.*
    from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id
    where no_show_fees.ended_at is null
      and orders.status = 'pending'
    order by orders.id
    limit 500
    for update of orders skip locked
  loop
    if v_order.created_at <= now() - make_interval(days => (private.settings()).no_show_fee_days) then
      perform private.end_no_show_fee(v_order.id, 'declined');
    else
      perform private.charge_no_show_fee(v_order);
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
    'attempt', card_charges.attempt,
    'amount_cents', orders.amount_cents,
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

CREATE OR REPLACE FUNCTION private.close_attendance (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(close_attendance.booking_id);
  v_outcome public.attendance_outcome;
begin
  -- Looked at again under the lock: an objection of this very moment comes first.
  update public.attendance_decisions
  set settled_at = now(), settled_outcome = outcome
  where attendance_decisions.booking_id = v_booking.id
    and attendance_decisions.settled_at is null
    and attendance_decisions.objected_at is null
    and attendance_decisions.objection_ends_at <= now()
  returning outcome into v_outcome;

  if v_outcome = 'coach_missing' and v_booking.status = 'no_show_coach' then
    perform private.refund_missed_session(v_booking);
    perform private.notify_parties(v_booking.id, 'attendance_settled');
  elsif v_outcome = 'client_missing' and v_booking.status = 'no_show_client' then
    perform private.make_no_show_fee(v_booking);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.create_order (
  offer         public.offers,
  client_id     uuid,
  session_count integer       DEFAULT 1
)
  RETURNS uuid
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.orders (
    client_id, coach_id, offer_id, session_count, amount_cents, automatic_tax, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent,
    client_move_minutes, client_moves, coach_move_minutes, no_show_fee_cents
  )
  select create_order.client_id, (create_order.offer).coach_id, (create_order.offer).id,
    sold.session_count,
    sold.session_count * sold.session_cents,
    (private.settings()).automatic_tax,
    sold.session_count * round(sold.session_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent,
    cancellation_policies.client_move_minutes,
    cancellation_policies.client_moves,
    cancellation_policies.coach_move_minutes,
    cancellation_policies.no_show_fee_cents
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  cross join lateral (
    select coalesce((create_order.offer).session_count, create_order.session_count) as session_count,
      (create_order.offer).price_cents / coalesce((create_order.offer).session_count, 1) as session_cents
  ) as sold
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
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
      no_show_fee_cents = least(orders.no_show_fee_cents, private.agreed_no_show_fee_cents((create_period_order.membership).id, orders.offer_id)),
      membership_id = (create_period_order.membership).id,
      stripe_invoice_id = create_period_order.invoice ->> 'id',
      period_starts_at = (create_period_order.invoice ->> 'period_starts_at')::timestamptz,
      period_ends_at = (create_period_order.invoice ->> 'period_ends_at')::timestamptz
  where orders.id = v_order_id;

  return v_order_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.decline_no_show_fee (
  order_row public.orders,
  attempt   integer,
  is_last   boolean
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if decline_no_show_fee.is_last then
    perform private.end_no_show_fee((decline_no_show_fee.order_row).id, 'declined');
  else
    perform private.notify(
      (decline_no_show_fee.order_row).client_id, 'no_show_fee_failed', no_show_fees.booking_id, no_show_fees.booking_id,
      decline_no_show_fee.attempt
    )
    from private.no_show_fees
    where no_show_fees.order_id = (decline_no_show_fee.order_row).id;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.earn_no_show_fee (
  order_row public.orders,
  payment   public.payments
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  if not private.takes_payment(earn_no_show_fee.order_row) then
    perform private.return_payment(earn_no_show_fee.payment, (earn_no_show_fee.payment).amount_cents, 'paid_too_late');
    return;
  end if;

  update private.no_show_fees
  set ended_at = null, ended_reason = null
  where no_show_fees.order_id = (earn_no_show_fee.order_row).id
  returning no_show_fees.booking_id into v_booking_id;

  perform private.release_period((earn_no_show_fee.order_row).id);
  perform private.notify_parties(v_booking_id, 'no_show_fee_paid');
end;
$function$;

CREATE OR REPLACE FUNCTION private.earning_lines (
  coach_id uuid
)
  RETURNS TABLE (
    order_id          uuid,
    booking_id        uuid,
    missed_booking_id uuid,
    starts_at         timestamp with time zone,
    status            public.booking_status
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.id, null::uuid, bookings.starts_at, bookings.status
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.bookings on bookings.order_id = orders.id
  where orders.coach_id = earning_lines.coach_id
    and orders.paid_at is not null
    and orders.amount_cents + orders.discount_cents > 0
    and offers.kind <> 'membership'
  union all
  select orders.id, null, missed.id, coalesce(missed.starts_at, orders.period_starts_at, orders.paid_at), null
  from public.orders
  join public.offers on offers.id = orders.offer_id
  left join private.no_show_fees as fee on fee.order_id = orders.id
  left join public.bookings as missed on missed.id = fee.booking_id
  where orders.coach_id = earning_lines.coach_id
    and (orders.paid_at is not null or missed.id is not null and coalesce(fee.ended_reason, 'declined') = 'declined')
    and orders.amount_cents + orders.discount_cents > 0
    and offers.kind = 'membership';
$function$;

CREATE OR REPLACE FUNCTION private.earning_money (
  order_id   uuid,
  booking_id uuid
)
  RETURNS TABLE (
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    subsidy_cents  integer,
    share_cents    integer,
    sent_cents     integer,
    netted_cents   integer,
    state          public.earning_state,
    hold           public.earning_hold,
    released_at    timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select price.paid_cents, price.refunded_cents,
    coalesce(split.fee_cents, 0), coalesce(split.subsidy_cents, 0), coalesce(split.share_cents, 0),
    coalesce(sent.cents, 0)::integer, coalesce(sent.netted_cents, 0)::integer,
    case
      when split.share_cents is null then 'nothing'
      when earnings.id is null and why.hold in ('objection', 'attendance', 'dispute') then 'on_hold'
      when earnings.id is null then 'pending'
      when why.hold is not null then 'on_hold'
      when sent.is_open then 'available'
      else 'paid'
    end::public.earning_state,
    case when split.share_cents is not null then why.hold end,
    earnings.released_at
  from public.orders
  left join public.bookings on bookings.id = earning_money.booking_id
  left join public.earnings
    on earnings.order_id = orders.id and earnings.booking_id is not distinct from earning_money.booking_id
  cross join lateral (
    select
      case
        when orders.paid_at is null then 0
        when bookings.id is null then orders.amount_cents
        else private.session_cents(bookings)
      end as paid_cents,
      case when bookings.id is null then private.returned_cents(orders.id) else private.session_returned_cents(bookings) end as refunded_cents
  ) as price
  left join lateral (
    select session.fee_cents, session.subsidy_cents, session.share_cents
    from private.session_split(bookings) as session
    where bookings.id is not null
    union all
    select period.fee_cents, period.subsidy_cents, period.share_cents
    from private.period_split(orders.id) as period
    where bookings.id is null and orders.status <> 'expired'
  ) as split on true
  left join lateral (
    select sum(transfers.amount_cents) filter (where transfers.status = 'succeeded')
        - coalesce(sum(reversed.cents), 0) as cents,
      sum(transfers.netted_cents) filter (where transfers.status <> 'failed') as netted_cents,
      bool_or(transfers.status in ('waiting', 'requested')) as is_open,
      max(private.unsent_because(transfers)) filter (where transfers.status = 'waiting') as hold
    from public.transfers
    left join lateral (
      select sum(transfer_reversals.reversed_cents) as cents
      from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
    ) as reversed on true
    where transfers.earning_id = earnings.id
  ) as sent on true
  cross join lateral (
    select case
      when earnings.id is not null then case
        when orders.status = 'disputed' and coalesce(sent.cents + sent.netted_cents, 0) < earnings.share_cents then 'dispute'
        else sent.hold
      end
      when bookings.id is not null then private.unreleased_because(bookings)
      when orders.status = 'disputed' then 'dispute'
      when orders.paid_at is null then 'payment'
      else 'to_come'
    end as hold
  ) as why
  where orders.id = earning_money.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.end_no_show_fee (
  order_id uuid,
  reason   private.no_show_fee_end,
  words    text                    DEFAULT NULL::text
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  perform from public.orders where orders.id = end_no_show_fee.order_id for update;

  update private.no_show_fees
  set ended_at = now(), ended_reason = end_no_show_fee.reason, words = end_no_show_fee.words
  where no_show_fees.order_id = end_no_show_fee.order_id
    and (
      no_show_fees.ended_reason is null
      or end_no_show_fee.reason = 'waived' and no_show_fees.ended_reason <> 'waived'
    )
  returning no_show_fees.booking_id into v_booking_id;

  if v_booking_id is null then
    return false;
  end if;

  update public.orders set status = 'expired'
  where orders.id = end_no_show_fee.order_id and orders.status = 'pending';
  perform private.enqueue(
    'stripe.expire_checkout', 'stripe.expire_checkout:' || orders.id, jsonb_build_object('order_id', orders.id)
  )
  from public.orders
  where orders.id = end_no_show_fee.order_id
    and orders.status = 'expired'
    and orders.stripe_checkout_session_id is not null;

  if end_no_show_fee.reason = 'declined' then
    perform private.notify_parties(v_booking_id, 'no_show_fee_unpaid');
  elsif end_no_show_fee.reason = 'waived' then
    perform private.notify_parties(v_booking_id, 'no_show_fee_waived');
  end if;
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.evidence_work (
  dispute_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'dispute_id', disputes.id,
    'stripe_dispute_id', disputes.stripe_dispute_id,
    'status', disputes.status,
    'client_name', concat_ws(' ', profiles.first_name, profiles.last_name),
    'coach_name', coaches.display_name,
    'offer_title', offers.title,
    'session_count', orders.session_count,
    'agreed_at', orders.created_at,
    'full_refund_minutes', orders.full_refund_minutes,
    'partial_refund_minutes', orders.partial_refund_minutes,
    'partial_refund_percent', orders.partial_refund_percent,
    'sessions', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'starts_at', bookings.starts_at,
          'ends_at', bookings.ends_at,
          'status', bookings.status,
          'sentence', attendance_decisions.sentence,
          'visits', (
            select coalesce(jsonb_agg(
              jsonb_build_object('party', visits.party, 'from', lower(visits.during), 'to', upper(visits.during))
              order by lower(visits.during)
            ), '[]')
            from private.visits(bookings.id) as visits
            where visits.party is not null
          )
        )
        order by bookings.starts_at
      ), '[]')
      from public.bookings
      left join public.attendance_decisions on attendance_decisions.booking_id = bookings.id
      where (bookings.order_id = orders.id or bookings.id = private.missed_booking_id(orders.id))
        and bookings.status in ('confirmed', 'completed', 'cancelled', 'no_show_client', 'no_show_coach')
    )
  )
  from public.disputes
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles on profiles.id = orders.client_id
  where disputes.id = evidence_work.dispute_id
    and disputes.status in ('needs_response', 'warning_needs_response');
$function$;

CREATE OR REPLACE FUNCTION private.forget_words_of_sessions (
  profile_id uuid,
  coach_id   uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_ids uuid[] := array(
    select bookings.id from public.bookings
    where bookings.client_id = forget_words_of_sessions.profile_id
      or bookings.coach_id = forget_words_of_sessions.coach_id
  );
begin
  update public.bookings
  set note = case
        when bookings.client_id = forget_words_of_sessions.profile_id then ''
        else private.without_names(bookings.note, forget_words_of_sessions.names)
      end,
      cancel_reason = case
        when bookings.cancelled_by = 'client' and bookings.client_id = forget_words_of_sessions.profile_id
          or bookings.cancelled_by = 'coach' and bookings.coach_id = forget_words_of_sessions.coach_id
          then case when bookings.cancel_reason = 'The account was closed.' then bookings.cancel_reason end
        else private.without_names(bookings.cancel_reason, forget_words_of_sessions.names)
      end
  where bookings.id = any (v_booking_ids)
    and (bookings.note <> '' or bookings.cancel_reason <> '');

  update public.booking_events
  set detail = private.without_names(booking_events.detail::text, forget_words_of_sessions.names)::jsonb
  where booking_events.booking_id = any (v_booking_ids)
    and booking_events.detail <> '{}';

  update public.attendance_decisions
  set objection = case
        when attendance_decisions.objected_by = 'client' and bookings.client_id = forget_words_of_sessions.profile_id
          or attendance_decisions.objected_by = 'coach' and bookings.coach_id = forget_words_of_sessions.coach_id
          then 'Removed with the account.'
        else private.without_names(attendance_decisions.objection, forget_words_of_sessions.names)
      end,
      sentence = private.without_names(attendance_decisions.sentence, forget_words_of_sessions.names),
      settled_reason = private.without_names(attendance_decisions.settled_reason, forget_words_of_sessions.names),
      evidence = private.without_names(attendance_decisions.evidence::text, forget_words_of_sessions.names)::jsonb
  from public.bookings
  where bookings.id = attendance_decisions.booking_id
    and bookings.id = any (v_booking_ids);

  -- What an admin settled: the objection as it was then is theirs, whoever reads it.
  update private.audit_log
  set before = audit_log.before - 'objection',
      after = private.without_names(audit_log.after::text, forget_words_of_sessions.names)::jsonb
  where audit_log.table_name in ('attendance_decisions', 'no_show_fees')
    and audit_log.row_id = any (v_booking_ids::text[]);

  update private.no_show_fees
  set words = private.without_names(no_show_fees.words, forget_words_of_sessions.names)
  where no_show_fees.booking_id = any (v_booking_ids);

  update private.meeting_participants
  set display_name = 'A former member'
  where (meeting_participants.meeting_id, meeting_participants.registrant_id) in (
      select meeting_registrants.meeting_id, meeting_registrants.registrant_id
      from private.meeting_registrants
      where meeting_registrants.profile_id = forget_words_of_sessions.profile_id
    )
    or meeting_participants.meeting_id in (
      select meetings.id
      from public.meetings
      join public.bookings on bookings.occasion_id = meetings.occasion_id
      where bookings.id = any (v_booking_ids)
    )
    and meeting_participants.display_name
      <> private.without_names(meeting_participants.display_name, forget_words_of_sessions.names);

  update private.calendly_bookings
  set name = 'A former member', email = 'nobody@invalid', note = '', reschedule_url = ''
  where calendly_bookings.email = any (forget_words_of_sessions.names)
    or calendly_bookings.booking_id in (
      select bookings.id from public.bookings where bookings.client_id = forget_words_of_sessions.profile_id
    );
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_chargeable (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_chargeable.order_row).status = 'pending' and (
    exists (
      select from public.payment_plans
      where payment_plans.id = (is_chargeable.order_row).plan_id
        and payment_plans.status in ('active', 'overdue')
        and not private.is_charging_halted(payment_plans)
    )
    or private.is_no_show_fee_due(is_chargeable.order_row)
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_no_show_fee (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.missed_booking_id(is_no_show_fee.order_id) is not null;
$function$;

CREATE OR REPLACE FUNCTION private.is_no_show_fee_due (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.no_show_fees
    where no_show_fees.order_id = (is_no_show_fee_due.order_row).id
      and no_show_fees.ended_at is null
  ) and not exists (
    select from public.orders
    where orders.client_id = (is_no_show_fee_due.order_row).client_id
      and orders.coach_id = (is_no_show_fee_due.order_row).coach_id
      and orders.status = 'disputed'
  ) and not exists (
    select from public.coaches
    where coaches.id = (is_no_show_fee_due.order_row).coach_id and coaches.status = 'suspended'
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_no_show_fee_open (
  booking_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id and orders.status = 'pending'
    where no_show_fees.booking_id = is_no_show_fee_open.booking_id
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
  select coalesce(case (is_still_true.notification).cancelled_by
    when 'none_stands' then exists (select from private.told_sessions(is_still_true.notification))
    when 'session_off' then private.is_session_ahead(is_still_true.notification)
    when 'request_closed' then private.shown_status(booking) = 'requested'
    when 'came_after_all' then booking.status in ('no_show_client', 'no_show_coach')
    when 'not_confirmed' then booking.status = 'confirmed'
    when 'payment_closed' then private.shown_status(booking) = 'held'
    when 'paid_after_all' then booking.status = 'expired'
    when 'not_cancelled' then booking.status = 'cancelled'
    when 'recording_gone' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'reviewed' then private.is_reviewable(booking)
    when 'credits_gone' then exists (
      select from public.orders as first
      cross join lateral private.package_orders(first) as orders
      where first.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'instalment_settled' then private.is_instalment_ahead((is_still_true.notification).subject_id)
    when 'instalment_paid' then private.is_instalment_overdue((is_still_true.notification).subject_id)
    when 'fee_settled' then private.is_no_show_fee_open((is_still_true.notification).subject_id)
    when 'dispute_decided' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'renewal_off' then private.is_renewal_ahead(is_still_true.notification)
    when 'membership_paid' then private.is_payment_due(is_still_true.notification)
    when 'slot_taken' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_read' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    when 'message_answered' then private.is_answer_owed(is_still_true.notification)
    when 'next_booked' then private.is_next_missing(booking)
  end, (is_still_true.notification).cancelled_by is null)
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.late_pay_by()
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select date_trunc('hour', now()) + interval '3 hours';
$function$;

CREATE OR REPLACE FUNCTION private.leave_no_show_fees (
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
    from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id
    join public.coaches on coaches.id = orders.coach_id
    where leave_no_show_fees.profile_id in (orders.client_id, coaches.profile_id)
      and orders.status = 'pending'
    order by orders.id
  loop
    perform private.end_no_show_fee(v_order_id, 'account_closed');
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_sessions (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_left record;
  v_first public.bookings;
begin
  perform private.lock_plans_of(leave_sessions.profile_id); -- Before any order.
  perform private.leave_dates(leave_sessions.profile_id);

  for v_left in
    select bookings.order_id,
      case when bookings.client_id = leave_sessions.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where leave_sessions.profile_id in (bookings.client_id, coaches.profile_id)
      and bookings.status in ('held', 'requested', 'confirmed')
    group by bookings.order_id, actor
    order by bookings.order_id
  loop
    perform private.lapse_hold(v_left.order_id, v_left.actor); -- Locks the order.
    perform private.end_request(
      v_left.order_id,
      case v_left.actor when 'client' then 'cancelled' else 'declined' end::public.booking_status,
      v_left.actor, 'The account was closed.'
    );

    select * into v_first
    from public.bookings
    where bookings.order_id = v_left.order_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
    order by bookings.starts_at
    limit 1;
    perform private.call_off_following(v_first, v_left.actor, 'The account was closed.');
  end loop;

  perform private.return_periods(leave_sessions.profile_id);
  perform private.leave_packages(leave_sessions.profile_id);
  perform private.leave_no_show_fees(leave_sessions.profile_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'party', case when bookings.client_id = (mail_booking.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = (mail_booking.notification).recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'coach_slug', coaches.slug,
    'client_name', private.shown_name(client),
    'sessions', told.sessions,
    'session_count', orders.session_count,
    'paid_cents', told.paid_cents,
    'is_charged', orders.paid_at is not null,
    'answer_by', bookings.answer_by,
    'pay_by', bookings.hold_expires_at,
    'note', bookings.note,
    'refund_cents', told.refund_cents,
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'no_show_fee', private.mail_no_show_fee(bookings),
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until,
    'review_until', bookings.ends_at + make_interval(days => (private.settings()).review_window_days),
    'credit_of', case when orders.credits_end_at is not null then offers.kind end,
    'credits_back', told.credits_back
  )
  from (
    select (array_agg(sessions.id order by sessions.starts_at))[1] as first_id,
      jsonb_agg(
        jsonb_build_object(
          'booking_id', sessions.id, 'sequence', sessions.sequence,
          'starts_at', sessions.starts_at, 'ends_at', sessions.ends_at
        )
        order by sessions.starts_at
      ) as sessions,
      sum(private.session_cents(sessions)) as paid_cents,
      sum(private.session_returned_cents(sessions)) as refund_cents,
      count(*) filter (where exists (
        select from public.credit_entries
        where credit_entries.booking_id = sessions.id and credit_entries.kind = 'returned'
      )) as credits_back
    from private.told_sessions(mail_booking.notification) as sessions
  ) as told
  join public.bookings on bookings.id = told.first_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  cross join lateral private.refund_deadlines(bookings) as deadlines
  left join lateral (
    select booking_events.detail
    from public.booking_events
    where booking_events.booking_id = bookings.id and booking_events.before = booking_events.after
    order by booking_events.id desc
    limit 1
  ) as last_move on true;
$function$;

CREATE OR REPLACE FUNCTION private.mail_no_show_fee (
  booking public.bookings
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'cents', coalesce(fee.amount_cents, period.no_show_fee_cents),
    'objection_minutes', (private.settings()).objection_minutes,
    'needs_action', coalesce((
      select card_charges.outcome = 'requires_action' from private.card_charges
      where card_charges.order_id = fee.id and card_charges.outcome is not null
      order by card_charges.attempt desc
      limit 1
    ), false),
    'retry_at', private.next_try_at(fee.id),
    'is_paid', fee.paid_at is not null,
    'words', no_show_fees.words
  )
  from public.orders as period
  left join private.no_show_fees on no_show_fees.booking_id = (mail_no_show_fee.booking).id
  left join public.orders as fee on fee.id = no_show_fees.order_id
  where period.id = (mail_no_show_fee.booking).order_id
    and period.membership_id is not null
    and (period.no_show_fee_cents > 0 or fee.id is not null);
$function$;

CREATE OR REPLACE FUNCTION private.make_no_show_fee (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_fee_cents integer;
  v_order_id uuid;
  v_order public.orders;
begin
  select orders.no_show_fee_cents into v_fee_cents
  from public.orders
  join public.memberships on memberships.id = orders.membership_id
  where orders.id = (make_no_show_fee.booking).order_id
    and orders.no_show_fee_cents > 0
    and not private.has_left(memberships, now())
    and not exists (
      select from private.no_show_fees where no_show_fees.booking_id = (make_no_show_fee.booking).id
    );

  if not found then
    return;
  end if;

  select * into v_offer from public.offers where offers.id = (make_no_show_fee.booking).offer_id;
  v_order_id := private.create_order(v_offer, (make_no_show_fee.booking).client_id);
  update public.orders
  set amount_cents = v_fee_cents,
      fee_cents = round(v_fee_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
      automatic_tax = false, -- No session was given for it.
      no_show_fee_cents = 0
  where orders.id = v_order_id
  returning * into v_order;

  insert into private.no_show_fees (booking_id, order_id) values ((make_no_show_fee.booking).id, v_order.id);
  perform private.charge_no_show_fee(v_order);
end;
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
  select 2, format(
    'I agree that “%s” with %s renews by itself. %s%s is charged to my card %s%s, until I cancel. I can cancel at any '
    'time with one click, on the membership’s page or through Billing in my settings. It then works until the end of '
    'the time that is paid, and nothing more is charged. Sessions that I do not use within their period are not '
    'paid back.%s',
    (membership_terms.offer).title,
    coaches.display_name,
    case when membership_terms.trial_days > 0
      then format('The first %s days cost nothing. Then ', membership_terms.trial_days) else '' end,
    '$' || to_char((membership_terms.offer).price_cents / 100.0, 'FM999,990.00'),
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

CREATE OR REPLACE FUNCTION private.missed_booking_id (
  order_id uuid
)
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select no_show_fees.booking_id from private.no_show_fees where no_show_fees.order_id = missed_booking_id.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.no_show_fee_state (
  fee private.no_show_fees
)
  RETURNS public.no_show_fee_state
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when orders.status = 'refunded' then 'returned'
    when orders.paid_at is not null then 'paid'
    when (no_show_fee_state.fee).ended_reason = 'declined' then 'unpaid'
    when (no_show_fee_state.fee).ended_reason is not null then 'waived'
    when private.failed_charges(orders.id) > 0 then 'overdue'
    when orders.id is not null then 'due'
    else 'agreed'
  end::public.no_show_fee_state
  from (select) as one
  left join public.orders on orders.id = (no_show_fee_state.fee).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.no_show_fee_subscription (
  order_id uuid
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select memberships.stripe_subscription_id
  from private.no_show_fees
  join public.bookings on bookings.id = no_show_fees.booking_id
  join public.orders as period on period.id = bookings.order_id
  join public.memberships on memberships.id = period.membership_id
  where no_show_fees.order_id = no_show_fee_subscription.order_id;
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
  v_is_last boolean;
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  select * into v_order from public.orders where orders.id = record_declined_charge.order_id;
  perform private.lock_plan(v_order.plan_id);

  update private.card_charges
  set outcome = case
        when 'authentication_required' in (
          record_declined_charge.error ->> 'code', record_declined_charge.error ->> 'decline_code'
        ) then 'requires_action'
        else 'declined'
      end::private.charge_outcome,
      failure_code = coalesce(record_declined_charge.error ->> 'decline_code', record_declined_charge.error ->> 'code'),
      settled_at = now()
  where card_charges.order_id = v_order.id
    and card_charges.attempt = record_declined_charge.attempt
    and card_charges.outcome is null;

  if not found or not exists (
    select from public.orders where orders.id = v_order.id and orders.status = 'pending'
  ) then
    return;
  end if;

  v_is_last := record_declined_charge.attempt > cardinality((private.settings()).charge_retry_days);
  if v_order.plan_id is null then
    perform private.decline_no_show_fee(v_order, record_declined_charge.attempt, v_is_last);
  elsif v_is_last then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_payment (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_payment.order_id, record_payment.payment_intent_id, record_payment.gross_cents, record_payment.tax_cents,
    record_payment.currency
  );
  v_was_authorized boolean;
  v_payment public.payments;
begin
  if v_order.id is null then
    return;
  end if;

  v_was_authorized := exists (
    select from public.payments
    where payments.stripe_payment_intent_id = record_payment.payment_intent_id
      and payments.status = 'authorized'
  );

  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status = 'succeeded'
        and payments.stripe_payment_intent_id <> record_payment.payment_intent_id
    ) then 'surplus' else 'succeeded' end::public.payment_status,
    v_order.amount_cents, record_payment.gross_cents - v_order.amount_cents, record_payment.currency,
    record_payment.payment_intent_id, record_payment.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status,
      amount_cents = excluded.amount_cents,
      tax_cents = excluded.tax_cents,
      failure_code = null,
      stripe_charge_id = coalesce(known.stripe_charge_id, excluded.stripe_charge_id)
  returning * into v_payment;

  if v_payment.status = 'surplus' then
    perform private.return_payment(v_payment, v_payment.amount_cents, 'paid_twice');
    return;
  end if;

  if v_order.status in ('pending', 'expired') then
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order.id;

    if v_was_authorized then
      perform private.settle_order(v_order.id); -- The coach has accepted; some may be on its way back.
    elsif private.is_package(v_order) then
      perform private.start_package(v_order, v_payment);
    elsif private.is_no_show_fee(v_order.id) then
      perform private.earn_no_show_fee(v_order, v_payment);
    else
      perform private.confirm_booking(v_order.id);
    end if;
  end if;
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
  ) and not exists (
    select from private.no_show_fees
    where no_show_fees.order_id = (takes_payment.order_row).id
      and no_show_fees.ended_reason in ('waived', 'account_closed')
  );
$function$;

CREATE OR REPLACE FUNCTION private.write_consent (
  membership_id uuid,
  offer         public.offers,
  trial_days    integer,
  words_sha256  text,
  is_change     boolean       DEFAULT false
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

  insert into public.membership_consents (membership_id, offer_id, version, words, words_sha256, no_show_fee_cents)
  select write_consent.membership_id, (write_consent.offer).id, terms.version, terms.words, write_consent.words_sha256,
    terms.no_show_fee_cents
  from private.membership_terms(write_consent.offer, write_consent.trial_days, write_consent.is_change) as terms
  where encode(sha256(convert_to(terms.words, 'UTF8')), 'hex') = write_consent.words_sha256;

  if not found then
    raise exception 'What you agree to has changed. Read it again.' using errcode = 'MBTRM';
  end if;
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
    period_ends_at   timestamp with time zone,
    is_no_show_fee   boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payments.id, payments.created_at, payments.status, payments.amount_cents,
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

CREATE OR REPLACE FUNCTION public.coach_earnings (
  page_size   integer DEFAULT 50,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    order_id          uuid,
    booking_id        uuid,
    missed_booking_id uuid,
    starts_at         timestamp with time zone,
    client_name       text,
    offer_title       text,
    status            public.booking_status,
    paid_cents        integer,
    refunded_cents    integer,
    fee_cents         integer,
    subsidy_cents     integer,
    share_cents       integer,
    sent_cents        integer,
    netted_cents      integer,
    state             public.earning_state,
    hold              public.earning_hold,
    released_at       timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with lines as materialized (
    select * from private.earning_lines(private.current_coach_id())
    order by starts_at desc, order_id, booking_id
    limit least(coach_earnings.page_size, 1000)
    offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 1000)
  )
  select lines.order_id, lines.booking_id, lines.missed_booking_id, lines.starts_at,
    private.shown_name(profiles), offers.title, lines.status,
    money.paid_cents, money.refunded_cents, money.fee_cents, money.subsidy_cents, money.share_cents,
    money.sent_cents, money.netted_cents, money.state, money.hold, money.released_at
  from lines
  join public.orders on orders.id = lines.order_id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  cross join lateral private.earning_money(lines.order_id, lines.booking_id) as money
  order by lines.starts_at desc, lines.order_id, lines.booking_id;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_earnings"(integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.membership_offer_terms (
  offer_id uuid
)
  RETURNS TABLE (
    trial_days        integer,
    version           integer,
    words             text,
    words_sha256      text,
    membership_id     uuid,
    no_show_fee_cents integer,
    objection_minutes integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select days.trial_days, terms.version, terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'),
    case when live.status <> 'incomplete' then live.id end, terms.no_show_fee_cents, (private.settings()).objection_minutes
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
    and private.no_show_fee_state(no_show_fees) = 'overdue';
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
    words             text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.no_show_fee_state(no_show_fees), coalesce(fee.amount_cents, period.no_show_fee_cents),
    (private.settings()).objection_minutes, private.next_try_at(fee.id), no_show_fees.words
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

CREATE OR REPLACE FUNCTION public.no_show_fee_terms (
  order_id uuid
)
  RETURNS TABLE (
    amount_cents      integer,
    objection_minutes integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.no_show_fee_cents, (private.settings()).objection_minutes
  from public.orders
  where orders.id = no_show_fee_terms.order_id
    and orders.client_id = private.current_profile_id()
    and orders.membership_id is not null
    and orders.no_show_fee_cents > 0;
$function$;

REVOKE ALL ON FUNCTION "public"."no_show_fee_terms"(uuid) FROM PUBLIC, "anon", "service_role";

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
    and not private.is_no_show_fee(orders.id)
    and orders.client_id = private.current_profile_id();
$function$;

ALTER TABLE "private"."no_show_fees"
  ADD CONSTRAINT "no_show_fees_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."no_show_fees"
  ADD CONSTRAINT "no_show_fees_ended_say_why" CHECK (((ended_at IS NULL) = (ended_reason IS NULL)));

ALTER TABLE "private"."no_show_fees"
  ADD CONSTRAINT "no_show_fees_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."no_show_fees"
  ADD CONSTRAINT "no_show_fees_waived_say_why" CHECK (((ended_reason IS DISTINCT FROM 'waived'::private.no_show_fee_end) OR (words IS NOT NULL)));

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_no_show_fee_days" CHECK (((no_show_fee_days >= 1) AND (no_show_fee_days <= 60)));

ALTER TABLE "public"."cancellation_policies"
  ADD CONSTRAINT "cancellation_policies_no_show_fee" CHECK (((no_show_fee_cents = 0) OR ((no_show_fee_cents >= 50) AND (no_show_fee_cents <= 100000))));

ALTER TABLE "public"."membership_consents"
  ADD CONSTRAINT "membership_consents_no_show_fee" CHECK ((no_show_fee_cents >= 0));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_no_show_fee" CHECK ((no_show_fee_cents >= 0));

CREATE UNIQUE INDEX no_show_fees_one_per_order ON private.no_show_fees USING btree (order_id);

CREATE INDEX no_show_fees_open_idx ON private.no_show_fees USING btree (created_at)
  WHERE (ended_at IS NULL);

CREATE TRIGGER orders__settle_charges
  AFTER UPDATE OF status ON public.orders
  FOR EACH ROW
  WHEN (((new.status = 'paid'::public.order_status) AND (old.status = ANY (ARRAY['pending'::public.order_status, 'expired'::public.order_status]))))
  EXECUTE FUNCTION private.tg_orders__settle_charges();

CREATE POLICY "Nobody reads no-show fees over the API" ON "private"."no_show_fees"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."no_show_fees" IS 'What a client is charged for a session of a membership to which they did not come: an order of its own, once for each session.';

REVOKE ALL ON FUNCTION "admin"."waive_no_show_fee"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."waive_no_show_fee"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."waive_no_show_fee"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."agreed_no_show_fee_cents"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."agreed_no_show_fee_cents"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."agreed_no_show_fee_cents"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."charge_no_show_fee"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."charge_no_show_fee"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."charge_no_show_fee"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."charge_no_show_fees"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."charge_no_show_fees"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."charge_no_show_fees"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."decline_no_show_fee"(public.orders, integer, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decline_no_show_fee"(public.orders, integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decline_no_show_fee"(public.orders, integer, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."earn_no_show_fee"(public.orders, public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."earn_no_show_fee"(public.orders, public.payments) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."earn_no_show_fee"(public.orders, public.payments) TO "postgres";

REVOKE ALL ON FUNCTION "private"."earning_lines"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."earning_lines"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."earning_lines"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_no_show_fee"(uuid, private.no_show_fee_end, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_no_show_fee"(uuid, private.no_show_fee_end, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_no_show_fee"(uuid, private.no_show_fee_end, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_chargeable"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_chargeable"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_chargeable"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_no_show_fee"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_no_show_fee"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_no_show_fee"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_no_show_fee_due"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_no_show_fee_due"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_no_show_fee_due"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_no_show_fee_open"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_no_show_fee_open"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_no_show_fee_open"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."late_pay_by"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."late_pay_by"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."late_pay_by"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_no_show_fees"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_no_show_fees"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_no_show_fees"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_no_show_fee"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_no_show_fee"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_no_show_fee"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."make_no_show_fee"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."make_no_show_fee"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."make_no_show_fee"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."membership_terms"(public.offers, integer, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_terms"(public.offers, integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_terms"(public.offers, integer, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."missed_booking_id"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."missed_booking_id"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."missed_booking_id"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."no_show_fee_state"(private.no_show_fees) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."no_show_fee_state"(private.no_show_fees) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."no_show_fee_state"(private.no_show_fees) TO "postgres";

REVOKE ALL ON FUNCTION "private"."no_show_fee_subscription"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."no_show_fee_subscription"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."no_show_fee_subscription"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_earnings"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_earnings"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_earnings"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_offer_terms"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."membership_offer_terms"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."membership_offer_terms"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_checkout"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."no_show_fee_checkout"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_checkout"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."no_show_fee_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_terms"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."no_show_fee_terms"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."no_show_fee_terms"(uuid) TO "postgres";

REVOKE ALL ("no_show_fee_cents") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("no_show_fee_cents") ON TABLE "public"."orders" TO "authenticated";
