SET local check_function_bodies = off;

DROP INDEX "public"."meetings_host_id_idx";

CREATE SEQUENCE "private"."meeting_repairs_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."meeting_repairs" (
  "id" bigint NOT NULL DEFAULT nextval('private.meeting_repairs_id_seq'::regclass),
  CONSTRAINT "meeting_repairs_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."meeting_repairs"
  ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE "private"."meeting_repairs_id_seq" OWNED BY "private"."meeting_repairs"."id";

CREATE TYPE "private"."meeting_repair" AS ENUM (
  'gone_at_zoom',
  'unknown_here',
  'other_time',
  'answer_lost',
  'not_planned'
);

ALTER TABLE "private"."meeting_repairs"
  ADD COLUMN "kind" private.meeting_repair NOT NULL;

ALTER TABLE "private"."meeting_repairs"
  ADD COLUMN "booking_id" uuid;

ALTER TABLE "private"."meeting_repairs"
  ADD COLUMN "meeting_id" uuid;

ALTER TABLE "private"."meeting_repairs"
  ADD COLUMN "zoom_meeting_id" text;

ALTER TABLE "private"."meeting_repairs"
  ADD COLUMN "host_id" text;

ALTER TABLE "private"."meeting_repairs"
  ADD COLUMN "found_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE OR REPLACE FUNCTION private.assign_meeting_host (
  meeting_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  perform private.lock_hosts();

  select * into v_meeting from public.meetings where meetings.id = assign_meeting_host.meeting_id for update;

  if v_meeting.host_id is not null then
    return v_meeting.host_id;
  end if;

  select meeting_hosts.zoom_user_id into v_host_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and private.is_host_free(meeting_hosts.zoom_user_id, v_meeting.starts_at, v_meeting.ends_at, v_meeting.id)
  order by (
    select count(*) from public.meetings as given
    where given.host_id = meeting_hosts.zoom_user_id
      and given.created_at >= date_trunc('day', now(), 'UTC')
  ), meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings set host_id = v_host_id where meetings.id = v_meeting.id;

  return v_host_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.create_meeting_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  select * into v_meeting
  from public.meetings
  where meetings.id = create_meeting_work.meeting_id
    and meetings.status = 'pending'
    and meetings.zoom_meeting_id is null;

  if not found then
    return null;
  end if;

  v_host_id := private.assign_meeting_host(v_meeting.id);

  if v_host_id is null then
    raise exception 'Every Zoom host has a meeting at this time.' using errcode = 'MTHST';
  end if;

  return (
    select jsonb_build_object(
      'meeting_id', v_meeting.id,
      'host_id', v_host_id,
      'topic', left(offers.title || ' with ' || coaches.display_name, 200),
      'agenda', private.meeting_mark() || v_meeting.id,
      'starts_at', v_meeting.starts_at,
      'duration_minutes', (extract(epoch from v_meeting.ends_at - v_meeting.starts_at) / 60)::integer
    )
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    where bookings.id = v_meeting.booking_id
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.delete_meeting_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'meeting_id', meetings.id,
    'host_id', meetings.host_id,
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'agenda', private.meeting_mark() || meetings.id
  )
  from public.meetings
  where meetings.id = delete_meeting_work.meeting_id
    and meetings.status = 'cancelled'
    and meetings.host_id is not null;
$function$;

CREATE OR REPLACE FUNCTION private.delete_orphan_work (
  host_id         text,
  zoom_meeting_id text
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'host_id', delete_orphan_work.host_id,
    'zoom_meeting_id', delete_orphan_work.zoom_meeting_id,
    'agenda', ''
  )
  where not exists (
    select from public.meetings
    where meetings.zoom_meeting_id = delete_orphan_work.zoom_meeting_id
      and meetings.status = 'ready'
  );
$function$;

CREATE OR REPLACE FUNCTION private.meeting_mark()
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select 'Walkthrough meeting ';
$function$;

CREATE OR REPLACE FUNCTION private.plan_missing_meetings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_ids uuid[];
  v_found record;
