create policy "People can view what they reported"
  on public.reports
  for select
  to authenticated
  using (reporter_id = (select private.current_profile_id()));

create policy "Nobody reads decisions over the API"
  on private.report_decisions for select to anon, authenticated using (false);
