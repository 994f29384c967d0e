/*
 * Confirmed sessions whose end has passed are completed, and those who may are asked for a
 * review. Run by cron; takes at most 500 at a time and leaves locked rows for the next run.
 */
create function private.complete_bookings()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at <= now()
    order by bookings.starts_at
    limit 500
    for update skip locked
  loop
    if private.move_booking(v_booking.id, array['confirmed']::public.booking_status[], 'completed', 'system') then
      perform private.plan_attendance(v_booking);
      perform private.invite_to_review(v_booking.id);
      perform private.refresh_listing(v_booking.coach_id);
    end if;
  end loop;
end;
$$;
