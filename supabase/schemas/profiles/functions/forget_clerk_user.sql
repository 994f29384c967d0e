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
  v_names text[];
begin
  v_names := private.names_of(forget_clerk_user.clerk_user_id);

  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_memberships(v_profile_id);
  perform private.leave_sessions(v_profile_id);
  perform private.forget_recordings(v_profile_id);
  perform private.forget_attachments(v_profile_id);
  perform private.forget_message_words(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  delete from public.saved_answers
  using public.coaches
  where coaches.id = saved_answers.coach_id
    and coaches.profile_id = v_profile_id;
  perform private.forget_reviews(v_profile_id, v_names);
  perform private.forget_moderation(v_profile_id, v_names);
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;

  perform private.forget_words(v_profile_id, v_names);
end;
$$;

/* What a person is called here, the longest first; nothing of who has left or was never seen. Locks them. */
create function private.names_of(clerk_user_id text)
returns text[]
language sql
volatile
set search_path = ''
as $$
  with person as (
    select profiles.*
    from public.profiles
    where profiles.clerk_user_id = names_of.clerk_user_id
      and profiles.deleted_at is null
    for no key update
  )
  select coalesce(array_agg(distinct_names.name order by length(distinct_names.name) desc), '{}')
  from (
    select distinct trim(named.name) as name
    from person
    left join public.profile_contacts on profile_contacts.profile_id = person.id
    left join public.coaches on coaches.profile_id = person.id
    cross join lateral unnest(array[
      profile_contacts.email, coaches.display_name, coaches.slug, person.first_name || ' ' || person.last_name,
      person.first_name, person.last_name
    ]) as named (name)
    -- Shorter ones are words of other meanings, and initials.
    where length(trim(named.name)) >= 3
  ) as distinct_names;
$$;
