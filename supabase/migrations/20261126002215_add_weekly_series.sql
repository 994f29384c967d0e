SET local check_function_bodies = off;

DROP INDEX "public"."bookings_one_per_order";

DROP INDEX "public"."refunds_one_per_payment_and_reason";

DROP FUNCTION "admin"."cancel_booking"(uuid, text);

DROP FUNCTION "private"."booked_times"(uuid, tstzrange, uuid);

DROP FUNCTION "private"."create_order"(public.offers, uuid);

DROP FUNCTION "private"."end_request"(public.bookings, public.booking_status, public.booking_actor, text);

DROP FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid);

DROP FUNCTION "private"."full_times"(uuid, tstzrange, uuid);

DROP FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid);

DROP FUNCTION "private"."request_refund"(uuid, integer, public.refund_reason);

DROP FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone);

DROP FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason);

DROP FUNCTION "private"."take_paid_time"(uuid, public.booking_status);

DROP FUNCTION "private"."welcome_session"(uuid);

DROP FUNCTION "public"."cancel_booking"(uuid, integer, text);

DROP FUNCTION "public"."checkout_details"(uuid);

DROP FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone);

DROP FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text);

DROP FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text);

DROP FUNCTION "public"."session_details"(uuid);

DROP FUNCTION "public"."session_list"(public.booking_actor, boolean, integer);

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "series_sessions" integer NOT NULL DEFAULT 12;

ALTER TABLE "public"."bookings"
  ADD COLUMN "position" integer NOT NULL DEFAULT 1;

ALTER TABLE "public"."orders"
  ADD COLUMN "session_count" integer NOT NULL DEFAULT 1;

ALTER TABLE "public"."refunds"
  ADD COLUMN "booking_id" uuid;

