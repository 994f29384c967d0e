/* A person's name as others read it, also after they have left. */
create function private.shown_name(profile public.profiles)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    nullif(trim((shown_name.profile).first_name || ' ' || (shown_name.profile).last_name), ''),
    'A former member'
  );
$$;
