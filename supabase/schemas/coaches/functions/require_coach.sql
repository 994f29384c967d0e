/*
 * The asker's own practice, for functions that change it. Raises: UPSGN, UPONB, OCNON (the
 * asker has no practice), OCSUS (it is suspended: nothing of it can be changed).
 *
 * Security definer: see current_coach_id.
 */
create function private.require_coach()
returns public.coaches
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
  v_coach public.coaches;
begin
  select coaches.* into v_coach from public.coaches where coaches.profile_id = v_profile.id for update;

  if not found then
    raise exception 'Start your coach profile first.' using errcode = 'OCNON';
  end if;

  if v_coach.status = 'suspended' then
    raise exception 'Your practice is suspended. Write to support to have it looked at.' using errcode = 'OCSUS';
  end if;

  return v_coach;
end;
$$;
