create policy "Client and coach can view the meetings of their bookings"
  on public.meetings
  for select
  to authenticated
  using (occasion_id in (select bookings.occasion_id from public.bookings));

create policy "Nobody reads meeting hosts over the API"
  on private.meeting_hosts for select to anon, authenticated using (false);

create policy "Nobody reads meeting participants over the API"
  on private.meeting_participants for select to anon, authenticated using (false);

create policy "Nobody reads meeting repairs over the API"
  on private.meeting_repairs for select to anon, authenticated using (false);

create policy "Nobody reads meeting registrants over the API"
  on private.meeting_registrants for select to anon, authenticated using (false);

create policy "Client and coach can view what was decided about their bookings"
  on public.attendance_decisions
  for select
  to authenticated
  using (booking_id in (select bookings.id from public.bookings));
