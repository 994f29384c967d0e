SET local check_function_bodies = off;

DROP FUNCTION "private"."refund_work"(uuid);

DROP FUNCTION "public"."change_offer"(uuid, text, text, integer, integer);

DROP FUNCTION "public"."checkout_details"(uuid);

DROP FUNCTION "public"."make_offer"(text, text, integer, integer);

DROP FUNCTION "public"."session_details"(uuid);

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "answer_minutes" integer NOT NULL DEFAULT 2880;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "answer_lead_minutes" integer NOT NULL DEFAULT 240;

ALTER TABLE "public"."bookings"
  ADD COLUMN "answer_by" timestamp(6) WITH time zone;

ALTER TABLE "public"."offers"
  ADD COLUMN "is_instant" boolean NOT NULL DEFAULT true;

ALTER TYPE "public"."payment_status" ADD VALUE 'authorized' AFTER 'surplus';

SET local check_function_bodies = off;

ALTER TYPE "public"."payment_status" ADD VALUE 'released' AFTER 'authorized';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.ask_coach (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  update public.bookings
  set answer_by = least(
    now() + make_interval(mins => (private.settings()).answer_minutes),
    bookings.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes)
  )
  from public.availability_settings
  where bookings.order_id = ask_coach.order_id
    and availability_settings.coach_id = bookings.coach_id
  returning bookings.* into v_booking;

  perform private.notify(v_booking.client_id, 'request_sent', v_booking.id, v_booking.id);
  perform private.notify(coaches.profile_id, 'request_received', v_booking.id, v_booking.id)
  from public.coaches where coaches.id = v_booking.coach_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.bookable_from (
  offer public.offers
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (bookable_from.offer).is_instant then now()
    else now() + make_interval(mins => (private.settings()).answer_lead_minutes + availability_settings.minimum_notice_minutes)
  end
  from public.availability_settings
  where availability_settings.coach_id = (bookable_from.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.booked_times (
  coach_id          uuid,
  time_window       tstzrange,
  except_booking_id uuid      DEFAULT NULL::uuid
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      select coalesce(range_agg(tstzrange(bookings.starts_at - settings.gap, bookings.ends_at + settings.gap)), '{}')
      from (
        select make_interval(mins => greatest(buffer_before_minutes, buffer_after_minutes)) as gap
        from public.availability_settings
        where availability_settings.coach_id = booked_times.coach_id
      ) as settings
      join public.bookings
        on bookings.coach_id = booked_times.coach_id
        and bookings.during && tstzrange(
          lower(booked_times.time_window) - settings.gap,
          upper(booked_times.time_window) + settings.gap
        )
        and bookings.status in ('held', 'requested', 'confirmed')
      where private.shown_status(bookings) <> 'expired'
        and bookings.id is distinct from booked_times.except_booking_id
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.call_off (
  booking      public.bookings,
  actor        public.booking_actor,
  refund_cents integer,
  reason       text
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_booking_id uuid := (call_off.booking).id;
begin
  if (call_off.booking).starts_at <= now() or not private.move_booking(
    v_booking_id, array['confirmed']::public.booking_status[], 'cancelled', call_off.actor,
    jsonb_build_object('reason', left(trim(call_off.reason), 500), 'refund_cents', call_off.refund_cents)
  ) then
    return false;
  end if;

  if call_off.refund_cents > 0 then
    perform private.request_refund(
      (call_off.booking).order_id, call_off.refund_cents,
      (call_off.actor || '_cancelled')::public.refund_reason
    );
  end if;
  perform private.cancel_meeting(v_booking_id);
  perform private.notify_parties(v_booking_id, 'booking_cancelled');

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.confirm_booking (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.order_id = confirm_booking.order_id;

  if not (
    (select offers.is_instant from public.offers where offers.id = v_booking.offer_id)
    and private.take_paid_time(confirm_booking.order_id, 'confirmed')
  ) then
    perform private.lapse_hold(confirm_booking.order_id, 'system');
    perform private.request_refund(confirm_booking.order_id, orders.amount_cents, 'paid_too_late')
    from public.orders where orders.id = confirm_booking.order_id;
    perform private.notify(v_booking.client_id, 'payment_returned', v_booking.id, v_booking.id);
    return;
  end if;

  perform private.welcome_session(v_booking.id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.end_request (
  booking public.bookings,
  target  public.booking_status,
  actor   public.booking_actor,
  reason  text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_booking_id uuid := (end_request.booking).id;
begin
  if not private.move_booking(
    v_booking_id, array['requested']::public.booking_status[], end_request.target, end_request.actor,
    jsonb_build_object('reason', left(trim(end_request.reason), 500))
  ) then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = (end_request.booking).order_id and orders.status = 'pending';
  perform private.release_payments((end_request.booking).order_id);

  case end_request.target
    when 'declined' then
      perform private.notify((end_request.booking).client_id, 'request_declined', v_booking_id, v_booking_id);
    when 'cancelled' then
      perform private.notify(coaches.profile_id, 'request_withdrawn', v_booking_id, v_booking_id)
      from public.coaches where coaches.id = (end_request.booking).coach_id;
    else
      perform private.notify_parties(v_booking_id, 'request_expired');
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.enqueue_release (
  payment_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'stripe.cancel_payment', 'stripe.cancel_payment:' || enqueue_release.payment_id,
    jsonb_build_object('payment_id', enqueue_release.payment_id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.expire_lapsed_holds (
  coach_id    uuid,
  time_window tstzrange
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
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.coach_id = expire_lapsed_holds.coach_id
      and bookings.during && expire_lapsed_holds.time_window
      and bookings.status in ('held', 'requested')
      and private.shown_status(bookings) = 'expired'
    for update of orders skip locked
  loop
    perform private.lapse_hold(v_order_id, 'system');
    perform private.expire_request(v_order_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.expire_request (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.order_id = expire_request.order_id for update;

  if v_booking.status = 'requested' and v_booking.answer_by <= now() then
    perform private.end_request(v_booking, 'expired', 'system', '');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.expire_requests()
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
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.status = 'requested'
      and bookings.answer_by <= now()
    order by bookings.answer_by
    limit 500
    for update of orders skip locked
  loop
    perform private.expire_request(v_order_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fail_payment (
  order_id          uuid,
  payment_intent_id text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_payment_id uuid;
begin
  perform from public.orders where orders.id = fail_payment.order_id for update;

  update public.payments
  set status = 'released'
  where payments.order_id = fail_payment.order_id
    and payments.stripe_payment_intent_id = fail_payment.payment_intent_id
    and payments.status = 'authorized'
  returning payments.id into v_payment_id;

  if v_payment_id is null then
    return;
  end if;

  perform private.enqueue_release(v_payment_id);
  delete from public.refunds where refunds.payment_id = v_payment_id and refunds.stripe_refund_id is null;
  update public.orders set status = 'expired' where orders.id = fail_payment.order_id;
  select * into v_booking from public.bookings where bookings.order_id = fail_payment.order_id for update;

  if v_booking.status = 'requested' then
    perform private.end_request(v_booking, 'expired', 'system', '');
  elsif v_booking.status = 'confirmed' and not private.call_off(
    v_booking, 'system', 0, 'The payment could not be taken.'
  ) then
    perform public.record_security_event('capture_failed', jsonb_build_object('booking_id', v_booking.id));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_free (
  offer             public.offers,
  starts_at         timestamp with time zone,
  except_booking_id uuid                     DEFAULT NULL::uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.free_slots(
      (is_free.offer).coach_id,
      (is_free.offer).duration_minutes,
      tstzrange(is_free.starts_at, is_free.starts_at + interval '1 second'),
      is_free.except_booking_id
    ) as slot
    where slot.starts_at = is_free.starts_at
      and (is_free.except_booking_id is not null or slot.starts_at >= private.bookable_from(is_free.offer))
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
    when 'booking_confirmed' then booking.status in ('confirmed', 'completed')
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'request_sent' then private.shown_status(booking) = 'requested'
    when 'request_received' then private.shown_status(booking) = 'requested'
    when 'booking_moved' then booking.status = 'confirmed'
      and (is_still_true.notification).version = booking.sequence + 1
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
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
  v_booking public.bookings;
begin
  for v_left in
    select bookings.id, bookings.order_id,
      case when bookings.client_id = leave_sessions.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where leave_sessions.profile_id in (bookings.client_id, coaches.profile_id)
      and bookings.status in ('held', 'requested', 'confirmed')
    order by bookings.id
  loop
    v_booking := private.lock_booking(v_left.id);
    perform private.lapse_hold(v_left.order_id, v_left.actor);
    perform private.end_request(
      v_booking,
      case v_left.actor when 'client' then 'cancelled' else 'declined' end::public.booking_status,
      v_left.actor, 'The account was closed.'
    );
    perform private.call_off(
      v_booking, v_left.actor, private.refundable_cents(v_booking, v_left.actor), 'The account was closed.'
    );
  end loop;
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

CREATE OR REPLACE FUNCTION private.lock_request (
  booking_id uuid,
  party      public.booking_actor
)
  RETURNS public.bookings
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(lock_request.booking_id);
begin
  if private.booking_party(v_booking) is distinct from lock_request.party then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if private.shown_status(v_booking) <> 'requested' then
    raise exception 'This request is not open any more.' using errcode = 'OBNRQ';
  end if;

  return v_booking;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  booking_id   uuid,
  recipient_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'sequence', bookings.sequence,
    'party', case when bookings.client_id = mail_booking.recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = mail_booking.recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'starts_at', bookings.starts_at,
    'ends_at', bookings.ends_at,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'paid_cents', orders.amount_cents,
    'is_charged', orders.paid_at is not null,
    'answer_by', bookings.answer_by,
    'note', bookings.note,
    'refund_cents', private.returned_cents(orders.id),
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'full_refund_until', deadlines.full_until
  )
  from public.bookings
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
  ) as last_move on true
  where bookings.id = mail_booking.booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.move_booking (
  booking_id uuid,
  expected   public.booking_status[],
  target     public.booking_status,
  actor      public.booking_actor,
  detail     jsonb                   DEFAULT '{}'::jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_before public.booking_status;
begin
  select bookings.status into v_before
  from public.bookings
  where bookings.id = move_booking.booking_id
  for update;

  if not (v_before = any (move_booking.expected)) then
    return false;
  end if;

  perform private.require_transition(v_before, move_booking.target, move_booking.actor);

  update public.bookings
  set status = move_booking.target,
      hold_expires_at = case when move_booking.target = 'held' then hold_expires_at end,
      confirmed_at = case when move_booking.target = 'confirmed' then now() else confirmed_at end,
      completed_at = case when move_booking.target = 'completed' then now() else completed_at end,
      sequence = bookings.sequence + (move_booking.target = 'cancelled')::integer,
      cancelled_at = case when move_booking.target = 'cancelled' then now() end,
      cancelled_by = case when move_booking.target = 'cancelled' then move_booking.actor end,
      cancel_reason = case when move_booking.target in ('cancelled', 'declined') then move_booking.detail ->> 'reason' end
  where bookings.id = move_booking.booking_id;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    move_booking.booking_id,
    move_booking.actor,
    case when move_booking.actor in ('client', 'coach') then private.current_profile_id() end,
    v_before,
    move_booking.target,
    move_booking.detail
  );

  return true;
end;
$function$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.payment_work (
  payment_id uuid,
  wanted     public.payment_status
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'payment_id', payments.id,
    'payment_intent_id', payments.stripe_payment_intent_id,
    'amount_cents', payments.amount_cents
  )
  from public.payments
  where payments.id = payment_work.payment_id
    and payments.status = payment_work.wanted;
$function$;

CREATE OR REPLACE FUNCTION private.record_authorization (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  amount_cents      integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_authorization.order_id, record_authorization.payment_intent_id,
    record_authorization.amount_cents, record_authorization.currency
  );
  v_payment_id uuid;
begin
  if v_order.id is null then
    return;
  end if;

  -- Only the first word of it, or one after cards that were declined, gives a row.
  insert into public.payments as known (order_id, status, amount_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status in ('authorized', 'succeeded')
        and payments.stripe_payment_intent_id <> record_authorization.payment_intent_id
    ) then 'released' else 'authorized' end::public.payment_status,
    record_authorization.amount_cents, record_authorization.currency,
    record_authorization.payment_intent_id, record_authorization.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status, failure_code = null, stripe_charge_id = excluded.stripe_charge_id
  where known.status = 'failed'
  returning known.id into v_payment_id;

  if v_payment_id is null then
    return;
  end if;

  if exists (select from public.payments where payments.id = v_payment_id and payments.status = 'released') then
    perform private.enqueue_release(v_payment_id);
  elsif private.take_paid_time(v_order.id, 'requested') then
    perform private.ask_coach(v_order.id);
  else
    perform private.lapse_hold(v_order.id, 'system');
    perform private.release_payments(v_order.id);
    perform private.notify(bookings.client_id, 'request_expired', bookings.id, bookings.id)
    from public.bookings where bookings.order_id = v_order.id;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_closed_checkout (
  order_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if record_closed_checkout.result ->> 'payment_status' = 'paid' then
    perform private.record_payment(
      record_closed_checkout.order_id,
      record_closed_checkout.result ->> 'payment_intent',
      null,
      (record_closed_checkout.result ->> 'amount_total')::integer,
      record_closed_checkout.result ->> 'currency'
    );
  elsif record_closed_checkout.result ? 'intent' then
    perform private.record_intent(record_closed_checkout.order_id, record_closed_checkout.result -> 'intent');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_intent (
  order_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  case record_intent.result ->> 'status'
    when 'succeeded' then
      perform private.record_payment(
        record_intent.order_id, record_intent.result ->> 'id', record_intent.result ->> 'latest_charge',
        (record_intent.result ->> 'amount_received')::integer, record_intent.result ->> 'currency'
      );
    when 'requires_capture' then
      perform private.record_authorization(
        record_intent.order_id, record_intent.result ->> 'id', record_intent.result ->> 'latest_charge',
        (record_intent.result ->> 'amount_capturable')::integer, record_intent.result ->> 'currency'
      );
    when 'canceled' then
      perform private.fail_payment(record_intent.order_id, record_intent.result ->> 'id');
    else
      null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_payment (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  amount_cents      integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_payment.order_id, record_payment.payment_intent_id, record_payment.amount_cents, record_payment.currency
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

  insert into public.payments as known (order_id, status, amount_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status = 'succeeded'
        and payments.stripe_payment_intent_id <> record_payment.payment_intent_id
    ) then 'surplus' else 'succeeded' end::public.payment_status,
    record_payment.amount_cents, record_payment.currency,
    record_payment.payment_intent_id, record_payment.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status,
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
    else
      perform private.confirm_booking(v_order.id);
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_payment_work (
  payment_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.record_intent(payments.order_id, record_payment_work.result)
  from public.payments
  where payments.id = record_payment_work.payment_id
    and record_payment_work.result is not null;
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
      and refunds.stripe_refund_id is null
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.release_payments (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_payment_id uuid;
begin
  for v_payment_id in
    update public.payments
    set status = 'released'
    where payments.order_id = release_payments.order_id
      and payments.status = 'authorized'
    returning payments.id
  loop
    perform private.enqueue_release(v_payment_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.request_refund (
  order_id     uuid,
  amount_cents integer,
  reason       public.refund_reason
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.return_payment(payments, request_refund.amount_cents, request_refund.reason)
  from public.payments
  where payments.order_id = request_refund.order_id
    and payments.status in ('authorized', 'succeeded')
    and request_refund.amount_cents > 0;
$function$;

CREATE OR REPLACE FUNCTION private.shown_status (
  booking public.bookings
)
  RETURNS public.booking_status
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (shown_status.booking).status = 'held' and (shown_status.booking).hold_expires_at <= now() then 'expired'
    when (shown_status.booking).status = 'requested' and (shown_status.booking).answer_by <= now() then 'expired'
    else (shown_status.booking).status
  end::public.booking_status;
$function$;

CREATE OR REPLACE FUNCTION private.take_paid_time (
  order_id uuid,
  target   public.booking_status
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.order_id = take_paid_time.order_id for update;

  if v_booking.starts_at <= now() or not (v_booking.status = 'held' or exists (
    select
    from public.coaches
    join public.profiles as client on client.id = v_booking.client_id and client.deleted_at is null
    where coaches.id = v_booking.coach_id
      and coaches.status = 'approved'
  )) then
    return false;
  end if;

  if v_booking.status = 'expired' then
    -- A change of a taken time, not an insert: it waits its turn, as in move_session.
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.expire_lapsed_holds(v_booking.coach_id, v_booking.during);
  end if;

  return private.move_booking(
    v_booking.id, array['held', 'expired']::public.booking_status[], take_paid_time.target, 'system'
  );
exception when exclusion_violation then
  return false; -- The time went to somebody else meanwhile.
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_outbox__capture_failed()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.fail_payment(payments.order_id, payments.stripe_payment_intent_id)
  from public.payments
  where payments.id = (new.payload ->> 'payment_id')::uuid;

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.welcome_session (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.plan_meeting(welcome_session.booking_id);
  perform private.open_conversation(bookings.coach_id, bookings.client_id)
  from public.bookings where bookings.id = welcome_session.booking_id;
  perform private.notify_parties(welcome_session.booking_id, 'booking_confirmed');
end;
$function$;

CREATE OR REPLACE FUNCTION public.accept_request (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_request(accept_request.booking_id, 'coach');
begin
  perform private.move_booking(v_booking.id, array['requested']::public.booking_status[], 'confirmed', 'coach');

  perform private.enqueue(
    'stripe.capture', 'stripe.capture:' || payments.id, jsonb_build_object('payment_id', payments.id)
  )
  from public.payments
  where payments.order_id = v_booking.order_id
    and payments.status = 'authorized';

  perform private.welcome_session(v_booking.id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."accept_request"(uuid) FROM PUBLIC, "anon", "service_role";

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
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.available_slots (
  offer_id uuid,
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
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select greatest(available_slots.from_at, private.bookable_from(offers)) as from_at
  ) as reach
  cross join lateral private.free_slots(
    offers.coach_id,
    offers.duration_minutes,
    tstzrange(
      reach.from_at,
      greatest(reach.from_at, least(available_slots.to_at, available_slots.from_at + interval '62 days'))
    )
  ) as slot
  where offers.id = available_slots.offer_id
    and offers.archived_at is null
  order by slot.starts_at;
$function$;

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true
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

  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind
  );

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant)
  values (
    v_previous.lineage_id, v_previous.version + 1, v_previous.coach_id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes,
    case v_previous.kind when 'intro_call' then 0 else change_offer.price_cents end,
    v_previous.kind = 'intro_call' or change_offer.is_instant
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean) FROM PUBLIC, "anon", "service_role";

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
    is_instant          boolean
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
    offers.is_instant
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
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.decline_request (
  booking_id uuid,
  reason     text DEFAULT ''::text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_request(decline_request.booking_id, 'coach');
begin
  perform private.end_request(v_booking, 'declined', 'coach', decline_request.reason);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."decline_request"(uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.make_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true
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
    make_offer.title, make_offer.description, make_offer.duration_minutes, make_offer.price_cents
  );

  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, title, description, duration_minutes, price_cents, is_instant)
  values (
    v_coach.id, trim(make_offer.title), trim(make_offer.description), make_offer.duration_minutes, make_offer.price_cents,
    make_offer.is_instant
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_offer"(text, text, integer, integer, boolean) FROM PUBLIC, "anon", "service_role";

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
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.session_details (
  booking_id uuid
)
  RETURNS TABLE (
    party             public.booking_actor,
    status            public.booking_status,
    starts_at         timestamp with time zone,
    ends_at           timestamp with time zone,
    time_zone         text,
    hold_expires_at   timestamp with time zone,
    note              text,
    cancelled_by      public.booking_actor,
    cancel_reason     text,
    offer_title       text,
    offer_description text,
    duration_minutes  integer,
    counterpart_name  text,
    coach_id          uuid,
    coach_slug        text,
    conversation_id   uuid,
    amount_cents      integer,
    refunded_cents    integer,
    order_status      public.order_status,
    meeting_status    public.meeting_status,
    is_joinable       boolean,
    is_reviewable     boolean,
    is_cancellable    boolean,
    is_movable        boolean,
    answer_by         timestamp with time zone,
    is_charged        boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    case party.actor when 'client' then client.time_zone else coaches.time_zone end,
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    orders.amount_cents,
    private.returned_cents(orders.id),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    party.actor = 'client' and private.is_reviewable(bookings),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  left join public.meetings on meetings.booking_id = bookings.id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.withdraw_request (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_request(withdraw_request.booking_id, 'client');
begin
  perform private.end_request(v_booking, 'cancelled', 'client', '');
end;
$function$;

REVOKE ALL ON FUNCTION "public"."withdraw_request"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE INDEX bookings_requested_idx ON public.bookings USING btree (answer_by)
  WHERE (status = 'requested'::public.booking_status);

CREATE TRIGGER outbox__capture_failed
  AFTER UPDATE OF status ON private.outbox
  FOR EACH ROW
  WHEN (((new.topic = 'stripe.capture'::text) AND (new.status = 'failed'::private.outbox_status) AND (old.status <> 'failed'::private.outbox_status)))
  EXECUTE FUNCTION private.tg_outbox__capture_failed();

REVOKE ALL ON FUNCTION "private"."ask_coach"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ask_coach"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."ask_coach"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."bookable_from"(public.offers) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."bookable_from"(public.offers) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."bookable_from"(public.offers) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_request"(public.bookings, public.booking_status, public.booking_actor, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_request"(public.bookings, public.booking_status, public.booking_actor, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_request"(public.bookings, public.booking_status, public.booking_actor, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."enqueue_release"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."enqueue_release"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."enqueue_release"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_request"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_request"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_request"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_requests"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_requests"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_requests"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."fail_payment"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."fail_payment"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."fail_payment"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_request"(uuid, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_request"(uuid, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_request"(uuid, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."payment_work"(uuid, public.payment_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."payment_work"(uuid, public.payment_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."payment_work"(uuid, public.payment_status) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_authorization"(uuid, text, text, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_authorization"(uuid, text, text, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_authorization"(uuid, text, text, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_intent"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_intent"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_intent"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_payment_work"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_payment_work"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_payment_work"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refund_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refund_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."release_payments"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_payments"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."release_payments"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_paid_time"(uuid, public.booking_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_paid_time"(uuid, public.booking_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_paid_time"(uuid, public.booking_status) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_outbox__capture_failed"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_outbox__capture_failed"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_outbox__capture_failed"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."welcome_session"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."welcome_session"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."welcome_session"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."accept_request"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."accept_request"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."accept_request"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."decline_request"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."decline_request"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."decline_request"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_offer"(text, text, integer, integer, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_offer"(text, text, integer, integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_offer"(text, text, integer, integer, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."withdraw_request"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."withdraw_request"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."withdraw_request"(uuid) TO "postgres";
