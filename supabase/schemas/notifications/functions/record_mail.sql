/*
 * Notes that a mail was sent: a notice's, or a digest's (the other id is null). `result` has its subject and
 * Resend's id, which is null when it was sent before; a worker of an older version says no subject. A second time changes
 * nothing, but that one which was given up before is sent now. What became of it may have been told already.
 */
create function private.record_mail(recipient_id uuid, kind text, notification_id uuid, digest_id uuid, result jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.mails (recipient_id, kind, notification_id, digest_id, subject, resend_id)
  values (
    record_mail.recipient_id, record_mail.kind, record_mail.notification_id, record_mail.digest_id,
    coalesce(record_mail.result ->> 'subject', ''), record_mail.result ->> 'mail_id'
  )
  on conflict do nothing;

  update public.mails
  set subject = record_mail.result ->> 'subject', resend_id = record_mail.result ->> 'mail_id', sent_at = now(), failure = null
  where mails.failure in ('Refused', 'Unknown')
    and (mails.notification_id = record_mail.notification_id or mails.digest_id = record_mail.digest_id)
    and record_mail.result ? 'subject';

  select private.note_mail_events(record_mail.result ->> 'mail_id');
$$;
