SET local check_function_bodies = off;

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

REVOKE ALL ON FUNCTION "private"."save_choices"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."save_choices"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."save_choices"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsubscribe_groups"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsubscribe_groups"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsubscribe_groups"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsubscribe_token"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsubscribe_token"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsubscribe_token"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."resubscribe"(text, jsonb) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."resubscribe"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."resubscribe"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe"(text) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."unsubscribe"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe"(text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe_choices"(text) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."unsubscribe_choices"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unsubscribe_choices"(text) TO "postgres";
