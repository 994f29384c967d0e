SET local check_function_bodies = off;

DROP FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer);

ALTER TABLE "private"."meeting_hosts"
  ADD COLUMN "limit_ends_at" timestamp(6) WITH time zone;

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
  order by coalesce(meeting_hosts.limit_ends_at > now(), false), (
    select count(*) from public.meetings as given
    where given.host_id = meeting_hosts.zoom_user_id
      and given.created_at >= date_trunc('day', now(), 'UTC')
  ), meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings set host_id = v_host_id where meetings.id = v_meeting.id;

  return v_host_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rest_host (
  meeting_id uuid,
  seconds    integer
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_other_id text;
begin
  perform private.lock_hosts();

  select * into v_meeting
  from public.meetings
  where meetings.id = rest_host.meeting_id
    and meetings.status = 'pending'
    and meetings.zoom_meeting_id is null
  for update;

  update private.meeting_hosts
  set limit_ends_at = now() + make_interval(secs => rest_host.seconds)
  where meeting_hosts.zoom_user_id = v_meeting.host_id;

  select meeting_hosts.zoom_user_id into v_other_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and coalesce(meeting_hosts.limit_ends_at <= now(), true)
    and private.is_host_free(meeting_hosts.zoom_user_id, v_meeting.starts_at, v_meeting.ends_at, v_meeting.id)
  order by meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings
  set host_id = v_other_id
  where meetings.id = v_meeting.id
    and v_other_id is not null;

  return found;
end;
$function$;

CREATE OR REPLACE FUNCTION public.fail_outbox (
  outbox_id           bigint,
  error               text,
  is_permanent        boolean DEFAULT false,
  retry_after_seconds integer DEFAULT NULL::integer
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
    and outbox.status = 'pending'
  returning * into v_row;

  -- A limit of a second is over in moments, that of a host's day at midnight (UTC).
  if v_row.topic = 'zoom.create_meeting' and fail_outbox.retry_after_seconds > 600
    and private.rest_host((v_row.payload ->> 'meeting_id')::uuid, fail_outbox.retry_after_seconds) then
    update private.outbox set run_after = now() where outbox.id = v_row.id;
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) FROM PUBLIC, "anon", "authenticated";

REVOKE ALL ON FUNCTION "private"."rest_host"(uuid, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."rest_host"(uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."rest_host"(uuid, integer) TO "postgres";

REVOKE ALL ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) TO "service_role";
