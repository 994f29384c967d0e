-- Whatever confirms, moves or calls off a booking, Calendly learns of it.
create trigger bookings__sync_calendly
  after update of status, starts_at on public.bookings
  for each row
  when (old.status is distinct from new.status or old.starts_at is distinct from new.starts_at)
  execute function private.tg_bookings__sync_calendly();

create trigger bookings__check_calendly
  after insert on public.bookings
  for each row
  when (new.status = 'held' and new.group_date_id is null) -- A date is the coach's own choice.
  execute function private.tg_bookings__check_calendly();
