/* Whether an admin has suspended a coach. One who has left is suspended for good, and is none of them. */
create function private.is_suspended(coach_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.coaches
    join public.profiles on profiles.id = coaches.profile_id
    where coaches.id = is_suspended.coach_id
      and coaches.status = 'suspended'
      and profiles.deleted_at is null
  );
$$;
