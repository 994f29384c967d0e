create policy "Nobody reads no-show fees over the API"
  on private.no_show_fees for select to anon, authenticated using (false);
