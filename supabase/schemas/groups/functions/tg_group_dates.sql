/*
 * A date is not scheduled over a live session with one client, whoever writes: no constraint
 * can say it of two tables. The race with somebody who is booking is decided by the coach's row:
 * they hold it shared until they commit (tg_bookings__keep_to_dates), and whoever is second sees
 * what the first wrote. Raises: exclusion_violation, as bookings_never_overlap would.
 */
create function private.tg_group_dates__keep_off_sessions()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform from public.coaches where coaches.id = new.coach_id for no key update;

  if exists (
    select from public.bookings
    where bookings.coach_id = new.coach_id
      and bookings.during && tstzrange(new.starts_at, new.ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
      and bookings.group_date_id is distinct from new.id
  ) then
    raise exception 'There is a session at the time of this date.' using errcode = 'exclusion_violation';
  end if;

  return new;
end;
$$;
