create trigger coaches__status_changed
  before update of status, suspended_at on public.coaches
  for each row
  when ((old.status, old.suspended_at) is distinct from (new.status, new.suspended_at))
  execute function private.tg_coaches__status_changed();

create trigger coaches__begin_unapproved
  before insert on public.coaches
  for each row
  when (new.status = 'approved')
  execute function private.tg_coaches__begin_unapproved();

create trigger coaches__refresh_listing
  after insert or update of display_name, headline, bio, states, specialties, languages, status
  on public.coaches
  for each row execute function private.tg_coaches__refresh_listing();
