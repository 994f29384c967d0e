create trigger group_dates__keep_off_sessions
  before insert or update of coach_id, starts_at, ends_at, called_off_at on public.group_dates
  for each row
  when (new.called_off_at is null)
  execute function private.tg_group_dates__keep_off_sessions();

create trigger bookings__keep_to_dates
  before insert or update of coach_id, status, starts_at, ends_at, group_date_id on public.bookings
  for each row
  when (new.status in ('held', 'requested', 'confirmed'))
  execute function private.tg_bookings__keep_to_dates();

create trigger group_dates__note_calendar_change
  after insert or update or delete on public.group_dates
  for each row execute function private.tg_calendar__note_change();
