/*
 * Which party of a conversation the asker is: 'client', 'coach', or null for anyone else.
 */
create function private.conversation_party(conversation public.conversations)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (conversation_party.conversation).client_id = private.current_profile_id() then 'client'
    when (conversation_party.conversation).coach_id = private.current_coach_id() then 'coach'
  end;
$$;
