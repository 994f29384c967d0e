SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION public.review_to_report (
  review_id uuid
)
  RETURNS TABLE (
    author_name text,
    rating      numeric,
    body        text,
    coach_slug  text,
    booking_id  uuid,
    is_reported boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select reviews.author_name, reviews.rating, reviews.body, coaches.slug,
    -- The way back of the two whom it is between; null for others.
    case when private.booking_party(bookings) is not null then bookings.id end,
    exists (
      select from public.reports
      where reports.subject = 'review'
        and reports.subject_id = reviews.id
        and reports.reporter_id = private.current_profile_id()
    )
  from public.reviews
  join public.coaches on coaches.id = reviews.coach_id
  join public.bookings on bookings.id = reviews.booking_id
  where reviews.id = review_to_report.review_id
    and private.is_reportable('review', reviews.id);
$function$;

REVOKE ALL ON FUNCTION "public"."review_to_report"(uuid) FROM PUBLIC, "anon", "service_role";

GRANT EXECUTE ON FUNCTION "public"."review_to_report"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."review_to_report"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_to_report"(uuid) TO "postgres";
