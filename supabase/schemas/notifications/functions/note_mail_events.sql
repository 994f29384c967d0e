/*
 * Brings a mail up to all that Resend has told of it, by its id there. Events come in any order, twice, and
 * before the mail itself is written down; of each kind the first moment stands. To be called after the event
 * or the mail was written: the lock makes the one that comes second see the other.
 */
create function private.note_mail_events(resend_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('mail:' || note_mail_events.resend_id, 0));

  update public.mails
  set delivered_at = least(mails.delivered_at, told.delivered_at),
      delayed_at = least(mails.delayed_at, told.delayed_at),
      bounced_at = least(mails.bounced_at, told.bounced_at),
      complained_at = least(mails.complained_at, told.complained_at),
      failure = coalesce(mails.failure, told.failure)
  from (
    select
      min(event.at) filter (where event.type = 'email.delivered') as delivered_at,
      min(event.at) filter (where event.type = 'email.delivery_delayed') as delayed_at,
      min(event.at) filter (where event.type in ('email.bounced', 'email.suppressed')) as bounced_at,
      min(event.at) filter (where event.type = 'email.complained') as complained_at,
      min(event.failure) as failure
    from (
      select webhook_events.type, (webhook_events.payload ->> 'created_at')::timestamptz as at,
        case webhook_events.type
          when 'email.bounced' then coalesce(webhook_events.payload #>> '{data,bounce,type}', 'Undetermined')
          when 'email.suppressed' then 'Suppressed'
          when 'email.failed' then 'Failed'
        end as failure
      from private.webhook_events
      where webhook_events.provider = 'resend'
        and webhook_events.payload -> 'data' ->> 'email_id' = note_mail_events.resend_id
    ) as event
  ) as told
  where mails.resend_id = note_mail_events.resend_id;
$$;
