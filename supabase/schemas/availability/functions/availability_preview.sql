/*
 * The asker's own calendar for the next two weeks, as clients will see it: one row for each
 * date, in the zone in which the coach is then, with the starts that are free for their
 * shortest session (an hour, while they sell none), and why a date may differ from its
 * weekday. Of a practice that is not listed yet as well.
 *
 * Security definer: bookings and busy times count, and are looked at whatever their policies.
 */
create function public.availability_preview()
returns table (day date, time_zone text, duration_minutes integer, has_override boolean, is_away boolean, free_starts timestamptz[])
language sql
stable
security definer
set search_path = ''
as $$
  with days as (
    select coaches.id as coach_id, dates.day, zone.time_zone,
      dates.day::timestamp at time zone zone.time_zone as begins_at,
      (dates.day + 1)::timestamp at time zone zone.time_zone as ends_at,
      coalesce(
        (
          select min(offers.duration_minutes) from public.offers
          where offers.coach_id = coaches.id and offers.archived_at is null and offers.kind in ('session', 'intro_call')
        ),
        60
      ) as duration_minutes
    from public.coaches
    cross join generate_series(0, 13) as number
    cross join lateral (select (now() at time zone private.zone_on(coaches.id, now()::date))::date + number as day) as dates
    cross join lateral (select private.zone_on(coaches.id, dates.day) as time_zone) as zone
    where coaches.id = private.current_coach_id()
  )
  select days.day, days.time_zone, days.duration_minutes,
    exists (select from public.date_overrides where date_overrides.coach_id = days.coach_id and date_overrides.day = days.day),
    tstzrange(days.begins_at, days.ends_at) && private.away_times(days.coach_id),
    array(
      select slot.starts_at
      from private.free_slots(
        days.coach_id,
        days.duration_minutes,
        tstzrange(days.begins_at, days.ends_at)
      ) as slot
      order by slot.starts_at
    )
  from days
  order by days.day;
$$;

grant execute on function public.availability_preview() to authenticated;
