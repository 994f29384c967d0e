/*
 * A coach sets their whole week: `hours` is an array of {weekday, starts_at, ends_at},
 * weekday 1 (Monday) to 7, times as HH:MM in the coach's zone, 24:00 for midnight at the
 * end. What was there before goes; booked sessions stay. An approved coach keeps at least
 * one block. Raises: UPSGN, UPONB, OCNON, OCSUS, OAHRS (a block that ends before it starts,
 * two that overlap, with the first such weekday as the error's detail; or no block at all
 * for an approved coach).
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
  v_wrong integer;
begin
  select min(block.weekday) into v_wrong
  from private.hours_blocks(save_weekly_hours.hours) as block
  where block.ends_at <= block.starts_at
    or exists (
      select from private.hours_blocks(save_weekly_hours.hours) as other
      where other.weekday = block.weekday
        and other.position <> block.position
        and other.starts_at < block.ends_at
        and block.starts_at < other.ends_at
    );
  if v_wrong between 1 and 7 then
    -- The first of January 2024 was a Monday.
    raise exception 'On %, each block must end after it starts, and no two may overlap.',
        to_char(date '2023-12-31' + v_wrong, 'FMDay')
      using errcode = 'OAHRS', detail = v_wrong::text;
  end if;

  delete from public.weekly_hours where weekly_hours.coach_id = v_coach.id;

  insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
  select v_coach.id, block.weekday, block.starts_at, block.ends_at
  from private.hours_blocks(save_weekly_hours.hours) as block;

  if v_coach.status = 'approved' and not exists (
    select from public.weekly_hours where weekly_hours.coach_id = v_coach.id
  ) then
    raise exception 'Keep at least one block of hours, or pause your practice.' using errcode = 'OAHRS';
  end if;
exception
  when check_violation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'A block is on a day of the week, from one time of that day to another.' using errcode = 'OAHRS';
end;
$$;

grant execute on function public.save_weekly_hours(jsonb) to authenticated;

/* Blocks of hours as a form sends them, in its order; `weekday` is null where none was sent. */
create function private.hours_blocks(hours jsonb)
returns table (weekday smallint, starts_at time, ends_at time, "position" bigint)
language sql
immutable
set search_path = ''
as $$
  select (block ->> 'weekday')::smallint, (block ->> 'starts_at')::time, (block ->> 'ends_at')::time, number
  from jsonb_array_elements(hours_blocks.hours) with ordinality as sent (block, number);
$$;
