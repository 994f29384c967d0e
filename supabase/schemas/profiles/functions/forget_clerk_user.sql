/*
 * A person left: what names them goes, what money and others' records need stays under a
 * row without a name, and what they had ahead is called off. The Clerk id stays as a
 * tombstone, so that a late event does not bring them back; the profile is made first if it
 * was never seen.
 */
create function private.forget_clerk_user(clerk_user_id text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_sessions(v_profile_id);
  perform private.forget_recordings(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;
end;
$$;
