create trigger bookings__keep_to_transitions
  before update of status on public.bookings
  for each row
  when (old.status is distinct from new.status)
  execute function private.tg_bookings__keep_to_transitions();
