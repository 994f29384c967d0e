/*
 * Whether a client is a member of a coach's at this moment: what they began counts from its first payment or
 * the trial on, until it ends; not while it is paused.
 */
create function private.is_member(client_id uuid, coach_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.memberships
    where memberships.client_id = is_member.client_id
      and memberships.coach_id = is_member.coach_id
      and memberships.status in ('trialing', 'active', 'past_due')
  );
$$;
