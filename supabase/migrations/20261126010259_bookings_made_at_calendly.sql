SET local check_function_bodies = off;

DROP FUNCTION "private"."follow_calendly_move"(uuid, jsonb);

DROP FUNCTION "public"."calendly_connection"();

DROP FUNCTION "public"."calendly_events_ahead"(uuid);

DROP FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, jsonb);

CREATE TABLE "private"."calendly_bookings" (
  "id"       uuid NOT NULL DEFAULT gen_random_uuid(),
  "coach_id" uuid NOT NULL,
  "offer_id" uuid NOT NULL,
  CONSTRAINT "calendly_bookings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."calendly_bookings"
  ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "calendly_pay_minutes" integer NOT NULL DEFAULT 1380;

ALTER TABLE "public"."calendly_offers"
  ADD COLUMN "chosen_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."calendly_booking_status" AS ENUM (
  'waiting',
  'clash',
  'linked',
  'lapsed',
  'cancelled',
  'left'
);

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "status" public.calendly_booking_status NOT NULL DEFAULT 'waiting'::public.calendly_booking_status;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "event_type_uri" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "event_uri" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "invitee_uri" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "name" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "email" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "time_zone" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "note" text NOT NULL DEFAULT ''::text;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "reschedule_url" text NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "starts_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "ends_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "pay_by" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "booking_id" uuid;

ALTER TABLE "private"."calendly_bookings"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."calendly_intake" AS ENUM (
  'off',
  'on',
  'page'
);

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "intake" public.calendly_intake NOT NULL DEFAULT 'off'::public.calendly_intake;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "intake_began_at" timestamp(6) WITH time zone;

