/*
 * A coach sets their whole week: `hours` is an array of {weekday, starts_at, ends_at},
 * weekday 1 (Monday) to 7, times as HH:MM in the coach's zone, 24:00 for midnight at the
 * end. What was there before goes; booked sessions stay. An approved coach keeps at least
 * one block. Raises: UPSGN, UPONB, OCNON, OCSUS, OAHRS (a block that ends before it starts,
 * two that overlap, or no block at all for an approved coach).
 *
 * Security definer: nobody may write weekly_hours.
 */
create function public.save_weekly_hours(hours jsonb)
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
  delete from public.weekly_hours where weekly_hours.coach_id = v_coach.id;

  insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
  select v_coach.id, (block ->> 'weekday')::smallint, (block ->> 'starts_at')::time, (block ->> 'ends_at')::time
  from jsonb_array_elements(save_weekly_hours.hours) as block;

  if v_coach.status = 'approved' and not exists (
    select from public.weekly_hours where weekly_hours.coach_id = v_coach.id
  ) then
    raise exception 'Keep at least one block of hours, or pause your practice.' using errcode = 'OAHRS';
  end if;
exception
  when check_violation or exclusion_violation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'Each block must end after it starts, and two on one day must not overlap.' using errcode = 'OAHRS';
end;
$$;

grant execute on function public.save_weekly_hours(jsonb) to authenticated;
