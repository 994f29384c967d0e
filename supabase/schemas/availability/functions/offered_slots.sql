/*
 * The times at which a coach's hours allow a session of `duration_minutes` to start within
 * `time_window`, whether taken or not. Each block of open_hours is cut into steps of elapsed
 * time, so a block over a clock change is an hour shorter or longer and every slot has its
 * full length. A session may touch the time out of office, and not reach into it. Starts
 * before now plus the notice, or past the horizon, are left out.
 */
create function private.offered_slots(coach_id uuid, duration_minutes integer, time_window tstzrange)
returns table (starts_at timestamptz, ends_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    with practice as (
      select availability_settings.coach_id as id,
        make_interval(mins => availability_settings.slot_step_minutes) as step,
        make_interval(mins => offered_slots.duration_minutes) as duration,
        greatest(
          lower(offered_slots.time_window),
          now() + make_interval(mins => availability_settings.minimum_notice_minutes)
        ) as earliest,
        least(
          upper(offered_slots.time_window),
          now() + make_interval(days => availability_settings.horizon_days)
        ) as latest
      from public.availability_settings
      where availability_settings.coach_id = offered_slots.coach_id
        and not isempty(offered_slots.time_window) -- It has no bounds to be within.
    )
    -- Distinct: blocks of two dates in different zones may share a time.
    select distinct slot, slot + practice.duration
    from practice
    cross join lateral private.open_hours(
      practice.id,
      tstzrange(practice.earliest, greatest(practice.earliest, practice.latest))
    ) as open
    cross join lateral generate_series(open.opens_at, open.closes_at - practice.duration, practice.step) as slot
    where practice.earliest < practice.latest
      and slot >= practice.earliest
      and slot < practice.latest
      and not (
        tstzrange(slot, slot + practice.duration) && (select private.away_times(offered_slots.coach_id))
      );
end;
$$;

/*
 * Whether a session of this offer may start at this instant, whether or not it is taken; a group
 * session has dates instead.
 */
create function private.is_offered(offer public.offers, starts_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_offered.offer).kind <> 'group_session' and exists (
    select
    from private.offered_slots(
      (is_offered.offer).coach_id,
      (is_offered.offer).duration_minutes,
      tstzrange(is_offered.starts_at, is_offered.starts_at + interval '1 second')
    ) as slot
    where slot.starts_at = is_offered.starts_at
  );
$$;
