create policy "People can view since when they have a calendar address"
  on public.calendar_feeds
  for select
  to authenticated
  using (profile_id = (select private.current_profile_id()));
