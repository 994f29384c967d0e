/*
 * Takes a user as Clerk's API and webhooks show it and keeps the e-mail address of its
 * profile, if Clerk has verified it and nothing newer is known. Makes the profile when the webhook is faster than
 * the person. `updated_at` is milliseconds since 1970, as Clerk sends it.
 */
create function private.sync_clerk_user(clerk_user jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
$$;

/*
 * The same, for `dispatch`: when mail is due for a person whose webhook never came, it
 * reads the user from Clerk and hands it over.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.sync_clerk_user(clerk_user jsonb)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  select private.sync_clerk_user(sync_clerk_user.clerk_user);
$$;

grant execute on function public.sync_clerk_user(jsonb) to service_role;
