/*
 * When a coach is out of office, as instants: each end is wall time in the zone in which the
 * coach is on its date. Where a clock skips a time or shows it twice, away is the longer of
 * the two readings.
 */
create function private.away_times(coach_id uuid)
returns tstzmultirange
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return (
      select coalesce(range_agg(tstzrange(away.starts_at, away.ends_at)), '{}')
      from private.away_spans(away_times.coach_id) as away
      where away.starts_at < away.ends_at
  );
end;
$$;

/* The same, one row each with its note. */
create function private.away_spans(coach_id uuid)
returns table (id uuid, starts_at timestamptz, ends_at timestamptz, note text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    select away.id,
      case
        -- As in open_hours: the first reading of a time that is shown twice or skipped.
        when start.turned_back > interval '0' and (start.later - start.turned_back) at time zone start.time_zone = start.wall_time
          then start.later - start.turned_back
        else start.later - (start.later at time zone start.time_zone - start.wall_time)
      end,
      (away.last_day + away.ends_at) at time zone private.zone_on(away.coach_id, away.last_day),
      away.note
    from public.out_of_office as away
    cross join lateral (
      select reading.time_zone, reading.wall_time, reading.instant as later,
        (reading.instant - interval '3 hours') at time zone reading.time_zone
          - reading.instant at time zone reading.time_zone + interval '3 hours' as turned_back
      from (
        select zone.time_zone, away.first_day + away.starts_at as wall_time,
          (away.first_day + away.starts_at) at time zone zone.time_zone as instant
        from (select private.zone_on(away.coach_id, away.first_day) as time_zone) as zone
      ) as reading
    ) as start
    where away.coach_id = away_spans.coach_id;
end;
$$;

/* In which zone a coach is on a date: a travel zone, or home. */
create function private.zone_on(coach_id uuid, day date)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select travel_zones.time_zone
      from public.travel_zones
      where travel_zones.coach_id = coaches.id
        and zone_on.day between travel_zones.first_day and travel_zones.last_day
    ),
    coaches.time_zone
  )
  from public.coaches
  where coaches.id = zone_on.coach_id;
$$;
