SET local check_function_bodies = off;

DROP FUNCTION "public"."join_meeting"(uuid);

CREATE OR REPLACE FUNCTION public.join_meeting (
  booking_id uuid
)
  RETURNS TABLE (
    meeting_id      uuid,
    profile_id      uuid,
    zoom_meeting_id text,
    join_url        text,
    first_name      text,
    last_name       text,
    customer_key    text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select meetings.id, profiles.id, meetings.zoom_meeting_id, meeting_registrants.join_url,
    profiles.first_name, profiles.last_name, private.customer_key(profiles.id)
  from private.open_meeting(join_meeting.booking_id) as meetings
  join public.profiles on profiles.id = private.current_profile_id()
  left join private.meeting_registrants
    on meeting_registrants.meeting_id = meetings.id
    and meeting_registrants.profile_id = profiles.id;
$function$;

REVOKE ALL ON FUNCTION "public"."join_meeting"(uuid) FROM PUBLIC, "anon", "service_role";

GRANT EXECUTE ON FUNCTION "public"."join_meeting"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."join_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."join_meeting"(uuid) TO "postgres";