CREATE OR REPLACE FUNCTION admin.cancel_booking (
  booking_id    uuid,
  reason        text,
  and_following boolean DEFAULT false
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(cancel_booking.booking_id);
  v_refund_cents integer := private.refundable_cents(v_booking, 'admin');
begin
  if v_booking.id is null or v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'There is no confirmed session % to come.', cancel_booking.booking_id using errcode = 'OBNCX';
  end if;

  if cancel_booking.and_following then
    return private.call_off_following(v_booking, 'admin', cancel_booking.reason);
  end if;

  perform private.call_off(v_booking, 'admin', v_refund_cents, cancel_booking.reason);
  return v_refund_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION admin.coach_strikes()
  RETURNS TABLE (
    coach_id            uuid,
    slug                text,
    display_name        text,
    status              public.coach_status,
    late_cancellations  integer,
    no_shows            integer,
    unanswered_requests integer,
    strikes             integer,
    last_strike_at      timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with
    late_cancellations as (
      select bookings.coach_id, booking_events.created_at as at
      from public.booking_events
      join public.bookings on bookings.id = booking_events.booking_id
      where booking_events.after = 'cancelled'
        and booking_events.actor = 'coach'
        and booking_events.created_at > bookings.starts_at - interval '24 hours'
    ),
    no_shows as (
      select bookings.coach_id, bookings.starts_at as at
      from public.bookings
      left join public.attendance_decisions as decisions on decisions.booking_id = bookings.id
      where bookings.status = 'no_show_coach'
        and (decisions.objected_at is null or decisions.settled_at is not null)
    ),
    unanswered_requests as (
      select bookings.coach_id, booking_events.created_at as at
      from public.booking_events
      join public.bookings on bookings.id = booking_events.booking_id
      where booking_events.before = 'requested'
        and booking_events.after = 'expired'
        and booking_events.actor = 'system'
        and bookings.position = 1 -- A series is asked for and answered once.
    ),
    strikes as (
      select 'late_cancellation' as kind, coach_id, at from late_cancellations
      union all
      select 'no_show', coach_id, at from no_shows
      union all
      select 'unanswered_request', coach_id, at from unanswered_requests
    )
  select
    coaches.id as coach_id,
    coaches.slug,
    coaches.display_name,
    coaches.status,
    count(*) filter (where strikes.kind = 'late_cancellation')::integer as late_cancellations,
    count(*) filter (where strikes.kind = 'no_show')::integer as no_shows,
    count(*) filter (where strikes.kind = 'unanswered_request')::integer as unanswered_requests,
    count(*)::integer as strikes,
    max(strikes.at) as last_strike_at
  from strikes
  join public.coaches on coaches.id = strikes.coach_id
  where strikes.at > now() - interval '180 days'
  group by coaches.id;
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
  cross join lateral (select private.session_cents(agreed_refund_cents.booking) as cents) as price
  where orders.id = (agreed_refund_cents.booking).order_id;
$function$;

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
  select * into v_booking
  from public.bookings
  where bookings.order_id = ask_coach.order_id
  order by bookings.starts_at
  limit 1;

  update public.bookings
  set answer_by = least(
    now() + make_interval(mins => (private.settings()).answer_minutes),
    v_booking.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes)
  )
  from public.availability_settings
  where bookings.order_id = ask_coach.order_id
    and availability_settings.coach_id = bookings.coach_id;

  perform private.notify(v_booking.client_id, 'request_sent', v_booking.id, v_booking.id);
  perform private.notify(coaches.profile_id, 'request_received', v_booking.id, v_booking.id)
  from public.coaches where coaches.id = v_booking.coach_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.booked_times (
  coach_id           uuid,
  time_window        tstzrange,
  except_booking_ids uuid[]    DEFAULT '{}'::uuid[]
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
        and bookings.id <> all (booked_times.except_booking_ids)
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
begin
  if not private.cancel_session(call_off.booking, call_off.actor, call_off.refund_cents, call_off.reason) then
    return false;
  end if;

  perform private.notify_parties((call_off.booking).id, 'booking_cancelled');
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.call_off_following (
  booking public.bookings,
  actor   public.booking_actor,
  reason  text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_cents integer;
begin
  -- All are counted before the first is cancelled: afterwards there is less left of the order.
  with quotes as materialized (
    select bookings, private.refundable_cents(bookings, call_off_following.actor) as refund_cents
    from private.this_and_following(call_off_following.booking) as bookings
  )
  select sum(quotes.refund_cents) filter (
    where private.cancel_session(
      quotes.bookings, call_off_following.actor, quotes.refund_cents, call_off_following.reason
    )
  ) into v_refund_cents
  from quotes;

  if v_refund_cents is not null then
    perform private.notify_parties((call_off_following.booking).id, 'booking_cancelled');
  end if;
  return v_refund_cents;
end;
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
begin
  if (cancel_session.booking).starts_at <= now() or not private.move_booking(
    (cancel_session.booking).id, array['confirmed']::public.booking_status[], 'cancelled', cancel_session.actor,
    jsonb_build_object('reason', left(trim(cancel_session.reason), 500), 'refund_cents', cancel_session.refund_cents)
  ) then
    return false;
  end if;

  if cancel_session.refund_cents > 0 then
    perform private.request_refund(
      cancel_session.booking, cancel_session.refund_cents,
      (cancel_session.actor || '_cancelled')::public.refund_reason
    );
  end if;
  perform private.cancel_meeting((cancel_session.booking).id);

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
  v_lost_id uuid;
begin
  for v_booking in
    select * from public.bookings
    where bookings.order_id = confirm_booking.order_id
    order by bookings.starts_at
  loop
    if not (
      (select offers.is_instant from public.offers where offers.id = v_booking.offer_id)
      and private.take_paid_time(v_booking.id, 'confirmed')
    ) then
      v_lost_id := coalesce(v_lost_id, v_booking.id);
      perform private.request_refund(v_booking, private.session_cents(v_booking), 'paid_too_late');
    end if;
  end loop;

  if v_lost_id is not null then
    perform private.lapse_hold(confirm_booking.order_id, 'system');
    perform private.notify(v_booking.client_id, 'payment_returned', v_lost_id, v_lost_id);
  end if;

  perform private.welcome_sessions(confirm_booking.order_id);
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
    create_order.session_count,
    create_order.session_count * (create_order.offer).price_cents,
    create_order.session_count
      * round((create_order.offer).price_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent,
    cancellation_policies.client_move_minutes,
    cancellation_policies.client_moves,
    cancellation_policies.coach_move_minutes
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
$function$;

CREATE OR REPLACE FUNCTION private.date_conflict (
  offer     public.offers,
  starts_at timestamp with time zone
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when private.is_free(date_conflict.offer, date_conflict.starts_at) then null
    when date_conflict.starts_at >= now() + make_interval(days => availability_settings.horizon_days) then 'too_far'
    when private.is_offered(date_conflict.offer, date_conflict.starts_at) then 'taken'
    else 'closed'
  end
  from public.availability_settings
  where availability_settings.coach_id = (date_conflict.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.date_list (
  starts    timestamp with time zone[],
  time_zone text
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select string_agg(
    to_char(start at time zone date_list.time_zone, 'FMDay, FMMonth FMDD "at" FMHH12:MI AM'), '; ' order by start
  )
  from unnest(date_list.starts) as start;
$function$;

CREATE OR REPLACE FUNCTION private.end_request (
  order_id uuid,
  target   public.booking_status,
  actor    public.booking_actor,
  reason   text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_ended_count integer := 0;
begin
  -- From the last to the first, so that it is the first of which they are told.
  for v_booking in
    select * from public.bookings
    where bookings.order_id = end_request.order_id
    order by bookings.starts_at desc
  loop
    v_ended_count := v_ended_count + private.move_booking(
      v_booking.id, array['requested']::public.booking_status[], end_request.target, end_request.actor,
      jsonb_build_object('reason', left(trim(end_request.reason), 500))
    )::integer;
  end loop;

  if v_ended_count = 0 then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = end_request.order_id and orders.status = 'pending';
  perform private.release_payments(end_request.order_id);

  case end_request.target
    when 'declined' then
      perform private.notify(v_booking.client_id, 'request_declined', v_booking.id, v_booking.id);
    when 'cancelled' then
      perform private.notify(coaches.profile_id, 'request_withdrawn', v_booking.id, v_booking.id)
      from public.coaches where coaches.id = v_booking.coach_id;
    else
      perform private.notify_parties(v_booking.id, 'request_expired');
  end case;
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
  perform private.end_request(expire_request.order_id, 'expired', 'system', '')
  where exists (
    select from public.bookings
    where bookings.order_id = expire_request.order_id
      and bookings.status = 'requested'
      and bookings.answer_by <= now()
  );
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
  v_told_id uuid;
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
  perform private.end_request(fail_payment.order_id, 'expired', 'system', '');

  for v_booking in
    select * from public.bookings
    where bookings.order_id = fail_payment.order_id and bookings.status = 'confirmed'
    order by bookings.starts_at
    for update
  loop
    if private.cancel_session(v_booking, 'system', 0, 'The payment could not be taken.') then
      v_told_id := coalesce(v_told_id, v_booking.id);
    else
      perform public.record_security_event('capture_failed', jsonb_build_object('booking_id', v_booking.id));
    end if;
  end loop;

  perform private.notify_parties(v_told_id, 'booking_cancelled');
end;
$function$;

CREATE OR REPLACE FUNCTION private.free_slots (
  coach_id           uuid,
  duration_minutes   integer,
  time_window        tstzrange,
  except_booking_ids uuid[]    DEFAULT '{}'::uuid[]
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return query
    with closed as materialized (
      select private.booked_times(free_slots.coach_id, reach.time_window, free_slots.except_booking_ids)
          + private.busy_elsewhere(free_slots.coach_id, reach.time_window) as times,
        private.full_times(free_slots.coach_id, reach.time_window, free_slots.except_booking_ids) as full_times
      from (
        -- The last session begins before the window's end, and ends after it.
        select tstzrange(
          lower(free_slots.time_window),
          upper(free_slots.time_window) + make_interval(mins => free_slots.duration_minutes)
        ) as time_window
      ) as reach
      where not isempty(free_slots.time_window)
    )
    select slot.starts_at, slot.ends_at
    from private.offered_slots(free_slots.coach_id, free_slots.duration_minutes, free_slots.time_window) as slot
    cross join closed
    where not tstzrange(slot.starts_at, slot.ends_at) && closed.times
      and not slot.starts_at <@ closed.full_times;
end;
$function$;

CREATE OR REPLACE FUNCTION private.full_times (
  coach_id           uuid,
  time_window        tstzrange,
  except_booking_ids uuid[]    DEFAULT '{}'::uuid[]
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      with limits as (
        select unit, most, make_interval(days => case unit when 'day' then 1 else 7 end) as length
        from public.availability_settings
        cross join lateral (values ('day', max_sessions_per_day), ('week', max_sessions_per_week)) as rule (unit, most)
        where availability_settings.coach_id = full_times.coach_id
          and most is not null
      ),
      spans as (
        select span.during, span.time_zone
        from private.zone_spans(full_times.coach_id, full_times.time_window) as span
        where exists (select from limits)
      ),
      sessions as (
        select distinct bookings.starts_at, span.time_zone
        from private.zone_spans(
          full_times.coach_id,
          tstzrange(lower(full_times.time_window) - interval '9 days', upper(full_times.time_window) + interval '9 days')
        ) as span
        join public.bookings
          on bookings.coach_id = full_times.coach_id
          and bookings.starts_at between lower(full_times.time_window) - interval '9 days' and upper(full_times.time_window) + interval '9 days'
          and span.during @> bookings.starts_at
        where exists (select from limits)
          and private.shown_status(bookings) not in ('cancelled', 'declined', 'expired')
          and bookings.id <> all (full_times.except_booking_ids)
      ),
      full_units as (
        select date_trunc(limits.unit, sessions.starts_at at time zone sessions.time_zone) as first, limits.length
        from sessions
        cross join limits
        group by 1, 2, limits.most
        having count(*) >= limits.most
      )
      select coalesce(
        range_agg(
          spans.during * tstzrange(
            full_units.first at time zone spans.time_zone,
            (full_units.first + full_units.length) at time zone spans.time_zone
          )
        ),
        '{}'
      )
      from full_units
      cross join spans
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.hold_time (
  offer            public.offers,
  order_id         uuid,
  session_position integer,
  starts_at        timestamp with time zone,
  time_zone        text,
  note             text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_during tstzrange := tstzrange(
    hold_time.starts_at, hold_time.starts_at + make_interval(mins => (hold_time.offer).duration_minutes)
  );
  v_booking public.bookings;
begin
  if not private.is_free(hold_time.offer, hold_time.starts_at) then
    return null;
  end if;

  perform private.expire_lapsed_holds((hold_time.offer).coach_id, v_during);

  insert into public.bookings (
    order_id, position, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone,
    note, hold_expires_at
  )
  select orders.id, hold_time.session_position, (hold_time.offer).id, orders.coach_id, orders.client_id,
    lower(v_during), upper(v_during), (hold_time.offer).kind = 'intro_call', hold_time.time_zone,
    left(trim(hold_time.note), 1000), now() + make_interval(mins => (private.settings()).hold_minutes)
  from public.orders
  where orders.id = hold_time.order_id
  on conflict do nothing
  returning * into v_booking;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  select v_booking.id, 'client', v_booking.client_id, 'held'
  where v_booking.id is not null;

  return v_booking.id;
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

  -- Two requests of one client wait for each other here, so that the count holds.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = v_client.id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;

  perform private.require_first_intro_call(v_offer, v_client.id);
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

CREATE OR REPLACE FUNCTION private.is_free (
  offer              public.offers,
  starts_at          timestamp with time zone,
  except_booking_ids uuid[]                   DEFAULT '{}'::uuid[]
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
      is_free.except_booking_ids
    ) as slot
    where slot.starts_at = is_free.starts_at
      and (is_free.except_booking_ids <> '{}' or slot.starts_at >= private.bookable_from(is_free.offer))
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_still_open (
  opening_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(bool_or(
    private.watch_until(slot_watches) > slot_openings.starts_at
    and private.is_free(
      private.watched_offer(slot_watches), slot_openings.starts_at, array_remove(array[slot_watches.booking_id], null)
    )
  ), false)
  from private.slot_openings
  join public.slot_watches on slot_watches.id = slot_openings.watch_id
  where slot_openings.id = is_still_open.opening_id;
$function$;

CREATE OR REPLACE FUNCTION private.lapse_hold (
  order_id uuid,
  actor    public.booking_actor
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_lapsed_count integer;
begin
  -- The order first, then the bookings: the same order of locks as record_payment.
  perform from public.orders where orders.id = lapse_hold.order_id for update;

  select count(*) filter (
    where private.move_booking(bookings.id, array['held']::public.booking_status[], 'expired', lapse_hold.actor)
  ) into v_lapsed_count
  from public.bookings
  where bookings.order_id = lapse_hold.order_id;

  if v_lapsed_count = 0 then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = lapse_hold.order_id and orders.status = 'pending';

  perform private.enqueue(
    'stripe.expire_checkout',
    'stripe.expire_checkout:' || lapse_hold.order_id,
    jsonb_build_object('order_id', lapse_hold.order_id)
  );
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
end;
$function$;

CREATE OR REPLACE FUNCTION private.move_series (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_move record;
  v_moving_ids uuid[];
begin
  perform private.require_series_move(move_series.booking, move_series.actor);
  perform private.require_transition('confirmed', 'confirmed', move_series.actor);
  perform from public.coaches where coaches.id = (move_series.booking).coach_id for no key update;
  perform private.lock_calendar((move_series.booking).coach_id);
  perform private.require_free_series(move_series.booking, move_series.actor, move_series.starts_at);

  v_moving_ids := array(
    select following.id from private.this_and_following(move_series.booking) as following
  );

  for v_move in
    select series.booking, series.starts_at
    from private.series_moves(move_series.booking, move_series.starts_at) as series
    order by case when move_series.starts_at > (move_series.booking).starts_at then -1 else 1 end
      * extract(epoch from (series.booking).starts_at)
  loop
    perform private.require_free_move(v_move.booking, v_move.starts_at, v_moving_ids);
    perform private.set_time(v_move.booking, move_series.actor, v_move.starts_at, move_series.reason);
    v_moving_ids := array_remove(v_moving_ids, (v_move.booking).id);
  end loop;

  perform private.notify_parties(
    (move_series.booking).id, 'booking_moved', (move_series.booking).sequence + 2
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.move_session (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refusal text := private.move_refusal(move_session.booking, move_session.actor);
begin
  if (move_session.booking).id is null or v_refusal is not null then
    raise exception '%', coalesce(v_refusal, 'There is no such session.') using errcode = 'OBNMV';
  end if;

  perform private.require_transition('confirmed', 'confirmed', move_session.actor);
  perform from public.coaches where coaches.id = (move_session.booking).coach_id for no key update;
  perform private.lock_calendar((move_session.booking).coach_id);
  perform private.require_free_move(
    move_session.booking, move_session.starts_at, array[(move_session.booking).id]
  );

  perform private.write_move(move_session.booking, move_session.actor, move_session.starts_at, move_session.reason);
end;
$function$;

CREATE OR REPLACE FUNCTION private.party_zone (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case party_zone.actor when 'client' then client.time_zone else coaches.time_zone end
  from public.coaches
  join public.profiles as client on client.id = (party_zone.booking).client_id
  where coaches.id = (party_zone.booking).coach_id;
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
  elsif private.take_all_paid_times(v_order.id, 'requested') then
    perform private.ask_coach(v_order.id);
  else
    perform private.lapse_hold(v_order.id, 'system');
    perform private.release_payments(v_order.id);
    perform private.notify(bookings.client_id, 'request_expired', bookings.id, bookings.id)
    from public.bookings where bookings.order_id = v_order.id and bookings.position = 1;
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
      when (refund_deadlines.booking).refund_cap_cents < private.session_cents(refund_deadlines.booking)
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
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.request_refund(
    refund_missed_session.booking,
    private.session_cents(refund_missed_session.booking) - private.session_returned_cents(refund_missed_session.booking),
    'coach_no_show'
  );
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
  select least(
    private.agreed_refund_cents(refundable_cents.booking, refundable_cents.actor),
    greatest(0, private.session_cents(refundable_cents.booking) - private.session_returned_cents(refundable_cents.booking))
  );
$function$;

CREATE OR REPLACE FUNCTION private.refuse_time (
  offer              public.offers,
  starts_at          timestamp with time zone,
  except_booking_ids uuid[]                   DEFAULT '{}'::uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
declare
  v_during tstzrange := tstzrange(
    refuse_time.starts_at, refuse_time.starts_at + make_interval(mins => (refuse_time.offer).duration_minutes)
  );
begin
  -- Free by the rules and yet not to be had: somebody was faster, at this very moment.
  if private.is_free(refuse_time.offer, refuse_time.starts_at, refuse_time.except_booking_ids) or (
    private.is_offered(refuse_time.offer, refuse_time.starts_at)
    and v_during && private.booked_times((refuse_time.offer).coach_id, v_during, refuse_time.except_booking_ids)
  ) then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
end;
$function$;

CREATE OR REPLACE FUNCTION private.request_refund (
  booking      public.bookings,
  amount_cents integer,
  reason       public.refund_reason
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.return_payment(
    payments, request_refund.amount_cents, request_refund.reason, (request_refund.booking).id
  )
  from public.payments
  where payments.order_id = (request_refund.booking).order_id
    and payments.status in ('authorized', 'succeeded')
    and request_refund.amount_cents > 0;
$function$;

CREATE OR REPLACE FUNCTION private.require_free_move (
  booking    public.bookings,
  starts_at  timestamp with time zone,
  moving_ids uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer public.offers;
begin
  if require_free_move.starts_at = (require_free_move.booking).starts_at then
    raise exception 'This is the time the session has already. Choose another one.' using errcode = 'OBTIM';
  end if;

  select * into v_offer from public.offers where offers.id = (require_free_move.booking).offer_id;
  perform private.expire_lapsed_holds(
    (require_free_move.booking).coach_id,
    tstzrange(
      require_free_move.starts_at,
      require_free_move.starts_at + ((require_free_move.booking).ends_at - (require_free_move.booking).starts_at)
    )
  );

  if not private.is_free(v_offer, require_free_move.starts_at, require_free_move.moving_ids) then
    perform private.refuse_time(v_offer, require_free_move.starts_at, require_free_move.moving_ids);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_free_series (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
declare
  v_taken timestamptz[];
begin
  select array_agg(dates.starts_at) into v_taken
  from private.series_move_dates(require_free_series.booking, require_free_series.starts_at) as dates
  where not dates.is_free;

  if v_taken is not null then
    raise exception 'Nothing is moved, because not every new time is free: %.',
      private.date_list(v_taken, private.party_zone(require_free_series.booking, require_free_series.actor))
      using errcode = 'OBDAT';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_series_move (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refusal text := private.move_refusal(require_series_move.booking, require_series_move.actor);
  v_fixed timestamptz[];
begin
  if v_refusal is not null then
    raise exception '%', v_refusal using errcode = 'OBNMV';
  end if;

  -- Their rows, before the hosts' lock, which the first that moves takes.
  perform from public.bookings
  where bookings.order_id = (require_series_move.booking).order_id
  order by bookings.id
  for update;

  select array_agg(following.starts_at) into v_fixed
  from private.this_and_following(require_series_move.booking) as following
  where private.move_refusal(following, require_series_move.actor) is not null;

  if v_fixed is not null then
    raise exception 'Nothing is moved, because you cannot move every session that follows: %.',
      private.date_list(v_fixed, private.party_zone(require_series_move.booking, require_series_move.actor))
      using errcode = 'OBNMV';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.return_payment (
  payment      public.payments,
  amount_cents integer,
  reason       public.refund_reason,
  booking_id   uuid                 DEFAULT NULL::uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
begin
  insert into public.refunds (order_id, payment_id, booking_id, amount_cents, reason)
  values (
    (return_payment.payment).order_id, (return_payment.payment).id, return_payment.booking_id,
    return_payment.amount_cents, return_payment.reason
  )
  on conflict (payment_id, booking_id, reason) where reason <> 'made_in_stripe' do nothing
  returning refunds.id into v_refund_id;

  if v_refund_id is null then
    return;
  end if;

  perform private.enqueue(
    'stripe.refund', 'stripe.refund:' || v_refund_id, jsonb_build_object('refund_id', v_refund_id)
  );
  perform private.settle_order((return_payment.payment).order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.series_move_dates (
  booking   public.bookings,
  starts_at timestamp with time zone
)
  RETURNS TABLE (
    session_id uuid,
    moved_from timestamp with time zone,
    starts_at  timestamp with time zone,
    ends_at    timestamp with time zone,
    is_free    boolean
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (series.booking).id, (series.booking).starts_at, series.starts_at,
    series.starts_at + ((series.booking).ends_at - (series.booking).starts_at),
    private.is_free(
      offers, series.starts_at,
      array(select following.id from private.this_and_following(series_move_dates.booking) as following)
    )
  from private.series_moves(series_move_dates.booking, series_move_dates.starts_at) as series
  join public.offers on offers.id = (series.booking).offer_id
  order by series.starts_at;
$function$;

CREATE OR REPLACE FUNCTION private.series_moves (
  booking   public.bookings,
  starts_at timestamp with time zone
)
  RETURNS TABLE (
    booking   public.bookings,
    starts_at timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select following,
    case
      when following.id = (series_moves.booking).id then series_moves.starts_at
      else (
        following.starts_at at time zone coaches.time_zone
          + (series_moves.starts_at at time zone coaches.time_zone
            - (series_moves.booking).starts_at at time zone coaches.time_zone)
      ) at time zone coaches.time_zone
    end
  from private.this_and_following(series_moves.booking) as following
  join public.coaches on coaches.id = following.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.session_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.amount_cents / orders.session_count
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
      private.session_cents(session_returned_cents.booking) - coalesce(sum(refunds.amount_cents), 0) as left_cents
    from public.bookings as siblings
    left join public.refunds on refunds.booking_id = siblings.id and refunds.status <> 'failed'
    where siblings.order_id = (session_returned_cents.booking).order_id
    group by siblings.id
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

CREATE OR REPLACE FUNCTION private.set_time (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_ends_at timestamptz := set_time.starts_at + ((set_time.booking).ends_at - (set_time.booking).starts_at);
  v_sequence integer := (set_time.booking).sequence + 1;
begin
  begin
    update public.bookings
    set starts_at = set_time.starts_at,
        ends_at = v_ends_at,
        sequence = v_sequence,
        moved_at = now(),
        moved_by = set_time.actor,
        refund_cap_cents = case
          when set_time.actor = 'client' then private.agreed_refund_cents(set_time.booking, 'client')
        end
    where bookings.id = (set_time.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    (set_time.booking).id, set_time.actor,
    case when set_time.actor in ('client', 'coach') then private.current_profile_id() end,
    'confirmed', 'confirmed',
    jsonb_build_object(
      'from', (set_time.booking).starts_at, 'to', set_time.starts_at,
      'sequence', v_sequence, 'reason', left(trim(set_time.reason), 500)
    )
  );
  perform private.move_meeting((set_time.booking).id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.take_all_paid_times (
  order_id uuid,
  target   public.booking_status
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  for v_booking_id in
    select bookings.id from public.bookings
    where bookings.order_id = take_all_paid_times.order_id
    order by bookings.starts_at
  loop
    if not private.take_paid_time(v_booking_id, take_all_paid_times.target) then
      raise exception 'One of the times is gone.' using errcode = 'OBTKN';
    end if;
  end loop;

  return true;
exception when sqlstate 'OBTKN' then
  return false; -- And what was taken before is as it was.
end;
$function$;

CREATE OR REPLACE FUNCTION private.take_paid_time (
  booking_id uuid,
  target     public.booking_status
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.id = take_paid_time.booking_id for update;

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

CREATE OR REPLACE FUNCTION private.this_and_following (
  booking public.bookings
)
  RETURNS SETOF public.bookings
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select bookings.*
  from public.bookings
  where bookings.order_id = (this_and_following.booking).order_id
    and bookings.starts_at >= (this_and_following.booking).starts_at
    and bookings.status = 'confirmed'
    and bookings.starts_at > now();
$function$;

CREATE OR REPLACE FUNCTION private.watched_starts (
  watch public.slot_watches
)
  RETURNS timestamp WITH time zone[]
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(array_agg(slot.starts_at order by slot.starts_at), '{}')
  from public.coaches
  cross join lateral (
    select (private.watched_offer(watched_starts.watch)).duration_minutes,
      private.watch_until(watched_starts.watch) as until_at
  ) as wanted
  cross join lateral private.free_slots(
    coaches.id, wanted.duration_minutes,
    tstzrange(now(), greatest(wanted.until_at, now())),
    array_remove(array[(watched_starts.watch).booking_id], null)
  ) as slot
  where coaches.id = (watched_starts.watch).coach_id
    and coaches.status = 'approved'
    and wanted.until_at is not null;
$function$;

CREATE OR REPLACE FUNCTION private.weekly_starts (
  starts_at timestamp with time zone,
  time_zone text,
  weeks     integer
)
  RETURNS TABLE (
    week      integer,
    starts_at timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select number,
    case number
      when 0 then weekly_starts.starts_at -- As chosen: a wall time that comes twice is two instants.
      else (weekly_starts.starts_at at time zone weekly_starts.time_zone + make_interval(days => 7 * number))
        at time zone weekly_starts.time_zone
    end
  from generate_series(0, weekly_starts.weeks - 1) as number;
$function$;

CREATE OR REPLACE FUNCTION private.welcome_sessions (
  order_id uuid
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
  order by bookings.starts_at
  limit 1;

  if not found then
    return;
  end if;

  perform private.plan_meeting(bookings.id)
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
  order by bookings.starts_at;

  perform private.open_conversation(v_first.coach_id, v_first.client_id);
  perform private.notify_parties(v_first.id, 'booking_confirmed');
end;
$function$;

CREATE OR REPLACE FUNCTION private.write_move (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.set_time(write_move.booking, write_move.actor, write_move.starts_at, write_move.reason);
  perform private.notify_parties((write_move.booking).id, 'booking_moved', (write_move.booking).sequence + 2);
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
  perform private.move_booking(bookings.id, array['requested']::public.booking_status[], 'confirmed', 'coach')
  from public.bookings
  where bookings.order_id = v_booking.order_id
  order by bookings.starts_at;

  perform private.enqueue(
    'stripe.capture', 'stripe.capture:' || payments.id, jsonb_build_object('payment_id', payments.id)
  )
  from public.payments
  where payments.order_id = v_booking.order_id
    and payments.status = 'authorized';

  perform private.welcome_sessions(v_booking.order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.cancel_booking (
  booking_id            uuid,
  expected_refund_cents integer,
  reason                text    DEFAULT ''::text,
  and_following         boolean DEFAULT false
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
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session can no longer be cancelled.' using errcode = 'OBNCX';
  end if;

  if cancel_booking.and_following then
    select sum(private.refundable_cents(bookings, v_actor)) into v_refund_cents
    from private.this_and_following(v_booking) as bookings;
  else
    v_refund_cents := private.refundable_cents(v_booking, v_actor);
  end if;

  if v_refund_cents is distinct from cancel_booking.expected_refund_cents then
    raise exception 'The refund has changed while this page was open. Look at the new amount and confirm again.'
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

REVOKE ALL ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean) FROM PUBLIC, "anon", "service_role";

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
    is_instant          boolean,
    session_count       integer
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
    offers.is_instant,
    orders.session_count
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

CREATE OR REPLACE FUNCTION public.coach_earnings (
  page_size   integer DEFAULT 50,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    booking_id     uuid,
    starts_at      timestamp with time zone,
    client_name    text,
    offer_title    text,
    status         public.booking_status,
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    share_cents    integer,
    is_released    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, bookings.starts_at,
    private.shown_name(profiles), offers.title, bookings.status,
    price.cents, returned.cents,
    money.fee_cents,
    price.cents - returned.cents - money.fee_cents,
    bookings.ends_at + make_interval(mins => (private.settings()).release_after_minutes) <= now()
  from public.orders
  join public.bookings on bookings.order_id = orders.id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  cross join lateral (select private.session_cents(bookings) as cents) as price
  cross join lateral (select private.session_returned_cents(bookings) as cents) as returned
  -- The fee shrinks with what came back: the platform keeps nothing of a refunded session.
  cross join lateral (
    select round(orders.fee_cents::numeric / orders.session_count * (price.cents - returned.cents) / nullif(price.cents, 0))::integer as fee_cents
  ) as money
  where orders.coach_id = private.current_coach_id()
    and orders.paid_at is not null
    and orders.amount_cents > 0 -- A free intro call earns nothing.
  order by bookings.starts_at desc
  limit least(coach_earnings.page_size, 100)
  offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 100);
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
  perform private.end_request(v_booking.order_id, 'declined', 'coach', decline_request.reason);
end;
$function$;

CREATE OR REPLACE FUNCTION public.following_moves (
  booking_id uuid,
  starts_at  timestamp with time zone
)
  RETURNS TABLE (
    session_id uuid,
    moved_from timestamp with time zone,
    starts_at  timestamp with time zone,
    ends_at    timestamp with time zone,
    is_free    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select dates.session_id, dates.moved_from, dates.starts_at, dates.ends_at, dates.is_free
  from public.bookings
  cross join lateral private.series_move_dates(bookings, following_moves.starts_at) as dates
  where bookings.id = following_moves.booking_id
    and private.booking_party(bookings) is not null
  order by dates.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."following_moves"(uuid, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.following_refund_quotes (
  booking_id uuid
)
  RETURNS TABLE (
    session_id   uuid,
    starts_at    timestamp with time zone,
    ends_at      timestamp with time zone,
    refund_cents integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select following.id, following.starts_at, following.ends_at, private.refundable_cents(following, party.actor)
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.this_and_following(bookings) as following
  where bookings.id = following_refund_quotes.booking_id
    and party.actor is not null
  order by following.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."following_refund_quotes"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.move_slots (
  booking_id    uuid,
  from_at       timestamp with time zone,
  to_at         timestamp with time zone,
  and_following boolean                  DEFAULT false
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
  from public.bookings as moved
  join public.offers on offers.id = moved.offer_id
  cross join lateral private.free_slots(
    moved.coach_id,
    offers.duration_minutes,
    tstzrange(
      move_slots.from_at,
      least(greatest(move_slots.to_at, move_slots.from_at), move_slots.from_at + interval '62 days')
    ),
    case
      when move_slots.and_following then array(select following.id from private.this_and_following(moved) as following)
      else array[moved.id]
    end
  ) as slot
  where moved.id = move_slots.booking_id
    and private.booking_party(moved) is not null
    and slot.starts_at <> moved.starts_at
  order by slot.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone, boolean) FROM PUBLIC, "anon", "service_role";

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
      when private.agreed_refund_cents(bookings, 'client') >= private.session_cents(bookings)
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
    actor                  public.booking_actor
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
    party.actor
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.refund_deadlines(bookings) as deadlines
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$function$;

CREATE OR REPLACE FUNCTION public.request_booking (
  offer_id  uuid,
  starts_at timestamp with time zone,
  time_zone text,
  note      text                     DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.hold_times(
    request_booking.offer_id, array[request_booking.starts_at], request_booking.time_zone, request_booking.note
  );
$function$;

REVOKE ALL ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.request_series (
  offer_id  uuid,
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
  v_starts timestamptz[] := array(
    select distinct start from unnest(request_series.starts) as start where start is not null order by start
  );
  v_most integer := (private.settings()).series_sessions;
begin
  if cardinality(v_starts) not between 1 and v_most then
    raise exception 'Choose at least one date, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  if (select offers.kind from public.offers where offers.id = request_series.offer_id) <> 'session' then
    raise exception 'This cannot be repeated every week.' using errcode = 'OBRPT';
  end if;

  perform from public.coaches
  where coaches.id = (select offers.coach_id from public.offers where offers.id = request_series.offer_id)
  for no key update;

  return private.hold_times(
    request_series.offer_id, v_starts, request_series.time_zone, request_series.note
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.reschedule_booking (
  booking_id    uuid,
  starts_at     timestamp with time zone,
  reason        text                     DEFAULT ''::text,
  and_following boolean                  DEFAULT false
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(reschedule_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if reschedule_booking.and_following then
    perform private.move_series(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
  else
    perform private.move_session(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text, boolean) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.series_dates (
  offer_id      uuid,
  starts_at     timestamp with time zone,
  session_count integer
)
  RETURNS TABLE (
    session_position integer,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    conflict         text,
    alternatives     timestamp with time zone[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select dates.week + 1, dates.starts_at, dates.starts_at + make_interval(mins => offers.duration_minutes),
    private.date_conflict(offers, dates.starts_at),
    case when private.date_conflict(offers, dates.starts_at) is null then '{}' else array(
      select near.starts_at
      from (
        select slot.starts_at
        from public.available_slots(
          offers.id, dates.starts_at - interval '3 days', dates.starts_at + interval '3 days'
        ) as slot
        order by abs(extract(epoch from slot.starts_at - dates.starts_at)), slot.starts_at
        limit 3
      ) as near
      order by near.starts_at
    ) end
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral private.weekly_starts(
    series_dates.starts_at, coaches.time_zone, least(series_dates.session_count, (private.settings()).series_sessions)
  ) as dates
  where offers.id = series_dates.offer_id
    and offers.archived_at is null
    and offers.kind = 'session'
  order by dates.week;
$function$;

REVOKE ALL ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) FROM PUBLIC, "service_role";

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
    is_charged        boolean,
    order_id          uuid,
    session_position  integer,
    session_count     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    private.party_zone(bookings, party.actor),
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    private.session_cents(bookings),
    private.session_returned_cents(bookings),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    party.actor = 'client' and private.is_reviewable(bookings),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null,
    orders.id, bookings.position, orders.session_count
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

CREATE OR REPLACE FUNCTION public.session_list (
  party       public.booking_actor,
  is_past     boolean              DEFAULT false,
  page_number integer              DEFAULT 1
)
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean,
    session_position integer,
    session_count    integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id,
    private.shown_status(bookings),
    bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
    case session_list.party
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.slug, private.session_cents(bookings),
    private.is_joinable(bookings),
    session_list.party = 'client' and private.is_reviewable(bookings),
    bookings.position, orders.session_count
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  where case session_list.party
      when 'client' then bookings.client_id = private.current_profile_id()
      when 'coach' then bookings.coach_id = private.current_coach_id()
        and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
      else false
    end
    and session_list.is_past = not (
      private.shown_status(bookings) in ('held', 'requested', 'confirmed') and bookings.ends_at > now()
    )
  order by
    case when session_list.is_past then bookings.starts_at end desc,
    bookings.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$function$;

REVOKE ALL ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) FROM PUBLIC, "anon", "service_role";

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
  perform private.end_request(v_booking.order_id, 'cancelled', 'client', '');
end;
$function$;

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_position" CHECK (("position" >= 1));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_sessions_cost_the_same" CHECK (((session_count >= 1) AND ((amount_cents % session_count) = 0) AND ((fee_cents % session_count) = 0)));

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE SET NULL;

CREATE UNIQUE INDEX bookings_one_per_order_and_position ON public.bookings USING btree (order_id, "position");

CREATE INDEX refunds_booking_id_idx ON public.refunds USING btree (booking_id);

CREATE UNIQUE INDEX refunds_one_per_payment_session_and_reason ON public.refunds USING btree (payment_id, booking_id, reason) NULLS NOT DISTINCT
  WHERE (reason <> 'made_in_stripe'::public.refund_reason);

REVOKE ALL ON FUNCTION "admin"."cancel_booking"(uuid, text, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."cancel_booking"(uuid, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."cancel_booking"(uuid, text, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."booked_times"(uuid, tstzrange, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."booked_times"(uuid, tstzrange, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."booked_times"(uuid, tstzrange, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."call_off_following"(public.bookings, public.booking_actor, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."call_off_following"(public.bookings, public.booking_actor, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."call_off_following"(public.bookings, public.booking_actor, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cancel_session"(public.bookings, public.booking_actor, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."cancel_session"(public.bookings, public.booking_actor, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."cancel_session"(public.bookings, public.booking_actor, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."create_order"(public.offers, uuid, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_order"(public.offers, uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_order"(public.offers, uuid, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_conflict"(public.offers, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."date_conflict"(public.offers, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."date_conflict"(public.offers, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_list"(timestamp WITH time zone[], text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."date_list"(timestamp WITH time zone[], text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."date_list"(timestamp WITH time zone[], text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."end_request"(uuid, public.booking_status, public.booking_actor, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."full_times"(uuid, tstzrange, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."full_times"(uuid, tstzrange, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."full_times"(uuid, tstzrange, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."hold_time"(public.offers, uuid, integer, timestamp WITH time zone, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hold_time"(public.offers, uuid, integer, timestamp WITH time zone, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."hold_time"(public.offers, uuid, integer, timestamp WITH time zone, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_series"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_series"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_series"(public.bookings, public.booking_actor, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."party_zone"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."party_zone"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."party_zone"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuse_time"(public.offers, timestamp WITH time zone, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refuse_time"(public.offers, timestamp WITH time zone, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refuse_time"(public.offers, timestamp WITH time zone, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."request_refund"(public.bookings, integer, public.refund_reason) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."request_refund"(public.bookings, integer, public.refund_reason) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."request_refund"(public.bookings, integer, public.refund_reason) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_free_series"(public.bookings, public.booking_actor, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_free_series"(public.bookings, public.booking_actor, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_free_series"(public.bookings, public.booking_actor, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_series_move"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_series_move"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_series_move"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."series_move_dates"(public.bookings, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."series_move_dates"(public.bookings, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."series_move_dates"(public.bookings, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."series_moves"(public.bookings, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."series_moves"(public.bookings, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."series_moves"(public.bookings, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."session_cents"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."session_cents"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."session_cents"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."session_returned_cents"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."session_returned_cents"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."session_returned_cents"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_all_paid_times"(uuid, public.booking_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_all_paid_times"(uuid, public.booking_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_all_paid_times"(uuid, public.booking_status) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_paid_time"(uuid, public.booking_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_paid_time"(uuid, public.booking_status) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_paid_time"(uuid, public.booking_status) TO "postgres";

REVOKE ALL ON FUNCTION "private"."this_and_following"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."this_and_following"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."this_and_following"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."weekly_starts"(timestamp WITH time zone, text, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."weekly_starts"(timestamp WITH time zone, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."weekly_starts"(timestamp WITH time zone, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."welcome_sessions"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."welcome_sessions"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."welcome_sessions"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_booking"(uuid, integer, text, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."following_moves"(uuid, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."following_moves"(uuid, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."following_moves"(uuid, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."following_refund_quotes"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."following_refund_quotes"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."following_refund_quotes"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) TO "postgres";

REVOKE ALL ("session_count") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("session_count") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("booking_id") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("booking_id") ON TABLE "public"."refunds" TO "authenticated";
