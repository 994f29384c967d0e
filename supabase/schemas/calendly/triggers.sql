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

-- A session that was booked at Calendly and not paid for in time: both are told.
create trigger bookings__tell_unpaid
  after update of status on public.bookings
  for each row
  when (old.status = 'held' and new.status = 'expired')
  execute function private.tg_bookings__tell_unpaid();

-- Whoever gets an address, or says who they are, has what waits for them.
create trigger profile_contacts__link_calendly
  after insert or update of email on public.profile_contacts
  for each row
  execute function private.tg_profile_contacts__link_calendly();

create trigger profiles__link_calendly
  after update of onboarded_at on public.profiles
  for each row
  when (old.onboarded_at is null and new.onboarded_at is not null)
  execute function private.tg_profiles__link_calendly();
