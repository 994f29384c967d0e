/*
 * Notes at the booking that it was decided who came, so that an index can hold those alone of which it
 * was not (bookings_undecided_idx). Whoever decides holds the booking's lock.
 */
create function private.tg_attendance_decisions__mark_booking()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.bookings set is_attendance_decided = true where bookings.id = new.booking_id;
  return null;
end;
$$;
