create policy "Client and coach can view their bookings"
  on public.bookings
  for select
  to authenticated
  using (
    client_id = (select private.current_profile_id())
    or coach_id = (select private.current_coach_id())
  );

create policy "Client and coach can view what happened to their bookings"
  on public.booking_events
  for select
  to authenticated
  using (booking_id in (select bookings.id from public.bookings));
