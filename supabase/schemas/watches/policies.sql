create policy "Clients can view what they wait for"
  on public.slot_watches
  for select
  to authenticated
  using (client_id = (select private.current_profile_id()));

create policy "Nobody reads over the API which times opened"
  on private.slot_openings for select to anon, authenticated using (false);
