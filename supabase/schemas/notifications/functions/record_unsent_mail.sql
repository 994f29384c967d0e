/*
 * Notes that a mail was given up: Resend refuses it (Refused), or nobody knows whether it left, since no worker
 * that was given it said so (Unknown). Nobody knows what it was to be called either, so it goes by what it is about.
 * `payload` is that of its row in the outbox. Sent after all, once an admin has mended what was wrong, it becomes
 * one that was sent (record_mail).
 */
create function private.record_unsent_mail(payload jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.mails (recipient_id, kind, notification_id, subject, failure)
  select notifications.recipient_id, notifications.kind, notifications.id, coalesce(groups.title, 'A mail'),
    case when notifications.handed_at is null then 'Refused' else 'Unknown' end
  from public.notifications
  join public.notification_kinds as kinds on kinds.kind = notifications.kind
  left join public.notification_groups as groups on groups.group_name = kinds.group_name
  where notifications.id = (record_unsent_mail.payload ->> 'notification_id')::uuid
    and notifications.channel = 'mail'
  on conflict (notification_id) do update set failure = excluded.failure
  where mails.failure in ('Refused', 'Unknown');

  insert into public.mails (recipient_id, kind, digest_id, subject, failure)
  select digests.recipient_id, 'digest', digests.id, 'A summary',
    case when digests.handed_at is null then 'Refused' else 'Unknown' end
  from private.digests
  where digests.id = (record_unsent_mail.payload ->> 'digest_id')::uuid
  on conflict (digest_id) do update set failure = excluded.failure
  where mails.failure in ('Refused', 'Unknown');
$$;
