/*
 * A review that the asker may report, as they see it, and whether they have and wait for a decision; no row for any other, which looks the
 * same as one that does not exist.
 *
 * Security definer: the words are granted to nobody.
 */
create function public.review_to_report(review_id uuid)
returns table (author_name text, rating numeric, body text, coach_slug text, booking_id uuid, is_reported boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select reviews.author_name, reviews.rating, reviews.body, coaches.slug,
    -- The way back of the two whom it is between; null for others.
    case when private.booking_party(bookings) is not null then bookings.id end,
    exists (
      select from public.reports
      where reports.subject = 'review'
        and reports.subject_id = reviews.id
        and reports.reporter_id = private.current_profile_id()
        and private.is_undecided(reports)
    )
  from public.reviews
  join public.coaches on coaches.id = reviews.coach_id
  join public.bookings on bookings.id = reviews.booking_id
  where reviews.id = review_to_report.review_id
    and private.is_reportable('review', reviews.id);
$$;

grant execute on function public.review_to_report(uuid) to authenticated;
