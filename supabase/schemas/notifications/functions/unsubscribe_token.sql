/*
 * The secret part of the address at which a person stops mails of a group with one click (RFC 8058), without
 * signing in: 64 letters that a URL can hold. `scope` is the group's name, or 'digest' for whatever comes in
 * a summary. It is signed, not kept, so that a mail that has to be written again has the same one: 16 bytes
 * are whose it is, 32 their HMAC-SHA256 with the scope. Null while the vault has no key (supabase/seed.sql).
 */
create function private.unsubscribe_token(profile_id uuid, scope text)
returns text
language sql
stable
set search_path = ''
as $$
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
$$;

/* The same of what a notice is about; null for what is required, and for what is in no group. */
create function private.unsubscribe_token(notification public.notifications)
returns text
language sql
stable
set search_path = ''
as $$
  select private.unsubscribe_token((unsubscribe_token.notification).recipient_id, groups.group_name)
  from public.notification_kinds as kinds
  join public.notification_groups as groups on groups.group_name = kinds.group_name
  where kinds.kind = (unsubscribe_token.notification).kind
    and not groups.is_required;
$$;

/*
 * What the holder of such an address chooses about: whose mails, of which groups, and how they come now.
 * Raises: NTLNK (nobody was given this address, or they left: the two look the same).
 */
create function private.unsubscribe_groups(token text)
returns table (profile_id uuid, group_name text, title text, mail public.notification_delivery)
language plpgsql
stable
set search_path = ''
as $$
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
$$;
