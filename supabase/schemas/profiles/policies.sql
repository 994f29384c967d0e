create policy "People can view themselves and those they have a conversation or session with"
  on public.profiles
  for select
  to authenticated
  using (
    id = (select private.current_profile_id())
    or id in (select private.current_counterpart_ids())
  );

create policy "People can view their own contact data"
  on public.profile_contacts
  for select
  to authenticated
  using (profile_id = (select private.current_profile_id()));

create policy "People can view their own credentials"
  on public.credentials
  for select
  to authenticated
  using (profile_id = (select private.current_profile_id()));

create policy "Anyone can view the states"
  on public.states
  for select
  to anon, authenticated
  using (true);
