/*
 * Confirmed sessions whose end has passed are completed, and the client is asked for a
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
      if not v_booking.is_intro_call then
        perform private.notify(v_booking.client_id, 'review_invitation', v_booking.id, v_booking.id);
      end if;
      perform private.refresh_listing(v_booking.coach_id);
    end if;
  end loop;
end;
$$;
