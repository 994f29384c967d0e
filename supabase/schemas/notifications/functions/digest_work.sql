/*
 * What `dispatch` needs to write a digest: to whom, and the facts of each notice in it that still holds and
 * is still wanted, the oldest first. Null when there is none, or it is within quiet hours and no worker was
 * given it yet.
 */
create function private.digest_work(digest_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'digest_id', digests.id,
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'unsubscribe_token', private.unsubscribe_token(recipient.id, 'digest'),
    'notices', listed.facts
  )
  from private.digests
  join public.profiles as recipient on recipient.id = digests.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  cross join lateral (
    select jsonb_agg(private.notice_facts(notice) order by notice.created_at, notice.id) as facts
    from private.digest_notices(digests.id) as notice
  ) as listed
  where digests.id = digest_work.digest_id
    and listed.facts is not null
    and (digests.handed_at is not null or private.quiet_until(recipient, now()) is null);
$$;

/*
 * The notices in a digest that was not sent, as far as they hold and are wanted now. None of one that may have
 * left so long ago that it would leave a second time: it has nothing that can't be missed.
 */
create function private.digest_notices(digest_id uuid)
returns setof public.notifications
language sql
stable
set search_path = ''
as $$
  select notifications.*
  from private.digests
  join public.notifications on notifications.digest_id = digests.id
  where digests.id = digest_notices.digest_id
    and private.is_key_over(digests.handed_at) is not true
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and private.decision_of(notifications) <> 'skip';
$$;

/*
 * Notes which notices a digest told of; the others in it are left out. Of none (null), while some still
 * hold, it waits for the end of quiet hours.
 */
create function private.record_digest(digest_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if record_digest.result is null and exists (select from private.digest_notices(record_digest.digest_id)) then
    perform private.put_back('mail_digest:' || digests.id, digests.recipient_id, digests.handed_at)
    from private.digests
    where digests.id = record_digest.digest_id;
    return;
  end if;

  update public.notifications
  set sent_at = case when record_digest.result -> 'notification_ids' ? notifications.id::text then now() end,
      skipped_at = case when record_digest.result -> 'notification_ids' ? notifications.id::text then null else now() end
  where notifications.digest_id = record_digest.digest_id
    and notifications.sent_at is null
    and notifications.skipped_at is null;

  perform case
      when record_digest.result is not null
        then private.record_mail(digests.recipient_id, 'digest', null, digests.id, record_digest.result)
      when digests.handed_at is not null
        then private.record_unsent_mail(jsonb_build_object('digest_id', digests.id))
    end
  from private.digests
  where digests.id = record_digest.digest_id;
end;
$$;
