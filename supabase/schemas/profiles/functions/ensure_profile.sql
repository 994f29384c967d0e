/*
 * The asker's own profile, made on first sight of their token: a page never waits for a
 * webhook. Returns one row. Raises: UPSGN (no token, or a deleted person's).
 *
 * Security definer: nobody may insert profiles.
 */
create function public.ensure_profile()
returns table (
  id uuid,
  kind public.profile_kind,
  first_name text,
  last_name text,
  home_state text,
  company text,
  time_zone text,
  onboarded_at timestamptz,
  coach_id uuid,
  coach_status public.coach_status
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_clerk_user_id text := nullif(auth.jwt() ->> 'sub', '');
begin
  if v_clerk_user_id is null then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;

  -- Two first requests at once: one inserts, the other finds the row.
  if not exists (select from public.profiles where profiles.clerk_user_id = v_clerk_user_id) then
    insert into public.profiles (clerk_user_id)
    values (v_clerk_user_id)
    on conflict (clerk_user_id) do nothing;
  end if;

  return query
  select profiles.id, profiles.kind, profiles.first_name, profiles.last_name, profiles.home_state,
    profiles.company, profiles.time_zone, profiles.onboarded_at, coaches.id, coaches.status
  from public.profiles
  left join public.coaches on coaches.profile_id = profiles.id
  where profiles.clerk_user_id = v_clerk_user_id
    and profiles.deleted_at is null;

  if not found then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;
end;
$$;

grant execute on function public.ensure_profile() to authenticated;
