/*
 * A coach says how far ahead and how late they can be booked. Raises: UPSGN, UPONB, OCNON,
 * OCSUS, OASET (out of range: notice 0 to 14 days in minutes, steps of 15, 20, 30 or 60
 * minutes, horizon 1 to 90 days).
 *
 * Security definer: nobody may write availability_settings.
 */
create function public.save_availability_settings(
  minimum_notice_minutes integer,
  slot_step_minutes integer,
  horizon_days integer
)
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
  update public.availability_settings
  set minimum_notice_minutes = save_availability_settings.minimum_notice_minutes,
      slot_step_minutes = save_availability_settings.slot_step_minutes,
      horizon_days = save_availability_settings.horizon_days
  where availability_settings.coach_id = v_coach.id;
exception
  when check_violation then
    raise exception 'Choose a notice, a step and a horizon from the lists.' using errcode = 'OASET';
end;
$$;

grant execute on function public.save_availability_settings(integer, integer, integer) to authenticated;
