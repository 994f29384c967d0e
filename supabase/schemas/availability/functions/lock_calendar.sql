/*
 * Lets two changes of one coach's calendar wait for each other, where the coach has buffers or
 * limits. The race: two clients book two times that are free, each for itself, and too close
 * together or one too many for the day; neither sees the other's row, and no constraint can
 * say it. Without buffers and limits bookings_never_overlap alone decides, and nobody waits.
 * Called before is_free, in a statement of its own, by whoever is about to write a booking;
 * after the order's and the booking's lock where there are such.
 */
create function private.lock_calendar(coach_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform from public.availability_settings
  where availability_settings.coach_id = lock_calendar.coach_id
    and (
      buffer_before_minutes > 0 or buffer_after_minutes > 0
      or max_sessions_per_day is not null or max_sessions_per_week is not null
    )
  for no key update;
end;
$$;
