SET local check_function_bodies = off;

ALTER TABLE "public"."offers"
  DROP CONSTRAINT "offers_price";

DROP FUNCTION "private"."ask_coach"(uuid);

DROP FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text);

DROP FUNCTION "private"."refund_missed_session"(public.bookings);

DROP FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer);

DROP FUNCTION "private"."welcome_sessions"(uuid);

DROP FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean);

DROP FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer);

DROP FUNCTION "public"."following_refund_quotes"(uuid);

DROP FUNCTION "public"."refund_quote"(uuid);

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "package_pay_minutes" integer NOT NULL DEFAULT 60;

ALTER TABLE "public"."offers"
  ADD COLUMN "session_count" integer;

ALTER TABLE "public"."offers"
  ADD COLUMN "valid_months" integer;

ALTER TABLE "public"."orders"
  ADD COLUMN "credits_end_reason" text;

ALTER TYPE "public"."refund_reason" ADD VALUE 'credits_ended' AFTER 'made_in_stripe';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION admin.end_package (
  order_id uuid,
  reason   text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform from public.orders where orders.id = end_package.order_id for update;

  if private.credits_left(end_package.order_id) = 0 then
    raise exception 'Nothing is left of order %.', end_package.order_id using errcode = 'OKEND';
  end if;

  return private.end_credits(end_package.order_id, end_package.reason);
end;
$function$;

CREATE OR REPLACE FUNCTION private.agreed_refund_cents (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (agreed_refund_cents.booking).moved_by in ('coach', 'admin') then price.cents
    else least(
      private.refund_cents(
        price.cents, orders.full_refund_minutes, orders.partial_refund_minutes,
        orders.partial_refund_percent, (agreed_refund_cents.booking).starts_at, agreed_refund_cents.actor, now()
      ),
      case when agreed_refund_cents.actor = 'client' then (agreed_refund_cents.booking).refund_cap_cents end
    )
  end
  from public.orders
  cross join lateral (select private.policy_cents(agreed_refund_cents.booking) as cents) as price
  where orders.id = (agreed_refund_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.ask_coach (
  order_id    uuid,
  booking_ids uuid[] DEFAULT NULL::uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking
  from public.bookings
  where bookings.order_id = ask_coach.order_id
    and (ask_coach.booking_ids is null or bookings.id = any (ask_coach.booking_ids))
  order by bookings.starts_at
  limit 1;

  update public.bookings
  set answer_by = least(
    now() + make_interval(mins => (private.settings()).answer_minutes),
    v_booking.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes)
  )
  from public.availability_settings
  where bookings.order_id = ask_coach.order_id
    and (ask_coach.booking_ids is null or bookings.id = any (ask_coach.booking_ids))
    and availability_settings.coach_id = bookings.coach_id;

  perform private.notify(v_booking.client_id, 'request_sent', v_booking.id, v_booking.id);
  perform private.notify(coaches.profile_id, 'request_received', v_booking.id, v_booking.id)
  from public.coaches where coaches.id = v_booking.coach_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.asked_with (
  booking public.bookings
)
  RETURNS uuid[]
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select array_agg(siblings.id order by siblings.starts_at)
  from public.orders
  join public.bookings as siblings on siblings.order_id = orders.id
  where orders.id = (asked_with.booking).order_id
    and (orders.credits_end_at is null or siblings.created_at = (asked_with.booking).created_at);
$function$;

CREATE OR REPLACE FUNCTION private.calendly_offer_of (
  coach_id       uuid,
  event_type_uri text,
  hint           text,
  made_at        timestamp with time zone
)
  RETURNS public.offers
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select offers.*
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id and coaches.status = 'approved'
  join public.calendly_event_types
    on calendly_event_types.coach_id = coaches.id and calendly_event_types.uri = calendly_offer_of.event_type_uri
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  join public.offers
    on offers.lineage_id = calendly_offers.lineage_id
    and offers.archived_at is null
    and offers.is_instant
    and offers.kind in ('session', 'intro_call') -- Other kinds have dates, or are paid for, here alone.
    and offers.duration_minutes = calendly_event_types.duration_minutes
  where calendly_connections.coach_id = calendly_offer_of.coach_id
    and calendly_connections.intake <> 'off'
    and calendly_offer_of.made_at >= greatest(calendly_connections.intake_began_at, calendly_offers.chosen_at)
  order by offers.lineage_id::text = calendly_offer_of.hint desc nulls last, offers.created_at, offers.id
  limit 1;
$function$;

CREATE OR REPLACE FUNCTION private.can_return_credit (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.uses_credit(can_return_credit.booking) and orders.credits_end_at > now()
  from public.orders
  where orders.id = (can_return_credit.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.cancel_session (
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
  v_returns_credit boolean := private.returns_credit(cancel_session.booking, cancel_session.actor);
begin
  if (cancel_session.booking).starts_at <= now() or not private.move_booking(
    (cancel_session.booking).id, array['confirmed']::public.booking_status[], 'cancelled', cancel_session.actor,
    jsonb_build_object('reason', left(trim(cancel_session.reason), 500), 'refund_cents', cancel_session.refund_cents)
      || case when v_returns_credit then '{"returns_credit": true}'::jsonb else '{}'::jsonb end
  ) then
    return false;
  end if;

  if v_returns_credit then
    perform private.give_back_credit(cancel_session.booking, 'client_cancelled');
  elsif cancel_session.refund_cents > 0 then
    perform private.request_refund(
      cancel_session.booking, cancel_session.refund_cents,
      (cancel_session.actor || '_cancelled')::public.refund_reason
    );
  end if;
  perform private.leave_meeting(cancel_session.booking);

  return true;
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
    client_id, coach_id, offer_id, session_count, amount_cents, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent,
    client_move_minutes, client_moves, coach_move_minutes
  )
  select create_order.client_id, (create_order.offer).coach_id, (create_order.offer).id,
    sold.session_count,
    sold.session_count * sold.session_cents,
    sold.session_count * round(sold.session_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent,
    cancellation_policies.client_move_minutes,
    cancellation_policies.client_moves,
    cancellation_policies.coach_move_minutes
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  cross join lateral (
    select coalesce((create_order.offer).session_count, create_order.session_count) as session_count,
      (create_order.offer).price_cents / coalesce((create_order.offer).session_count, 1) as session_cents
  ) as sold
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
$function$;

CREATE OR REPLACE FUNCTION private.credit_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when offers.kind = 'membership' then 0
    else (credit_cents.order_row).amount_cents / (credit_cents.order_row).session_count
  end
  from public.offers
  where offers.id = (credit_cents.order_row).offer_id;
$function$;

CREATE OR REPLACE FUNCTION private.credits_left (
  order_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(credit_entries.sessions), 0)::integer
  from public.credit_entries
  where credit_entries.order_id = credits_left.order_id;
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
    perform private.notify(v_order.client_id, 'credits_ended', v_order.id);
  end if;

  return v_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION private.end_lapsed_credits()
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
    where orders.credits_end_at <= now()
      and private.credits_left(orders.id) > 0
    order by orders.credits_end_at
    limit 500
    for update skip locked
  loop
    perform private.end_credits(v_order_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.end_refund_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(
    private.credits_left((end_refund_cents.order_row).id) * private.credit_cents(end_refund_cents.order_row),
    (end_refund_cents.order_row).amount_cents - private.returned_cents((end_refund_cents.order_row).id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.end_request (
  order_id    uuid,
  target      public.booking_status,
  actor       public.booking_actor,
  reason      text,
  booking_ids uuid[]                DEFAULT NULL::uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_first public.bookings;
begin
  -- From the last to the first, so that it is the first of which they are told.
  for v_booking in
    select * from public.bookings
    where bookings.order_id = end_request.order_id
      and (end_request.booking_ids is null or bookings.id = any (end_request.booking_ids))
    order by bookings.starts_at desc
  loop
    if private.move_booking(
      v_booking.id, array['requested']::public.booking_status[], end_request.target, end_request.actor,
      jsonb_build_object('reason', left(trim(end_request.reason), 500))
    ) then
      v_first := v_booking;
      perform private.give_back_credit(
        v_booking, case end_request.actor when 'client' then 'client_cancelled' else 'coach_cancelled' end::public.refund_reason
      );
    end if;
  end loop;

  if v_first.id is null then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = end_request.order_id and orders.status = 'pending';
  perform private.release_payments(end_request.order_id);

  case end_request.target
    when 'declined' then
      perform private.notify(v_first.client_id, 'request_declined', v_first.id, v_first.id);
    when 'cancelled' then
      perform private.notify(coaches.profile_id, 'request_withdrawn', v_first.id, v_first.id)
      from public.coaches where coaches.id = v_first.coach_id;
    else
      perform private.notify_parties(v_first.id, 'request_expired');
  end case;
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
begin
  update public.orders
  set status = 'expired'
  where orders.id = expire_package.order_id
    and orders.status = 'pending'
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
begin
  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'pending'
      and private.shown_order_status(orders) = 'expired'
    order by orders.created_at
    limit 500
    for update skip locked
  loop
    perform private.expire_package(v_order_id);
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
begin
  perform private.end_request(expire_request.order_id, 'expired', 'system', '', asked.booking_ids)
  from (
    select array_agg(bookings.id) as booking_ids
    from public.bookings
    where bookings.order_id = expire_request.order_id
      and bookings.status = 'requested'
      and bookings.answer_by <= now()
    group by bookings.created_at
  ) as asked;
end;
$function$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.give_back_credit (
  booking public.bookings,
  reason  public.refund_reason
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if private.can_return_credit(give_back_credit.booking) then
    insert into public.credit_entries (order_id, booking_id, kind, sessions)
    values ((give_back_credit.booking).order_id, (give_back_credit.booking).id, 'returned', 1);
  elsif private.uses_credit(give_back_credit.booking) then
    perform private.request_refund(
      give_back_credit.booking,
      private.session_cents(give_back_credit.booking) - private.session_returned_cents(give_back_credit.booking),
      give_back_credit.reason
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.grant_credits (
  order_id uuid,
  sessions integer,
  until    timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  insert into public.credit_entries (order_id, kind, sessions)
  values (grant_credits.order_id, 'granted', grant_credits.sessions)
  on conflict (order_id, kind) where booking_id is null do nothing;

  if found then
    update public.orders set credits_end_at = grant_credits.until where orders.id = grant_credits.order_id;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.hold_times (
  offer_id  uuid,
  starts    timestamp with time zone[],
  time_zone text,
  note      text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_order_id uuid;
  v_booking_id uuid;
  v_first_id uuid;
  v_gone timestamptz[] := '{}';
begin
  if not private.is_time_zone(hold_times.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(hold_times.offer_id, v_client.id);

  if v_offer.kind in ('package', 'membership') then
    raise exception 'This is bought first, and its sessions are booked afterwards.' using errcode = 'OBTIM';
  end if;

  perform private.require_few_holds(v_client.id);
  perform private.require_first_intro_call(v_offer, v_client.id);
  perform private.require_few_intro_calls(v_offer, v_client.id);
  perform private.lock_calendar(v_offer.coach_id);

  v_order_id := private.create_order(v_offer, v_client.id, cardinality(hold_times.starts));

  for v_position in 1 .. cardinality(hold_times.starts) loop
    v_booking_id := private.hold_time(
      v_offer, v_order_id, v_position, hold_times.starts[v_position], hold_times.time_zone, hold_times.note
    );
    v_first_id := coalesce(v_first_id, v_booking_id);

    if v_booking_id is null then
      v_gone := v_gone || hold_times.starts[v_position];
    end if;
  end loop;

  if cardinality(v_gone) > 0 then
    if cardinality(hold_times.starts) = 1 then
      perform private.refuse_time(v_offer, v_gone[1]);
    end if;
    raise exception 'Nothing is booked, because not every date is free any more: %.',
      private.date_list(v_gone, hold_times.time_zone) using errcode = 'OBDAT';
  end if;

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_first_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_package (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select offers.kind = 'package' from public.offers where offers.id = (is_package.order_row).offer_id;
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
begin
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

  perform private.leave_packages(leave_sessions.profile_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_credits (
  order_id  uuid,
  client_id uuid,
  starts    timestamp with time zone[]
)
  RETURNS public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_most integer := (private.settings()).series_sessions;
  v_count integer := cardinality(lock_credits.starts);
  v_order public.orders;
  v_left integer;
begin
  if v_count not between 1 and v_most then
    raise exception 'Choose at least one time, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  select * into v_order
  from public.orders
  where orders.id = lock_credits.order_id
    and orders.client_id = lock_credits.client_id
    and orders.credits_end_at is not null
  for update;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;
  if v_order.credits_end_at <= now() or v_order.status not in ('paid', 'released') then
    raise exception 'These sessions can no longer be booked.' using errcode = 'OKEND';
  end if;

  v_left := private.credits_left(v_order.id);
  if v_left = 0 then
    raise exception 'There is no session left to book with.' using errcode = 'OKNON';
  elsif v_left < v_count then
    raise exception 'You chose % times, and % left to book with.', v_count,
      case v_left when 1 then 'one session is' else v_left || ' sessions are' end using errcode = 'OKNON';
  end if;

  if lock_credits.starts[v_count] >= v_order.credits_end_at then
    raise exception 'These sessions must begin before %. Choose an earlier time.',
      to_char(v_order.credits_end_at at time zone 'America/New_York', 'FMMonth FMDD, YYYY') using errcode = 'OKLAT';
  end if;

  return v_order;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_open_coach (
  coach_id uuid,
  alone    boolean
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if lock_open_coach.alone then
    perform from public.coaches where coaches.id = lock_open_coach.coach_id and coaches.status = 'approved' for no key update;
  else
    perform from public.coaches where coaches.id = lock_open_coach.coach_id and coaches.status = 'approved' for share;
  end if;

  if not found then
    raise exception 'This coach takes no bookings at the moment. What you have left stays yours.' using errcode = 'OFGON';
  end if;

  perform private.lock_calendar(lock_open_coach.coach_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.package_pay_by (
  order_row public.orders
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (package_pay_by.order_row).created_at + make_interval(mins => (private.settings()).package_pay_minutes);
$function$;

CREATE OR REPLACE FUNCTION private.policy_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when price.cents = 0 and private.uses_credit(policy_cents.booking) then 100
    else price.cents
  end
  from (select private.session_cents(policy_cents.booking) as cents) as price;
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
    elsif private.is_package(v_order) then
      perform private.start_package(v_order, v_payment);
    else
      perform private.confirm_booking(v_order.id);
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_deadlines (
  booking public.bookings
)
  RETURNS TABLE (
    full_until    timestamp with time zone,
    partial_until timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select
    case
      when (refund_deadlines.booking).moved_by in ('coach', 'admin') then (refund_deadlines.booking).starts_at
      when (refund_deadlines.booking).refund_cap_cents < private.policy_cents(refund_deadlines.booking)
        then (refund_deadlines.booking).moved_at
      else (refund_deadlines.booking).starts_at - make_interval(mins => orders.full_refund_minutes)
    end,
    case
      when (refund_deadlines.booking).moved_by in ('coach', 'admin') then (refund_deadlines.booking).starts_at
      when (refund_deadlines.booking).refund_cap_cents = 0 then (refund_deadlines.booking).moved_at
      else (refund_deadlines.booking).starts_at - make_interval(mins => orders.partial_refund_minutes)
    end
  from public.orders
  where orders.id = (refund_deadlines.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.refund_missed_session (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if private.uses_credit(refund_missed_session.booking) then
    perform private.give_back_credit(refund_missed_session.booking, 'coach_no_show');
  else
    perform private.request_refund(
      refund_missed_session.booking,
      private.session_cents(refund_missed_session.booking) - private.session_returned_cents(refund_missed_session.booking),
      'coach_no_show'
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refundable_cents (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when private.returns_credit(refundable_cents.booking, refundable_cents.actor) then 0
    else least(
      private.agreed_refund_cents(refundable_cents.booking, refundable_cents.actor),
      greatest(0, private.session_cents(refundable_cents.booking) - private.session_returned_cents(refundable_cents.booking))
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION private.reminder_leads()
  RETURNS TABLE (
    kind text,
    lead interval
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select notification_kinds.kind, make_interval(mins => notification_kinds.minutes_before_start)
  from public.notification_kinds
  where notification_kinds.kind like 'reminder\_%'
    and notification_kinds.minutes_before_start is not null
    and notification_kinds.is_enabled;
$function$;

CREATE OR REPLACE FUNCTION private.require_valid_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  kind             public.offer_kind DEFAULT 'session'::public.offer_kind,
  seats            integer           DEFAULT NULL::integer,
  session_count    integer           DEFAULT NULL::integer,
  valid_months     integer           DEFAULT NULL::integer
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
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.returns_credit (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.can_return_credit(returns_credit.booking)
    and private.agreed_refund_cents(returns_credit.booking, returns_credit.actor)
      >= private.policy_cents(returns_credit.booking);
$function$;

CREATE OR REPLACE FUNCTION private.session_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when exists (
      select from public.credit_entries
      where credit_entries.booking_id = (session_cents.booking).id and credit_entries.kind = 'returned'
    ) then 0
    else private.credit_cents(orders)
  end
  from public.orders
  where orders.id = (session_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.session_returned_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with sessions as (
    select siblings.id, siblings.position,
      coalesce(sum(refunds.amount_cents), 0) as own_cents,
      private.session_cents(siblings) - coalesce(sum(refunds.amount_cents), 0) as left_cents
    from public.bookings as siblings
    left join public.refunds on refunds.booking_id = siblings.id and refunds.status <> 'failed'
    where siblings.order_id = (session_returned_cents.booking).order_id
    group by siblings.id
    union all
    select null, 0, unused.own_cents, unused.cents - unused.own_cents
    from private.unused_cents((session_returned_cents.booking).order_id) as unused
  ),
  shared as (
    select sessions.id, sessions.own_cents, sessions.left_cents,
      sum(sessions.left_cents) over (order by sessions.position) as up_to_here,
      nullif(sum(sessions.left_cents) over (), 0) as of_all,
      private.returned_cents((session_returned_cents.booking).order_id) - sum(sessions.own_cents) over () as cents
    from sessions
  )
  select (
    shared.own_cents
      + coalesce(floor(shared.cents * shared.up_to_here / shared.of_all), 0)
      - coalesce(floor(shared.cents * (shared.up_to_here - shared.left_cents) / shared.of_all), 0)
  )::integer
  from shared
  where shared.id = (session_returned_cents.booking).id;
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
    and coaches.status <> 'suspended';

  if not found then
    perform private.return_payment(start_package.payment, start_package.payment.amount_cents, 'paid_too_late');
    perform private.notify(v_order.client_id, 'package_returned', v_order.id);
    return;
  end if;

  perform private.grant_credits(v_order.id, v_order.session_count, now() + make_interval(months => v_valid_months));
  perform private.open_conversation(v_order.coach_id, v_order.client_id);
  perform private.notify(v_order.client_id, 'package_bought', v_order.id);
  perform private.notify(v_coach_profile_id, 'package_sold', v_order.id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.start_watch (
  client_id  uuid,
  coach_id   uuid,
  offer_id   uuid,
  booking_id uuid,
  before_at  timestamp with time zone,
  time_zone  text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_watch public.slot_watches;
begin
  if exists (select from public.offers where offers.id = start_watch.offer_id and offers.kind = 'group_session') then
    raise exception 'A group session has dates. Look for another one of them.' using errcode = 'WTDAT';
  end if;
  if start_watch.booking_id is null and exists (
    select from public.offers where offers.id = start_watch.offer_id and offers.kind not in ('session', 'intro_call')
  ) then
    raise exception 'Its sessions are booked once it is paid for. Until then there is no time to wait for.' using errcode = 'WTDAT';
  end if;

  perform from public.profiles where profiles.id = start_watch.client_id for no key update;

  update public.slot_watches
  set before_at = start_watch.before_at, time_zone = start_watch.time_zone
  where slot_watches.client_id = start_watch.client_id
    and slot_watches.offer_id = start_watch.offer_id
    and slot_watches.booking_id is not distinct from start_watch.booking_id
    and slot_watches.ended_at is null
  returning * into v_watch;

  if not found then
    if (
      select count(*) from public.slot_watches
      where slot_watches.client_id = start_watch.client_id and slot_watches.ended_at is null and slot_watches.before_at > now()
    ) >= 10 then
      raise exception 'You wait for ten times already. Stop waiting for one of them first.' using errcode = 'WTMNY';
    end if;

    insert into public.slot_watches (client_id, coach_id, offer_id, booking_id, before_at, time_zone)
    values (
      start_watch.client_id, start_watch.coach_id, start_watch.offer_id, start_watch.booking_id,
      start_watch.before_at, start_watch.time_zone
    )
    returning * into v_watch;
  end if;

  update public.slot_watches
  set known_starts = private.watched_starts(v_watch), check_at = null
  where slot_watches.id = v_watch.id;

  return v_watch.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.take_credit_times (
  order_row public.orders,
  starts    timestamp with time zone[],
  time_zone text,
  note      text
)
  RETURNS uuid[]
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_position integer;
  v_booking_id uuid;
  v_booking_ids uuid[] := '{}';
  v_gone timestamptz[] := '{}';
begin
  select * into v_offer from public.offers where offers.id = (take_credit_times.order_row).offer_id;

  -- One that was called off keeps its number.
  select coalesce(max(bookings.position), 0) into v_position
  from public.bookings
  where bookings.order_id = (take_credit_times.order_row).id;

  for v_index in 1 .. cardinality(take_credit_times.starts) loop
    v_booking_id := private.hold_time(
      v_offer, (take_credit_times.order_row).id, v_position + v_index, take_credit_times.starts[v_index],
      take_credit_times.time_zone, take_credit_times.note
    );

    if v_booking_id is null then
      v_gone := v_gone || take_credit_times.starts[v_index];
    else
      v_booking_ids := v_booking_ids || v_booking_id;
    end if;
  end loop;

  if cardinality(v_gone) > 0 then
    if cardinality(take_credit_times.starts) = 1 then
      perform private.refuse_time(v_offer, v_gone[1]);
    end if;
    raise exception 'Nothing is booked, because not every date is free any more: %.',
      private.date_list(v_gone, take_credit_times.time_zone) using errcode = 'OBDAT';
  end if;

  insert into public.credit_entries (order_id, booking_id, kind, sessions)
  select (take_credit_times.order_row).id, id, 'used', -1 from unnest(v_booking_ids) as id;

  return v_booking_ids;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_credit_entries__never_below_zero()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  perform from public.orders where orders.id = new.order_id for update;

  if private.credits_left(new.order_id) < 0 then
    raise exception 'There is no session left to book with.' using errcode = 'OKNON';
  end if;

  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_credit_entries__never_change()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  raise exception 'Credits are never changed: write another entry.' using errcode = 'OKFIX';
end;
$function$;

CREATE OR REPLACE FUNCTION private.told_sessions (
  notification public.notifications
)
  RETURNS SETOF public.bookings
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select sibling.*
  from public.bookings as subject
  join public.bookings as sibling on sibling.order_id = subject.order_id
  where subject.id = (told_sessions.notification).booking_id
    and case
      when (told_sessions.notification).kind = 'booking_confirmed'
        then sibling.status in ('confirmed', 'completed') and sibling.confirmed_at = subject.confirmed_at
      when (told_sessions.notification).kind = 'booking_moved'
        then sibling.status = 'confirmed' and case sibling.id
          when subject.id then (told_sessions.notification).version = sibling.sequence + 1
          else sibling.moved_at = (told_sessions.notification).created_at
        end
      when (told_sessions.notification).kind = 'booking_cancelled'
        then sibling.status = 'cancelled' and sibling.cancelled_at = subject.cancelled_at
      when (told_sessions.notification).kind = 'payment_returned'
        or (told_sessions.notification).kind like 'request\_%'
        then sibling.status = subject.status and sibling.created_at = subject.created_at
      else sibling.id = subject.id
    end;
$function$;

CREATE OR REPLACE FUNCTION private.unused_cents (
  order_id uuid
)
  RETURNS TABLE (
    cents     integer,
    own_cents integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.amount_cents - coalesce((
      select sum(private.session_cents(bookings))::integer from public.bookings where bookings.order_id = orders.id
    ), 0),
    coalesce((
      select sum(refunds.amount_cents)::integer from public.refunds
      where refunds.order_id = orders.id and refunds.reason = 'credits_ended' and refunds.status <> 'failed'
    ), 0)
  from public.orders
  where orders.id = unused_cents.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.uses_credit (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(credit_entries.sessions), 0) < 0
  from public.credit_entries
  where credit_entries.booking_id = (uses_credit.booking).id;
$function$;

CREATE OR REPLACE FUNCTION private.warn_of_ending_credits()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(orders.client_id, notification_kinds.kind, orders.id)
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
      where notifications.subject_id = orders.id and notifications.kind = notification_kinds.kind
    );
$function$;

CREATE OR REPLACE FUNCTION private.welcome_sessions (
  order_id    uuid,
  booking_ids uuid[] DEFAULT NULL::uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_first public.bookings;
begin
  select * into v_first
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
    and (welcome_sessions.booking_ids is null or bookings.id = any (welcome_sessions.booking_ids))
  order by bookings.starts_at
  limit 1;

  if not found then
    return;
  end if;

  perform private.plan_meeting(bookings.occasion_id)
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
    and (welcome_sessions.booking_ids is null or bookings.id = any (welcome_sessions.booking_ids))
  order by bookings.starts_at;

  perform private.open_conversation(v_first.coach_id, v_first.client_id);
  perform private.notify_parties(v_first.id, 'booking_confirmed');
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
  v_asked_ids uuid[] := private.asked_with(v_booking);
begin
  perform private.move_booking(id, array['requested']::public.booking_status[], 'confirmed', 'coach')
  from unnest(v_asked_ids) as id;

  perform private.enqueue(
    'stripe.capture', 'stripe.capture:' || payments.id, jsonb_build_object('payment_id', payments.id)
  )
  from public.payments
  where payments.order_id = v_booking.order_id
    and payments.status = 'authorized';

  perform private.welcome_sessions(v_booking.order_id, v_asked_ids);
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
    when 'invoice.paid' then
      perform private.record_invoice(v_object);
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.availability_preview()
  RETURNS TABLE (
    day              date,
    time_zone        text,
    duration_minutes integer,
    has_override     boolean,
    is_away          boolean,
    free_starts      timestamp with time zone[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with days as (
    select coaches.id as coach_id, dates.day, zone.time_zone,
      dates.day::timestamp at time zone zone.time_zone as begins_at,
      (dates.day + 1)::timestamp at time zone zone.time_zone as ends_at,
      coalesce(
        (
          select min(offers.duration_minutes) from public.offers
          where offers.coach_id = coaches.id and offers.archived_at is null and offers.kind in ('session', 'intro_call')
        ),
        60
      ) as duration_minutes
    from public.coaches
    cross join generate_series(0, 13) as number
    cross join lateral (select (now() at time zone private.zone_on(coaches.id, now()::date))::date + number as day) as dates
    cross join lateral (select private.zone_on(coaches.id, dates.day) as time_zone) as zone
    where coaches.id = private.current_coach_id()
  )
  select days.day, days.time_zone, days.duration_minutes,
    exists (select from public.date_overrides where date_overrides.coach_id = days.coach_id and date_overrides.day = days.day),
    tstzrange(days.begins_at, days.ends_at) && private.away_times(days.coach_id),
    array(
      select slot.starts_at
      from private.free_slots(
        days.coach_id,
        days.duration_minutes,
        tstzrange(days.begins_at, days.ends_at)
      ) as slot
      order by slot.starts_at
    )
  from days
  order by days.day;
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
    and offers.kind in ('session', 'intro_call')
  order by slot.starts_at;
$function$;

CREATE OR REPLACE FUNCTION public.buy_package (
  offer_id uuid
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
  v_waiting_ids uuid[];
  v_order_id uuid;
begin
  if v_offer.kind <> 'package' then
    raise exception 'This package is no longer offered.' using errcode = 'OFGON';
  end if;

  -- Of two clicks at once the second finds the order of the first.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  v_waiting_ids := array(
    select orders.id
    from public.orders
    join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
    where orders.client_id = v_client.id
      and private.shown_order_status(orders) = 'pending'
    order by orders.offer_id <> v_offer.id
  );
  select orders.id into v_order_id
  from public.orders
  where orders.id = v_waiting_ids[1] and orders.offer_id = v_offer.id;

  if v_order_id is not null then
    return v_order_id;
  end if;

  if cardinality(v_waiting_ids) >= 3 then
    raise exception 'Three packages wait for your payment already. Pay for one, or wait until they expire.' using errcode = 'OKMNY';
  end if;

  return private.create_order(v_offer, v_client.id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."buy_package"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.calendly_links (
  coach_id uuid
)
  RETURNS TABLE (
    offer_id       uuid,
    lineage_id     uuid,
    scheduling_url text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select offers.id, offers.lineage_id, calendly_event_types.scheduling_url
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id and coaches.status = 'approved'
  join public.calendly_event_types on calendly_event_types.coach_id = coaches.id and calendly_event_types.is_active
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  join public.offers
    on offers.lineage_id = calendly_offers.lineage_id
    and offers.archived_at is null
    and offers.is_instant
    and offers.kind in ('session', 'intro_call')
    and offers.duration_minutes = calendly_event_types.duration_minutes
  where calendly_connections.coach_id = calendly_links.coach_id
    and calendly_connections.intake = 'page'
    and calendly_connections.status = 'connected'
    and not private.is_calendly_closed(calendly_connections.coach_id);
$function$;

CREATE OR REPLACE FUNCTION public.cancel_booking (
  booking_id            uuid,
  expected_refund_cents integer,
  reason                text    DEFAULT ''::text,
  and_following         boolean DEFAULT false,
  expected_credits      integer DEFAULT 0
)
  RETURNS integer
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(cancel_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
  v_refund_cents integer;
  v_credits integer;
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session can no longer be cancelled.' using errcode = 'OBNCX';
  end if;

  if cancel_booking.and_following then
    select sum(private.refundable_cents(bookings, v_actor)), count(*) filter (where private.returns_credit(bookings, v_actor))
    into v_refund_cents, v_credits
    from private.this_and_following(v_booking) as bookings;
  else
    v_refund_cents := private.refundable_cents(v_booking, v_actor);
    v_credits := private.returns_credit(v_booking, v_actor)::integer;
  end if;

  if (v_refund_cents, v_credits)
    is distinct from (cancel_booking.expected_refund_cents, cancel_booking.expected_credits) then
    raise exception 'What comes back has changed while this page was open. Look at it again and confirm.'
      using errcode = 'OBQTE';
  end if;

  if cancel_booking.and_following then
    perform private.call_off_following(v_booking, v_actor, cancel_booking.reason);
  else
    perform private.call_off(v_booking, v_actor, v_refund_cents, cancel_booking.reason);
  end if;

  return v_refund_cents;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true,
  seats            integer DEFAULT NULL::integer,
  session_count    integer DEFAULT NULL::integer,
  valid_months     integer DEFAULT NULL::integer
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
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind,
    change_offer.seats, change_offer.session_count, change_offer.valid_months
  );

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count, valid_months)
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
    case v_previous.kind when 'package' then change_offer.valid_months end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer) FROM PUBLIC, "anon", "service_role";

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
        least(credit_slots.to_at, credit_slots.from_at + interval '62 days', orders.credits_end_at)
      )
    )
  ) as slot
  where orders.id = credit_slots.order_id
    and orders.client_id = private.current_profile_id()
    and orders.status in ('paid', 'released')
    and private.credits_left(orders.id) > 0
  order by slot.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."credit_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

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
  perform private.end_request(
    v_booking.order_id, 'declined', 'coach', decline_request.reason, private.asked_with(v_booking)
  );
end;
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
  from public.orders
  where orders.id = end_package.order_id
    and orders.coach_id = v_coach_id
    and private.is_package(orders)
    and orders.credits_end_at is not null
  for update;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;
  if private.credits_left(v_order.id) = 0 then
    raise exception 'Nothing is left of this package.' using errcode = 'OKEND';
  end if;
  if private.end_refund_cents(v_order) is distinct from end_package.expected_refund_cents then
    raise exception 'What goes back has changed while this page was open. Look at the new amount and confirm again.'
      using errcode = 'OBQTE';
  end if;

  return private.end_credits(v_order.id, end_package.reason);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."end_package"(uuid, integer, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.following_refund_quotes (
  booking_id uuid
)
  RETURNS TABLE (
    session_id     uuid,
    starts_at      timestamp with time zone,
    ends_at        timestamp with time zone,
    refund_cents   integer,
    returns_credit boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select following.id, following.starts_at, following.ends_at, private.refundable_cents(following, party.actor),
    private.returns_credit(following, party.actor)
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.this_and_following(bookings) as following
  where bookings.id = following_refund_quotes.booking_id
    and party.actor is not null
  order by following.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."following_refund_quotes"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.make_package (
  title            text,
  description      text,
  duration_minutes integer,
  session_cents    integer,
  session_count    integer,
  valid_months     integer,
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
    make_package.title, make_package.description, make_package.duration_minutes, make_package.session_cents, 'package',
    null, make_package.session_count, make_package.valid_months
  );
  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (
    coach_id, kind, title, description, duration_minutes, price_cents, is_instant, session_count, valid_months
  )
  values (
    v_coach.id, 'package', trim(make_package.title), trim(make_package.description), make_package.duration_minutes,
    make_package.session_count * make_package.session_cents, make_package.is_instant,
    make_package.session_count, make_package.valid_months
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.move_terms (
  booking_id uuid,
  starts_at  timestamp with time zone DEFAULT NULL::timestamp WITH time zone
)
  RETURNS TABLE (
    refusal    text,
    move_until timestamp with time zone,
    moves_left integer,
    full_until timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.move_refusal(bookings, party.actor), terms.move_until, terms.moves_left,
    case
      when party.actor = 'coach' then move_terms.starts_at
      when private.agreed_refund_cents(bookings, 'client') >= private.policy_cents(bookings)
        then move_terms.starts_at - make_interval(mins => orders.full_refund_minutes)
    end
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.terms_of_move(bookings, party.actor) as terms
  where bookings.id = move_terms.booking_id
    and party.actor is not null;
$function$;

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
    returns_credit         boolean
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
    private.returns_credit(bookings, party.actor)
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.refund_deadlines(bookings) as deadlines
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."refund_quote"(uuid) FROM PUBLIC, "anon", "service_role";

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
  v_booking_ids uuid[];
begin
  if not private.is_time_zone(request_booking_with_credit.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_order := private.lock_credits(request_booking_with_credit.order_id, v_client.id, v_starts);
  perform private.lock_open_coach(v_order.coach_id, cardinality(v_starts) > 1);

  v_booking_ids := private.take_credit_times(
    v_order, v_starts, request_booking_with_credit.time_zone, request_booking_with_credit.note
  );

  if (select offers.is_instant from public.offers where offers.id = v_order.offer_id) then
    perform private.move_booking(id, array['held']::public.booking_status[], 'confirmed', 'system')
    from unnest(v_booking_ids) as id;
    perform private.welcome_sessions(v_order.id, v_booking_ids);
  else
    perform private.move_booking(id, array['held']::public.booking_status[], 'requested', 'system')
    from unnest(v_booking_ids) as id;
    perform private.ask_coach(v_order.id, v_booking_ids);
  end if;

  return v_booking_ids[1];
end;
$function$;

REVOKE ALL ON FUNCTION "public"."request_booking_with_credit"(uuid, timestamp WITH time zone[], text, text) FROM PUBLIC, "anon", "service_role";

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
  perform private.end_request(v_booking.order_id, 'cancelled', 'client', '', private.asked_with(v_booking));
end;
$function$;

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_packages_say_how_many" CHECK ((((kind = 'package'::public.offer_kind) = (session_count IS
    NOT NULL)) AND ((kind = 'package'::public.offer_kind) = (valid_months IS NOT NULL))));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_price"
    CHECK
    ((((price_cents >= (500 * COALESCE(session_count, 1))) AND (price_cents <= (500000 * COALESCE(session_count, 1)))) OR ((price_cents = 0) AND (kind =
    'intro_call'::public.offer_kind))));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_session_count" CHECK (((session_count >= 2) AND (session_count <= 52)));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_sessions_cost_the_same" CHECK (((price_cents % session_count) = 0));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_valid_months" CHECK (((valid_months >= 1) AND (valid_months <= 24)));

CREATE INDEX orders_credits_end_at_idx ON public.orders USING btree (credits_end_at)
  WHERE (credits_end_at IS NOT NULL);

CREATE INDEX orders_pending_idx ON public.orders USING btree (created_at)
  WHERE (status = 'pending'::public.order_status);

CREATE TRIGGER credit_entries__never_below_zero
  AFTER INSERT ON public.credit_entries
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_credit_entries__never_below_zero();

CREATE TRIGGER credit_entries__never_change
  BEFORE DELETE OR UPDATE OR TRUNCATE ON public.credit_entries
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_credit_entries__never_change();

REVOKE ALL ON FUNCTION "admin"."end_package"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."end_package"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."end_package"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ask_coach"(uuid, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ask_coach"(uuid, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."ask_coach"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."asked_with"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."asked_with"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."asked_with"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."can_return_credit"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."can_return_credit"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."can_return_credit"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."credit_cents"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."credit_cents"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."credit_cents"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."credits_left"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."credits_left"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."credits_left"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_credits"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_credits"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_credits"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_lapsed_credits"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_lapsed_credits"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_lapsed_credits"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_refund_cents"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_refund_cents"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_refund_cents"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_package"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_package"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_package"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_packages"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_packages"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_packages"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."give_back_credit"(public.bookings, public.refund_reason) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."give_back_credit"(public.bookings, public.refund_reason) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."give_back_credit"(public.bookings, public.refund_reason) TO "postgres";

REVOKE ALL ON FUNCTION "private"."grant_credits"(uuid, integer, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."grant_credits"(uuid, integer, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."grant_credits"(uuid, integer, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_package"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_package"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_package"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_packages"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_packages"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_packages"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_credits"(uuid, uuid, timestamp WITH time zone[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_open_coach"(uuid, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_open_coach"(uuid, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_open_coach"(uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."package_pay_by"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."package_pay_by"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."package_pay_by"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."policy_cents"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."policy_cents"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."policy_cents"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refund_missed_session"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_missed_session"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refund_missed_session"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."returns_credit"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."returns_credit"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."returns_credit"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."shown_order_status"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."shown_order_status"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."shown_order_status"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."start_package"(public.orders, public.payments) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."start_package"(public.orders, public.payments) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."start_package"(public.orders, public.payments) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_credit_times"(public.orders, timestamp WITH time zone[], text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_credit_times"(public.orders, timestamp WITH time zone[], text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_credit_times"(public.orders, timestamp WITH time zone[], text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_credit_entries__never_below_zero"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_credit_entries__never_below_zero"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_credit_entries__never_below_zero"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_credit_entries__never_change"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_credit_entries__never_change"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_credit_entries__never_change"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."unused_cents"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unused_cents"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unused_cents"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."uses_credit"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."uses_credit"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."uses_credit"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."warn_of_ending_credits"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."warn_of_ending_credits"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."warn_of_ending_credits"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."welcome_sessions"(uuid, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."welcome_sessions"(uuid, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."welcome_sessions"(uuid, uuid[]) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."buy_package"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."buy_package"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."buy_package"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."credit_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."credit_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."credit_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."end_package"(uuid, integer, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."end_package"(uuid, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."end_package"(uuid, integer, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."following_refund_quotes"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."following_refund_quotes"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."following_refund_quotes"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."refund_quote"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."refund_quote"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."refund_quote"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking_with_credit"(uuid, timestamp WITH time zone[], text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."request_booking_with_credit"(uuid, timestamp WITH time zone[], text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking_with_credit"(uuid, timestamp WITH time zone[], text, text) TO "postgres";

REVOKE ALL ("credits_end_reason") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("credits_end_reason") ON TABLE "public"."orders" TO "authenticated";
