/*
 * When no further session of a coach may start around `time_window` because the day or the
 * week is full: limits count sessions by their start, in the calendar of the zone in which
 * the coach is then, weeks from Monday. Held, upcoming and past sessions count; holds that
 * lapsed and sessions called off do not, nor do `except_booking_ids`. A date of a group
 * session is one session, whatever its seats.
 */
create function private.full_times(coach_id uuid, time_window tstzrange, except_booking_ids uuid[] default '{}')
returns tstzmultirange
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return (
      with limits as (
        select unit, most, make_interval(days => case unit when 'day' then 1 else 7 end) as length
        from public.availability_settings
        cross join lateral (values ('day', max_sessions_per_day), ('week', max_sessions_per_week)) as rule (unit, most)
        where availability_settings.coach_id = full_times.coach_id
          and most is not null
      ),
      spans as (
        select span.during, span.time_zone
        from private.zone_spans(full_times.coach_id, full_times.time_window) as span
        where exists (select from limits)
      ),
      sessions as (
        select starts.starts_at, span.time_zone
        from private.zone_spans(
          full_times.coach_id,
          tstzrange(lower(full_times.time_window) - interval '9 days', upper(full_times.time_window) + interval '9 days')
        ) as span
        join (
          select bookings.starts_at
          from public.bookings
          where bookings.coach_id = full_times.coach_id
            and bookings.starts_at between lower(full_times.time_window) - interval '9 days' and upper(full_times.time_window) + interval '9 days'
            and private.shown_status(bookings) not in ('cancelled', 'declined', 'expired')
            and bookings.id <> all (full_times.except_booking_ids)
          union -- Without doubles: seats at one date, and the date itself.
          select group_dates.starts_at
          from public.group_dates
          where group_dates.coach_id = full_times.coach_id
            and group_dates.starts_at between lower(full_times.time_window) - interval '9 days' and upper(full_times.time_window) + interval '9 days'
            and group_dates.called_off_at is null
        ) as starts on span.during @> starts.starts_at
        where exists (select from limits)
      ),
      full_units as (
        select date_trunc(limits.unit, sessions.starts_at at time zone sessions.time_zone) as first, limits.length
        from sessions
        cross join limits
        group by 1, 2, limits.most
        having count(*) >= limits.most
      )
      select coalesce(
        range_agg(
          spans.during * tstzrange(
            full_units.first at time zone spans.time_zone,
            (full_units.first + full_units.length) at time zone spans.time_zone
          )
        ),
        '{}'
      )
      from full_units
      cross join spans
  );
end;
$$;
