create policy "People can view what they can be told"
  on public.notification_kinds for select to authenticated using (true);

create policy "People can view what they were told"
  on public.notifications
  for select
  to authenticated
  using (recipient_id = (select private.current_profile_id()));
