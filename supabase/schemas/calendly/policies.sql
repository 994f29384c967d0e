create policy "Nobody reads connections over the API"
  on private.calendly_connections
  for select
  to anon, authenticated
  using (false);

create policy "Coaches can view their own event types"
  on public.calendly_event_types
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view which event type each of their offers is"
  on public.calendly_offers
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Nobody reads events over the API"
  on private.calendly_events
  for select
  to anon, authenticated
  using (false);

create policy "Nobody reads what was booked at Calendly over the API"
  on private.calendly_bookings
  for select
  to anon, authenticated
  using (false);