begin
  -- All bookings before the hosts; who holds one is about to change it.
  select array_agg(locked.id) into v_booking_ids
  from (
    select bookings.id
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at > now()
    order by bookings.id
    for update skip locked
  ) as locked;
  perform private.lock_hosts();

  for v_found in
    select booking.id as booking_id, meetings.id as meeting_id, meetings.zoom_meeting_id, meetings.host_id,
      outbox.status = 'failed' as is_given_up,
      (meetings.starts_at, meetings.ends_at) <> (booking.starts_at, booking.ends_at) as is_at_another_time
    from public.bookings as booking
    left join public.meetings on meetings.booking_id = booking.id and meetings.status <> 'cancelled'
    left join private.outbox
      on outbox.dedupe_key = 'zoom.create_meeting:' || meetings.id and meetings.status = 'pending'
    where booking.id = any (v_booking_ids)
      and (
        meetings.id is null
        or outbox.status = 'failed'
        or (meetings.starts_at, meetings.ends_at) <> (booking.starts_at, booking.ends_at)
      )
  loop
    if v_found.meeting_id is null or v_found.is_given_up then
      perform private.replace_meeting(v_found.booking_id);
    else
      perform private.move_meeting(v_found.booking_id);
    end if;

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values (
      case when v_found.is_at_another_time then 'other_time' else 'not_planned' end::private.meeting_repair,
      v_found.booking_id, v_found.meeting_id, v_found.zoom_meeting_id, v_found.host_id
    );
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_meeting_move (
  meeting_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  -- The booking first: who cancels it meanwhile must find the meeting that takes its place.
  perform from public.bookings
  where bookings.id = (select meetings.booking_id from public.meetings where meetings.id = record_meeting_move.meeting_id)
  for update;
  perform private.lock_hosts();

  select * into v_meeting
  from public.meetings
  where meetings.id = record_meeting_move.meeting_id
    and meetings.status = 'ready'
  for update;

  if not (record_meeting_move.result ->> 'is_there')::boolean then
    perform private.replace_meeting(v_meeting.booking_id) where v_meeting.id is not null;
  elsif v_meeting.starts_at <> (record_meeting_move.result ->> 'starts_at')::timestamptz then
    perform private.tell_zoom_the_time(v_meeting.id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_sweep (
  host_id text,
  result  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_found record;
begin
  if record_sweep.result is null then
    return;
  end if;

  perform private.replace_missing_meetings(
    record_sweep.host_id, array(select jsonb_array_elements_text(record_sweep.result -> 'missing'))
  );

  for v_found in
    select at_zoom.zoom_meeting_id, at_zoom.join_url, at_zoom.starts_at, meetings.id, meetings.booking_id,
      private.sweep_finding(meetings, record_sweep.host_id, at_zoom.zoom_meeting_id, at_zoom.starts_at, at_zoom.duration_minutes) as kind
    from jsonb_to_recordset(record_sweep.result -> 'found')
      as at_zoom (meeting_id uuid, zoom_meeting_id text, join_url text, starts_at timestamptz, duration_minutes integer)
    left join public.meetings on meetings.id = at_zoom.meeting_id
  loop
    case v_found.kind
      when 'unknown_here' then
        perform private.enqueue(
          'zoom.delete_orphan', 'zoom.delete_orphan:' || v_found.zoom_meeting_id || ':' || now(),
          jsonb_build_object('host_id', record_sweep.host_id, 'zoom_meeting_id', v_found.zoom_meeting_id)
        );
      when 'other_time' then
        perform private.tell_zoom_the_time(v_found.id);
      when 'answer_lost' then
        perform private.record_meeting(v_found.id, jsonb_build_object(
          'zoom_meeting_id', v_found.zoom_meeting_id, 'join_url', v_found.join_url, 'starts_at', v_found.starts_at
        ));
      else
        continue;
    end case;

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values (v_found.kind, v_found.booking_id, v_found.id, v_found.zoom_meeting_id, record_sweep.host_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.replace_missing_meetings (
  host_id          text,
  zoom_meeting_ids text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  -- The bookings first: who cancels one meanwhile must find the meeting that takes its place.
  perform from public.bookings
  where bookings.id in (
    select meetings.booking_id from public.meetings
    where meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
  )
  order by bookings.id
  for update;
  perform private.lock_hosts();

  for v_meeting in
    select meetings.*
    from public.meetings
    join public.bookings on bookings.id = meetings.booking_id and bookings.status = 'confirmed' and bookings.ends_at > now()
    where meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
      and meetings.host_id = replace_missing_meetings.host_id
      and meetings.status = 'ready'
    for update of meetings
  loop
    perform private.replace_meeting(v_meeting.booking_id);

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values ('gone_at_zoom', v_meeting.booking_id, v_meeting.id, v_meeting.zoom_meeting_id, v_meeting.host_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sweep_finding (
  meeting          public.meetings,
  host_id          text,
  zoom_meeting_id  text,
  starts_at        timestamp with time zone,
  duration_minutes integer
)
  RETURNS private.meeting_repair
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (sweep_finding.meeting).id is null then 'unknown_here'
    when exists (
      select from private.outbox
      where outbox.status = 'pending'
        and outbox.topic like 'zoom.%_meeting'
        and outbox.payload ->> 'meeting_id' = (sweep_finding.meeting).id::text
    ) then null
    when (sweep_finding.meeting).status = 'cancelled'
      or (sweep_finding.meeting).host_id is distinct from sweep_finding.host_id
      or (sweep_finding.meeting).zoom_meeting_id <> sweep_finding.zoom_meeting_id then 'unknown_here'
    when (sweep_finding.meeting).status = 'pending' then 'answer_lost'
    -- Zoom knows no parts of a second. What is over stays as it was.
    when (sweep_finding.meeting).ends_at > now() and (
      date_trunc('second', (sweep_finding.meeting).starts_at) <> sweep_finding.starts_at
      or (sweep_finding.meeting).ends_at - (sweep_finding.meeting).starts_at <> make_interval(mins => sweep_finding.duration_minutes)
    ) then 'other_time'
  end::private.meeting_repair;
$function$;

CREATE OR REPLACE FUNCTION private.sweep_meetings (
  days integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  perform private.plan_missing_meetings();

  -- One at a time for each host; one that waits or failed to be read is not asked twice.
  perform private.enqueue(
    'zoom.sweep',
    'zoom.sweep:' || meeting_hosts.zoom_user_id || ':' || now(),
    jsonb_build_object('host_id', meeting_hosts.zoom_user_id, 'days', sweep_meetings.days)
  )
  from private.meeting_hosts
  where not exists (
    select from private.outbox
    where outbox.status = 'pending'
      and outbox.topic = 'zoom.sweep'
      and outbox.payload ->> 'host_id' = meeting_hosts.zoom_user_id
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.sweep_work (
  host_id text,
  days    integer
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'host_id', sweep_work.host_id,
    'mark', private.meeting_mark(),
    'from', case when sweep_work.days is not null then current_date end,
    'to', current_date + sweep_work.days,
    'expected', coalesce(jsonb_agg(meetings.zoom_meeting_id), '[]')
  )
  from public.meetings
  join public.bookings on bookings.id = meetings.booking_id
  where meetings.host_id = sweep_work.host_id
    and meetings.status = 'ready'
    and bookings.status = 'confirmed'
    and bookings.ends_at > now()
    and (sweep_work.days is null or meetings.starts_at < now() + make_interval(days => sweep_work.days));
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
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.fail_outbox (
  outbox_id           bigint,
  error               text,
  is_permanent        boolean DEFAULT false,
  retry_after_seconds integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  update private.outbox
  set locked_until = null,
      attempts = outbox.attempts - (fail_outbox.retry_after_seconds is not null)::integer,
      last_error = left(fail_outbox.error, 500),
      status = case
        when fail_outbox.is_permanent then 'failed'
        when outbox.attempts >= 12 and fail_outbox.retry_after_seconds is null then 'failed'
        else 'pending'
      end::private.outbox_status,
      run_after = now() + make_interval(secs => coalesce(
        fail_outbox.retry_after_seconds,
        least(3600, 10 * power(2, least(outbox.attempts, 10) - 1))
      ))
  where outbox.id = fail_outbox.outbox_id
    and outbox.status = 'pending';
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
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE INDEX meetings_host_id_created_at_idx ON public.meetings USING btree (host_id, created_at);

CREATE POLICY "Nobody reads meeting repairs over the API" ON "private"."meeting_repairs"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."meeting_repairs" IS 'What a sweep found to differ between Zoom and us, and has had mended.';

REVOKE ALL ON FUNCTION "private"."delete_orphan_work"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."delete_orphan_work"(text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."delete_orphan_work"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."meeting_mark"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."meeting_mark"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."meeting_mark"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_missing_meetings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_missing_meetings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_missing_meetings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_sweep"(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_sweep"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_sweep"(text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."replace_missing_meetings"(text, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."replace_missing_meetings"(text, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."replace_missing_meetings"(text, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sweep_finding"(public.meetings, text, text, timestamp WITH time zone, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sweep_finding"(public.meetings, text, text, timestamp WITH time zone, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sweep_finding"(public.meetings, text, text, timestamp WITH time zone, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sweep_meetings"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sweep_meetings"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sweep_meetings"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sweep_work"(text, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sweep_work"(text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sweep_work"(text, integer) TO "postgres";
