/*
 * A coach says how they can be booked. Raises: UPSGN, UPONB, OCNON, OCSUS, OASET (out of
 * range: notice 0 to 14 days in minutes, steps of 15, 20, 30 or 60 minutes, horizon 1 to 90
 * days, buffers 0 to 120 minutes, limits of 1 to 24 a day and 1 to 100 a week, or null for
 * any number).
 *
 * Security definer: nobody may write availability_settings.
 */
create function public.save_availability_settings(
  minimum_notice_minutes integer,
  slot_step_minutes integer,
  horizon_days integer,
  buffer_before_minutes integer default 0,
  buffer_after_minutes integer default 0,
  max_sessions_per_day integer default null,
  max_sessions_per_week integer default null
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
      horizon_days = save_availability_settings.horizon_days,
      buffer_before_minutes = save_availability_settings.buffer_before_minutes,
      buffer_after_minutes = save_availability_settings.buffer_after_minutes,
      max_sessions_per_day = save_availability_settings.max_sessions_per_day,
      max_sessions_per_week = save_availability_settings.max_sessions_per_week
  where availability_settings.coach_id = v_coach.id;
exception
  when check_violation or not_null_violation then
    raise exception 'Choose each of these from its list.' using errcode = 'OASET';
end;
$$;

grant execute on function public.save_availability_settings(integer, integer, integer, integer, integer, integer, integer)
  to authenticated;
