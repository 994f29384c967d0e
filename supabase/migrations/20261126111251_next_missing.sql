SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.is_next_missing (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_next_missing.booking).status = 'completed'
    and exists (
      select from public.coaches
      join public.profiles as client on client.id = (is_next_missing.booking).client_id and client.deleted_at is null
      where coaches.id = (is_next_missing.booking).coach_id and coaches.status = 'approved'
    )
    and not exists (
      select from public.bookings as other
      where other.client_id = (is_next_missing.booking).client_id
        and other.coach_id = (is_next_missing.booking).coach_id
        and other.starts_at > (is_next_missing.booking).starts_at
        and private.shown_status(other) in ('held', 'requested', 'confirmed', 'completed')
    );
$function$;
