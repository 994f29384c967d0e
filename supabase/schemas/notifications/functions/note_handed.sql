/*
 * Notes that a worker is given a mail to send: a notice's, or a digest's. From then on nobody knows whether it
 * left until a worker says so. What a digest left out when it was given first, it never has: a mail of the same
 * key says what the first one said. `payload` is that of its row in the outbox.
 */
create function private.note_handed(payload jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.notifications
  set handed_at = now()
  where notifications.id = (note_handed.payload ->> 'notification_id')::uuid
    and (notifications.handed_at is null or private.is_key_over(notifications.handed_at));

  update private.digests
  set handed_at = now()
  where digests.id = (note_handed.payload ->> 'digest_id')::uuid
    and digests.handed_at is null;

  update public.notifications
  set skipped_at = now()
  where notifications.digest_id = (note_handed.payload ->> 'digest_id')::uuid
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and private.decision_of(notifications) = 'skip';
$$;

/*
 * Notes that no worker that was given a mail has sent it: Resend refused it, or wanted it later. `payload` as
 * for note_handed.
 */
create function private.note_not_sent(payload jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.notifications
  set handed_at = null
  where notifications.id = (note_not_sent.payload ->> 'notification_id')::uuid;

  update private.digests
  set handed_at = null
  where digests.id = (note_not_sent.payload ->> 'digest_id')::uuid;
$$;

/*
 * Whether Resend may have forgotten a mail that was given to a worker then, and would send it a second time: it
 * knows a key for 24 hours (https://resend.com/docs/dashboard/emails/idempotency-keys). An hour less, for what
 * passes between asking what to send and sending it.
 */
create function private.is_key_over(handed_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select is_key_over.handed_at < now() - interval '23 hours';
$$;
