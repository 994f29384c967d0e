/*
 * What a coach's live sessions, and their dates of group sessions with or without anybody on a
 * seat, keep others from touching within `time_window`: each with the buffers around it. Two
 * neighbors share the time between them, so it is the longer of the first's buffer after and the
 * second's before, not both. A hold that has lapsed keeps nothing, and neither do `except_booking_ids`, which are on their way to another time.
 */
create function private.booked_times(coach_id uuid, time_window tstzrange, except_booking_ids uuid[] default '{}')
returns tstzmultirange
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return (
      with reach as (
        select make_interval(mins => greatest(buffer_before_minutes, buffer_after_minutes)) as gap
        from public.availability_settings
        where availability_settings.coach_id = booked_times.coach_id
      ),
      taken as (
        select bookings.during
        from reach
        join public.bookings
          on bookings.coach_id = booked_times.coach_id
          and bookings.during && tstzrange(
            lower(booked_times.time_window) - reach.gap, upper(booked_times.time_window) + reach.gap
          )
          and bookings.status in ('held', 'requested', 'confirmed')
        where private.shown_status(bookings) <> 'expired'
          and bookings.id <> all (booked_times.except_booking_ids)
        union all
        select group_dates.during
        from reach
        join public.group_dates
          on group_dates.coach_id = booked_times.coach_id
          and group_dates.during && tstzrange(
            lower(booked_times.time_window) - reach.gap, upper(booked_times.time_window) + reach.gap
          )
          and group_dates.called_off_at is null
      )
      select coalesce(range_agg(tstzrange(lower(taken.during) - reach.gap, upper(taken.during) + reach.gap)), '{}')
      from taken
      cross join reach
  );
end;
$$;
