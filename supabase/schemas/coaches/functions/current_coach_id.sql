/*
 * The asker's own practice, or null. Not only approved ones: a coach who pauses still sees
 * what is theirs.
 *
 * Security definer: which profile a coach is, is not granted to anyone.
 */
create function private.current_coach_id()
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select coaches.id from public.coaches where coaches.profile_id = private.current_profile_id();
$$;

grant execute on function private.current_coach_id() to anon, authenticated;

/*
 * The coaches the asker is a client of: who once booked or wrote keeps seeing the name,
 * also after the coach paused.
 *
 * Security definer: policies that read each other's tables recurse.
 */
create function private.current_coaches_of_client()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select conversations.coach_id
  from public.conversations
  where conversations.client_id = private.current_profile_id();
$$;

grant execute on function private.current_coaches_of_client() to authenticated;
