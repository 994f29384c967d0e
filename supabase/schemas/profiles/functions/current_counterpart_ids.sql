/*
 * The people the asker deals with: the clients of their practice and, when they are a
 * client, the people behind their coaches. From conversations, which every booking opens.
 *
 * Security definer: policies that read each other's tables recurse.
 */
create function private.current_counterpart_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select conversations.client_id
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  where coaches.profile_id = private.current_profile_id()
  union all
  select coaches.profile_id
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  where conversations.client_id = private.current_profile_id();
$$;

grant execute on function private.current_counterpart_ids() to authenticated;
