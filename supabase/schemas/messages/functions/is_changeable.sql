/* Whether what a message says may still be changed by its sender: for fifteen minutes. */
create function private.is_changeable(message public.messages)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_changeable.message).created_at > now() - interval '15 minutes';
$$;
