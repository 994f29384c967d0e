SET local check_function_bodies = off;

DROP FUNCTION "public"."join_meeting"(uuid);

CREATE TABLE "private"."meeting_registrants" (
  "meeting_id"    uuid                        NOT NULL,
  "profile_id"    uuid                        NOT NULL,
  "registrant_id" text                        NOT NULL,
  "join_url"      text                        NOT NULL,
  "created_at"    timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "meeting_registrants_pkey" PRIMARY KEY (meeting_id, profile_id)
);

ALTER TABLE "private"."meeting_registrants"
  ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."meeting_participants"
  ADD COLUMN "registrant_id" text;

ALTER TABLE "private"."meeting_participants"
  ADD COLUMN "zoom_user_id" text;

ALTER TABLE "private"."meeting_participants"
  ADD COLUMN "customer_key" text;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "no_show_grace_minutes" integer NOT NULL DEFAULT 30;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "no_show_after_minutes" integer NOT NULL DEFAULT 10;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "objection_minutes" integer NOT NULL DEFAULT 2880;

ALTER TABLE "public"."meetings"
  ADD COLUMN "attendance_read_at" timestamp(6) WITH time zone;

CREATE OR REPLACE FUNCTION private.attendance (
  booking_id uuid
)
  RETURNS TABLE (
    client           boolean,
    coach            boolean,
    client_minutes   integer,
    coach_minutes    integer,
    minutes_together integer,
    sentence         text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with seen as (
    select range_agg(visits.during) filter (where visits.party = 'client') as client,
      range_agg(visits.during) filter (where visits.party = 'coach') as coach,
      coalesce(bool_or(visits.party is null), false) as has_nameless
    from private.visits(attendance.booking_id) as visits
  ),
  told as (
    select seen.*, not seen.has_nameless and exists (
      select from public.meetings
      where meetings.booking_id = attendance.booking_id
        and meetings.attendance_read_at is not null
    ) as is_complete
    from seen
  ),
  counted as (
    select
      case when told.client is not null then true when told.is_complete then false end as client,
      case when told.coach is not null then true when told.is_complete then false end as coach,
      private.minutes_of(told.client) as client_minutes,
      private.minutes_of(told.coach) as coach_minutes,
      private.minutes_of(told.client * told.coach) as minutes_together
    from told
  )
  select counted.*, private.attendance_sentence(
    private.shown_name(profiles), coaches.display_name, counted.client, counted.coach,
    counted.client_minutes, counted.coach_minutes, counted.minutes_together
  )
  from counted
  join public.bookings on bookings.id = attendance.booking_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles on profiles.id = bookings.client_id;
$function$;

CREATE OR REPLACE FUNCTION private.attendance_sentence (
  client_name      text,
  coach_name       text,
  client           boolean,
  coach            boolean,
  client_minutes   integer,
  coach_minutes    integer,
  minutes_together integer
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when client and coach and minutes_together > 0 then
      format('%s and %s were in the meeting together for %s.', client_name, coach_name, private.minutes_in_words(minutes_together))
    when client and coach then
      format('%s and %s were both in the meeting, but not at the same time for as long as a minute.', client_name, coach_name)
    when coach and not client then
      format('%s was in the meeting for %s. %s did not come.', coach_name, private.minutes_in_words(coach_minutes), client_name)
    when client and not coach then
      format('%s was in the meeting for %s. %s did not come.', client_name, private.minutes_in_words(client_minutes), coach_name)
    when not client and not coach then 'Nobody came to the meeting.'
    when coach then
      format('%s was in the meeting for %s. Zoom cannot tell us whether %s was there, too.', coach_name, private.minutes_in_words(coach_minutes), client_name)
    when client then
      format('%s was in the meeting for %s. Zoom cannot tell us whether %s was there, too.', client_name, private.minutes_in_words(client_minutes), coach_name)
    else 'Zoom cannot tell us who was in the meeting.'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.complete_bookings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at <= now()
    order by bookings.starts_at
    limit 500
    for update skip locked
  loop
    if private.move_booking(v_booking.id, array['confirmed']::public.booking_status[], 'completed', 'system') then
      perform private.plan_attendance(v_booking);
      if not v_booking.is_intro_call then
        perform private.notify(v_booking.client_id, 'review_invitation', v_booking.id, v_booking.id);
      end if;
      perform private.refresh_listing(v_booking.coach_id);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.customer_key (
  profile_id uuid
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select replace(customer_key.profile_id::text, '-', '');
$function$;

CREATE OR REPLACE FUNCTION private.minutes_in_words (
  minutes integer
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case minutes
    when 0 then 'less than a minute'
    when 1 then '1 minute'
    else minutes || ' minutes'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.minutes_of (
  spans tstzmultirange
)
  RETURNS integer
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select coalesce(floor(sum(extract(epoch from upper(span) - lower(span))) / 60), 0)::integer
  from unnest(minutes_of.spans) as span;
$function$;

CREATE OR REPLACE FUNCTION private.open_meeting (
  booking_id uuid
)
  RETURNS public.meetings
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting public.meetings;
begin
  select * into v_booking from public.bookings where bookings.id = open_meeting.booking_id;

  if private.booking_party(v_booking) is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.ends_at <= now() then
    raise exception 'This session is over or was called off.' using errcode = 'MTOVR';
  end if;

  if now() < v_booking.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) then
    raise exception 'The meeting opens % minutes before the session.', (private.settings()).join_opens_minutes
      using errcode = 'MTEAR';
  end if;

  select * into v_meeting
  from public.meetings
  where meetings.booking_id = v_booking.id
    and meetings.status = 'ready';

  if not found then
    raise exception 'The meeting room is being prepared. Try again in a minute.' using errcode = 'MTPRE';
  end if;

  return v_meeting;
end;
$function$;

CREATE OR REPLACE FUNCTION private.plan_attendance (
  booking public.bookings
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'zoom.read_attendance', 'zoom.read_attendance:' || meetings.id, jsonb_build_object('meeting_id', meetings.id),
    (plan_attendance.booking).ends_at + make_interval(mins => (private.settings()).no_show_grace_minutes)
  )
  from public.meetings
  where meetings.booking_id = (plan_attendance.booking).id
    and meetings.status = 'ready';
$function$;

CREATE OR REPLACE FUNCTION private.read_attendance_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('zoom_meeting_id', meetings.zoom_meeting_id)
  from public.meetings
  where meetings.id = read_attendance_work.meeting_id
    and meetings.zoom_meeting_id is not null
    and meetings.attendance_read_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.record_attendance (
  meeting_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if record_attendance.result is null then
    return;
  end if;

  perform private.record_participant(record_attendance.meeting_id, visit)
  from jsonb_array_elements(record_attendance.result -> 'visits') as visit;

  update public.meetings
  set attendance_read_at = now()
  where meetings.id = record_attendance.meeting_id
    and meetings.attendance_read_at is null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_participant (
  meeting_id  uuid,
  participant jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.meeting_participants as visit (
    meeting_id, participant_uuid, display_name, registrant_id, zoom_user_id, customer_key, joined_at, left_at
  )
  select record_participant.meeting_id,
    coalesce(record_participant.participant ->> 'participant_uuid', record_participant.participant ->> 'user_id'),
    left(coalesce(record_participant.participant ->> 'user_name', ''), 200),
    nullif(record_participant.participant ->> 'registrant_id', ''),
    coalesce(nullif(record_participant.participant ->> 'id', ''), record_participant.participant ->> 'participant_user_id'),
    nullif(record_participant.participant ->> 'customer_key', ''),
    (record_participant.participant ->> 'join_time')::timestamptz,
    (record_participant.participant ->> 'leave_time')::timestamptz
  where record_participant.meeting_id is not null
  on conflict (meeting_id, participant_uuid) do update
  set registrant_id = coalesce(visit.registrant_id, excluded.registrant_id),
      zoom_user_id = coalesce(visit.zoom_user_id, excluded.zoom_user_id),
      customer_key = coalesce(visit.customer_key, excluded.customer_key),
      joined_at = least(visit.joined_at, excluded.joined_at),
      left_at = greatest(visit.left_at, excluded.left_at);
$function$;

CREATE OR REPLACE FUNCTION private.visits (
  booking_id uuid
)
  RETURNS TABLE (
    party  public.booking_actor,
    during tstzrange
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select visit.party, tstzrange(
    greatest(visit.came_at, visit.opens_at), least(visit.went_at, visit.ends_at), '[]'
  )
  from (
    select
      bookings.ends_at,
      bookings.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) as opens_at,
      coalesce(seen.joined_at, seen.left_at) as came_at,
      greatest(coalesce(seen.left_at, meetings.ended_at, bookings.ends_at), seen.joined_at) as went_at,
      case
        when registrants.profile_id = bookings.client_id
          or seen.customer_key = private.customer_key(bookings.client_id) then 'client'
        when registrants.profile_id = coaches.profile_id
          or seen.customer_key = private.customer_key(coaches.profile_id)
          or seen.zoom_user_id = meetings.host_id then 'coach'
      end::public.booking_actor as party
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    join public.meetings on meetings.booking_id = bookings.id
    join private.meeting_participants as seen on seen.meeting_id = meetings.id
    left join private.meeting_registrants as registrants
      on registrants.meeting_id = meetings.id
      and registrants.registrant_id = seen.registrant_id
    where bookings.id = visits.booking_id
  ) as visit
  where visit.came_at <= visit.ends_at
    and visit.went_at >= visit.opens_at;
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

CREATE OR REPLACE FUNCTION public.host_meeting (
  booking_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_meeting public.meetings := private.open_meeting(host_meeting.booking_id);
begin
  if not exists (
    select from public.bookings
    where bookings.id = v_meeting.booking_id
      and private.booking_party(bookings) = 'coach'
  ) then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  return v_meeting.zoom_meeting_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."host_meeting"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.join_meeting (
  booking_id uuid
)
  RETURNS TABLE (
    meeting_id      uuid,
    profile_id      uuid,
    zoom_meeting_id text,
    join_url        text,
    first_name      text,
    last_name       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select meetings.id, profiles.id, meetings.zoom_meeting_id, meeting_registrants.join_url,
    profiles.first_name, profiles.last_name
  from private.open_meeting(join_meeting.booking_id) as meetings
  join public.profiles on profiles.id = private.current_profile_id()
  left join private.meeting_registrants
    on meeting_registrants.meeting_id = meetings.id
    and meeting_registrants.profile_id = profiles.id;
$function$;

REVOKE ALL ON FUNCTION "public"."join_meeting"(uuid) FROM PUBLIC, "anon", "service_role";

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
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.record_registrant (
  meeting_id    uuid,
  profile_id    uuid,
  registrant_id text,
  join_url      text
)
  RETURNS text
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  insert into private.meeting_registrants as known (meeting_id, profile_id, registrant_id, join_url)
  values (
    record_registrant.meeting_id, record_registrant.profile_id,
    record_registrant.registrant_id, record_registrant.join_url
  )
  on conflict (meeting_id, profile_id) do update set join_url = known.join_url
  returning known.join_url;
$function$;

REVOKE ALL ON FUNCTION "public"."record_registrant"(uuid, uuid, text, text) FROM PUBLIC, "anon", "authenticated";

ALTER TABLE "private"."meeting_registrants"
  ADD CONSTRAINT "meeting_registrants_meeting_id_fkey" FOREIGN KEY (meeting_id) REFERENCES public.meetings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."meeting_registrants"
  ADD CONSTRAINT "meeting_registrants_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE UNIQUE INDEX meeting_registrants_one_person_each ON private.meeting_registrants USING btree (meeting_id, registrant_id);

CREATE INDEX meeting_registrants_profile_id_idx ON private.meeting_registrants USING btree (profile_id);

CREATE POLICY "Nobody reads meeting registrants over the API" ON "private"."meeting_registrants"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."meeting_registrants" IS 'Somebody''s own way into a meeting, and the id by which Zoom tells who came.';

REVOKE ALL ON FUNCTION "private"."attendance"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."attendance"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."attendance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."attendance_sentence"(text, text, boolean, boolean, integer, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."attendance_sentence"(text, text, boolean, boolean, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."attendance_sentence"(text, text, boolean, boolean, integer, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."customer_key"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."customer_key"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."customer_key"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."minutes_in_words"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."minutes_in_words"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."minutes_in_words"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."minutes_of"(tstzmultirange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."minutes_of"(tstzmultirange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."minutes_of"(tstzmultirange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."open_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."open_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."open_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_attendance"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_attendance"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_attendance"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."read_attendance_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_attendance_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."read_attendance_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_attendance"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_attendance"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_attendance"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."visits"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."visits"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."visits"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."host_meeting"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."host_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."host_meeting"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."join_meeting"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."join_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."join_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "public"."record_registrant"(uuid, uuid, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_registrant"(uuid, uuid, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_registrant"(uuid, uuid, text, text) TO "service_role";
