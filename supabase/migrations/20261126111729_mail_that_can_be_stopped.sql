SET local check_function_bodies = off;

DROP FUNCTION "public"."unread_counts"();

CREATE TABLE "public"."mails" (
  "id"              uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "recipient_id"    uuid                        NOT NULL,
  "kind"            text                        NOT NULL,
  "subject"         text                        NOT NULL,
  "notification_id" uuid,
  "digest_id"       uuid,
  "resend_id"       text,
  "sent_at"         timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "delivered_at"    timestamp(6) with time zone,
  "delayed_at"      timestamp(6) with time zone,
  "bounced_at"      timestamp(6) with time zone,
  "complained_at"   timestamp(6) with time zone,
  "failure"         text,
  CONSTRAINT "mails_pkey" PRIMARY KEY (id),
  CONSTRAINT "mails_say_one_thing" CHECK ((num_nonnulls(notification_id, digest_id) = 1))
);

ALTER TABLE "public"."mails"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."mails" FROM "anon", "service_role";

ALTER TABLE "public"."profile_contacts"
  ADD COLUMN "mail_stopped_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."mail_stop" AS ENUM (
  'bounce',
  'complaint'
);

ALTER TABLE "public"."profile_contacts"
  ADD COLUMN "mail_stopped_by" public.mail_stop;

