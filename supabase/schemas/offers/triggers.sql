create trigger offers__refresh_listing
  after insert or update on public.offers
  for each row execute function private.tg_coach_facts__refresh_listing();
