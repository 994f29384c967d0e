/*
 * What was reported and waits for a decision, the oldest first: what it says, of whom it is, why it was reported.
 * After looking at it: `select admin.decide_report('…', 'keep', 'It tells how a session went.')`.
 */
create view admin.moderation_queue
with (security_invoker = true)
as
select reports.id as report_id, reports.created_at as reported_at, reports.subject, reports.subject_id,
  private.reported_words(reports) as words, private.shown_name(author) as author,
  reports.reason, private.shown_name(reporter) as reporter,
  (
    select count(*) from public.reports as others
    where others.subject = reports.subject and others.subject_id = reports.subject_id
  ) as times_reported
from public.reports
join public.profiles as reporter on reporter.id = reports.reporter_id
left join public.profiles as author on author.id = private.reported_author(reports)
where private.is_undecided(reports)
order by reports.created_at, reports.id;

comment on view admin.moderation_queue is 'What was reported and waits for a decision.';
