/*
 * The asker asks to be listed. Asking twice is once. Raises: UPSGN, UPONB, OCNON, OCSUS,
 * OCINC (profile, hours or offers are missing).
 *
 * Security definer: nobody may write coaches.
 */
create function public.submit_coach_application()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  if private.missing_in_practice(v_coach) is not null then
    raise exception 'Your application needs a profile, weekly hours and at least one offer.' using errcode = 'OCINC';
  end if;

  update public.coaches
  set status = 'applied', applied_at = now()
  where coaches.id = v_coach.id
    and coaches.status = 'draft';
end;
$$;

grant execute on function public.submit_coach_application() to authenticated;
