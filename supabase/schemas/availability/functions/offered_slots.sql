/*
 * The times at which a coach's hours allow a session of `duration_minutes` to start within
 * `time_window`, whether taken or not. The one place that turns weekly hours into instants:
 * available_slots shows them and request_booking asks it, so what is offered is accepted.
 *
 * Hours are wall time in the coach's zone. Each day's block is turned into two instants and
 * cut into steps of elapsed time, so a block over a clock change is an hour shorter or
 * longer and every slot has its full length. Where the clock skips a time or shows it twice,
 * a start is the later instant and an end the earlier one: no slot is outside the hours that
 * the coach's clock shows, and two blocks that meet never offer the same slot twice.
 * Starts before now plus the notice, or past the horizon, are left out.
 */
create function private.offered_slots(coach_id uuid, duration_minutes integer, time_window tstzrange)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql
stable
set search_path = ''
as $$
  with practice as (
    select coaches.id, coaches.time_zone,
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
    from public.coaches
    join public.availability_settings on availability_settings.coach_id = coaches.id
    where coaches.id = offered_slots.coach_id
      and not isempty(offered_slots.time_window) -- It has no bounds to be within.
  ),
  blocks as (
    select practice.step, practice.duration, practice.earliest, practice.latest,
      (day::date + weekly_hours.starts_at) at time zone practice.time_zone as opens_at,
      case
        -- Shown twice: Postgres reads the second, an hour after the first.
        when (closing.instant - interval '1 hour') at time zone practice.time_zone = closing.wall_time
          then closing.instant - interval '1 hour'
        -- Skipped: Postgres moves on by what is skipped. Zero on any other day.
        else closing.instant - (closing.instant at time zone practice.time_zone - closing.wall_time)
      end as closes_at
    from practice
    -- A day before and after: the coach's date differs from UTC's by up to a day.
    cross join lateral generate_series(
      (practice.earliest at time zone practice.time_zone)::date - 1,
      (practice.latest at time zone practice.time_zone)::date + 1,
      interval '1 day'
    ) as day
    join public.weekly_hours
      on weekly_hours.coach_id = practice.id
      and weekly_hours.weekday = extract(isodow from day)
    cross join lateral (
      select day::date + weekly_hours.ends_at as wall_time,
        (day::date + weekly_hours.ends_at) at time zone practice.time_zone as instant
    ) as closing
  )
  select slot, slot + blocks.duration
  from blocks
  cross join lateral generate_series(blocks.opens_at, blocks.closes_at - blocks.duration, blocks.step) as slot
  where slot >= blocks.earliest
    and slot < blocks.latest;
$$;

/* Whether a session of this offer may start at this instant, whether or not it is taken. */
create function private.is_offered(offer public.offers, starts_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from private.offered_slots(
      (is_offered.offer).coach_id,
      (is_offered.offer).duration_minutes,
      tstzrange(is_offered.starts_at, is_offered.starts_at + interval '1 second')
    ) as slot
    where slot.starts_at = is_offered.starts_at
  );
$$;
