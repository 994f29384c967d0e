/*
 * The asker's profile, which must exist and say who they are. For functions that change
 * things. Raises: UPSGN (nobody is signed in), UPONB (not said who they are yet).
 *
 * Security definer: see current_profile_id.
 */
create function private.require_profile()
returns public.profiles
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_profile public.profiles;
begin
  select profiles.* into v_profile
  from public.profiles
  where profiles.id = private.current_profile_id();

  if not found then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;

  if v_profile.onboarded_at is null then
    raise exception 'Tell us who you are first.' using errcode = 'UPONB';
  end if;

  return v_profile;
end;
$$;
