SET local check_function_bodies = off;

DROP POLICY "Client and coach can listen to their conversation" ON "realtime"."messages";

DROP FUNCTION "private"."record_mail"(uuid, jsonb);

DROP FUNCTION "public"."unread_count"();

CREATE TABLE "private"."digests" (
  "id"           uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "recipient_id" uuid                        NOT NULL,
  "created_at"   timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "digests_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."digests"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."notification_groups" (
  "group_name"       text    NOT NULL,
  "title"            text    NOT NULL,
  "description"      text    NOT NULL,
  "position"         integer NOT NULL,
  "is_required"      boolean NOT NULL DEFAULT false,
  "is_transactional" boolean NOT NULL DEFAULT true,
  CONSTRAINT "notification_groups_pkey" PRIMARY KEY (group_name)
);

ALTER TABLE "public"."notification_groups"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."notification_groups" FROM "anon", "service_role";

CREATE TABLE "public"."notification_preferences" (
  "profile_id" uuid                        NOT NULL,
  "group_name" text                        NOT NULL,
  "channel"    public.notification_channel NOT NULL,
  CONSTRAINT "notification_preferences_pkey" PRIMARY KEY (profile_id, group_name, channel)
);

ALTER TABLE "public"."notification_preferences"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."notification_preferences" FROM "anon", "service_role";

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "digest_at" time(0) WITHOUT time zone NOT NULL DEFAULT '08:00:00'::time WITHOUT time zone;

ALTER TABLE "public"."notification_kinds"
  ADD COLUMN "group_name" text;

ALTER TABLE "public"."notifications"
  ADD COLUMN "held_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."notifications"
  ADD COLUMN "digest_id" uuid;

ALTER TABLE "public"."notifications"
  ADD COLUMN "sentence" text;

ALTER TABLE "public"."notifications"
  ADD COLUMN "path" text;

ALTER TABLE "public"."notifications"
  ADD COLUMN "read_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."profiles"
  ADD COLUMN "quiet_from" time(0) WITHOUT time zone;

ALTER TABLE "public"."profiles"
  ADD COLUMN "quiet_until" time(0) WITHOUT time zone;

CREATE TYPE "public"."notification_delivery" AS ENUM (
  'at_once',
  'daily',
  'weekly',
  'never'
);

ALTER TABLE "public"."notification_preferences"
  ADD COLUMN "delivery" public.notification_delivery NOT NULL;

