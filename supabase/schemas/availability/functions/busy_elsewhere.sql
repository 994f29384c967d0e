/*
 * What a coach's outside calendars keep a session from touching within `time_window`: each
 * entry, the buffer that a session needs after it ends before the entry, and the one that it
 * needs before it starts after it. Always, while a calendar can't be read and its coach wants to
 * stay closed meanwhile.
 */
create function private.busy_elsewhere(coach_id uuid, time_window tstzrange)
returns tstzmultirange
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  if private.is_calendly_closed(busy_elsewhere.coach_id) then
    return tstzmultirange(tstzrange(null, null));
  end if;

  return (
      select coalesce(range_agg(tstzrange(busy_times.starts_at - settings.after, busy_times.ends_at + settings.before)), '{}')
      from (
        select make_interval(mins => buffer_before_minutes) as before, make_interval(mins => buffer_after_minutes) as after
        from public.availability_settings
        where availability_settings.coach_id = busy_elsewhere.coach_id
      ) as settings
      join public.busy_times
        on busy_times.coach_id = busy_elsewhere.coach_id
        and busy_times.during && tstzrange(
          lower(busy_elsewhere.time_window) - settings.before,
          upper(busy_elsewhere.time_window) + settings.after
        )
  );
end;
$$;
