/*
 * What a mail about a decision says, as an object to add to mail_work's; null for every other notification. To
 * whoever reported, and to the two whom it is between, of whom one wrote it.
 */
create function private.mail_decision(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('decision', jsonb_build_object(
    'subject', about.subject,
    'is_removed', decided.decision = 'remove',
    'reason', decided.reason,
    'is_author', (mail_decision.notification).kind = 'review_decided'
      and exists (
        select from public.reviews
        where reviews.id = (mail_decision.notification).subject_id
          and reviews.author_id = (mail_decision.notification).recipient_id
      )
  ))
  from (
    select reports.subject, reports.subject_id
    from public.reports
    where (mail_decision.notification).kind = 'report_decided' and reports.id = (mail_decision.notification).subject_id
    union all
    select 'review', (mail_decision.notification).subject_id
    where (mail_decision.notification).kind = 'review_decided'
  ) as about
  cross join lateral private.last_decision(about.subject, about.subject_id) as decided;
$$;
