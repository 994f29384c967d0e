SET local check_function_bodies = off;

DROP FUNCTION "private"."put_back"(text, uuid);

DROP FUNCTION "private"."record_refused_mail"(jsonb);

ALTER TABLE "private"."digests"
  ADD COLUMN "handed_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."notifications"
  ADD COLUMN "handed_at" timestamp(6) WITH time zone;

CREATE OR REPLACE FUNCTION private.decision_of (
  notification public.notifications
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when recipient.deleted_at is not null or not kinds.is_enabled then 'skip'
    when delivery = 'never' or not private.is_still_true(decision_of.notification) then 'skip'
    when (decision_of.notification).channel = 'mail' and private.is_mail_stopped(decision_of.notification) then 'skip'
    when private.is_key_over((decision_of.notification).handed_at) and not coalesce(groups.is_transactional, true) then 'skip'
    when (decision_of.notification).handed_at is not null then 'send'
    when delivery in ('daily', 'weekly') then 'hold'
    when (decision_of.notification).channel = 'mail' and not kinds.is_urgent and private.quiet_until(recipient, now()) is not null then 'wait'
    else 'send'
  end
  from public.profiles as recipient
  join public.notification_kinds as kinds on kinds.kind = (decision_of.notification).kind
  left join public.notification_groups as groups on groups.group_name = kinds.group_name
  cross join private.delivery_of(decision_of.notification) as delivery
  where recipient.id = (decision_of.notification).recipient_id;
$function$;

CREATE OR REPLACE FUNCTION private.digest_notices (
  digest_id uuid
)
  RETURNS SETOF public.notifications
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select notifications.*
  from private.digests
  join public.notifications on notifications.digest_id = digests.id
  where digests.id = digest_notices.digest_id
    and private.is_key_over(digests.handed_at) is not true
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and private.decision_of(notifications) <> 'skip';
$function$;

CREATE OR REPLACE FUNCTION private.digest_work (
  digest_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.due_credits_end (
  rule public.notification_rules
)
  RETURNS TABLE (
    recipient_id uuid,
    subject_id   uuid,
    booking_id   uuid,
    version      integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.client_id, private.package_id(orders), null::uuid, 1
  from private.due_moments(due_credits_end.rule) as due
  join public.orders
    on orders.credits_end_at > greatest(due.after_at, now())
    and orders.credits_end_at <= due.until_at
    and orders.paid_at <= orders.credits_end_at + make_interval(mins => (due_credits_end.rule).offset_minutes)
  where private.is_package(orders)
    and private.credits_left(orders.id) > 0;
$function$;

CREATE OR REPLACE FUNCTION private.due_message_unanswered (
  rule public.notification_rules
)
  RETURNS TABLE (
    recipient_id uuid,
    subject_id   uuid,
    booking_id   uuid,
    version      integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select owes.profile_id, conversations.id, null::uuid, first.seq::integer
  from private.due_moments(due_message_unanswered.rule) as due
  join public.messages as first on first.created_at > due.after_at and first.created_at <= due.until_at
  join public.conversations on conversations.id = first.conversation_id
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select case (due_message_unanswered.rule).recipient when 'coach' then coaches.profile_id else conversations.client_id end as profile_id
  ) as owes
  where first.sender_id <> owes.profile_id
    and first.deleted_at is null
    and first.removed_at is null
    and conversations.closed_at is null
    and not private.is_blocked(conversations)
    and not exists (select from public.profiles where profiles.id = first.sender_id and profiles.deleted_at is not null)
    and first.sender_id is distinct from (
      select before.sender_id
      from public.messages as before
      where before.conversation_id = first.conversation_id
        and before.seq < first.seq
        and before.deleted_at is null
        and before.removed_at is null
      order by before.seq desc
      limit 1
    )
    and not exists (
      select from public.messages as answer
      where answer.conversation_id = first.conversation_id
        and answer.seq > first.seq
        and answer.sender_id = owes.profile_id
        and answer.deleted_at is null
        and answer.removed_at is null
    );
$function$;

CREATE OR REPLACE FUNCTION private.is_answer_owed (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.messages
    join public.conversations on conversations.id = messages.conversation_id
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq = (is_answer_owed.notification).version
      and messages.deleted_at is null
      and messages.removed_at is null
      and conversations.closed_at is null
      and not private.is_blocked(conversations)
      and not exists (select from public.profiles where profiles.id = messages.sender_id and profiles.deleted_at is not null)
  ) and not exists (
    select from public.messages
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq > (is_answer_owed.notification).version
      and messages.sender_id = (is_answer_owed.notification).recipient_id
      and messages.deleted_at is null
      and messages.removed_at is null
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_key_over (
  handed_at timestamp with time zone
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select is_key_over.handed_at < now() - interval '23 hours';
$function$;

CREATE OR REPLACE FUNCTION private.note_handed (
  payload jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.note_not_sent (
  payload jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.notifications
  set handed_at = null
  where notifications.id = (note_not_sent.payload ->> 'notification_id')::uuid;

  update private.digests
  set handed_at = null
  where digests.id = (note_not_sent.payload ->> 'digest_id')::uuid;
$function$;

CREATE OR REPLACE FUNCTION private.put_back (
  dedupe_key text,
  profile_id uuid,
  handed_at  timestamp with time zone
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update private.outbox
  set status = 'pending', done_at = null, attempts = outbox.attempts - 1,
      run_after = coalesce((
        select private.quiet_until(profiles, now())
        from public.profiles
        where profiles.id = put_back.profile_id
          and put_back.handed_at is null
      ), now())
  where outbox.dedupe_key = put_back.dedupe_key;
$function$;

CREATE OR REPLACE FUNCTION private.record_digest (
  digest_id uuid,
  result    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.record_mail (
  recipient_id    uuid,
  kind            text,
  notification_id uuid,
  digest_id       uuid,
  result          jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.record_notice (
  notification_id uuid,
  result          jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_notice public.notifications;
begin
  select * into v_notice
  from public.notifications
  where notifications.id = record_notice.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
  for update;

  if not found then
    return;
  end if;

  if record_notice.result is not null then
    update public.notifications
    set sent_at = now(),
        sentence = record_notice.result ->> 'sentence',
        path = record_notice.result ->> 'path'
    where notifications.id = v_notice.id;
    if v_notice.channel = 'in_app' then
      perform private.broadcast_unread(v_notice.recipient_id);
    else
      perform private.record_mail(v_notice.recipient_id, v_notice.kind, v_notice.id, null, record_notice.result);
    end if;
    return;
  end if;

  case private.decision_of(v_notice)
    when 'skip' then
      update public.notifications set skipped_at = now() where notifications.id = v_notice.id;
      perform private.record_unsent_mail(jsonb_build_object('notification_id', v_notice.id))
      where v_notice.handed_at is not null;
    when 'hold' then
      update public.notifications set held_at = now() where notifications.id = v_notice.id;
    else
      perform private.put_back(v_notice.channel || ':' || v_notice.id, v_notice.recipient_id, v_notice.handed_at)
      where v_notice.held_at is null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_unsent_mail (
  payload jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.claim_outbox (
  max_rows      integer,
  lease_seconds integer
)
  RETURNS TABLE (
    id       bigint,
    topic    text,
    attempts integer
  )
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with given_up as (
    update private.outbox
    set status = 'failed', locked_until = null, last_error = 'Every worker that took it died.'
    where outbox.status = 'pending'
      and outbox.attempts >= 12
      and outbox.locked_until <= now()
    returning outbox.topic, outbox.payload
  )
  select private.record_unsent_mail(given_up.payload)
  from given_up
  where given_up.topic in ('mail', 'mail_digest');

  update private.outbox
  set attempts = outbox.attempts + 1,
      locked_until = now() + make_interval(secs => claim_outbox.lease_seconds)
  where outbox.id in (
    select due.id
    from private.outbox as due
    where due.status = 'pending'
      and due.run_after <= now()
      and (due.locked_until is null or due.locked_until <= now())
    order by due.run_after, due.id
    limit claim_outbox.max_rows
    for update skip locked
  )
  returning outbox.id, outbox.topic, outbox.attempts;
$function$;

CREATE OR REPLACE FUNCTION public.fail_outbox (
  outbox_id           bigint,
  error               text,
  is_permanent        boolean DEFAULT false,
  retry_after_seconds integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  -- Whether a mail left is known only of a first attempt: of an earlier one nobody said.
  if fail_outbox.is_permanent or fail_outbox.retry_after_seconds is not null then
    perform private.note_not_sent(outbox.payload)
    from private.outbox
    where outbox.id = fail_outbox.outbox_id
      and outbox.topic in ('mail', 'mail_digest')
      and outbox.status = 'pending'
      and outbox.attempts <= 1;
  end if;

  update private.outbox
  set locked_until = null,
      attempts = outbox.attempts - (fail_outbox.retry_after_seconds is not null)::integer,
      last_error = left(regexp_replace(fail_outbox.error, '[^\s"''<>(]+@[^\s"''<>)]+', '(an address)', 'g'), 500),
      status = case
        when fail_outbox.is_permanent then 'failed'
        when outbox.attempts >= 12 and fail_outbox.retry_after_seconds is null then 'failed'
        else 'pending'
      end::private.outbox_status,
      run_after = now() + make_interval(secs => coalesce(
        fail_outbox.retry_after_seconds,
        least(3600, 10 * power(2, least(outbox.attempts, 10) - 1))
      ))
  where outbox.id = fail_outbox.outbox_id
    and outbox.status = 'pending'
  returning * into v_row;

  if v_row.status = 'failed' and v_row.topic in ('mail', 'mail_digest') then
    perform private.record_unsent_mail(v_row.payload);
  end if;

  -- A limit of a second is over in moments, that of a host's day at midnight (UTC). After an attempt
  -- that was cut off the host may have the meeting already, and keeps it.
  if v_row.topic = 'zoom.create_meeting' and v_row.attempts < 1 and fail_outbox.retry_after_seconds > 600 then
    if private.rest_host((v_row.payload ->> 'meeting_id')::uuid, fail_outbox.retry_after_seconds) then
      update private.outbox set run_after = now() where outbox.id = v_row.id;
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.outbox_work (
  outbox_id bigint
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
  v_work jsonb;
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  v_work := case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'in_app' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'mail_digest' then private.digest_work((v_row.payload ->> 'digest_id')::uuid)
    when 'zoom.create_meeting' then private.create_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_meeting' then private.delete_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.move_meeting' then private.move_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.set_recording' then private.set_recording_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_recording' then private.delete_recording_work((v_row.payload ->> 'recording_id')::uuid)
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_booking' then
      private.cancel_calendly_booking_work((v_row.payload ->> 'calendly_booking_id')::uuid)
    when 'mail_guest' then
      private.guest_mail_work((v_row.payload ->> 'calendly_booking_id')::uuid, v_row.payload ->> 'kind')
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.read_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.read_refund' then v_row.payload
    when 'stripe.read_dispute' then v_row.payload
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.charge_card' then private.charge_work(v_row.payload)
    when 'stripe.end_subscription' then v_row.payload
    when 'storage.remove_files' then private.remove_files_work(v_row.payload ->> 'prefix')
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;

  if v_row.topic in ('mail', 'mail_digest') and v_work ->> 'email' is not null then
    perform private.note_handed(v_row.payload);
  end if;
  return v_work;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."is_key_over"(timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_key_over"(timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_key_over"(timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_handed"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_handed"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_handed"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_not_sent"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_not_sent"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_not_sent"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."put_back"(text, uuid, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."put_back"(text, uuid, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."put_back"(text, uuid, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_unsent_mail"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_unsent_mail"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_unsent_mail"(jsonb) TO "postgres";
