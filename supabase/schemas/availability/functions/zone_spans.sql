/*
 * Where a coach is around `time_window`, and when: their travel zones, each from the first
 * moment of its first date there to the last of its last, and home between and around them.
 * Spans follow each other without overlap; where two trips touch the same moment, because
 * zones begin their dates at different ones, the later trip has it.
 */
create function private.zone_spans(coach_id uuid, time_window tstzrange)
returns table (during tstzrange, time_zone text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    with trips as (
      select trip.arrives_at, trip.time_zone,
        least(trip.leaves_at, lead(trip.arrives_at) over (order by trip.arrives_at)) as leaves_at
      from (
        select travel_zones.time_zone,
          travel_zones.first_day::timestamp at time zone travel_zones.time_zone as arrives_at,
          (travel_zones.last_day + 1)::timestamp at time zone travel_zones.time_zone as leaves_at
        from public.travel_zones
        where travel_zones.coach_id = zone_spans.coach_id
      ) as trip
    ),
    spans as (
      select tstzrange(trips.arrives_at, trips.leaves_at) as during, trips.time_zone
      from trips
      union all
      select home.during, coaches.time_zone
      from public.coaches
      cross join lateral unnest(
        tstzmultirange(tstzrange('-infinity', 'infinity'))
          - coalesce((select range_agg(tstzrange(trips.arrives_at, trips.leaves_at)) from trips), '{}')
      ) as home (during)
      where coaches.id = zone_spans.coach_id
    )
    select spans.during, spans.time_zone
    from spans
    where spans.during && zone_spans.time_window;
end;
$$;
