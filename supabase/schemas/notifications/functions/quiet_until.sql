/*
 * When somebody's quiet hours end, if `at` is within them, by the clocks of their zone; else null. Where
 * clocks change meanwhile it is the time of day that counts, not how long it is.
 */
create function private.quiet_until(person public.profiles, at timestamptz)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select case
    when local.is_quiet then (
      local.time::date + (quiet_until.person).quiet_until
      -- Those over midnight end on the next day.
      + make_interval(days => (local.time::time >= (quiet_until.person).quiet_until)::integer)
    ) at time zone (quiet_until.person).time_zone
  end
  from (
    select clock.time, case
      when (quiet_until.person).quiet_from < (quiet_until.person).quiet_until
        then clock.time::time >= (quiet_until.person).quiet_from and clock.time::time < (quiet_until.person).quiet_until
      else clock.time::time >= (quiet_until.person).quiet_from or clock.time::time < (quiet_until.person).quiet_until
    end as is_quiet
    from (select quiet_until.at at time zone (quiet_until.person).time_zone as time) as clock
  ) as local;
$$;
