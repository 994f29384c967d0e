SET local check_function_bodies = off;

CREATE TABLE "private"."calendly_events" (
  "id"             uuid NOT NULL DEFAULT gen_random_uuid(),
  "booking_id"     uuid NOT NULL,
  "event_type_uri" text NOT NULL,
  CONSTRAINT "calendly_events_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."calendly_events"
  ENABLE ROW LEVEL SECURITY;

CREATE TYPE "public"."calendly_event_status" AS ENUM (
  'pending',
  'created',
  'clash',
  'cancelling',
  'cancelled',
  'failed'
);

ALTER TABLE "private"."calendly_events"
  ADD COLUMN "status" public.calendly_event_status NOT NULL DEFAULT 'pending'::public.calendly_event_status;

ALTER TABLE "private"."calendly_events"
  ADD COLUMN "starts_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "private"."calendly_events"
  ADD COLUMN "event_uri" text;

ALTER TABLE "private"."calendly_events"
  ADD COLUMN "invitee_uri" text;

ALTER TABLE "private"."calendly_events"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

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
    'email', profile_contacts.email
  )
  from public.bookings
  join private.calendly_connections
    on calendly_connections.coach_id = bookings.coach_id and calendly_connections.status = 'connected'
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  where bookings.id = (calendly_event_facts.event).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.calendly_event_type_of (
  booking public.bookings
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select calendly_event_types.uri
  from public.offers
  join public.calendly_offers on calendly_offers.lineage_id = offers.lineage_id
  join public.calendly_event_types on calendly_event_types.id = calendly_offers.event_type_id
  join private.calendly_connections on calendly_connections.coach_id = offers.coach_id
  where offers.id = (calendly_event_type_of.booking).offer_id
    and calendly_connections.plan = 'paid'
    and calendly_connections.status = 'connected'
    and calendly_event_types.is_active
    and make_interval(mins => calendly_event_types.duration_minutes)
      = (calendly_event_type_of.booking).ends_at - (calendly_event_type_of.booking).starts_at;
$function$;

CREATE OR REPLACE FUNCTION private.cancel_calendly_event_work (
  event_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.calendly_event_facts(calendly_events)
  from private.calendly_events
  where calendly_events.id = cancel_calendly_event_work.event_id
    and calendly_events.status = 'cancelling';
$function$;

CREATE OR REPLACE FUNCTION private.check_hold_work (
  booking_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'coach_id', bookings.coach_id,
    'user_uri', calendly_connections.user_uri,
    'starts_at', bookings.starts_at,
    'ends_at', bookings.ends_at
  )
  from public.bookings
  join private.calendly_connections
    on calendly_connections.coach_id = bookings.coach_id and calendly_connections.status = 'connected'
  where bookings.id = check_hold_work.booking_id
    and private.shown_status(bookings) = 'held'
    and bookings.starts_at > now() + interval '2 minutes'; -- Calendly answers of the future only.
$function$;

CREATE OR REPLACE FUNCTION private.create_calendly_event_work (
  event_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.calendly_event_facts(calendly_events) || jsonb_build_object(
    'event_type_uri', calendly_events.event_type_uri,
    'location_kinds', coalesce(calendly_event_types.location_kinds, '{}'),
    'client_name', private.shown_name(client),
    'time_zone', bookings.client_time_zone
  )
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id and bookings.status = 'confirmed'
  join public.profiles as client on client.id = bookings.client_id
  left join public.calendly_event_types
    on calendly_event_types.coach_id = bookings.coach_id and calendly_event_types.uri = calendly_events.event_type_uri
  where calendly_events.id = create_calendly_event_work.event_id
    and calendly_events.status = 'pending'
    and bookings.starts_at > now();
$function$;

CREATE OR REPLACE FUNCTION private.is_own_calendly_event (
  event_uri text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.calendly_events where calendly_events.event_uri = is_own_calendly_event.event_uri
  );
$function$;

CREATE OR REPLACE FUNCTION private.keep_busy_times (
  coach_id   uuid,
  busy_times jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  delete from public.busy_times as known
  where known.coach_id = keep_busy_times.coach_id
    and known.source = 'calendly'
    and not exists (
      select
      from jsonb_to_recordset(keep_busy_times.busy_times) as entry (id text)
      where entry.id = known.external_id and not private.is_own_calendly_event(entry.id)
    );

  insert into public.busy_times as known (coach_id, source, external_id, starts_at, ends_at)
  -- Two windows tell of what spans both, each of its own part.
  select keep_busy_times.coach_id, 'calendly', entry.id, min(entry.starts_at), max(entry.ends_at)
  from jsonb_to_recordset(keep_busy_times.busy_times) as entry (id text, starts_at timestamptz, ends_at timestamptz)
  where entry.ends_at > entry.starts_at
    and not private.is_own_calendly_event(entry.id)
  group by entry.id
  on conflict (coach_id, source, external_id) do update
  set starts_at = excluded.starts_at, ends_at = excluded.ends_at, synced_at = now()
  where (known.starts_at, known.ends_at) is distinct from (excluded.starts_at, excluded.ends_at);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_calendly_event (
  event_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_problem text := record_calendly_event.result ->> 'problem';
  v_event private.calendly_events;
begin
  if record_calendly_event.result is null then
    return;
  end if;

  update private.calendly_events
  set event_uri = record_calendly_event.result ->> 'event_uri',
      invitee_uri = record_calendly_event.result ->> 'invitee_uri',
      status = case
        when calendly_events.status <> 'pending' then calendly_events.status
        when v_problem is null then 'created'
        when v_problem = 'clash' then 'clash'
        else 'failed'
      end::public.calendly_event_status
  where calendly_events.id = record_calendly_event.event_id
  returning * into v_event;

  if v_event.status in ('cancelling', 'cancelled') and v_event.event_uri is not null then
    perform private.take_calendly_event_away(v_event);
  elsif v_event.status = 'clash' then
    perform private.notify_parties(v_event.booking_id, 'calendar_clash');
  elsif v_problem = 'plan' then
    update private.calendly_connections set plan = 'free'
    from public.bookings
    where bookings.id = v_event.booking_id and calendly_connections.coach_id = bookings.coach_id;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_cancelled_calendly_event (
  event_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.id = record_cancelled_calendly_event.event_id
    and calendly_events.status = 'cancelling'
    and record_cancelled_calendly_event.result is not null;
$function$;

CREATE OR REPLACE FUNCTION private.record_hold_check (
  booking_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.id = record_hold_check.booking_id;

  insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
  select v_booking.coach_id, 'calendly', entry.id, entry.starts_at, entry.ends_at
  from jsonb_to_recordset(record_hold_check.result -> 'busy_times')
    as entry (id text, starts_at timestamptz, ends_at timestamptz)
  where tstzrange(entry.starts_at, entry.ends_at) && v_booking.during
    and not private.is_own_calendly_event(entry.id)
  on conflict (coach_id, source, external_id) do update
  set starts_at = excluded.starts_at, ends_at = excluded.ends_at, synced_at = now();

  if found then
    perform private.lapse_hold(v_booking.order_id, 'system');
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
    if (sync_calendly.booking).status in ('confirmed', 'completed', 'no_show_client', 'no_show_coach')
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

CREATE OR REPLACE FUNCTION private.take_calendly_event_away (
  event private.calendly_events
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update private.calendly_events
  set status = case when (take_calendly_event_away.event).status in ('clash', 'failed') then 'cancelled' else 'cancelling' end::public.calendly_event_status
  where calendly_events.id = (take_calendly_event_away.event).id;

  perform private.enqueue(
    'calendly.cancel_event',
    'calendly.cancel_event:' || (take_calendly_event_away.event).id || coalesce(':' || (take_calendly_event_away.event).event_uri, ''),
    jsonb_build_object('event_id', (take_calendly_event_away.event).id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_bookings__check_calendly()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if exists (
    select from private.calendly_connections
    where calendly_connections.coach_id = new.coach_id and calendly_connections.status = 'connected'
  ) then
    perform private.enqueue(
      'calendly.check_hold', 'calendly.check_hold:' || new.id, jsonb_build_object('booking_id', new.id)
    );
  end if;

  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_bookings__sync_calendly()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.sync_calendly(new);
  return null;
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
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting leaves nothing to write down.
  end case;
end;
$function$;

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
    join private.calendly_events on calendly_events.booking_id = bookings.id
    where bookings.id = has_calendar_clash.booking_id
      and bookings.status = 'confirmed'
      and calendly_events.status = 'clash'
      and private.booking_party(bookings) is not null
  );
$function$;

REVOKE ALL ON FUNCTION "public"."has_calendar_clash"(uuid) FROM PUBLIC, "anon", "service_role";

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

  return true;
end;
$function$;

ALTER TABLE "private"."calendly_events"
  ADD CONSTRAINT "calendly_events_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX calendly_events_booking_id_idx ON private.calendly_events USING btree (booking_id);

CREATE UNIQUE INDEX calendly_events_one_per_uri ON private.calendly_events USING btree (event_uri);

CREATE UNIQUE INDEX calendly_events_one_that_stands_per_booking ON private.calendly_events USING btree (booking_id)
  WHERE
    (status = ANY (ARRAY['pending'::public.calendly_event_status, 'created'::public.calendly_event_status, 'clash'::public.calendly_event_status,
    'failed'::public.calendly_event_status]));

CREATE TRIGGER bookings__check_calendly
  AFTER INSERT ON public.bookings
  FOR EACH ROW
  WHEN ((new.status = 'held'::public.booking_status))
  EXECUTE FUNCTION private.tg_bookings__check_calendly();

CREATE TRIGGER bookings__sync_calendly
  AFTER UPDATE OF status, starts_at ON public.bookings
  FOR EACH ROW
  WHEN (((old.status IS DISTINCT FROM new.status) OR (old.starts_at IS DISTINCT FROM new.starts_at)))
  EXECUTE FUNCTION private.tg_bookings__sync_calendly();

CREATE POLICY "Nobody reads events over the API" ON "private"."calendly_events"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."calendly_events" IS 'The event at Calendly that a booking made here has there.';

REVOKE ALL ON FUNCTION "private"."calendly_event_facts"(private.calendly_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendly_event_facts"(private.calendly_events) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendly_event_facts"(private.calendly_events) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calendly_event_type_of"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendly_event_type_of"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendly_event_type_of"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cancel_calendly_event_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."cancel_calendly_event_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."cancel_calendly_event_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."check_hold_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_hold_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."check_hold_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."create_calendly_event_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_calendly_event_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_calendly_event_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_own_calendly_event"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_own_calendly_event"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_own_calendly_event"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."keep_busy_times"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."keep_busy_times"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."keep_busy_times"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_calendly_event"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_calendly_event"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_calendly_event"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_cancelled_calendly_event"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_cancelled_calendly_event"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_cancelled_calendly_event"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_hold_check"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_hold_check"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_hold_check"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sync_calendly"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sync_calendly"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sync_calendly"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_calendly_event_away"(private.calendly_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_calendly_event_away"(private.calendly_events) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_calendly_event_away"(private.calendly_events) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_bookings__check_calendly"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_bookings__check_calendly"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_bookings__check_calendly"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_bookings__sync_calendly"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_bookings__sync_calendly"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_bookings__sync_calendly"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."has_calendar_clash"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."has_calendar_clash"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."has_calendar_clash"(uuid) TO "postgres";