ALTER TABLE "public"."profile_contacts"
  ADD COLUMN "mail_confirmed_at" timestamp(6) WITH time zone;

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
      and (
        not groups.is_required
        or preference.channel = 'in_app' and not private.is_mail_stopped(delivery_of.notification)
      )
      and (preference.delivery in ('at_once', 'never') or not groups.is_transactional)
  ), 'at_once');
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

  update public.mails
  set subject = private.without_names(mails.subject, forget_words.names)
  where mails.recipient_id in (
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

CREATE OR REPLACE FUNCTION private.is_mail_stopped (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.profile_contacts
    join public.notification_kinds as kinds on kinds.kind = (is_mail_stopped.notification).kind
    left join public.notification_groups as groups on groups.group_name = kinds.group_name
    where profile_contacts.profile_id = (is_mail_stopped.notification).recipient_id
      and (
        profile_contacts.mail_stopped_by = 'bounce'
        or profile_contacts.mail_stopped_by = 'complaint' and not coalesce(groups.is_required, true)
      )
  );
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
    || jsonb_build_object('unsubscribe_token', private.unsubscribe_token(notifications))
  from public.notifications
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and notifications.held_at is null
    and private.decision_of(notifications) = 'send';
$function$;

CREATE OR REPLACE FUNCTION private.note_mail_events (
  resend_id text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
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

  perform private.record_mail(digests.recipient_id, 'digest', null, digests.id, record_digest.result)
  from private.digests
  where digests.id = record_digest.digest_id
    and record_digest.result is not null;
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
    when 'hold' then
      update public.notifications set held_at = now() where notifications.id = v_notice.id;
    else
      perform private.put_back(v_notice.channel || ':' || v_notice.id, v_notice.recipient_id)
      where v_notice.held_at is null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.save_choices (
  profile_id uuid,
  choices    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_title text;
begin
  if exists (
    select
    from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text, in_app boolean)
    left join public.notification_groups as groups on groups.group_name = choice.group_name
    where groups.group_name is null
      or choice.mail not in ('at_once', 'daily', 'weekly', 'never')
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_required and choice.mail <> 'at_once'
  limit 1;
  if found then
    raise exception '%: we have to send you these in writing.', v_title using errcode = 'NTREQ', detail = v_title;
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_transactional and choice.mail in ('daily', 'weekly')
  limit 1;
  if found then
    raise exception '%: these cannot wait for a summary.', v_title using errcode = 'NTDIG', detail = v_title;
  end if;

  insert into public.notification_preferences (profile_id, group_name, channel, delivery)
  select save_choices.profile_id, choice.group_name, told.channel, told.delivery
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail public.notification_delivery, in_app boolean)
  cross join lateral (
    values
      ('mail'::public.notification_channel, choice.mail),
      ('in_app', case choice.in_app when true then 'at_once' when false then 'never' end::public.notification_delivery)
  ) as told (channel, delivery)
  where told.delivery is not null
  on conflict (profile_id, group_name, channel) do update set delivery = excluded.delivery;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stop_mail (
  address   text,
  reason    public.mail_stop,
  mailed_at timestamp with time zone
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.profile_contacts
  set mail_stopped_at = coalesce(profile_contacts.mail_stopped_at, now()), mail_stopped_by = stop_mail.reason
  where lower(profile_contacts.email) = lower(stop_mail.address)
    and coalesce(profile_contacts.mail_confirmed_at < stop_mail.mailed_at, true)
    and coalesce(profile_contacts.mail_stopped_by <> 'bounce', true);
$function$;

CREATE OR REPLACE FUNCTION private.sync_clerk_user (
  clerk_user jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_clerk_user_id text := sync_clerk_user.clerk_user ->> 'id';
  v_updated_at timestamptz := to_timestamp((sync_clerk_user.clerk_user ->> 'updated_at')::bigint / 1000.0);
  v_email text;
  v_profile_id uuid;
begin
  select address ->> 'email_address' into v_email
  from jsonb_array_elements(sync_clerk_user.clerk_user -> 'email_addresses') as address
  where address ->> 'id' = sync_clerk_user.clerk_user ->> 'primary_email_address_id'
    and address #>> '{verification,status}' = 'verified';

  insert into public.profiles (clerk_user_id)
  values (v_clerk_user_id)
  on conflict (clerk_user_id) do nothing;

  -- The lock makes a late update and a deletion of the same person wait for each other.
  select profiles.id into v_profile_id
  from public.profiles
  where profiles.clerk_user_id = v_clerk_user_id
    and profiles.deleted_at is null
  for update;

  if v_profile_id is null or v_email is null then
    return;
  end if;

  insert into public.profile_contacts as contact (profile_id, email, source_updated_at)
  values (v_profile_id, v_email, v_updated_at)
  on conflict (profile_id) do update
  set email = excluded.email, source_updated_at = excluded.source_updated_at,
      -- What became of mails to another address says nothing of this one.
      mail_stopped_at = case when contact.email = excluded.email then contact.mail_stopped_at end,
      mail_stopped_by = case when contact.email = excluded.email then contact.mail_stopped_by end,
      mail_confirmed_at = case when contact.email = excluded.email then contact.mail_confirmed_at end
  where contact.source_updated_at < excluded.source_updated_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.unsubscribe_groups (
  token text
)
  RETURNS TABLE (
    profile_id uuid,
    group_name text,
    title      text,
    mail       public.notification_delivery
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  if unsubscribe_groups.token ~ '^[A-Za-z0-9_-]{64}$' then
    v_profile_id := encode(substring(decode(translate(unsubscribe_groups.token, '-_', '+/'), 'base64') from 1 for 16), 'hex')::uuid;
  end if;

  return query
  select profiles.id, groups.group_name, groups.title, coalesce(preference.delivery, 'at_once')
  from public.profiles
  cross join public.notification_groups as groups
  left join public.notification_preferences as preference
    on preference.profile_id = profiles.id
    and preference.group_name = groups.group_name
    and preference.channel = 'mail'
  where profiles.id = v_profile_id
    and profiles.deleted_at is null
    and not groups.is_required
    and (
      unsubscribe_groups.token = private.unsubscribe_token(profiles.id, groups.group_name)
      or not groups.is_transactional and unsubscribe_groups.token = private.unsubscribe_token(profiles.id, 'digest')
    )
  order by groups.position;

  if not found then
    raise exception 'This link does not work. Sign in to choose what comes by mail.' using errcode = 'NTLNK';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.unsubscribe_token (
  notification public.notifications
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.unsubscribe_token((unsubscribe_token.notification).recipient_id, groups.group_name)
  from public.notification_kinds as kinds
  join public.notification_groups as groups on groups.group_name = kinds.group_name
  where kinds.kind = (unsubscribe_token.notification).kind
    and not groups.is_required;
$function$;

CREATE OR REPLACE FUNCTION private.unsubscribe_token (
  profile_id uuid,
  scope      text
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select translate(
    encode(
      uuid_send(unsubscribe_token.profile_id) || extensions.hmac(
        convert_to(unsubscribe_token.profile_id || ':' || unsubscribe_token.scope, 'UTF8'),
        convert_to(key.decrypted_secret, 'UTF8'),
        'sha256'
      ),
      'base64'
    ),
    '+/', '-_'
  )
  from vault.decrypted_secrets as key
  where key.name = 'unsubscribe_key';
$function$;

CREATE OR REPLACE FUNCTION public.apply_resend_event (
  event_id text,
  event    jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_resend_event.event ->> 'type';
  v_data jsonb := apply_resend_event.event -> 'data';
  v_reason public.mail_stop := case
    when v_type = 'email.bounced' and v_data #>> '{bounce,type}' = 'Permanent' then 'bounce'
    when v_type = 'email.suppressed' then 'bounce'
    when v_type = 'email.complained' then 'complaint'
  end;
begin
  if not private.claim_webhook_event('resend', apply_resend_event.event_id, v_type, apply_resend_event.event) then
    return false;
  end if;

  perform private.note_mail_events(v_data ->> 'email_id');
  if v_reason is not null then
    perform private.stop_mail(
      regexp_replace(recipient.address, '^.*<(.*)>$', '\1'), v_reason, (v_data ->> 'created_at')::timestamptz
    )
    from jsonb_array_elements_text(v_data -> 'to') as recipient (address);
  end if;
  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."apply_resend_event"(text, jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.confirm_mail_address()
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_person public.profiles := private.require_profile();
begin
  update public.profile_contacts
  set mail_stopped_at = null, mail_stopped_by = null, mail_confirmed_at = now()
  where profile_contacts.profile_id = v_person.id
    and profile_contacts.mail_stopped_by is not null;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."confirm_mail_address"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.resubscribe (
  token   text,
  choices jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
  v_group_names text[];
begin
  select groups.profile_id, array_agg(groups.group_name) into v_profile_id, v_group_names
  from private.unsubscribe_groups(resubscribe.token) as groups
  group by groups.profile_id;

  if exists (
    select
    from jsonb_to_recordset(resubscribe.choices) as choice (group_name text)
    where choice.group_name <> all (v_group_names)
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  perform private.save_choices(v_profile_id, (
    select jsonb_agg(jsonb_build_object('group_name', choice.group_name, 'mail', choice.mail))
    from jsonb_to_recordset(resubscribe.choices) as choice (group_name text, mail text)
  ));
end;
$function$;

REVOKE ALL ON FUNCTION "public"."resubscribe"(text, jsonb) FROM PUBLIC, "service_role";

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
begin
  if (save_notification_settings.quiet_from is null) <> (save_notification_settings.quiet_until is null)
    or save_notification_settings.quiet_from = save_notification_settings.quiet_until then
    raise exception 'Choose from when and until when it is quiet, or neither.' using errcode = 'NTQUI';
  end if;

  perform private.save_choices(v_person.id, save_notification_settings.choices);

  update public.profiles
  set quiet_from = save_notification_settings.quiet_from, quiet_until = save_notification_settings.quiet_until
  where profiles.id = v_person.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.unread_counts()
  RETURNS TABLE (
    messages        integer,
    notices         integer,
    mail_stopped_by public.mail_stop
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
    private.unread_notices(private.current_profile_id()),
    (
      select profile_contacts.mail_stopped_by
      from public.profile_contacts
      where profile_contacts.profile_id = private.current_profile_id()
    );
$function$;

REVOKE ALL ON FUNCTION "public"."unread_counts"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.unsubscribe (
  token text
)
  RETURNS TABLE (
    group_name text,
    title      text,
    mail       public.notification_delivery
  )
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  select groups.profile_id into v_profile_id from private.unsubscribe_groups(unsubscribe.token) as groups limit 1;
  return query select * from public.unsubscribe_choices(unsubscribe.token);

  perform private.save_choices(v_profile_id, (
    select jsonb_agg(jsonb_build_object('group_name', choice.group_name, 'mail', 'never'))
    from public.unsubscribe_choices(unsubscribe.token) as choice
  ));
end;
$function$;

REVOKE ALL ON FUNCTION "public"."unsubscribe"(text) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.unsubscribe_choices (
  token text
)
  RETURNS TABLE (
    group_name text,
    title      text,
    mail       public.notification_delivery
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with groups as (
    select * from private.unsubscribe_groups(unsubscribe_choices.token)
  )
  select groups.group_name, groups.title, groups.mail
  from groups
  where (select count(*) from groups) = 1
    or groups.mail in ('daily', 'weekly')
    or groups.mail = 'never' and not exists (select from groups as other where other.mail in ('daily', 'weekly'));
$function$;

REVOKE ALL ON FUNCTION "public"."unsubscribe_choices"(text) FROM PUBLIC, "service_role";

ALTER TABLE "public"."mails"
  ADD CONSTRAINT "mails_digest_id_fkey" FOREIGN KEY (digest_id) REFERENCES private.digests(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."mails"
  ADD CONSTRAINT "mails_notification_id_fkey" FOREIGN KEY (notification_id) REFERENCES public.notifications(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."mails"
  ADD CONSTRAINT "mails_recipient_id_fkey" FOREIGN KEY (recipient_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."profile_contacts"
  ADD CONSTRAINT "profile_contacts_stop_has_a_reason" CHECK (((mail_stopped_at IS NULL) = (mail_stopped_by IS NULL)));

CREATE INDEX webhook_events_mails_idx ON private.webhook_events USING btree ((((payload -> 'data'::text) ->> 'email_id'::text)))
  WHERE (PROVIDER = 'resend'::text);

CREATE UNIQUE INDEX mails_one_per_digest ON public.mails USING btree (digest_id);

CREATE UNIQUE INDEX mails_one_per_notification ON public.mails USING btree (notification_id);

CREATE UNIQUE INDEX mails_one_per_resend_id ON public.mails USING btree (resend_id);

CREATE INDEX mails_recipient_id_sent_at_idx ON public.mails USING btree (recipient_id, sent_at DESC);

CREATE POLICY "People can view what was mailed to them" ON "public"."mails"
  FOR SELECT
  TO "authenticated"
  USING ((recipient_id = ( SELECT private.current_profile_id() AS current_profile_id)));

COMMENT ON TABLE "public"."mails" IS 'Every mail to a person, without its words and address: when it was sent, and what became of it.';

REVOKE ALL ON FUNCTION "private"."is_mail_stopped"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_mail_stopped"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_mail_stopped"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_mail_events"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_mail_events"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_mail_events"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_mail"(uuid, text, uuid, uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_mail"(uuid, text, uuid, uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_mail"(uuid, text, uuid, uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."save_choices"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."save_choices"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."save_choices"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."stop_mail"(text, public.mail_stop, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."stop_mail"(text, public.mail_stop, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."stop_mail"(text, public.mail_stop, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsubscribe_groups"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsubscribe_groups"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsubscribe_groups"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsubscribe_token"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsubscribe_token"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "public"."apply_resend_event"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_resend_event"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_resend_event"(text, jsonb) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."confirm_mail_address"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."confirm_mail_address"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."confirm_mail_address"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."resubscribe"(text, jsonb) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."resubscribe"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."resubscribe"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_counts"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."unread_counts"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_counts"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe"(text) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."unsubscribe"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe"(text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe_choices"(text) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."unsubscribe_choices"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe_choices"(text) TO "postgres";

REVOKE ALL ON TABLE "public"."mails" FROM "authenticated";

GRANT SELECT ON TABLE "public"."mails" TO "authenticated";
