create policy "People can view what they can choose about"
  on public.notification_groups for select to authenticated using (true);

create policy "People can view what they chose"
  on public.notification_preferences
  for select
  to authenticated
  using (profile_id = (select private.current_profile_id()));

create policy "Nobody reads digests over the API" on private.digests for select to anon, authenticated using (false);

create policy "People can view what they can be told"
  on public.notification_kinds for select to authenticated using (true);

create policy "People can view when they are told"
  on public.notification_rules for select to authenticated using (true);

create policy "Nobody reads events over the API" on private.notification_events for select to anon, authenticated using (false);
create policy "Nobody reads conditions over the API" on private.notification_conditions for select to anon, authenticated using (false);

create policy "People can view what they were told"
  on public.notifications
  for select
  to authenticated
  using (recipient_id = (select private.current_profile_id()));

create policy "People can view what was mailed to them"
  on public.mails
  for select
  to authenticated
  using (recipient_id = (select private.current_profile_id()));
