SET local check_function_bodies = off;

DROP VIEW "admin"."money_mismatch";

DROP VIEW "admin"."stripe_mismatch";

DROP VIEW "admin"."stripe_sources";

CREATE TABLE "public"."disputes" (
  "id"                uuid NOT NULL DEFAULT gen_random_uuid(),
  "order_id"          uuid NOT NULL,
  "payment_id"        uuid NOT NULL,
  "stripe_dispute_id" text NOT NULL,
  CONSTRAINT "disputes_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."disputes"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."disputes" FROM "anon", "service_role";

CREATE TYPE "public"."dispute_status" AS ENUM (
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'appeal_needs_response',
  'appeal_under_review',
  'prevented'
);

ALTER TABLE "public"."disputes"
  ADD COLUMN "status" public.dispute_status NOT NULL;

ALTER TABLE "public"."disputes"
  ADD COLUMN "reason" text NOT NULL;

ALTER TABLE "public"."disputes"
  ADD COLUMN "amount_cents" integer NOT NULL;

ALTER TABLE "public"."disputes"
  ADD COLUMN "fee_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."disputes"
  ADD COLUMN "lost_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."disputes"
  ADD COLUMN "evidence_due_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."disputes"
  ADD COLUMN "evidence_sent_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."disputes"
  ADD COLUMN "opened_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."disputes"
  ADD COLUMN "closed_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."disputes"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE OR REPLACE FUNCTION private.adjust_earnings (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_earning public.earnings;
  v_split record;
begin
  perform from public.orders where orders.id = adjust_earnings.order_id for update;

  for v_earning in
    select * from public.earnings where earnings.order_id = adjust_earnings.order_id order by earnings.id for update
  loop
    select coalesce(split.kept_cents, 0) as kept, coalesce(split.fee_cents, 0) as fee,
      coalesce(split.share_cents, 0) as share, coalesce(split.subsidy_cents, 0) as subsidy
    into v_split
    from (select) as one
    left join lateral (
      select session.* from public.bookings cross join lateral private.session_split(bookings) as session
      where bookings.id = v_earning.booking_id
      union all
      select period.* from private.period_split(v_earning.order_id) as period where v_earning.booking_id is null
    ) as split on true;

    if (v_earning.kept_cents, v_earning.fee_cents, v_earning.share_cents, v_earning.subsidy_cents)
      is distinct from (v_split.kept, v_split.fee, v_split.share, v_split.subsidy) then
      update public.earnings
      set kept_cents = v_split.kept, fee_cents = v_split.fee, share_cents = v_split.share,
          subsidy_cents = v_split.subsidy, adjustments = earnings.adjustments + 1
      where earnings.id = v_earning.id
      returning * into v_earning;
    end if;

    perform private.settle_earning(v_earning);
  end loop;
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
      where bookings.order_id = orders.id
        and bookings.status in ('confirmed', 'completed', 'cancelled', 'no_show_client', 'no_show_coach')
    )
  )
  from public.disputes
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles on profiles.id = orders.client_id
  where disputes.id = evidence_work.dispute_id
    and disputes.status in ('needs_response', 'warning_needs_response')
    and disputes.evidence_sent_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.is_dispute_open (
  dispute_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.disputes
    where disputes.id = is_dispute_open.dispute_id and private.is_open(disputes.status)
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_disputed (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.disputes
    join public.payments on payments.id = disputes.payment_id
    where disputes.order_id = is_disputed.order_id
      and private.is_open(disputes.status)
      and payments.status <> 'surplus'
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_open (
  status public.dispute_status
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select is_open.status in ('warning_needs_response', 'warning_under_review', 'needs_response', 'under_review');
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
      select from public.orders
      where orders.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'dispute_asked' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'dispute_opened' then private.is_dispute_open((is_still_true.notification).subject_id)
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

CREATE OR REPLACE FUNCTION private.is_taken_back (
  payment_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.disputes
    where disputes.payment_id = is_taken_back.payment_id
      and disputes.status in ('needs_response', 'under_review')
  );
$function$;

CREATE OR REPLACE FUNCTION private.mail_dispute (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('dispute', jsonb_build_object(
    'amount_cents', disputes.amount_cents,
    'offer_title', offers.title,
    'client_name', private.shown_name(profiles)
  ))
  from public.disputes
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  where (mail_dispute.notification).kind like 'dispute\_%'
    and disputes.id = (mail_dispute.notification).subject_id;
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
  ) || coalesce(private.mail_opening(notifications), private.mail_package(notifications), private.mail_dispute(notifications), '{}')
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION private.may_follow (
  status public.dispute_status,
  before public.dispute_status
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  with steps (status, step) as (
    values ('warning_needs_response', 1), ('warning_under_review', 2), ('needs_response', 3), ('under_review', 4),
      ('warning_closed', 5), ('prevented', 5), ('lost', 5), ('appeal_needs_response', 6), ('appeal_under_review', 7), ('won', 8)
  )
  select later.step >= earlier.step
    or may_follow.status = 'lost' and may_follow.before in ('appeal_needs_response', 'appeal_under_review')
  from steps as later, steps as earlier
  where later.status = may_follow.status::text
    and earlier.status = may_follow.before::text;
$function$;

CREATE OR REPLACE FUNCTION private.post_dispute (
  dispute   public.disputes,
  movements jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_source text := 'dispute:' || (post_dispute.dispute).id || ':';
  v_move record;
  v_taken_cents integer;
  v_fee_cents integer;
  v_lost_cents integer;
begin
  for v_move in
    select * from jsonb_to_recordset(post_dispute.movements) as move (id text, amount integer, fee integer, net integer)
    where move.net <> 0
  loop
    perform private.post_journal(
      case when v_move.amount < 0 then 'dispute' else 'dispute_won' end::private.journal_kind,
      v_source || v_move.id, (post_dispute.dispute).order_id,
      jsonb_build_object('stripe_balance', v_move.net, 'disputed_money', -v_move.amount)
        || case when v_move.fee = 0 then '{}' else jsonb_build_object('stripe_fees', v_move.fee) end
    );
  end loop;

  select coalesce(sum(ledger_entries.amount_cents) filter (where ledger_entries.account = 'disputed_money'), 0),
    coalesce(sum(ledger_entries.amount_cents) filter (where ledger_entries.account = 'stripe_fees'), 0)
  into v_taken_cents, v_fee_cents
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  where ledger_journals.order_id = (post_dispute.dispute).order_id
    and starts_with(ledger_journals.source, v_source);

  v_lost_cents := case
    when (post_dispute.dispute).status in ('lost', 'prevented', 'appeal_needs_response', 'appeal_under_review') then v_taken_cents
    else 0
  end;

  if v_lost_cents <> (post_dispute.dispute).lost_cents then
    perform private.post_journal(
      case when v_lost_cents > 0 then 'dispute_lost' else 'dispute_won' end::private.journal_kind,
      'dispute_lost:' || (post_dispute.dispute).id || ':' || (
        select count(*) + 1 from private.ledger_journals
        where ledger_journals.order_id = (post_dispute.dispute).order_id
          and starts_with(ledger_journals.source, 'dispute_lost:' || (post_dispute.dispute).id)
      ),
      (post_dispute.dispute).order_id,
      jsonb_build_object(
        'disputed_money', (post_dispute.dispute).lost_cents - v_lost_cents,
        'client_money', v_lost_cents - (post_dispute.dispute).lost_cents
      )
    );
  end if;

  update public.disputes
  set fee_cents = v_fee_cents, lost_cents = v_lost_cents
  where disputes.id = (post_dispute.dispute).id
    and (fee_cents, lost_cents) <> (v_fee_cents, v_lost_cents);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_dispute (
  stripe_dispute jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_object jsonb := record_dispute.stripe_dispute;
  v_details jsonb := v_object -> 'evidence_details';
  v_status public.dispute_status := v_object ->> 'status';
  v_payment public.payments;
  v_before public.disputes;
  v_dispute public.disputes;
begin
  if v_object is null then
    return;
  end if;

  select * into v_payment from public.payments where payments.stripe_payment_intent_id = v_object ->> 'payment_intent';
  if not found then
    raise exception 'The payment of this dispute is not known yet.' using errcode = 'ORLTR';
  end if;

  perform from public.orders where orders.id = v_payment.order_id for update;
  select * into v_before from public.disputes where disputes.stripe_dispute_id = v_object ->> 'id';

  insert into public.disputes as known (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
  values (
    v_payment.order_id, v_payment.id, v_object ->> 'id', v_status, v_object ->> 'reason',
    (v_object ->> 'amount')::integer, to_timestamp((v_object ->> 'created')::bigint)
  )
  on conflict (stripe_dispute_id) do update
  set status = excluded.status, amount_cents = excluded.amount_cents, reason = excluded.reason
  where private.may_follow(excluded.status, known.status);

  update public.disputes
  set evidence_due_at = coalesce(to_timestamp((v_details ->> 'due_by')::bigint), evidence_due_at),
      evidence_sent_at = coalesce(evidence_sent_at, case when (v_details ->> 'submission_count')::integer > 0 then now() end),
      closed_at = case when not private.is_open(disputes.status) then coalesce(closed_at, now()) end
  where disputes.stripe_dispute_id = v_object ->> 'id'
  returning * into v_dispute;

  perform private.post_dispute(v_dispute, v_object -> 'balance_transactions');
  perform private.settle_refunds_of_dispute(v_dispute);
  perform private.settle_order(v_dispute.order_id);
  perform private.tell_of_dispute(v_dispute, v_before.status);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_work (
  refund_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_payment public.payments;
begin
  select payments.* into v_payment
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.id = refund_work.refund_id;

  if v_payment.status = 'authorized' then
    raise exception 'The payment of this refund is not captured yet.' using errcode = 'ORLTR';
  end if;

  return (
    select jsonb_build_object(
      'refund_id', refunds.id,
      'order_id', refunds.order_id,
      'payment_intent_id', v_payment.stripe_payment_intent_id,
      'amount_cents', refunds.amount_cents
    )
    from public.refunds
    where refunds.id = refund_work.refund_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
      and not private.is_taken_back(v_payment.id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.returned_cents (
  order_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(returned.cents), 0)::integer
  from (
    select refunds.payment_id, refunds.amount_cents
    from public.refunds
    where refunds.order_id = returned_cents.order_id and refunds.status <> 'failed'
    union all
    select disputes.payment_id, disputes.lost_cents
    from public.disputes
    where disputes.order_id = returned_cents.order_id
  ) as returned (payment_id, cents)
  join public.payments on payments.id = returned.payment_id
  where payments.status <> 'surplus';
$function$;

CREATE OR REPLACE FUNCTION private.settle_earning (
  earning public.earnings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_missing_cents integer := case when exists (
    select from public.payments
    where payments.order_id = (settle_earning.earning).order_id
      and payments.status <> 'surplus'
      and private.is_taken_back(payments.id)
  ) then 0 else (settle_earning.earning).share_cents end - private.settled_cents((settle_earning.earning).id);
begin
  if v_missing_cents > 0 then
    perform private.plan_transfers(settle_earning.earning, v_missing_cents);
  elsif v_missing_cents < 0 then
    perform private.take_back(settle_earning.earning, -v_missing_cents);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.settle_order (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update public.orders
  set status = case
    when private.is_disputed(orders.id) then 'disputed'
    when orders.amount_cents <= private.returned_cents(orders.id) then 'refunded'
    when orders.status = 'released' then 'released'
    else 'paid'
  end::public.order_status
  where orders.id = settle_order.order_id
    and orders.status in ('paid', 'released', 'refunded', 'disputed');

  perform private.adjust_earnings(settle_order.order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.settle_refunds_of_dispute (
  dispute public.disputes
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if private.is_open((settle_refunds_of_dispute.dispute).status) then
    return;
  end if;

  if (settle_refunds_of_dispute.dispute).status in ('won', 'warning_closed') then
    perform private.enqueue(
      'stripe.refund', 'stripe.refund:' || refunds.id || ':after:' || (settle_refunds_of_dispute.dispute).id,
      jsonb_build_object('refund_id', refunds.id)
    )
    from public.refunds
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null;
  else
    update public.refunds
    set status = 'failed', settled_at = now()
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_of_dispute (
  dispute public.disputes,
  before  public.dispute_status
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_dispute public.disputes := tell_of_dispute.dispute;
  v_step text := case
    when not private.is_open(v_dispute.status) then case when v_dispute.status in ('won', 'warning_closed') then 'won' else 'lost' end
    when v_dispute.status in ('warning_needs_response', 'warning_under_review') then 'asked'
    else 'opened'
  end;
begin
  perform private.notify(coaches.profile_id, 'dispute_' || v_step, v_dispute.id)
  from public.orders
  join public.coaches on coaches.id = orders.coach_id
  where orders.id = v_dispute.order_id;

  perform private.enqueue(
    'mail_admins', 'mail_admins:dispute_' || v_step || ':' || v_dispute.id,
    jsonb_build_object(
      'kind', 'dispute_' || v_step, 'order_id', v_dispute.order_id, 'stripe_dispute_id', v_dispute.stripe_dispute_id,
      'reason', v_dispute.reason, 'amount_cents', v_dispute.amount_cents, 'evidence_due_at', v_dispute.evidence_due_at
    )
  );

  if v_dispute.status in ('needs_response', 'warning_needs_response') and v_dispute.status is distinct from tell_of_dispute.before then
    perform private.enqueue(
      'stripe.submit_evidence', 'stripe.submit_evidence:' || v_dispute.id || ':' || v_dispute.status,
      jsonb_build_object('dispute_id', v_dispute.id),
      greatest(now(), v_dispute.evidence_due_at - interval '3 days')
    );
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
    when 'stripe.submit_evidence' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
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
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.end_subscription' then v_row.payload
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

ALTER TABLE "public"."disputes"
  ADD CONSTRAINT "disputes_amounts" CHECK (((amount_cents > 0) AND (lost_cents >= 0)));

ALTER TABLE "public"."disputes"
  ADD CONSTRAINT "disputes_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."disputes"
  ADD CONSTRAINT "disputes_payment_id_fkey" FOREIGN KEY (payment_id) REFERENCES public.payments(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE VIEW "admin"."open_disputes" WITH (security_invoker=true) AS  SELECT disputes.id,
    disputes.stripe_dispute_id,
    disputes.status,
    disputes.reason,
    disputes.amount_cents,
    disputes.fee_cents,
    disputes.opened_at,
    disputes.evidence_due_at,
    disputes.evidence_sent_at,
    orders.id AS order_id,
    offers.title AS offer,
    coaches.display_name AS coach,
    private.shown_name(profiles.*) AS client
   FROM ((((public.disputes
     JOIN public.orders ON ((orders.id = disputes.order_id)))
     JOIN public.offers ON ((offers.id = orders.offer_id)))
     JOIN public.coaches ON ((coaches.id = orders.coach_id)))
     JOIN public.profiles ON ((profiles.id = orders.client_id)))
  WHERE private.is_open(disputes.status);

CREATE VIEW "admin"."stripe_sources" WITH (security_invoker=true) AS  SELECT ('payment:'::text || payments.id) AS source,
    payments.stripe_charge_id AS stripe_id
   FROM public.payments
UNION ALL
 SELECT ('stripe_fee:'::text || payments.id) AS source,
    payments.stripe_charge_id AS stripe_id
   FROM public.payments
UNION ALL
 SELECT ('refund:'::text || refunds.id) AS source,
    refunds.stripe_refund_id AS stripe_id
   FROM public.refunds
UNION ALL
 SELECT ('refund_failed:'::text || refunds.id) AS source,
    refunds.stripe_refund_id AS stripe_id
   FROM public.refunds
UNION ALL
 SELECT ('transfer:'::text || transfers.id) AS source,
    transfers.stripe_transfer_id AS stripe_id
   FROM public.transfers
UNION ALL
 SELECT ('transfer_reversal:'::text || transfer_reversals.id) AS source,
    transfer_reversals.stripe_reversal_id AS stripe_id
   FROM public.transfer_reversals
UNION ALL
 SELECT ledger_journals.source,
    disputes.stripe_dispute_id AS stripe_id
   FROM (private.ledger_journals
     JOIN public.disputes ON (((disputes.id)::text = split_part(ledger_journals.source, ':'::text, 2))))
  WHERE (ledger_journals.kind = ANY (ARRAY['dispute'::private.journal_kind, 'dispute_won'::private.journal_kind]))
UNION ALL
 SELECT ('balance_transaction:'::text || balance_transactions.id) AS source,
    COALESCE(balance_transactions.source, balance_transactions.id) AS stripe_id
   FROM private.balance_transactions;

CREATE VIEW "admin"."stripe_mismatch" WITH (security_invoker=true) AS  WITH told AS (
         SELECT COALESCE(balance_transactions.source, balance_transactions.id) AS stripe_id,
            sum(balance_transactions.net_cents) AS cents,
            min(balance_transactions.created_at) AS began_at,
            max(balance_transactions.seen_at) AS changed_at
           FROM private.balance_transactions
          WHERE (balance_transactions.type !~ '(^reserve|_reserve|_hold$|_release$|^connect_reserved)'::text)
          GROUP BY COALESCE(balance_transactions.source, balance_transactions.id)
        ), kept AS (
         SELECT COALESCE(stripe_sources.stripe_id, ledger_journals.source) AS stripe_id,
            (array_agg(ledger_journals.order_id))[1] AS order_id,
            sum(ledger_entries.amount_cents) AS cents,
            min(ledger_journals.created_at) AS began_at,
            max(ledger_journals.created_at) AS changed_at
           FROM ((private.ledger_entries
             JOIN private.ledger_journals ON ((ledger_journals.id = ledger_entries.journal_id)))
             LEFT JOIN admin.stripe_sources ON ((stripe_sources.source = ledger_journals.source)))
          WHERE (ledger_entries.account = 'stripe_balance'::private.ledger_account)
          GROUP BY COALESCE(stripe_sources.stripe_id, ledger_journals.source)
        )
 SELECT kept.order_id,
    stripe_id,
    COALESCE(told.cents, (0)::bigint) AS told_cents,
    COALESCE(kept.cents, (0)::bigint) AS ledger_cents
   FROM (told
     FULL JOIN kept USING (stripe_id))
  WHERE ((COALESCE(told.cents, (0)::bigint) <> COALESCE(kept.cents, (0)::bigint)) AND (LEAST(told.began_at, kept.began_at) >= ( SELECT (private.settings()).books_begin_at AS books_begin_at)) AND (GREATEST(told.changed_at, kept.changed_at) <= (now() - make_interval(mins => ( SELECT (private.settings()).books_settle_minutes AS books_settle_minutes)))));

CREATE VIEW "admin"."money_mismatch" WITH (security_invoker=true) AS  WITH balances AS MATERIALIZED (
         SELECT ledger_journals.order_id,
            ledger_journals.kind,
            ledger_entries.account,
            sum(ledger_entries.amount_cents) AS cents
           FROM (private.ledger_journals
             JOIN private.ledger_entries ON ((ledger_entries.journal_id = ledger_journals.id)))
          GROUP BY ledger_journals.order_id, ledger_journals.kind, ledger_entries.account
        ), told AS (
         SELECT orders.id AS order_id,
            orders.coach_id,
            COALESCE(( SELECT sum(payments.amount_cents) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) AS paid_cents,
            COALESCE(( SELECT sum(refunds.amount_cents) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint) AS returned_cents,
            COALESCE(( SELECT sum(disputes.lost_cents) AS sum
                   FROM public.disputes
                  WHERE (disputes.order_id = orders.id)), (0)::bigint) AS lost_cents,
            COALESCE(( SELECT sum(earnings.share_cents) AS sum
                   FROM public.earnings
                  WHERE (earnings.order_id = orders.id)), (0)::bigint) AS share_cents,
            COALESCE(( SELECT sum(transfers.amount_cents) AS sum
                   FROM (public.earnings
                     JOIN public.transfers ON ((transfers.earning_id = earnings.id)))
                  WHERE ((earnings.order_id = orders.id) AND (transfers.status = 'succeeded'::public.transfer_status))), (0)::bigint) AS sent_cents,
            COALESCE(( SELECT sum(transfer_reversals.reversed_cents) AS sum
                   FROM ((public.earnings
                     JOIN public.transfers ON ((transfers.earning_id = earnings.id)))
                     JOIN public.transfer_reversals ON ((transfer_reversals.transfer_id = transfers.id)))
                  WHERE (earnings.order_id = orders.id)), (0)::bigint) AS reversed_cents
           FROM public.orders
        ), compared AS (
         SELECT told.order_id,
            told.coach_id,
            told.paid_cents,
            told.returned_cents,
            told.lost_cents,
            told.share_cents,
            told.sent_cents,
            told.reversed_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'stripe_balance'::private.ledger_account) AND (balances.kind = ANY (ARRAY['payment'::private.journal_kind, 'refund'::private.journal_kind, 'refund_failed'::private.journal_kind])))), (0)::numeric) AS balance_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'coach_payable'::private.ledger_account))), (0)::numeric) AS payable_cents
           FROM told
        )
 SELECT 'payments and refunds'::text AS what,
    compared.order_id,
    compared.coach_id,
    (compared.paid_cents - compared.returned_cents) AS told_cents,
    compared.balance_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE (compared.balance_cents <> ((compared.paid_cents - compared.returned_cents))::numeric)
UNION ALL
 SELECT 'more went back than came'::text AS what,
    compared.order_id,
    compared.coach_id,
    (compared.returned_cents + compared.lost_cents) AS told_cents,
    compared.paid_cents AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  WHERE ((compared.returned_cents + compared.lost_cents) > compared.paid_cents)
UNION ALL
 SELECT 'disputed money when nothing is disputed'::text AS what,
    told.order_id,
    told.coach_id,
    0 AS told_cents,
    sum(balances.cents) AS other_cents,
    NULL::text AS stripe_id
   FROM (balances
     JOIN told USING (order_id))
  WHERE ((balances.account = 'disputed_money'::private.ledger_account) AND (NOT (EXISTS ( SELECT
           FROM public.disputes
          WHERE ((disputes.order_id = told.order_id) AND (private.is_open(disputes.status) OR (disputes.closed_at > (now() - make_interval(mins => ( SELECT (private.settings()).books_settle_minutes AS books_settle_minutes))))))))))
  GROUP BY told.order_id, told.coach_id
 HAVING (sum(balances.cents) <> (0)::numeric)
UNION ALL
 SELECT 'what is owed to a coach'::text AS what,
    NULL::uuid AS order_id,
    compared.coach_id,
    sum(((compared.reversed_cents + compared.share_cents) - compared.sent_cents)) AS told_cents,
    (- sum(compared.payable_cents)) AS other_cents,
    NULL::text AS stripe_id
   FROM compared
  GROUP BY compared.coach_id
 HAVING (sum(((compared.reversed_cents + compared.share_cents) - compared.sent_cents)) <> (- sum(compared.payable_cents)))
UNION ALL
 SELECT 'more was sent than earned'::text AS what,
    earnings.order_id,
    earnings.coach_id,
    sent.cents AS told_cents,
    earnings.share_cents AS other_cents,
    NULL::text AS stripe_id
   FROM (public.earnings
     CROSS JOIN LATERAL ( SELECT (private.settled_cents(earnings.id) - COALESCE(( SELECT sum(transfer_reversals.amount_cents) AS sum
                   FROM (public.transfers
                     JOIN public.transfer_reversals ON ((transfer_reversals.transfer_id = transfers.id)))
                  WHERE ((transfers.earning_id = earnings.id) AND (transfer_reversals.why = 'made_in_stripe'::public.reversal_why))), (0)::bigint)) AS cents) sent)
  WHERE (sent.cents > earnings.share_cents)
UNION ALL
 SELECT 'earned with a session that was not held'::text AS what,
    earnings.order_id,
    earnings.coach_id,
    earnings.share_cents AS told_cents,
    0 AS other_cents,
    NULL::text AS stripe_id
   FROM (public.earnings
     JOIN public.bookings ON ((bookings.id = earnings.booking_id)))
  WHERE ((earnings.share_cents > 0) AND (bookings.status <> ALL (ARRAY['completed'::public.booking_status, 'no_show_client'::public.booking_status])) AND (NOT ((bookings.status = 'cancelled'::public.booking_status) AND (bookings.cancelled_by = 'client'::public.booking_actor))))
UNION ALL
 SELECT 'what Stripe says of it'::text AS what,
    stripe_mismatch.order_id,
    NULL::uuid AS coach_id,
    stripe_mismatch.told_cents,
    stripe_mismatch.ledger_cents AS other_cents,
    stripe_mismatch.stripe_id
   FROM admin.stripe_mismatch
UNION ALL
 SELECT 'what Stripe holds'::text AS what,
    NULL::uuid AS order_id,
    NULL::uuid AS coach_id,
    latest.balance_cents AS told_cents,
    latest.transactions_cents AS other_cents,
    NULL::text AS stripe_id
   FROM ( SELECT balance_readings.id,
            balance_readings.covers_until_at,
            balance_readings.balance_cents,
            balance_readings.transactions_cents,
            balance_readings.created_at
           FROM private.balance_readings
          WHERE (balance_readings.balance_cents IS NOT NULL)
          ORDER BY balance_readings.id DESC
         LIMIT 1) latest
  WHERE (latest.balance_cents <> latest.transactions_cents);

CREATE UNIQUE INDEX disputes_one_per_stripe_dispute ON public.disputes USING btree (stripe_dispute_id);

CREATE INDEX disputes_order_id_idx ON public.disputes USING btree (order_id);

CREATE INDEX disputes_payment_id_idx ON public.disputes USING btree (payment_id);

CREATE POLICY "Coaches can view the disputes of their orders" ON "public"."disputes"
  FOR SELECT
  TO "authenticated"
  USING ((order_id IN ( SELECT orders.id
   FROM public.orders
  WHERE (orders.coach_id = ( SELECT private.current_coach_id() AS current_coach_id)))));

COMMENT ON TABLE "public"."disputes" IS 'Payments that clients had their bank take back, or ask about, as Stripe has them.';

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up between the rows of money, the ledger and Stripe. Must be empty.';

COMMENT ON VIEW "admin"."open_disputes" IS 'What banks have taken back or ask about and have not decided.';

COMMENT ON VIEW "admin"."stripe_mismatch" IS 'Where the ledger and Stripe''s list of movements differ.';

COMMENT ON VIEW "admin"."stripe_sources" IS 'What each step of the ledger is called at Stripe.';

REVOKE ALL ON FUNCTION "private"."evidence_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."evidence_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."evidence_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_dispute_open"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_dispute_open"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_dispute_open"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_disputed"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_disputed"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_disputed"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_open"(public.dispute_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_open"(public.dispute_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_open"(public.dispute_status) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_taken_back"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_taken_back"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_taken_back"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_dispute"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_dispute"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_dispute"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_follow"(public.dispute_status, public.dispute_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."may_follow"(public.dispute_status, public.dispute_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_follow"(public.dispute_status, public.dispute_status) TO "postgres";

REVOKE ALL ON FUNCTION "private"."post_dispute"(public.disputes, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."post_dispute"(public.disputes, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."post_dispute"(public.disputes, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_dispute"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_dispute"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_dispute"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."settle_refunds_of_dispute"(public.disputes) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settle_refunds_of_dispute"(public.disputes) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settle_refunds_of_dispute"(public.disputes) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_of_dispute"(public.disputes, public.dispute_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_of_dispute"(public.disputes, public.dispute_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_of_dispute"(public.disputes, public.dispute_status) TO "postgres";

REVOKE ALL ON TABLE "public"."disputes" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("closed_at") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("closed_at") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("evidence_due_at") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("evidence_due_at") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("evidence_sent_at") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("evidence_sent_at") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("lost_cents") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("lost_cents") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("opened_at") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("opened_at") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("order_id") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("order_id") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("reason") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("reason") ON TABLE "public"."disputes" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."disputes" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."disputes" TO "authenticated";
