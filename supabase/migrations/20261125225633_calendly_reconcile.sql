SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION public.calendly_events_ahead (
  coach_id uuid
)
  RETURNS SETOF text
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select calendly_events.event_uri
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where bookings.coach_id = calendly_events_ahead.coach_id
    and bookings.status = 'confirmed'
    and bookings.starts_at > now()
    and calendly_events.status = 'created';
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_events_ahead"(uuid) FROM PUBLIC, "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_events_ahead"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_events_ahead"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_events_ahead"(uuid) TO "service_role";
