/*
 * Whatever decides when a coach can be booked: who changes it leaves a note, in the same
 * transaction, for refresh_next_times. Holds that lapse are noted when expire_holds ends them.
 */
create trigger weekly_hours__note_calendar_change
  after insert or update or delete on public.weekly_hours
  for each row execute function private.tg_calendar__note_change();

create trigger date_overrides__note_calendar_change
  after insert or update or delete on public.date_overrides
  for each row execute function private.tg_calendar__note_change();

create trigger out_of_office__note_calendar_change
  after insert or update or delete on public.out_of_office
  for each row execute function private.tg_calendar__note_change();

create trigger travel_zones__note_calendar_change
  after insert or update or delete on public.travel_zones
  for each row execute function private.tg_calendar__note_change();

create trigger busy_times__note_calendar_change
  after insert or update or delete on public.busy_times
  for each row execute function private.tg_calendar__note_change();

create trigger availability_settings__note_calendar_change
  after insert or update on public.availability_settings
  for each row execute function private.tg_calendar__note_change();

create trigger offers__note_calendar_change
  after insert or update of archived_at, duration_minutes on public.offers
  for each row execute function private.tg_calendar__note_change();

create trigger bookings__note_calendar_change
  after insert or update of status, starts_at, ends_at or delete on public.bookings
  for each row execute function private.tg_calendar__note_change();

-- Each time that the calendar could be read as well: it may have been stale before.
create trigger calendly_connections__note_calendar_change
  after insert or update or delete on private.calendly_connections
  for each row execute function private.tg_calendar__note_change();

create trigger coaches__note_calendar_change
  after update of status, time_zone on public.coaches
  for each row execute function private.tg_coaches__note_calendar_change();
