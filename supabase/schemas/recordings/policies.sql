create policy "Nobody reads recording terms over the API"
  on private.recording_terms for select to anon, authenticated using (false);

create policy "Nobody reads recording consents over the API"
  on private.recording_consents for select to anon, authenticated using (false);

create policy "Nobody reads recordings over the API"
  on private.recordings for select to anon, authenticated using (false);
