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

/*
 * Messages that sound as if payment moves off the platform, the newest first, and how many of the kind their sender
 * wrote in 90 days. Both parties read beside it why to pay here; nobody is stopped by it.
 */
create view admin.payment_hints
with (security_invoker = true)
as
select messages.created_at as sent_at, messages.conversation_id, messages.id as message_id,
  private.shown_name(sender) as sender, sender.id = conversations.client_id as is_client, messages.body,
  (
    select count(*) from public.messages as others
    where others.sender_id = messages.sender_id
      and others.has_payment_hint
      and others.created_at > now() - interval '90 days'
  ) as times_in_90_days
from public.messages
join public.conversations on conversations.id = messages.conversation_id
join public.profiles as sender on sender.id = messages.sender_id
where messages.has_payment_hint
order by messages.created_at desc, messages.id;

comment on view admin.payment_hints is 'Messages that sound as if payment moves off the platform.';
