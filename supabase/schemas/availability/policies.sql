create policy "Coaches can view their own hours"
  on public.weekly_hours
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view their own settings"
  on public.availability_settings
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view when they are busy elsewhere"
  on public.busy_times
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view their own overrides"
  on public.date_overrides
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view when they are out of office"
  on public.out_of_office
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view their own travel zones"
  on public.travel_zones
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Nobody reads the next times over the API"
  on private.next_times for select to anon, authenticated using (false);

create policy "Nobody reads the calendar changes over the API"
  on private.calendar_changes for select to anon, authenticated using (false);
