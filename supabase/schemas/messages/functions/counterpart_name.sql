/* The name of the other party, for the asker. */
create function private.counterpart_name(conversation public.conversations)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (counterpart_name.conversation).client_id = private.current_profile_id() then (
      select coaches.display_name from public.coaches where coaches.id = (counterpart_name.conversation).coach_id
    )
    else (
      select private.shown_name(profiles)
      from public.profiles
      where profiles.id = (counterpart_name.conversation).client_id
    )
  end;
$$;
