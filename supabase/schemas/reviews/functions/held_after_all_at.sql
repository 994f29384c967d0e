/*
 * When it was settled that a session took place which had been taken for missed; null for any other. Until then
 * neither of the two could write.
 */
create function private.held_after_all_at(booking public.bookings)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select attendance_decisions.settled_at
  from public.attendance_decisions
  where attendance_decisions.booking_id = (held_after_all_at.booking).id
    and private.status_of_outcome(attendance_decisions.outcome) <> 'completed'
    and private.status_of_outcome(attendance_decisions.settled_outcome) = 'completed';
$$;
