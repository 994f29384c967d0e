/*
 * Notes that a mail was sent: a notice's, or a digest's (the other id is null). `result` has its subject and
 * Resend's id, which is null when it was sent before; a worker of an older version says no subject. A second time changes nothing.
 * What became of it may have been told already.
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

  select private.note_mail_events(record_mail.result ->> 'mail_id');
$$;
