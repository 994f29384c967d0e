/*
 * The hours of a coach around `time_window` as instants: the one place that turns wall time
 * into them. A date's own hours (an override) take the place of its weekday's, and a date of
 * a travel zone is wall time there. Out of office is not looked at.
 *
 * Where the clock skips a time or shows it twice, a block opens at the later instant and
 * closes at the earlier one: nothing is outside the hours that the coach's clock shows, and
 * two blocks that meet never share an instant. Blocks of two dates in different zones may.
 */
create function private.open_hours(coach_id uuid, time_window tstzrange)
returns table (opens_at timestamptz, closes_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    with days as (
      select dates.day, coalesce(travel_zones.time_zone, coaches.time_zone) as time_zone
      from public.coaches
      cross join lateral (
        -- A day before and after: a date differs from UTC's by up to one.
        select (lower(open_hours.time_window) at time zone 'UTC')::date - 1 + number as day
        from generate_series(
          0,
          (upper(open_hours.time_window) at time zone 'UTC')::date - (lower(open_hours.time_window) at time zone 'UTC')::date + 2
        ) as number
      ) as dates
      left join public.travel_zones
        on travel_zones.coach_id = coaches.id
        and dates.day between travel_zones.first_day and travel_zones.last_day
      where coaches.id = open_hours.coach_id
    ),
    blocks as (
      select days.time_zone, days.day + weekly_hours.starts_at as opens, days.day + weekly_hours.ends_at as closes
      from days
      join public.weekly_hours
        on weekly_hours.coach_id = open_hours.coach_id
        and weekly_hours.weekday = extract(isodow from days.day)
      where not exists (
        select from public.date_overrides
        where date_overrides.coach_id = open_hours.coach_id and date_overrides.day = days.day
      )
      union all
      select days.time_zone, days.day + date_overrides.starts_at, days.day + date_overrides.ends_at
      from days
      join public.date_overrides
        on date_overrides.coach_id = open_hours.coach_id
        and date_overrides.day = days.day
        and date_overrides.starts_at is not null
    )
    select blocks.opens at time zone blocks.time_zone, -- Postgres reads the later one.
      case
        -- Shown twice: Postgres reads the second, we mean the first.
        when closing.turned_back > interval '0' and (closing.later - closing.turned_back) at time zone blocks.time_zone = blocks.closes
          then closing.later - closing.turned_back
        -- Skipped: Postgres moves on by what is skipped. Zero on any other day.
        else closing.later - (closing.later at time zone blocks.time_zone - blocks.closes)
      end
    from blocks
    cross join lateral (
      select instant as later,
        -- By how much clocks went back in the three hours before; half an hour on Lord Howe.
        (instant - interval '3 hours') at time zone blocks.time_zone - instant at time zone blocks.time_zone + interval '3 hours' as turned_back
      from (select blocks.closes at time zone blocks.time_zone) as reading (instant)
    ) as closing;
end;
$$;
