SET local check_function_bodies = off;

DROP FUNCTION "public"."unread_counts"();

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

ALTER TABLE "public"."profile_contacts"
  ADD CONSTRAINT "profile_contacts_stop_has_a_reason" CHECK (((mail_stopped_at IS NULL) = (mail_stopped_by IS NULL)));

CREATE INDEX webhook_events_mails_idx ON private.webhook_events USING btree ((((payload -> 'data'::text) ->> 'email_id'::text)))
  WHERE (PROVIDER = 'resend'::text);

REVOKE ALL ON FUNCTION "private"."is_mail_stopped"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_mail_stopped"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_mail_stopped"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_mail_events"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_mail_events"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_mail_events"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."stop_mail"(text, public.mail_stop, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."stop_mail"(text, public.mail_stop, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."stop_mail"(text, public.mail_stop, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "public"."apply_resend_event"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_resend_event"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_resend_event"(text, jsonb) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."confirm_mail_address"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."confirm_mail_address"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."confirm_mail_address"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_counts"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."unread_counts"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_counts"() TO "postgres";