CREATE OR REPLACE FUNCTION private.calendly_answers (
  payload jsonb
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select left(coalesce(string_agg(entry.answer, E'\n' order by entry.position), ''), 1000)
  from jsonb_to_recordset(
    case jsonb_typeof(calendly_answers.payload -> 'questions_and_answers')
      when 'array' then calendly_answers.payload -> 'questions_and_answers'
      else '[]'
    end
  ) as entry (answer text, position integer);
$function$;

CREATE OR REPLACE FUNCTION private.calendly_event_facts (
  event private.calendly_events
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'coach_id', bookings.coach_id,
    'booking_id', bookings.id,
    'user_uri', calendly_connections.user_uri,
    'event_uri', (calendly_event_facts.event).event_uri,
    'starts_at', (calendly_event_facts.event).starts_at,
    'is_unpaid', bookings.status = 'expired',
    'email', profile_contacts.email
  )
  from public.bookings
  join private.calendly_connections
    on calendly_connections.coach_id = bookings.coach_id and calendly_connections.status = 'connected'
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  where bookings.id = (calendly_event_facts.event).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.calendly_intake_types (
  connection private.calendly_connections
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(jsonb_agg(distinct calendly_event_types.uri), '[]')
  from public.calendly_event_types
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  where calendly_event_types.coach_id = (calendly_intake_types.connection).coach_id
    and (calendly_intake_types.connection).intake <> 'off';
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
    and offers.kind <> 'group_session' -- Its dates are known here alone.
    and offers.duration_minutes = calendly_event_types.duration_minutes
  where calendly_connections.coach_id = calendly_offer_of.coach_id
    and calendly_connections.intake <> 'off'
    and calendly_offer_of.made_at >= greatest(calendly_connections.intake_began_at, calendly_offers.chosen_at)
  order by offers.lineage_id::text = calendly_offer_of.hint desc nulls last, offers.created_at, offers.id
  limit 1;
$function$;

CREATE OR REPLACE FUNCTION private.calendly_sync_work (
  coach_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'coach_id', calendly_connections.coach_id,
    'user_uri', calendly_connections.user_uri,
    'organization_uri', calendly_connections.organization_uri,
    'plan', calendly_connections.plan,
    'webhook_uri', calendly_connections.webhook_uri,
    'read_at', clock_timestamp(),
    'until', now() + make_interval(days => availability_settings.horizon_days + 1),
    'intake', private.calendly_intake_types(calendly_connections)
  )
  from private.calendly_connections
  join public.availability_settings on availability_settings.coach_id = calendly_connections.coach_id
  where calendly_connections.coach_id = calendly_sync_work.coach_id
    and calendly_connections.status = 'connected';
$function$;

CREATE OR REPLACE FUNCTION private.call_off_hold (
  booking public.bookings,
  actor   public.booking_actor,
  reason  text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if not private.move_booking(
    (call_off_hold.booking).id, array['held']::public.booking_status[], 'cancelled', call_off_hold.actor,
    jsonb_build_object('reason', left(trim(call_off_hold.reason), 500))
  ) then
    return;
  end if;

  update public.orders set status = 'expired'
  where orders.id = (call_off_hold.booking).order_id and orders.status = 'pending';

  perform private.enqueue(
    'stripe.expire_checkout',
    'stripe.expire_checkout:' || (call_off_hold.booking).order_id,
    jsonb_build_object('order_id', (call_off_hold.booking).order_id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.cancel_calendly_booking_work (
  id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'coach_id', calendly_bookings.coach_id,
    'booking_id', calendly_bookings.id,
    'user_uri', calendly_connections.user_uri,
    'event_uri', calendly_bookings.event_uri,
    'starts_at', calendly_bookings.starts_at,
    'email', calendly_bookings.email,
    'is_unpaid', true
  )
  from private.calendly_bookings
  join private.calendly_connections
    on calendly_connections.coach_id = calendly_bookings.coach_id and calendly_connections.status = 'connected'
  where calendly_bookings.id = cancel_calendly_booking_work.id
    and calendly_bookings.status = 'lapsed';
$function$;

CREATE OR REPLACE FUNCTION private.follow_calendly_cancellation (
  coach_id uuid,
  payload  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_reason text := coalesce(follow_calendly_cancellation.payload #>> '{cancellation,reason}', '');
  v_booking_id uuid;
  v_booking public.bookings;
  v_actor public.booking_actor := case
    when follow_calendly_cancellation.payload #>> '{cancellation,canceler_type}' = 'host' then 'coach' else 'client'
  end;
begin
  update private.calendly_bookings
  set status = 'cancelled'
  where calendly_bookings.event_uri = follow_calendly_cancellation.payload ->> 'event'
    and calendly_bookings.coach_id = follow_calendly_cancellation.coach_id
    and calendly_bookings.status in ('waiting', 'clash');

  select calendly_events.booking_id into v_booking_id
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where calendly_events.event_uri = follow_calendly_cancellation.payload ->> 'event'
    and calendly_events.status = 'created'
    and bookings.coach_id = follow_calendly_cancellation.coach_id;

  if not found then
    return;
  end if;

  v_booking := private.lock_booking(v_booking_id);

  -- Gone at Calendly already: the trigger must not send a cancellation after it.
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.event_uri = follow_calendly_cancellation.payload ->> 'event'
    and calendly_events.status = 'created';

  if not found then
    return;
  end if;

  if v_booking.status = 'held' then
    perform private.call_off_hold(v_booking, v_actor, v_reason);
  else
    perform private.call_off(v_booking, v_actor, private.refundable_cents(v_booking, v_actor), v_reason);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.follow_calendly_guest_move (
  coach_id uuid,
  payload  jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_starts_at timestamptz := (follow_calendly_guest_move.payload #>> '{scheduled_event,start_time}')::timestamptz;
  v_id uuid;
begin
  update private.calendly_bookings
  set event_uri = follow_calendly_guest_move.payload ->> 'event',
      invitee_uri = follow_calendly_guest_move.payload ->> 'uri',
      reschedule_url = coalesce(follow_calendly_guest_move.payload ->> 'reschedule_url', calendly_bookings.reschedule_url),
      starts_at = v_starts_at,
      ends_at = (follow_calendly_guest_move.payload #>> '{scheduled_event,end_time}')::timestamptz,
      pay_by = least(calendly_bookings.pay_by, v_starts_at)
  where calendly_bookings.coach_id = follow_calendly_guest_move.coach_id
    and calendly_bookings.invitee_uri = follow_calendly_guest_move.payload ->> 'old_invitee'
    and calendly_bookings.status in ('waiting', 'clash')
  returning calendly_bookings.id into v_id;

  if v_id is not null then
    perform private.place_calendly_booking(v_id);
  end if;

  return v_id is not null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.follow_calendly_move (
  coach_id uuid,
  payload  jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
  v_booking public.bookings;
  v_starts_at timestamptz := (follow_calendly_move.payload #>> '{scheduled_event,start_time}')::timestamptz;
begin
  select calendly_events.booking_id into v_booking_id
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where calendly_events.invitee_uri = follow_calendly_move.payload ->> 'old_invitee'
    and bookings.coach_id = follow_calendly_move.coach_id;

  if v_booking_id is null then
    return private.follow_calendly_guest_move(follow_calendly_move.coach_id, follow_calendly_move.payload);
  end if;

  v_booking := private.lock_booking(v_booking_id);

  if v_booking.status not in ('held', 'confirmed') or v_booking.starts_at <= now() then
    return false;
  end if;

  -- The old event is gone and the new one is there, before the booking moves: nothing is to be
  -- sent to Calendly about it.
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.invitee_uri = follow_calendly_move.payload ->> 'old_invitee'
    and calendly_events.status = 'created';

  if not found then
    return false; -- It was moved or called off here, meanwhile.
  end if;

  insert into private.calendly_events (booking_id, event_type_uri, status, starts_at, event_uri, invitee_uri)
  values (
    v_booking.id, follow_calendly_move.payload #>> '{scheduled_event,event_type}', 'created', v_starts_at,
    follow_calendly_move.payload ->> 'event', follow_calendly_move.payload ->> 'uri'
  );

  if v_starts_at = v_booking.starts_at then
    return true; -- Moved to another event at the same time.
  end if;

  begin
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.lock_calendar(v_booking.coach_id);
    perform private.expire_lapsed_holds(
      v_booking.coach_id, tstzrange(v_starts_at, v_starts_at + (v_booking.ends_at - v_booking.starts_at))
    );
    if v_booking.status = 'held' then
      perform private.move_hold(v_booking, v_starts_at);
    else
      perform private.write_move(v_booking, 'client', v_starts_at, 'Moved at Calendly.');
    end if;
  exception when sqlstate 'OBTKN' then
    update private.calendly_events
    set status = 'clash', starts_at = v_booking.starts_at
    where calendly_events.event_uri = follow_calendly_move.payload ->> 'event';

    if v_booking.status = 'held' then
      perform private.give_hold_back(v_booking, follow_calendly_move.payload);
    else
      perform private.notify_parties(v_booking.id, 'calendar_clash');
    end if;
  end;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_calendly (
  coach_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from public.calendly_event_types where calendly_event_types.coach_id = forget_calendly.coach_id;

  update private.calendly_bookings set status = 'left'
  where calendly_bookings.coach_id = forget_calendly.coach_id and calendly_bookings.status in ('waiting', 'clash');

  delete from public.busy_times
  where busy_times.coach_id = forget_calendly.coach_id and busy_times.source = 'calendly';

  delete from private.calendly_connections where calendly_connections.coach_id = forget_calendly.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.give_hold_back (
  booking public.bookings,
  payload jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_id uuid;
begin
  update private.calendly_bookings
  set status = 'clash', booking_id = null,
      event_uri = give_hold_back.payload ->> 'event', invitee_uri = give_hold_back.payload ->> 'uri',
      starts_at = (give_hold_back.payload #>> '{scheduled_event,start_time}')::timestamptz,
      ends_at = (give_hold_back.payload #>> '{scheduled_event,end_time}')::timestamptz
  where calendly_bookings.booking_id = (give_hold_back.booking).id
  returning calendly_bookings.id into v_id;

  -- The event at Calendly is not this booking's any more.
  delete from private.calendly_events
  where calendly_events.event_uri = give_hold_back.payload ->> 'event';

  perform private.lapse_hold((give_hold_back.booking).order_id, 'system');
  perform private.place_calendly_booking(v_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.guest_mail_work (
  id   uuid,
  kind text
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'id', calendly_bookings.id,
    'kind', guest_mail_work.kind,
    'email', calendly_bookings.email,
    'name', calendly_bookings.name,
    'coach_name', coaches.display_name,
    'offer_title', offers.title,
    'price_cents', offers.price_cents,
    'starts_at', calendly_bookings.starts_at,
    'ends_at', calendly_bookings.ends_at,
    'time_zone', calendly_bookings.time_zone,
    'pay_by', calendly_bookings.pay_by
  )
  from private.calendly_bookings
  join public.coaches on coaches.id = calendly_bookings.coach_id
  join public.offers on offers.id = calendly_bookings.offer_id
  where calendly_bookings.id = guest_mail_work.id
    and calendly_bookings.status = case guest_mail_work.kind
      when 'asked' then 'waiting' when 'clash' then 'clash' else 'lapsed'
    end::public.calendly_booking_status;
$function$;

CREATE OR REPLACE FUNCTION private.had_intro_call (
  coach_id  uuid,
  client_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.bookings
    where bookings.coach_id = had_intro_call.coach_id
      and bookings.client_id = had_intro_call.client_id
      and bookings.is_intro_call
      and (bookings.cancelled_by is null or bookings.cancelled_by = 'client')
  );
$function$;

CREATE OR REPLACE FUNCTION private.has_group_date (
  there private.calendly_bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.group_dates
    where group_dates.coach_id = (has_group_date.there).coach_id
      and group_dates.during && tstzrange((has_group_date.there).starts_at, (has_group_date.there).ends_at)
      and group_dates.called_off_at is null
  );
$function$;

CREATE OR REPLACE FUNCTION private.has_live_booking (
  there private.calendly_bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.bookings
    where bookings.coach_id = (has_live_booking.there).coach_id
      and bookings.during && tstzrange((has_live_booking.there).starts_at, (has_live_booking.there).ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
  );
$function$;

CREATE OR REPLACE FUNCTION private.hold_calendly_booking (
  there     private.calendly_bookings,
  client_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_there private.calendly_bookings := hold_calendly_booking.there;
  v_offer public.offers;
  v_order_id uuid;
  v_booking_id uuid;
begin
  select * into v_offer from public.offers where offers.id = v_there.offer_id;
  v_order_id := private.create_order(v_offer, hold_calendly_booking.client_id);

  begin
    insert into public.bookings (
      order_id, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone, note, hold_expires_at
    )
    values (
      v_order_id, v_offer.id, v_offer.coach_id, hold_calendly_booking.client_id, v_there.starts_at, v_there.ends_at,
      v_offer.kind = 'intro_call', v_there.time_zone, v_there.note,
      -- Whoever signs up in the last minute has as long as anybody who holds a time.
      least(greatest(v_there.pay_by, now() + make_interval(mins => (private.settings()).hold_minutes)), v_there.starts_at)
    )
    on conflict do nothing
    returning bookings.id into v_booking_id;
  exception when exclusion_violation then
    null; -- A date of a group session, which no constraint knows (tg_bookings__keep_to_dates).
  end;

  if v_booking_id is null then
    delete from public.orders where orders.id = v_order_id;
    return null;
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after, detail)
  values (v_booking_id, 'client', hold_calendly_booking.client_id, 'held', '{"at": "calendly"}');

  insert into private.calendly_events (booking_id, event_type_uri, status, starts_at, event_uri, invitee_uri)
  values (v_booking_id, v_there.event_type_uri, 'created', v_there.starts_at, v_there.event_uri, v_there.invitee_uri);

  update private.calendly_bookings
  set status = 'linked', booking_id = v_booking_id
  where calendly_bookings.id = v_there.id;

  -- The session itself takes the time from here on.
  delete from public.busy_times
  where busy_times.coach_id = v_there.coach_id
    and busy_times.source = 'calendly'
    and busy_times.external_id = v_there.event_uri;

  if v_offer.price_cents = 0 then
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  else
    perform private.notify(hold_calendly_booking.client_id, 'payment_asked', v_booking_id, v_booking_id);
  end if;

  return v_booking_id;
end;
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

CREATE OR REPLACE FUNCTION private.keep_calendly_booking_waiting (
  there private.calendly_bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
  values (
    (keep_calendly_booking_waiting.there).coach_id, 'calendly', (keep_calendly_booking_waiting.there).event_uri,
    (keep_calendly_booking_waiting.there).starts_at, (keep_calendly_booking_waiting.there).ends_at
  )
  on conflict (coach_id, source, external_id) do nothing;

  if private.has_live_booking(keep_calendly_booking_waiting.there)
    or private.has_group_date(keep_calendly_booking_waiting.there) then
    perform private.note_calendly_clash(keep_calendly_booking_waiting.there);
    return;
  end if;

  update private.calendly_bookings set status = 'waiting'
  where calendly_bookings.id = (keep_calendly_booking_waiting.there).id;
  perform private.write_to_calendly_guest(keep_calendly_booking_waiting.there, 'asked');
end;
$function$;

CREATE OR REPLACE FUNCTION private.lapse_calendly_bookings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_there private.calendly_bookings;
begin
  for v_there in
    update private.calendly_bookings
    set status = 'lapsed'
    where calendly_bookings.status in ('waiting', 'clash')
      and calendly_bookings.pay_by <= now()
    returning calendly_bookings.*
  loop
    perform private.enqueue(
      'calendly.cancel_booking', 'calendly.cancel_booking:' || v_there.id,
      jsonb_build_object('calendly_booking_id', v_there.id)
    );
    perform private.write_to_calendly_guest(v_there, 'lapsed');
  end loop;

  delete from private.calendly_bookings
  where calendly_bookings.booking_id is null
    and calendly_bookings.ends_at < now() - interval '30 days';
end;
$function$;

CREATE OR REPLACE FUNCTION private.link_calendly_bookings (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_id uuid;
begin
  for v_id in
    select calendly_bookings.id
    from public.profile_contacts
    join public.profiles
      on profiles.id = profile_contacts.profile_id
      and profiles.onboarded_at is not null
      and profiles.deleted_at is null
    join private.calendly_bookings
      on lower(calendly_bookings.email) = lower(profile_contacts.email)
      and calendly_bookings.status in ('waiting', 'clash')
    where profile_contacts.profile_id = link_calendly_bookings.profile_id
    order by calendly_bookings.id
    for update of calendly_bookings skip locked
  loop
    perform private.place_calendly_booking(v_id, link_calendly_bookings.profile_id);
  end loop;
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
    'pay_by', bookings.hold_expires_at,
    'note', bookings.note,
    'refund_cents', private.returned_cents(orders.id),
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'seats', private.mail_seats(bookings.group_date_id),
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

CREATE OR REPLACE FUNCTION private.may_buy (
  profile_id uuid,
  offer_id   uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from public.offers
    join public.coaches on coaches.id = offers.coach_id
    where offers.id = may_buy.offer_id
      and (
        coaches.profile_id = may_buy.profile_id
        or offers.kind = 'intro_call' and private.had_intro_call(offers.coach_id, may_buy.profile_id)
      )
  );
$function$;

CREATE OR REPLACE FUNCTION private.move_hold (
  booking   public.bookings,
  starts_at timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  perform private.require_transition('held', 'held', 'client');

  begin
    update public.bookings
    set starts_at = move_hold.starts_at,
        ends_at = move_hold.starts_at + ((move_hold.booking).ends_at - (move_hold.booking).starts_at),
        hold_expires_at = least(bookings.hold_expires_at, move_hold.starts_at),
        sequence = bookings.sequence + 1
    where bookings.id = (move_hold.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, before, after, detail)
  values (
    (move_hold.booking).id, 'client', 'held', 'held',
    jsonb_build_object(
      'from', (move_hold.booking).starts_at, 'to', move_hold.starts_at,
      'sequence', (move_hold.booking).sequence + 1, 'reason', 'Moved at Calendly.'
    )
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.note_calendly_clash (
  there private.calendly_bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update private.calendly_bookings set status = 'clash'
  where calendly_bookings.id = (note_calendly_clash.there).id;

  perform private.notify_parties(bookings.id, 'calendar_clash')
  from public.bookings
  where bookings.coach_id = (note_calendly_clash.there).coach_id
    and bookings.status = 'confirmed'
    and bookings.during && tstzrange((note_calendly_clash.there).starts_at, (note_calendly_clash.there).ends_at);

  if found or private.has_group_date(note_calendly_clash.there) then
    perform private.write_to_calendly_guest(note_calendly_clash.there, 'clash');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.person_of_address (
  email text
)
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select profiles.id
  from public.profile_contacts
  join public.profiles on profiles.id = profile_contacts.profile_id
  where lower(profile_contacts.email) = lower(person_of_address.email)
    and profiles.deleted_at is null
    and profiles.onboarded_at is not null
  order by profile_contacts.source_updated_at desc
  limit 1;
$function$;

CREATE OR REPLACE FUNCTION private.place_calendly_booking (
  id        uuid,
  client_id uuid DEFAULT NULL::uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_there private.calendly_bookings;
  v_client_id uuid;
  v_booking_id uuid;
begin
  select * into v_there
  from private.calendly_bookings
  where calendly_bookings.id = place_calendly_booking.id
    and calendly_bookings.status in ('waiting', 'clash')
    and calendly_bookings.starts_at > now()
  for update;

  if not found then
    return null;
  end if;

  v_client_id := coalesce(place_calendly_booking.client_id, private.person_of_address(v_there.email));

  if not private.may_buy(v_client_id, v_there.offer_id) then
    update private.calendly_bookings set status = 'left' where calendly_bookings.id = v_there.id;
    return null;
  end if;

  perform private.lock_calendar(v_there.coach_id);
  perform private.expire_lapsed_holds(v_there.coach_id, tstzrange(v_there.starts_at, v_there.ends_at));

  if v_client_id is null then
    perform private.keep_calendly_booking_waiting(v_there);
    return null;
  end if;

  v_booking_id := private.hold_calendly_booking(v_there, v_client_id);

  if v_booking_id is null then
    perform private.note_calendly_clash(v_there);
  end if;

  return v_booking_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.place_calendly_bookings (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_id uuid;
begin
  for v_id in
    select calendly_bookings.id
    from private.calendly_bookings
    where calendly_bookings.coach_id = place_calendly_bookings.coach_id
      and calendly_bookings.status in ('waiting', 'clash')
      and calendly_bookings.pay_by > now()
    order by calendly_bookings.id
  loop
    perform private.place_calendly_booking(v_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_first_intro_call (
  offer     public.offers,
  client_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if (require_first_intro_call.offer).kind = 'intro_call'
    and private.had_intro_call((require_first_intro_call.offer).coach_id, require_first_intro_call.client_id) then
    raise exception 'You have had your free intro call with this coach. Book a session to go on.' using errcode = 'OBINT';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sync_calendly (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_event private.calendly_events;
  v_uri text;
begin
  select * into v_event
  from private.calendly_events
  where calendly_events.booking_id = (sync_calendly.booking).id
    and calendly_events.status in ('pending', 'created', 'clash', 'failed')
  for update;

  if v_event.id is not null then
    if (sync_calendly.booking).status not in ('expired', 'cancelled', 'declined')
      and v_event.starts_at = (sync_calendly.booking).starts_at then
      return;
    end if;

    perform private.take_calendly_event_away(v_event);
  end if;

  if (sync_calendly.booking).status <> 'confirmed' or (sync_calendly.booking).starts_at <= now() then
    return;
  end if;

  v_uri := private.calendly_event_type_of(sync_calendly.booking);

  if v_uri is not null then
    insert into private.calendly_events (booking_id, event_type_uri, starts_at)
    values ((sync_calendly.booking).id, v_uri, (sync_calendly.booking).starts_at)
    returning * into v_event;

    perform private.enqueue(
      'calendly.create_event', 'calendly.create_event:' || v_event.id, jsonb_build_object('event_id', v_event.id)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sync_clerk_user (
  clerk_user jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_clerk_user_id text := sync_clerk_user.clerk_user ->> 'id';
  v_updated_at timestamptz := to_timestamp((sync_clerk_user.clerk_user ->> 'updated_at')::bigint / 1000.0);
  v_email text;
  v_profile_id uuid;
begin
  select address ->> 'email_address' into v_email
  from jsonb_array_elements(sync_clerk_user.clerk_user -> 'email_addresses') as address
  where address ->> 'id' = sync_clerk_user.clerk_user ->> 'primary_email_address_id'
    and address #>> '{verification,status}' = 'verified';

  insert into public.profiles (clerk_user_id)
  values (v_clerk_user_id)
  on conflict (clerk_user_id) do nothing;

  -- The lock makes a late update and a deletion of the same person wait for each other.
  select profiles.id into v_profile_id
  from public.profiles
  where profiles.clerk_user_id = v_clerk_user_id
    and profiles.deleted_at is null
  for update;

  if v_profile_id is null or v_email is null then
    return;
  end if;

  insert into public.profile_contacts as contact (profile_id, email, source_updated_at)
  values (v_profile_id, v_email, v_updated_at)
  on conflict (profile_id) do update
  set email = excluded.email, source_updated_at = excluded.source_updated_at
  where contact.source_updated_at < excluded.source_updated_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.take_calendly_booking (
  coach_id uuid,
  payload  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_event jsonb := take_calendly_booking.payload -> 'scheduled_event';
  v_starts_at timestamptz := (v_event ->> 'start_time')::timestamptz;
  v_ends_at timestamptz := (v_event ->> 'end_time')::timestamptz;
  v_time_zone text := take_calendly_booking.payload ->> 'timezone';
  v_offer public.offers := private.calendly_offer_of(
    take_calendly_booking.coach_id, v_event ->> 'event_type',
    take_calendly_booking.payload #>> '{tracking,utm_campaign}',
    (take_calendly_booking.payload ->> 'made_at')::timestamptz
  );
  v_id uuid;
begin
  if v_offer.id is null
    or v_starts_at <= now()
    or private.is_own_calendly_event(take_calendly_booking.payload ->> 'event')
    or exists (
      select from public.bookings
      where bookings.id::text = take_calendly_booking.payload #>> '{tracking,utm_content}'
        and bookings.coach_id = take_calendly_booking.coach_id
    ) then
    return;
  end if;

  insert into private.calendly_bookings (
    coach_id, offer_id, event_type_uri, event_uri, invitee_uri, name, email, time_zone, note, reschedule_url,
    starts_at, ends_at, pay_by
  )
  values (
    v_offer.coach_id, v_offer.id, v_event ->> 'event_type',
    take_calendly_booking.payload ->> 'event', take_calendly_booking.payload ->> 'uri',
    left(take_calendly_booking.payload ->> 'name', 200), take_calendly_booking.payload ->> 'email',
    case when private.is_time_zone(v_time_zone) then v_time_zone else 'America/New_York' end,
    private.calendly_answers(take_calendly_booking.payload), take_calendly_booking.payload ->> 'reschedule_url',
    v_starts_at, v_ends_at,
    least(now() + make_interval(mins => (private.settings()).calendly_pay_minutes), v_starts_at)
  )
  on conflict do nothing -- Two syncs found it at once.
  returning calendly_bookings.id into v_id;

  if v_id is not null then
    perform private.place_calendly_booking(v_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_bookings__tell_unpaid()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if exists (select from private.calendly_bookings where calendly_bookings.booking_id = new.id) then
    perform private.notify_parties(new.id, 'booking_unpaid');
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_profile_contacts__link_calendly()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.link_calendly_bookings(new.profile_id);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_profiles__link_calendly()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.link_calendly_bookings(new.id);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.write_to_calendly_guest (
  there private.calendly_bookings,
  kind  text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'mail_guest',
    'mail_guest:' || (write_to_calendly_guest.there).id || ':' || write_to_calendly_guest.kind || ':'
      || extract(epoch from (write_to_calendly_guest.there).starts_at),
    jsonb_build_object(
      'calendly_booking_id', (write_to_calendly_guest.there).id, 'kind', write_to_calendly_guest.kind
    )
  );
$function$;

CREATE OR REPLACE FUNCTION public.calendly_booking_details (
  id uuid
)
  RETURNS TABLE (
    status         public.calendly_booking_status,
    offer_title    text,
    coach_name     text,
    coach_slug     text,
    price_cents    integer,
    starts_at      timestamp with time zone,
    ends_at        timestamp with time zone,
    time_zone      text,
    pay_by         timestamp with time zone,
    reschedule_url text,
    booking_id     uuid
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select
    case
      when calendly_bookings.status in ('waiting', 'clash') and calendly_bookings.pay_by <= now() then 'lapsed'
      else calendly_bookings.status
    end::public.calendly_booking_status,
    offers.title, coaches.display_name, coaches.slug, offers.price_cents,
    calendly_bookings.starts_at, calendly_bookings.ends_at, calendly_bookings.time_zone,
    calendly_bookings.pay_by, calendly_bookings.reschedule_url, bookings.id
  from private.calendly_bookings
  join public.offers on offers.id = calendly_bookings.offer_id
  join public.coaches on coaches.id = calendly_bookings.coach_id
  left join public.bookings
    on bookings.id = calendly_bookings.booking_id and bookings.client_id = private.current_profile_id()
  where calendly_bookings.id = calendly_booking_details.id;
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_booking_details"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.calendly_bookings_unpaid()
  RETURNS TABLE (
    id          uuid,
    status      public.calendly_booking_status,
    name        text,
    offer_title text,
    starts_at   timestamp with time zone,
    ends_at     timestamp with time zone,
    pay_by      timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select calendly_bookings.id, calendly_bookings.status,
    case when client.id is null then calendly_bookings.name else private.shown_name(client) end, offers.title,
    coalesce(bookings.starts_at, calendly_bookings.starts_at) as starts_at,
    coalesce(bookings.ends_at, calendly_bookings.ends_at),
    coalesce(bookings.hold_expires_at, calendly_bookings.pay_by) as pay_by
  from private.calendly_bookings
  join public.offers on offers.id = calendly_bookings.offer_id
  left join public.bookings on bookings.id = calendly_bookings.booking_id
  left join public.profiles as client on client.id = bookings.client_id
  where calendly_bookings.coach_id = private.current_coach_id()
    and (
      calendly_bookings.status in ('waiting', 'clash') and calendly_bookings.pay_by > now()
      or private.shown_status(bookings) = 'held'
    )
  order by 5
  limit 50;
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_bookings_unpaid"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.calendly_connection()
  RETURNS TABLE (
    account_name   text,
    scheduling_url text,
    plan           public.calendly_plan,
    status         public.calendly_status,
    when_stale     public.calendly_when_stale,
    intake         public.calendly_intake,
    last_ok_at     timestamp with time zone,
    stale_since    timestamp with time zone,
    last_error     text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select calendly_connections.account_name, calendly_connections.scheduling_url,
    calendly_connections.plan, calendly_connections.status, calendly_connections.when_stale, calendly_connections.intake,
    calendly_connections.last_ok_at,
    case when private.is_calendly_stale(calendly_connections)
      then coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)
    end,
    calendly_connections.last_error
  from private.calendly_connections
  where calendly_connections.coach_id = private.current_coach_id();
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_connection"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.calendly_events_ahead (
  coach_id uuid
)
  RETURNS TABLE (
    event_uri text,
    stands    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select calendly_events.event_uri, calendly_events.status = 'created' and bookings.status in ('held', 'confirmed')
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where bookings.coach_id = calendly_events_ahead.coach_id
    and calendly_events.event_uri is not null
    and calendly_events.starts_at > now()
  union all
  select calendly_bookings.event_uri, calendly_bookings.status in ('waiting', 'clash')
  from private.calendly_bookings
  where calendly_bookings.coach_id = calendly_events_ahead.coach_id
    and calendly_bookings.status <> 'linked'
    and calendly_bookings.starts_at > now();
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_events_ahead"(uuid) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.claim_calendly_booking (
  id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_there private.calendly_bookings;
  v_booking_id uuid;
begin
  select * into v_there
  from private.calendly_bookings
  where calendly_bookings.id = claim_calendly_booking.id
  for update; -- Two who claim it wait for each other, and for the end of its time.

  if not found or v_there.status = 'linked' and not exists (
    select from public.bookings where bookings.id = v_there.booking_id and bookings.client_id = v_client.id
  ) then
    raise exception 'There is nothing to pay for here.' using errcode = 'KCNFD';
  end if;

  if v_there.status = 'linked' then
    return v_there.booking_id;
  end if;

  if v_there.status not in ('waiting', 'clash') or v_there.pay_by <= now() then
    raise exception 'This session can no longer be paid for. Choose another time.' using errcode = 'KCOVR';
  end if;

  if not private.may_buy(v_client.id, v_there.offer_id) then
    raise exception 'You cannot book this session: it is your own, or a second free call.' using errcode = 'KCNOT';
  end if;

  v_booking_id := private.place_calendly_booking(v_there.id, v_client.id);

  if v_booking_id is null then
    raise exception 'Somebody else has this time. Choose another one.' using errcode = 'KCCLS';
  end if;

  return v_booking_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."claim_calendly_booking"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.has_calendar_clash (
  booking_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.bookings
    where bookings.id = has_calendar_clash.booking_id
      and bookings.status = 'confirmed'
      and private.booking_party(bookings) is not null
      and (
        exists (
          select from private.calendly_events
          where calendly_events.booking_id = bookings.id and calendly_events.status = 'clash'
        )
        or exists (
          select from private.calendly_bookings
          where calendly_bookings.coach_id = bookings.coach_id
            and calendly_bookings.status = 'clash'
            and tstzrange(calendly_bookings.starts_at, calendly_bookings.ends_at) && bookings.during
        )
      )
  );
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
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.record_calendly_sync (
  coach_id uuid,
  result   jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_read_at timestamptz := (record_calendly_sync.result ->> 'read_at')::timestamptz;
begin
  -- Two syncs of one coach wait for each other here; the older one then finds itself too late.
  update private.calendly_connections
  set last_ok_at = v_read_at, last_error = null,
      plan = (record_calendly_sync.result ->> 'plan')::public.calendly_plan,
      webhook_uri = record_calendly_sync.result ->> 'webhook_uri'
  where calendly_connections.coach_id = record_calendly_sync.coach_id
    and calendly_connections.user_uri = record_calendly_sync.result ->> 'user_uri'
    and v_read_at > coalesce(calendly_connections.last_ok_at, '-infinity');

  if not found then
    return false;
  end if;

  perform private.keep_calendly_event_types(record_calendly_sync.coach_id, record_calendly_sync.result -> 'event_types');

  -- Also when nothing else changed: they may have been closed until now.
  insert into private.calendar_changes (coach_id) values (record_calendly_sync.coach_id);

  perform private.keep_busy_times(record_calendly_sync.coach_id, record_calendly_sync.result -> 'busy_times');
  perform private.place_calendly_bookings(record_calendly_sync.coach_id);

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.save_calendly_choices (
  when_stale public.calendly_when_stale,
  intake     public.calendly_intake,
  choices    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_choice record;
begin
  update private.calendly_connections
  set when_stale = save_calendly_choices.when_stale,
      intake = save_calendly_choices.intake,
      intake_began_at = case when save_calendly_choices.intake <> 'off' then coalesce(calendly_connections.intake_began_at, now()) end
  where calendly_connections.coach_id = v_coach.id;

  if not found then
    raise exception 'Connect your Calendly account first.' using errcode = 'KCNON';
  end if;

  insert into private.calendar_changes (coach_id) values (v_coach.id);

  for v_choice in
    select offers.lineage_id, offers.title, offers.duration_minutes, choice.event_type_id
    from jsonb_to_recordset(save_calendly_choices.choices) as choice (offer_id uuid, event_type_id uuid)
    join public.offers on offers.id = choice.offer_id and offers.coach_id = v_coach.id
  loop
    delete from public.calendly_offers
    where calendly_offers.lineage_id = v_choice.lineage_id and v_choice.event_type_id is null;
    continue when v_choice.event_type_id is null;

    insert into public.calendly_offers (lineage_id, coach_id, event_type_id)
    select v_choice.lineage_id, v_coach.id, calendly_event_types.id
    from public.calendly_event_types
    where calendly_event_types.id = v_choice.event_type_id
      and calendly_event_types.coach_id = v_coach.id
      and calendly_event_types.is_active
      and calendly_event_types.duration_minutes = v_choice.duration_minutes
    on conflict (lineage_id) do update
    set event_type_id = excluded.event_type_id,
        chosen_at = case
          when calendly_offers.event_type_id = excluded.event_type_id then calendly_offers.chosen_at
          else now()
        end;

    if not found then
      raise exception '“%” takes % minutes. Choose an event type of that length.', v_choice.title, v_choice.duration_minutes
        using errcode = 'KCTYP';
    end if;
  end loop;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, public.calendly_intake, jsonb) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.take_calendly_event (
  coach_id uuid,
  event    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_payload jsonb := take_calendly_event.event -> 'payload';
begin
  if take_calendly_event.event ->> 'event' = 'invitee.canceled' then
    perform private.follow_calendly_cancellation(take_calendly_event.coach_id, v_payload);
  elsif not private.follow_calendly_move(take_calendly_event.coach_id, v_payload) then
    perform private.take_calendly_booking(take_calendly_event.coach_id, v_payload);
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."take_calendly_event"(uuid, jsonb) FROM PUBLIC, "anon", "authenticated";

ALTER TABLE "private"."calendly_bookings"
  ADD CONSTRAINT "calendly_bookings_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "private"."calendly_bookings"
  ADD CONSTRAINT "calendly_bookings_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "private"."calendly_bookings"
  ADD CONSTRAINT "calendly_bookings_end_after_start" CHECK ((ends_at > starts_at));

ALTER TABLE "private"."calendly_bookings"
  ADD CONSTRAINT "calendly_bookings_linked_have_a_booking" CHECK (((status = 'linked'::public.calendly_booking_status) = (booking_id IS NOT NULL)));

ALTER TABLE "private"."calendly_bookings"
  ADD CONSTRAINT "calendly_bookings_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."calendly_connections"
  ADD CONSTRAINT "calendly_connections_intake_has_a_start" CHECK (((intake = 'off'::public.calendly_intake) = (intake_began_at IS NULL)));

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_calendly_pay_is_within_a_day" CHECK (((calendly_pay_minutes >= 1) AND (calendly_pay_minutes <= 1400)));

CREATE INDEX calendly_bookings_coach_id_starts_at_idx ON private.calendly_bookings USING btree (coach_id, starts_at);

CREATE INDEX calendly_bookings_email_idx ON private.calendly_bookings USING btree (lower(email))
  WHERE (status = ANY (ARRAY['waiting'::public.calendly_booking_status, 'clash'::public.calendly_booking_status]));

CREATE INDEX calendly_bookings_offer_id_idx ON private.calendly_bookings USING btree (offer_id);

CREATE UNIQUE INDEX calendly_bookings_one_per_booking ON private.calendly_bookings USING btree (booking_id);

CREATE UNIQUE INDEX calendly_bookings_one_per_event ON private.calendly_bookings USING btree (event_uri);

CREATE UNIQUE INDEX calendly_bookings_one_per_invitee ON private.calendly_bookings USING btree (invitee_uri);

CREATE INDEX calendly_bookings_pay_by_idx ON private.calendly_bookings USING btree (pay_by)
  WHERE (status = ANY (ARRAY['waiting'::public.calendly_booking_status, 'clash'::public.calendly_booking_status]));

CREATE TRIGGER bookings__tell_unpaid
  AFTER UPDATE OF status ON public.bookings
  FOR EACH ROW
  WHEN (((old.status = 'held'::public.booking_status) AND (new.status = 'expired'::public.booking_status)))
  EXECUTE FUNCTION private.tg_bookings__tell_unpaid();

CREATE TRIGGER profile_contacts__link_calendly
  AFTER INSERT OR UPDATE OF email ON public.profile_contacts
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_profile_contacts__link_calendly();

CREATE TRIGGER profiles__link_calendly
  AFTER UPDATE OF onboarded_at ON public.profiles
  FOR EACH ROW
  WHEN (((old.onboarded_at IS NULL) AND (new.onboarded_at IS NOT NULL)))
  EXECUTE FUNCTION private.tg_profiles__link_calendly();

CREATE POLICY "Nobody reads what was booked at Calendly over the API" ON "private"."calendly_bookings"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."calendly_bookings" IS 'A session that somebody booked at Calendly, and what became of it here.';

COMMENT ON TABLE "private"."calendly_events" IS 'The event at Calendly that a booking of ours has there, made by us or by its client.';

REVOKE ALL ON FUNCTION "private"."calendly_answers"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendly_answers"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendly_answers"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calendly_intake_types"(private.calendly_connections) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendly_intake_types"(private.calendly_connections) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendly_intake_types"(private.calendly_connections) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calendly_offer_of"(uuid, text, text, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendly_offer_of"(uuid, text, text, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendly_offer_of"(uuid, text, text, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."call_off_hold"(public.bookings, public.booking_actor, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."call_off_hold"(public.bookings, public.booking_actor, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."call_off_hold"(public.bookings, public.booking_actor, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cancel_calendly_booking_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."cancel_calendly_booking_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."cancel_calendly_booking_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."follow_calendly_guest_move"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."follow_calendly_guest_move"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."follow_calendly_guest_move"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."follow_calendly_move"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."follow_calendly_move"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."follow_calendly_move"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."give_hold_back"(public.bookings, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."give_hold_back"(public.bookings, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."give_hold_back"(public.bookings, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."guest_mail_work"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."guest_mail_work"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."guest_mail_work"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."had_intro_call"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."had_intro_call"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."had_intro_call"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."has_group_date"(private.calendly_bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."has_group_date"(private.calendly_bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."has_group_date"(private.calendly_bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."has_live_booking"(private.calendly_bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."has_live_booking"(private.calendly_bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."has_live_booking"(private.calendly_bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."hold_calendly_booking"(private.calendly_bookings, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hold_calendly_booking"(private.calendly_bookings, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."hold_calendly_booking"(private.calendly_bookings, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."keep_calendly_booking_waiting"(private.calendly_bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."keep_calendly_booking_waiting"(private.calendly_bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."keep_calendly_booking_waiting"(private.calendly_bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lapse_calendly_bookings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lapse_calendly_bookings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lapse_calendly_bookings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."link_calendly_bookings"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."link_calendly_bookings"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."link_calendly_bookings"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_buy"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."may_buy"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_buy"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_hold"(public.bookings, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_hold"(public.bookings, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_hold"(public.bookings, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_calendly_clash"(private.calendly_bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_calendly_clash"(private.calendly_bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_calendly_clash"(private.calendly_bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."person_of_address"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."person_of_address"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."person_of_address"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."place_calendly_booking"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."place_calendly_booking"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."place_calendly_booking"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."place_calendly_bookings"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."place_calendly_bookings"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."place_calendly_bookings"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_calendly_booking"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_calendly_booking"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_calendly_booking"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_bookings__tell_unpaid"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_bookings__tell_unpaid"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_bookings__tell_unpaid"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_profile_contacts__link_calendly"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_profile_contacts__link_calendly"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_profile_contacts__link_calendly"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_profiles__link_calendly"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_profiles__link_calendly"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_profiles__link_calendly"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."write_to_calendly_guest"(private.calendly_bookings, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_to_calendly_guest"(private.calendly_bookings, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."write_to_calendly_guest"(private.calendly_bookings, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_booking_details"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_booking_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_booking_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_bookings_unpaid"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_bookings_unpaid"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_bookings_unpaid"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_connection"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_connection"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_connection"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."calendly_events_ahead"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_events_ahead"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_events_ahead"(uuid) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."claim_calendly_booking"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."claim_calendly_booking"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."claim_calendly_booking"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, public.calendly_intake, jsonb) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, public.calendly_intake, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, public.calendly_intake, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "public"."take_calendly_event"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_calendly_event"(uuid, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_calendly_event"(uuid, jsonb) TO "service_role";
