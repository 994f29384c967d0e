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

create policy "Nobody reads the state machine over the API"
  on private.booking_transitions for select to anon, authenticated using (false);
