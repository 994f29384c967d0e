/*
 * Whether an admin has suspended a coach. One who has left is not by that, and one who was suspended when they left
 * still is.
 */
create function private.is_suspended(coach_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.coaches
    where coaches.id = is_suspended.coach_id
      and coaches.suspended_at is not null
  );
$$;
