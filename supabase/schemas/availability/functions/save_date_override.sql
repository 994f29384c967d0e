/*
 * A coach gives a date hours of its own: `hours` is an array of {starts_at, ends_at}, HH:MM
 * in the zone in which they are then, 24:00 for midnight at the end; empty is closed. What
 * the date had before goes; booked sessions stay. Raises: UPSGN, UPONB, OCNON, OCSUS, OADAY
 * (a date that is past, or more than a year ahead), OAHRS (a block that ends before it
 * starts, or two that overlap).
 *
 * Security definer: nobody may write date_overrides.
 */
create function public.save_date_override(day date, hours jsonb)
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
  if not private.is_coming_day(save_date_override.day, v_coach.time_zone) then
    raise exception 'Choose a date from today on, at most a year ahead.' using errcode = 'OADAY';
  end if;

  delete from public.date_overrides
  where date_overrides.coach_id = v_coach.id and date_overrides.day = save_date_override.day;

  insert into public.date_overrides (coach_id, day, starts_at, ends_at)
  select v_coach.id, save_date_override.day, block.starts_at, block.ends_at
  from private.hours_blocks(save_date_override.hours) as block;

  if not found then
    insert into public.date_overrides (coach_id, day) values (v_coach.id, save_date_override.day);
  end if;
exception
  when check_violation or exclusion_violation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'Each block must end after it starts, and no two may overlap.' using errcode = 'OAHRS';
end;
$$;

grant execute on function public.save_date_override(date, jsonb) to authenticated;

/* Whether a date is today or within a year from now, by the calendar of `time_zone`. */
create function private.is_coming_day(day date, time_zone text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(is_coming_day.day - (now() at time zone is_coming_day.time_zone)::date between 0 and 366, false);
$$;

/*
 * A coach gives a date its weekday's hours back. A date without hours of its own stays as it
 * is. Raises: UPSGN, UPONB, OCNON, OCSUS.
 *
 * Security definer: nobody may write date_overrides.
 */
create function public.remove_date_override(day date)
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
  delete from public.date_overrides
  where date_overrides.coach_id = v_coach.id and date_overrides.day = remove_date_override.day;
end;
$$;

grant execute on function public.remove_date_override(date) to authenticated;