CREATE OR REPLACE FUNCTION private.broadcast_unread (
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select realtime.send(
    jsonb_build_object('notices', private.unread_notices(broadcast_unread.profile_id)),
    'unread',
    'person:' || broadcast_unread.profile_id,
    true
  );
$function$;

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
    when delivery in ('daily', 'weekly') then 'hold'
    when (decision_of.notification).channel = 'mail' and not kinds.is_urgent and private.quiet_until(recipient) is not null then 'wait'
    else 'send'
  end
  from public.profiles as recipient
  join public.notification_kinds as kinds on kinds.kind = (decision_of.notification).kind
  cross join private.delivery_of(decision_of.notification) as delivery
  where recipient.id = (decision_of.notification).recipient_id;
$function$;

CREATE OR REPLACE FUNCTION private.delivery_of (
  notification public.notifications
)
  RETURNS public.notification_delivery
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce((
    select preference.delivery
    from public.notification_kinds as kinds
    join public.notification_groups as groups on groups.group_name = kinds.group_name
    join public.notification_preferences as preference
      on preference.group_name = groups.group_name
      and preference.profile_id = (delivery_of.notification).recipient_id
      and preference.channel = (delivery_of.notification).channel
    where kinds.kind = (delivery_of.notification).kind
      and (preference.channel = 'in_app' or not groups.is_required)
      and (preference.delivery in ('at_once', 'never') or not groups.is_transactional)
  ), 'at_once');
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
  from public.notifications
  where notifications.digest_id = digest_notices.digest_id
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
    and private.quiet_until(recipient) is null;
$function$;

CREATE OR REPLACE FUNCTION private.forget_words (
  profile_id uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach_id uuid := (select coaches.id from public.coaches where coaches.profile_id = forget_words.profile_id);
begin
  perform private.forget_words_of_sessions(forget_words.profile_id, v_coach_id, forget_words.names);

  update public.orders
  set credits_end_reason = private.without_names(orders.credits_end_reason, forget_words.names)
  where forget_words.profile_id = orders.client_id
    and orders.credits_end_reason is not null;

  -- The hash is of the words as they are kept.
  update public.membership_consents
  set words = kept.words, words_sha256 = encode(sha256(convert_to(kept.words, 'UTF8')), 'hex')
  from (
    select membership_consents.id, private.without_names(membership_consents.words, forget_words.names) as words
    from public.membership_consents
    join public.memberships on memberships.id = membership_consents.membership_id
    where forget_words.profile_id = memberships.client_id or memberships.coach_id = v_coach_id
  ) as kept
  where membership_consents.id = kept.id
    and membership_consents.words <> kept.words;

  update public.payment_plans
  set words = kept.words, words_sha256 = encode(sha256(convert_to(kept.words, 'UTF8')), 'hex')
  from (
    select payment_plans.id, private.without_names(payment_plans.words, forget_words.names) as words
    from public.payment_plans
    where forget_words.profile_id = payment_plans.client_id or payment_plans.coach_id = v_coach_id
  ) as kept
  where payment_plans.id = kept.id
    and payment_plans.words <> kept.words;

  -- What the other party was told of them in the app; what they were told themselves nobody reads again.
  update public.notifications
  set sentence = private.without_names(notifications.sentence, forget_words.names)
  where notifications.sentence is not null
    and notifications.recipient_id in (
      select forget_words.profile_id
      union
      select conversations.client_id from public.conversations where conversations.coach_id = v_coach_id
      union
      select coaches.profile_id
      from public.conversations
      join public.coaches on coaches.id = conversations.coach_id
      where conversations.client_id = forget_words.profile_id
    );

  if v_coach_id is not null then
    perform private.forget_words_of_coach(v_coach_id, forget_words.names);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.last_morning (
  time_zone text,
  delivery  public.notification_delivery
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select max(morning.at)
  from (select (now() at time zone last_morning.time_zone)::date as day) as today
  cross join generate_series(0, 7) as ago
  cross join lateral (
    select (today.day - ago + (private.settings()).digest_at) at time zone last_morning.time_zone as at,
      extract(isodow from today.day - ago) as weekday
  ) as morning
  where morning.at <= now()
    and (last_morning.delivery <> 'weekly' or morning.weekday = 1);
$function$;

CREATE OR REPLACE FUNCTION private.mail_work (
  notification_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.notice_facts(notifications)
  from public.notifications
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and notifications.held_at is null
    and private.decision_of(notifications) = 'send';
$function$;

CREATE OR REPLACE FUNCTION private.notice_facts (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'notification_id', notice.id,
    'kind', notice.kind,
    'version', notice.version,
    'created_at', notice.created_at,
    'told_at', now(),
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notice.subject_id,
    'booking', private.mail_booking(notice_facts.notification)
  ) || coalesce(
    private.mail_opening(notice_facts.notification), private.mail_package(notice_facts.notification),
    private.mail_instalment(notice_facts.notification), private.mail_membership(notice_facts.notification),
    private.mail_dispute(notice_facts.notification), private.mail_conversation(notice_facts.notification),
    private.mail_decision(notice_facts.notification), '{}'
  )
  from (select (notice_facts.notification).*) as notice
  join public.profiles as recipient on recipient.id = notice.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id;
$function$;

CREATE OR REPLACE FUNCTION private.put_back (
  dedupe_key text,
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update private.outbox
  set status = 'pending', done_at = null, attempts = outbox.attempts - 1,
      run_after = coalesce((select private.quiet_until(profiles) from public.profiles where profiles.id = put_back.profile_id), now())
  where outbox.dedupe_key = put_back.dedupe_key;
$function$;

CREATE OR REPLACE FUNCTION private.queue_digests()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_recipient_id uuid;
  v_notice_ids uuid[];
  v_digest_id uuid;
begin
  for v_recipient_id in
    select distinct notifications.recipient_id
    from public.notifications
    where notifications.held_at is not null and notifications.digest_id is null and notifications.skipped_at is null
  loop
    v_notice_ids := array(
      select notifications.id
      from public.notifications
      join public.profiles on profiles.id = notifications.recipient_id
      where notifications.recipient_id = v_recipient_id
        and notifications.held_at is not null
        and notifications.digest_id is null
        and notifications.skipped_at is null
        and notifications.held_at < private.last_morning(profiles.time_zone, private.delivery_of(notifications))
      for update of notifications skip locked
    );
    continue when v_notice_ids = '{}';

    insert into private.digests (recipient_id) values (v_recipient_id) returning digests.id into v_digest_id;
    update public.notifications set digest_id = v_digest_id where notifications.id = any (v_notice_ids);
    perform private.enqueue('mail_digest', 'mail_digest:' || v_digest_id, jsonb_build_object('digest_id', v_digest_id));
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.quiet_until (
  person public.profiles
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when local.is_quiet then (
      local.time::date + (quiet_until.person).quiet_until
      -- Those over midnight end on the next day.
      + make_interval(days => (local.time::time >= (quiet_until.person).quiet_until)::integer)
    ) at time zone (quiet_until.person).time_zone
  end
  from (
    select clock.time, case
      when (quiet_until.person).quiet_from < (quiet_until.person).quiet_until
        then clock.time::time >= (quiet_until.person).quiet_from and clock.time::time < (quiet_until.person).quiet_until
      else clock.time::time >= (quiet_until.person).quiet_from or clock.time::time < (quiet_until.person).quiet_until
    end as is_quiet
    from (select now() at time zone (quiet_until.person).time_zone as time) as clock
  ) as local;
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
    perform private.put_back('mail_digest:' || digests.id, digests.recipient_id)
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
end;
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
    end if;
    return;
  end if;

  case private.decision_of(v_notice)
    when 'skip' then
      update public.notifications set skipped_at = now() where notifications.id = v_notice.id;
    when 'hold' then
      update public.notifications set held_at = now() where notifications.id = v_notice.id;
    else
      perform private.put_back(v_notice.channel || ':' || v_notice.id, v_notice.recipient_id)
      where v_notice.held_at is null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_notifications__queue()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  insert into private.outbox (topic, dedupe_key, payload, run_after)
  select added.channel, added.channel || ':' || added.id, jsonb_build_object('notification_id', added.id), added.run_after
  from added;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.unread_notices (
  profile_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select count(*)::integer
  from public.notifications
  where notifications.recipient_id = unread_notices.profile_id
    and notifications.channel = 'in_app'
    and notifications.sent_at is not null
    and notifications.read_at is null;
$function$;

CREATE OR REPLACE FUNCTION public.complete_outbox (
  outbox_id bigint,
  result    jsonb  DEFAULT NULL::jsonb
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
  update private.outbox
  set status = 'done', done_at = now(), locked_until = null, last_error = null,
      result = private.without_people(complete_outbox.result)
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail', 'in_app' then
      perform private.record_notice((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
    when 'mail_digest' then
      perform private.record_digest((v_row.payload ->> 'digest_id')::uuid, complete_outbox.result);
    when 'zoom.create_meeting' then
      perform private.record_meeting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.move_meeting' then
      perform private.record_meeting_move((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.set_recording' then
      perform private.record_recording_setting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.read_attendance' then
      perform private.record_attendance((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'calendly.create_event' then
      perform private.record_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.cancel_event' then
      perform private.record_cancelled_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.check_hold' then
      perform private.record_hold_check((v_row.payload ->> 'booking_id')::uuid, complete_outbox.result);
    when 'calendly.revoke' then
      perform private.record_calendly_revoked(v_row.payload);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.capture', 'stripe.cancel_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_refund' then
      perform private.record_stripe_refund(complete_outbox.result);
    when 'stripe.submit_evidence', 'stripe.read_dispute' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.charge_card' then
      perform private.record_card_charge(v_row.payload, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting, recording or file leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.mark_notices_read (
  until timestamp with time zone
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  update public.notifications
  set read_at = now()
  where notifications.recipient_id = private.current_profile_id()
    and notifications.channel = 'in_app'
    and notifications.sent_at <= mark_notices_read.until
    and notifications.read_at is null;

  select private.broadcast_unread(private.current_profile_id());
$function$;

REVOKE ALL ON FUNCTION "public"."mark_notices_read"(timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.notification_settings()
  RETURNS TABLE (
    group_name       text,
    title            text,
    description      text,
    is_required      boolean,
    is_transactional boolean,
    mail             public.notification_delivery,
    in_app           boolean,
    quiet_from       time without time zone,
    quiet_until      time without time zone,
    time_zone        text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select groups.group_name, groups.title, groups.description, groups.is_required, groups.is_transactional,
    case when groups.is_required then 'at_once' else coalesce(mail.delivery, 'at_once') end,
    coalesce(in_app.delivery, 'at_once') = 'at_once',
    profiles.quiet_from, profiles.quiet_until, profiles.time_zone
  from public.profiles
  cross join public.notification_groups as groups
  left join public.notification_preferences as mail
    on mail.profile_id = profiles.id and mail.group_name = groups.group_name and mail.channel = 'mail'
  left join public.notification_preferences as in_app
    on in_app.profile_id = profiles.id and in_app.group_name = groups.group_name and in_app.channel = 'in_app'
  where profiles.id = private.current_profile_id()
    and (private.current_coach_id() is not null or groups.group_name <> 'practice')
  order by groups.position;
$function$;

REVOKE ALL ON FUNCTION "public"."notification_settings"() FROM PUBLIC, "anon", "service_role";

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
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  return case v_row.topic
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
end;
$function$;

CREATE OR REPLACE FUNCTION public.read_notice (
  notification_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_path text;
begin
  update public.notifications
  set read_at = coalesce(notifications.read_at, now())
  where notifications.id = read_notice.notification_id
    and notifications.recipient_id = private.current_profile_id()
    and notifications.channel = 'in_app'
    and notifications.sent_at is not null
  returning notifications.path into v_path;

  if not found then
    raise exception 'This notification does not exist.' using errcode = 'NTNFD';
  end if;

  perform private.broadcast_unread(private.current_profile_id());
  return v_path;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."read_notice"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_notification_settings (
  choices     jsonb,
  quiet_from  time without time zone DEFAULT NULL::time WITHOUT time zone,
  quiet_until time without time zone DEFAULT NULL::time WITHOUT time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_person public.profiles := private.require_profile();
  v_title text;
begin
  if (save_notification_settings.quiet_from is null) <> (save_notification_settings.quiet_until is null)
    or save_notification_settings.quiet_from = save_notification_settings.quiet_until then
    raise exception 'Choose from when and until when it is quiet, or neither.' using errcode = 'NTQUI';
  end if;

  if exists (
    select
    from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail text, in_app boolean)
    left join public.notification_groups as groups on groups.group_name = choice.group_name
    where groups.group_name is null
      or choice.mail not in ('at_once', 'daily', 'weekly', 'never')
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_required and choice.mail <> 'at_once'
  limit 1;
  if found then
    raise exception '%: we have to send you these in writing.', v_title using errcode = 'NTREQ', detail = v_title;
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_transactional and choice.mail in ('daily', 'weekly')
  limit 1;
  if found then
    raise exception '%: these cannot wait for a summary.', v_title using errcode = 'NTDIG', detail = v_title;
  end if;

  insert into public.notification_preferences (profile_id, group_name, channel, delivery)
  select v_person.id, choice.group_name, told.channel, told.delivery
  from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail public.notification_delivery, in_app boolean)
  cross join lateral (
    values
      ('mail'::public.notification_channel, choice.mail),
      ('in_app', case when choice.in_app then 'at_once' else 'never' end::public.notification_delivery)
  ) as told (channel, delivery)
  where told.delivery is not null
  on conflict (profile_id, group_name, channel) do update set delivery = excluded.delivery;

  update public.profiles
  set quiet_from = save_notification_settings.quiet_from, quiet_until = save_notification_settings.quiet_until
  where profiles.id = v_person.id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_notification_settings"(jsonb, time WITHOUT time zone, time WITHOUT time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.unread_counts()
  RETURNS TABLE (
    messages integer,
    notices  integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select (
      select coalesce(sum(conversations.last_seq - coalesce(conversation_reads.last_read_seq, 0)), 0)::integer
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = private.current_profile_id()
      where conversations.client_id = private.current_profile_id()
        or conversations.coach_id = private.current_coach_id()
    ),
    private.unread_notices(private.current_profile_id());
$function$;

REVOKE ALL ON FUNCTION "public"."unread_counts"() FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."digests"
  ADD CONSTRAINT "digests_recipient_id_fkey" FOREIGN KEY (recipient_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notification_kinds"
  ADD CONSTRAINT "notification_kinds_group_name_fkey" FOREIGN KEY (group_name) REFERENCES public.notification_groups(group_name) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notification_preferences"
  ADD CONSTRAINT "notification_preferences_group_name_fkey" FOREIGN KEY (group_name) REFERENCES public.notification_groups(group_name) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notification_preferences"
  ADD CONSTRAINT "notification_preferences_in_app_is_on_or_off"
    CHECK (((channel = 'mail'::public.notification_channel) OR (delivery = ANY (ARRAY['at_once'::public.notification_delivery, 'never'::public.notification_delivery]))));

ALTER TABLE "public"."notification_preferences"
  ADD CONSTRAINT "notification_preferences_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notifications"
  ADD CONSTRAINT "notifications_digest_id_fkey" FOREIGN KEY (digest_id) REFERENCES private.digests(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notifications"
  ADD CONSTRAINT "notifications_in_app_says_something" CHECK (((channel = 'mail'::public.notification_channel) OR (sent_at IS NULL) OR ((sentence IS NOT NULL) AND (path IS
    NOT NULL))));

ALTER TABLE "public"."profiles"
  ADD CONSTRAINT "profiles_quiet_hours" CHECK ((((quiet_from IS NULL) = (quiet_until IS NULL)) AND (quiet_from <> quiet_until)));

CREATE INDEX digests_recipient_id_idx ON private.digests USING btree (recipient_id);

CREATE INDEX notification_kinds_group_name_idx ON public.notification_kinds USING btree (group_name);

CREATE INDEX notification_preferences_group_name_idx ON public.notification_preferences USING btree (group_name);

CREATE INDEX notifications_digest_id_idx ON public.notifications USING btree (digest_id);

CREATE INDEX notifications_held_idx ON public.notifications USING btree (recipient_id)
  WHERE ((held_at IS NOT NULL) AND (digest_id IS NULL) AND (skipped_at IS NULL));

CREATE INDEX notifications_inbox_idx ON public.notifications USING btree (recipient_id, sent_at DESC, id)
  WHERE ((channel = 'in_app'::public.notification_channel) AND (sent_at IS NOT NULL));

CREATE INDEX notifications_unread_idx ON public.notifications USING btree (recipient_id)
  WHERE ((channel = 'in_app'::public.notification_channel) AND (sent_at IS NOT NULL) AND (read_at IS NULL));

CREATE POLICY "Nobody reads digests over the API" ON "private"."digests"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "People can view what they can choose about" ON "public"."notification_groups"
  FOR SELECT
  TO "authenticated"
  USING (true);

CREATE POLICY "People can view what they chose" ON "public"."notification_preferences"
  FOR SELECT
  TO "authenticated"
  USING ((profile_id = ( SELECT private.current_profile_id() AS current_profile_id)));

CREATE POLICY "People can listen to their conversations and their notices" ON "realtime"."messages"
  FOR SELECT
  TO "authenticated"
  USING
    (((( SELECT realtime.topic() AS topic) = ('person:'::text || ( SELECT private.current_profile_id() AS current_profile_id))) OR (( SELECT realtime.topic() AS topic) IN ( SELECT
    ('conversation:'::text || conversations.id)
   FROM public.conversations))));

COMMENT ON TABLE "private"."digests" IS 'One mail that lists what waited for it. Each notice is in one digest, or in none.';

COMMENT ON TABLE "public"."notification_groups" IS 'What people choose about on their settings page: kinds that belong together.';

COMMENT ON TABLE "public"."notification_preferences" IS 'How somebody wants to be told of what a group has. Without a row: at once.';

REVOKE ALL ON FUNCTION "private"."broadcast_unread"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."broadcast_unread"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."broadcast_unread"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."decision_of"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decision_of"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decision_of"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."delivery_of"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."delivery_of"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."delivery_of"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."digest_notices"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."digest_notices"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."digest_notices"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."digest_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."digest_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."digest_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."last_morning"(text, public.notification_delivery) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."last_morning"(text, public.notification_delivery) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."last_morning"(text, public.notification_delivery) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notice_facts"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notice_facts"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notice_facts"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."put_back"(text, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."put_back"(text, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."put_back"(text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."queue_digests"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."queue_digests"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."queue_digests"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."quiet_until"(public.profiles) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."quiet_until"(public.profiles) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."quiet_until"(public.profiles) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_digest"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_digest"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_digest"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_notice"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_notice"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_notice"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unread_notices"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unread_notices"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unread_notices"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."mark_notices_read"(timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."mark_notices_read"(timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."mark_notices_read"(timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."notification_settings"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."notification_settings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."notification_settings"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."read_notice"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."read_notice"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."read_notice"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_notification_settings"(jsonb, time WITHOUT time zone, time WITHOUT time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_notification_settings"(jsonb, time WITHOUT time zone, time WITHOUT time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_notification_settings"(jsonb, time WITHOUT time zone, time WITHOUT time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_counts"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."unread_counts"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_counts"() TO "postgres";

REVOKE ALL ON TABLE "public"."notification_groups" FROM "authenticated";

GRANT SELECT ON TABLE "public"."notification_groups" TO "authenticated";

REVOKE ALL ON TABLE "public"."notification_preferences" FROM "authenticated";

GRANT SELECT ON TABLE "public"."notification_preferences" TO "authenticated";
