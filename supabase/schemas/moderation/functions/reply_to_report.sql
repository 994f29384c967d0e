/*
 * A coach's reply to a review that the asker may report, and whether they have and wait for a decision; no row for any
 * other, which looks the same as one that does not exist.
 *
 * Security definer: the words are granted to nobody.
 */
create function public.reply_to_report(review_id uuid)
returns table (author_name text, body text, coach_slug text, booking_id uuid, is_reported boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select coaches.display_name, reviews.reply, coaches.slug,
    -- The way back of who wrote the review; null for others.
    case when reviews.author_id = private.current_profile_id() then reviews.booking_id end,
    exists (
      select from public.reports
      where reports.subject = 'reply'
        and reports.subject_id = reviews.id
        and reports.reporter_id = private.current_profile_id()
        and private.is_undecided(reports)
    )
  from public.reviews
  join public.coaches on coaches.id = reviews.coach_id
  where reviews.id = reply_to_report.review_id
    and private.is_reportable('reply', reviews.id);
$$;

grant execute on function public.reply_to_report(uuid) to authenticated;
