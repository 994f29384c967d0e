create trigger reviews__refresh_listing
  after insert or update or delete on public.reviews
  for each row execute function private.tg_coach_facts__refresh_listing();
