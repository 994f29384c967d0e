SET local check_function_bodies = off;

CREATE TABLE "private"."calendly_connections" (
  "coach_id"         uuid NOT NULL,
  "user_uri"         text NOT NULL,
  "organization_uri" text NOT NULL,
  "account_name"     text NOT NULL,
  "scheduling_url"   text NOT NULL,
  CONSTRAINT "calendly_connections_pkey" PRIMARY KEY (coach_id)
);

ALTER TABLE "private"."calendly_connections"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."calendly_event_types" (
  "id"               uuid    NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"         uuid    NOT NULL,
  "uri"              text    NOT NULL,
  "name"             text    NOT NULL,
  "duration_minutes" integer NOT NULL,
  "location_kinds"   text[]  DEFAULT ARRAY[]::text[],
  "scheduling_url"   text    NOT NULL,
  "is_active"        boolean NOT NULL DEFAULT true,
  CONSTRAINT "calendly_event_types_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."calendly_event_types"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."calendly_event_types" FROM "anon", "service_role";

CREATE TABLE "public"."calendly_offers" (
  "lineage_id"    uuid NOT NULL,
  "coach_id"      uuid NOT NULL,
  "event_type_id" uuid NOT NULL,
  CONSTRAINT "calendly_offers_pkey" PRIMARY KEY (lineage_id)
);

ALTER TABLE "public"."calendly_offers"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."calendly_offers" FROM "anon", "service_role";

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "calendar_stale_minutes" integer NOT NULL DEFAULT 120;

CREATE TYPE "public"."calendly_plan" AS ENUM (
  'unknown',
  'free',
  'paid'
);

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "plan" public.calendly_plan NOT NULL DEFAULT 'unknown'::public.calendly_plan;

CREATE TYPE "public"."calendly_status" AS ENUM (
  'connected',
  'refused'
);

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "status" public.calendly_status NOT NULL DEFAULT 'connected'::public.calendly_status;

CREATE TYPE "public"."calendly_when_stale" AS ENUM (
  'closed',
  'open'
);

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "when_stale" public.calendly_when_stale NOT NULL DEFAULT 'closed'::public.calendly_when_stale;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "access_secret_id" uuid NOT NULL;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "refresh_secret_id" uuid NOT NULL;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "access_expires_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "refresh_claim" uuid;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "refresh_expires_at" timestamp(6) WITH time zone;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "webhook_uri" text;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "connected_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "last_ok_at" timestamp(6) WITH time zone;

ALTER TABLE "private"."calendly_connections"
  ADD COLUMN "last_error" text;

CREATE OR REPLACE FUNCTION private.busy_elsewhere (
  coach_id    uuid,
  time_window tstzrange
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if private.is_calendly_closed(busy_elsewhere.coach_id) then
    return tstzmultirange(tstzrange(null, null));
  end if;

  return (
      select coalesce(range_agg(tstzrange(busy_times.starts_at - settings.after, busy_times.ends_at + settings.before)), '{}')
      from (
        select make_interval(mins => buffer_before_minutes) as before, make_interval(mins => buffer_after_minutes) as after
        from public.availability_settings
        where availability_settings.coach_id = busy_elsewhere.coach_id
      ) as settings
      join public.busy_times
        on busy_times.coach_id = busy_elsewhere.coach_id
        and busy_times.during && tstzrange(
          lower(busy_elsewhere.time_window) - settings.before,
          upper(busy_elsewhere.time_window) + settings.after
        )
  );
end;
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
    'until', now() + make_interval(days => availability_settings.horizon_days + 1)
  )
  from private.calendly_connections
  join public.availability_settings on availability_settings.coach_id = calendly_connections.coach_id
  where calendly_connections.coach_id = calendly_sync_work.coach_id
    and calendly_connections.status = 'connected';
$function$;

CREATE OR REPLACE FUNCTION private.enqueue_calendly_sync (
  coach_id uuid,
  occasion text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'calendly.sync',
    'calendly.sync:' || enqueue_calendly_sync.coach_id || ':' || enqueue_calendly_sync.occasion,
    jsonb_build_object('coach_id', enqueue_calendly_sync.coach_id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.forget_calendly (
  coach_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from public.calendly_event_types where calendly_event_types.coach_id = forget_calendly.coach_id;

  delete from public.busy_times
  where busy_times.coach_id = forget_calendly.coach_id and busy_times.source = 'calendly';

  delete from private.calendly_connections where calendly_connections.coach_id = forget_calendly.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.forget_calendly_tokens (
  coach_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from vault.secrets
  using private.calendly_connections
  where calendly_connections.coach_id = forget_calendly_tokens.coach_id
    and secrets.id in (calendly_connections.access_secret_id, calendly_connections.refresh_secret_id);
$function$;

CREATE OR REPLACE FUNCTION private.is_calendly_closed (
  coach_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.calendly_connections
    where calendly_connections.coach_id = is_calendly_closed.coach_id
      and calendly_connections.when_stale = 'closed'
      and private.is_calendly_stale(calendly_connections)
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_calendly_stale (
  connection private.calendly_connections
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce((is_calendly_stale.connection).last_ok_at, (is_calendly_stale.connection).connected_at)
    < now() - make_interval(mins => (private.settings()).calendar_stale_minutes);
$function$;

CREATE OR REPLACE FUNCTION private.keep_calendly_event_types (
  coach_id    uuid,
  event_types jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update public.calendly_event_types
  set is_active = false
  where calendly_event_types.coach_id = keep_calendly_event_types.coach_id;

  insert into public.calendly_event_types (coach_id, uri, name, duration_minutes, location_kinds, scheduling_url, is_active)
  select keep_calendly_event_types.coach_id, type.uri, type.name, type.duration_minutes,
    type.location_kinds, type.scheduling_url, type.is_active
  from jsonb_to_recordset(keep_calendly_event_types.event_types) as type (
    uri text, name text, duration_minutes integer, location_kinds text[], scheduling_url text, is_active boolean
  )
  on conflict (coach_id, uri) do update
  set name = excluded.name, duration_minutes = excluded.duration_minutes, location_kinds = excluded.location_kinds,
      scheduling_url = excluded.scheduling_url, is_active = excluded.is_active;

  delete from public.calendly_event_types
  where calendly_event_types.coach_id = keep_calendly_event_types.coach_id
    and not calendly_event_types.is_active
    and not exists (
      select from public.calendly_offers where calendly_offers.event_type_id = calendly_event_types.id
    );
end;
$function$;

CREATE OR REPLACE FUNCTION private.notify_calendly_stale (
  coach_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(
    coaches.profile_id, 'calendar_stale', coaches.id, null,
    (extract(epoch from coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)) / 60)::integer
  )
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id
  where calendly_connections.coach_id = notify_calendly_stale.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.record_calendly_revoked (
  payload jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from vault.secrets
  where secrets.id in (
    (record_calendly_revoked.payload ->> 'access_secret_id')::uuid,
    (record_calendly_revoked.payload ->> 'refresh_secret_id')::uuid
  );
$function$;

CREATE OR REPLACE FUNCTION private.revoke_calendly_work (
  payload jsonb
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'access_token', access_secret.decrypted_secret,
    'refresh_token', refresh_secret.decrypted_secret,
    'webhook_uri', revoke_calendly_work.payload ->> 'webhook_uri'
  )
  from vault.decrypted_secrets as refresh_secret
  join vault.decrypted_secrets as access_secret
    on access_secret.id = (revoke_calendly_work.payload ->> 'access_secret_id')::uuid
  where refresh_secret.id = (revoke_calendly_work.payload ->> 'refresh_secret_id')::uuid;
$function$;

CREATE OR REPLACE FUNCTION private.sync_calendars()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue_calendly_sync(
    calendly_connections.coach_id,
    floor(extract(epoch from now()) / 600)::text
  )
  from private.calendly_connections
  where calendly_connections.status = 'connected';

  select private.notify_calendly_stale(calendly_connections.coach_id)
  from private.calendly_connections
  where private.is_calendly_stale(calendly_connections);

  -- Nothing of theirs changed but the hour, and what search says of them is to be found anew.
  insert into private.calendar_changes (coach_id)
  select calendly_connections.coach_id
  from private.calendly_connections
  where private.is_calendly_stale(calendly_connections);
$function$;

CREATE OR REPLACE FUNCTION public.calendar_unread_since (
  offer_id uuid
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  join private.calendly_connections on calendly_connections.coach_id = coaches.id
  where offers.id = calendar_unread_since.offer_id
    and calendly_connections.when_stale = 'open'
    and private.is_calendly_stale(calendly_connections);
$function$;

REVOKE ALL ON FUNCTION "public"."calendar_unread_since"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.calendly_connection()
  RETURNS TABLE (
    account_name   text,
    scheduling_url text,
    plan           public.calendly_plan,
    status         public.calendly_status,
    when_stale     public.calendly_when_stale,
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
    calendly_connections.plan, calendly_connections.status, calendly_connections.when_stale,
    calendly_connections.last_ok_at,
    case when private.is_calendly_stale(calendly_connections)
      then coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)
    end,
    calendly_connections.last_error
  from private.calendly_connections
  where calendly_connections.coach_id = private.current_coach_id();
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_connection"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.claim_calendly_token (
  coach_id      uuid,
  refused_token text DEFAULT NULL::text
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_connection private.calendly_connections;
  v_access_token text;
begin
  select * into v_connection
  from private.calendly_connections
  where calendly_connections.coach_id = claim_calendly_token.coach_id
  for update;

  if not found or v_connection.status = 'refused' then
    return jsonb_build_object('is_refused', true);
  end if;

  select decrypted_secret into v_access_token
  from vault.decrypted_secrets where decrypted_secrets.id = v_connection.access_secret_id;

  if v_connection.access_expires_at > now() + interval '1 minute'
    and v_access_token is distinct from claim_calendly_token.refused_token then
    return jsonb_build_object('access_token', v_access_token);
  end if;

  if v_connection.refresh_expires_at > now() then
    return jsonb_build_object('is_busy', true);
  end if;

  update private.calendly_connections
  set refresh_claim = gen_random_uuid(), refresh_expires_at = now() + interval '1 minute'
  where calendly_connections.coach_id = v_connection.coach_id
  returning * into v_connection;

  return (
    select jsonb_build_object('claim', v_connection.refresh_claim, 'refresh_token', decrypted_secret)
    from vault.decrypted_secrets where decrypted_secrets.id = v_connection.refresh_secret_id
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."claim_calendly_token"(uuid, text) FROM PUBLIC, "anon", "authenticated";

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
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
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

CREATE OR REPLACE FUNCTION public.connect_calendly (
  profile_id       uuid,
  user_uri         text,
  organization_uri text,
  account_name     text,
  scheduling_url   text,
  access_token     text,
  refresh_token    text,
  expires_in       integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach_id uuid;
begin
  -- The practice's lock: two callbacks of one coach come one after the other.
  select coaches.id into v_coach_id
  from public.coaches
  where coaches.profile_id = connect_calendly.profile_id
  for no key update;

  if not found then
    raise exception 'Start your coach profile first.' using errcode = 'OCNON';
  end if;

  perform private.forget_calendly_tokens(v_coach_id);

  if exists (
    select from private.calendly_connections
    where calendly_connections.coach_id = v_coach_id
      and calendly_connections.user_uri <> connect_calendly.user_uri
  ) then
    perform private.forget_calendly(v_coach_id);
  end if;

  insert into private.calendly_connections as known (
    coach_id, user_uri, organization_uri, account_name, scheduling_url, access_secret_id, refresh_secret_id, access_expires_at
  )
  values (
    v_coach_id, connect_calendly.user_uri, connect_calendly.organization_uri,
    connect_calendly.account_name, connect_calendly.scheduling_url,
    vault.create_secret(connect_calendly.access_token), vault.create_secret(connect_calendly.refresh_token),
    now() + make_interval(secs => connect_calendly.expires_in)
  )
  on conflict (coach_id) do update
  set organization_uri = excluded.organization_uri, account_name = excluded.account_name,
      scheduling_url = excluded.scheduling_url, plan = 'unknown', status = 'connected',
      access_secret_id = excluded.access_secret_id, refresh_secret_id = excluded.refresh_secret_id,
      access_expires_at = excluded.access_expires_at, refresh_claim = null, refresh_expires_at = null,
      connected_at = now(), last_error = null;

  perform private.enqueue_calendly_sync(v_coach_id, 'connected:' || gen_random_uuid());
exception
  when unique_violation then
    raise exception 'Another coach here has connected this Calendly account.' using errcode = 'KCTWO';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."connect_calendly"(uuid, text, text, text, text, text, text, integer) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.disconnect_calendly()
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_connection private.calendly_connections;
begin
  select * into v_connection
  from private.calendly_connections
  where calendly_connections.coach_id = v_coach.id
  for update; -- A refresh that is about to save its tokens waits, and then finds nothing to save to.

  if not found then
    return;
  end if;

  perform private.forget_calendly(v_coach.id);
  perform private.enqueue(
    'calendly.revoke',
    'calendly.revoke:' || v_connection.refresh_secret_id,
    jsonb_build_object(
      'access_secret_id', v_connection.access_secret_id,
      'refresh_secret_id', v_connection.refresh_secret_id,
      'webhook_uri', v_connection.webhook_uri
    )
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."disconnect_calendly"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.fail_calendly_refresh (
  coach_id   uuid,
  claim      uuid,
  is_refused boolean
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_status public.calendly_status;
begin
  update private.calendly_connections
  set refresh_claim = null, refresh_expires_at = null,
      status = case when fail_calendly_refresh.is_refused then 'refused' else calendly_connections.status end::public.calendly_status,
      last_error = case when fail_calendly_refresh.is_refused then 'Calendly no longer accepts the connection.' else calendly_connections.last_error end
  where calendly_connections.coach_id = fail_calendly_refresh.coach_id
    and calendly_connections.refresh_claim = fail_calendly_refresh.claim
  returning calendly_connections.status into v_status;

  if v_status = 'refused' then
    perform private.notify_calendly_stale(fail_calendly_refresh.coach_id);
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."fail_calendly_refresh"(uuid, uuid, boolean) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.fail_calendly_sync (
  coach_id uuid,
  error    text
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  update private.calendly_connections
  set last_error = left(fail_calendly_sync.error, 200)
  where calendly_connections.coach_id = fail_calendly_sync.coach_id;
$function$;

REVOKE ALL ON FUNCTION "public"."fail_calendly_sync"(uuid, text) FROM PUBLIC, "anon", "authenticated";

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
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
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

  delete from public.busy_times
  where busy_times.coach_id = record_calendly_sync.coach_id and busy_times.source = 'calendly';

  insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
  select record_calendly_sync.coach_id, 'calendly', entry.id, entry.starts_at, entry.ends_at
  from jsonb_to_recordset(record_calendly_sync.result -> 'busy_times')
    as entry (id text, starts_at timestamptz, ends_at timestamptz)
  where entry.ends_at > entry.starts_at
  on conflict (coach_id, source, external_id) do nothing; -- Two windows tell of what spans both.

  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_calendly_sync"(uuid, jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.save_calendly_choices (
  when_stale public.calendly_when_stale,
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
  set when_stale = save_calendly_choices.when_stale
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
    delete from public.calendly_offers where calendly_offers.lineage_id = v_choice.lineage_id;
    continue when v_choice.event_type_id is null;

    insert into public.calendly_offers (lineage_id, coach_id, event_type_id)
    select v_choice.lineage_id, v_coach.id, calendly_event_types.id
    from public.calendly_event_types
    where calendly_event_types.id = v_choice.event_type_id
      and calendly_event_types.coach_id = v_coach.id
      and calendly_event_types.is_active
      and calendly_event_types.duration_minutes = v_choice.duration_minutes;

    if not found then
      raise exception '“%” takes % minutes. Choose an event type of that length.', v_choice.title, v_choice.duration_minutes
        using errcode = 'KCTYP';
    end if;
  end loop;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, jsonb) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_calendly_tokens (
  coach_id      uuid,
  claim         uuid,
  access_token  text,
  refresh_token text,
  expires_in    integer
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_connection private.calendly_connections;
begin
  update private.calendly_connections
  set access_expires_at = now() + make_interval(secs => save_calendly_tokens.expires_in),
      refresh_claim = null, refresh_expires_at = null
  where calendly_connections.coach_id = save_calendly_tokens.coach_id
    and calendly_connections.refresh_claim = save_calendly_tokens.claim
  returning * into v_connection;

  if not found then
    return false;
  end if;

  perform vault.update_secret(v_connection.access_secret_id, save_calendly_tokens.access_token);
  perform vault.update_secret(v_connection.refresh_secret_id, save_calendly_tokens.refresh_token);

  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_calendly_tokens"(uuid, uuid, text, text, integer) FROM PUBLIC, "anon", "authenticated";

ALTER TABLE "private"."calendly_connections"
  ADD CONSTRAINT "calendly_connections_claim_has_an_end" CHECK (((refresh_claim IS NULL) = (refresh_expires_at IS NULL)));

ALTER TABLE "private"."calendly_connections"
  ADD CONSTRAINT "calendly_connections_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."calendly_event_types"
  ADD CONSTRAINT "calendly_event_types_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."calendly_offers"
  ADD CONSTRAINT "calendly_offers_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."calendly_offers"
  ADD CONSTRAINT "calendly_offers_event_type_id_fkey" FOREIGN KEY (event_type_id) REFERENCES public.calendly_event_types(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE UNIQUE INDEX calendly_connections_one_per_account ON private.calendly_connections USING btree (user_uri);

CREATE UNIQUE INDEX calendly_event_types_one_per_uri ON public.calendly_event_types USING btree (coach_id, uri);

CREATE INDEX calendly_offers_coach_id_idx ON public.calendly_offers USING btree (coach_id);

CREATE INDEX calendly_offers_event_type_id_idx ON public.calendly_offers USING btree (event_type_id);

CREATE POLICY "Nobody reads connections over the API" ON "private"."calendly_connections"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Coaches can view their own event types" ON "public"."calendly_event_types"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

CREATE POLICY "Coaches can view which event type each of their offers is" ON "public"."calendly_offers"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "private"."calendly_connections" IS 'A coach''s Calendly account. Its tokens are in the vault only.';

COMMENT ON TABLE "public"."calendly_event_types" IS 'What a coach has at Calendly to be booked for, as the last sync found it.';

COMMENT ON TABLE "public"."calendly_offers" IS 'Which event type at Calendly an offer is booked as; by lineage, so that a changed offer keeps it.';

REVOKE ALL ON FUNCTION "private"."calendly_sync_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendly_sync_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendly_sync_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."enqueue_calendly_sync"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."enqueue_calendly_sync"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."enqueue_calendly_sync"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_calendly"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_calendly"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_calendly"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_calendly_tokens"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_calendly_tokens"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_calendly_tokens"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_calendly_closed"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_calendly_closed"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_calendly_closed"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_calendly_stale"(private.calendly_connections) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_calendly_stale"(private.calendly_connections) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_calendly_stale"(private.calendly_connections) TO "postgres";

REVOKE ALL ON FUNCTION "private"."keep_calendly_event_types"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."keep_calendly_event_types"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."keep_calendly_event_types"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notify_calendly_stale"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify_calendly_stale"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notify_calendly_stale"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_calendly_revoked"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_calendly_revoked"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_calendly_revoked"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."revoke_calendly_work"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."revoke_calendly_work"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."revoke_calendly_work"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sync_calendars"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sync_calendars"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sync_calendars"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_unread_since"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."calendar_unread_since"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_unread_since"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_connection"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_connection"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_connection"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."claim_calendly_token"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."claim_calendly_token"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."claim_calendly_token"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."connect_calendly"(uuid, text, text, text, text, text, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."connect_calendly"(uuid, text, text, text, text, text, text, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."connect_calendly"(uuid, text, text, text, text, text, text, integer) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."disconnect_calendly"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."disconnect_calendly"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."disconnect_calendly"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."fail_calendly_refresh"(uuid, uuid, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_calendly_refresh"(uuid, uuid, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_calendly_refresh"(uuid, uuid, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "public"."fail_calendly_sync"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_calendly_sync"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_calendly_sync"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."record_calendly_sync"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_calendly_sync"(uuid, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_calendly_sync"(uuid, jsonb) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, jsonb) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_calendly_choices"(public.calendly_when_stale, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "public"."save_calendly_tokens"(uuid, uuid, text, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_calendly_tokens"(uuid, uuid, text, text, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_calendly_tokens"(uuid, uuid, text, text, integer) TO "service_role";

REVOKE ALL ON TABLE "public"."calendly_event_types" FROM "authenticated";

GRANT SELECT ON TABLE "public"."calendly_event_types" TO "authenticated";

REVOKE ALL ON TABLE "public"."calendly_offers" FROM "authenticated";

GRANT SELECT ON TABLE "public"."calendly_offers" TO "authenticated";
