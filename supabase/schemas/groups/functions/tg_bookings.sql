/*
 * The other half of tg_group_dates__keep_off_sessions: a session with one client keeps off
 * scheduled dates, and a seat to its own. Looked at when a booking takes a time, not when it
 * keeps it, and so after the locks of order and booking.
 *
 * The date's row is locked while its seats are counted: of 50 who want the last one, one sees it
 * free. Holds that have lapsed count until somebody expires them, as with bookings_never_overlap.
 * Raises: exclusion_violation (a session at the time of a date), OGOVR, OGFUL.
 */
create function private.tg_bookings__keep_to_dates()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_date public.group_dates;
begin
  if tg_op = 'UPDATE'
    and old.status in ('held', 'requested', 'confirmed')
    and (old.coach_id, old.starts_at, old.ends_at, old.group_date_id)
      is not distinct from (new.coach_id, new.starts_at, new.ends_at, new.group_date_id) then
    return new;
  end if;

  if new.group_date_id is null then
    perform from public.coaches where coaches.id = new.coach_id for share;

    if exists (
      select from public.group_dates
      where group_dates.coach_id = new.coach_id
        and group_dates.during && tstzrange(new.starts_at, new.ends_at)
        and group_dates.called_off_at is null
    ) then
      raise exception 'There is a group session at this time.' using errcode = 'exclusion_violation';
    end if;

    return new;
  end if;

  select * into v_date from public.group_dates where group_dates.id = new.group_date_id for update;

  if v_date.called_off_at is not null then
    raise exception 'This date was called off. Choose another one.' using errcode = 'OGOVR';
  end if;

  if (
    select count(*) from public.bookings
    where bookings.group_date_id = v_date.id
      and bookings.status in ('held', 'requested', 'confirmed')
      and bookings.id <> new.id
  ) >= v_date.seats then
    raise exception 'Every seat of this date is taken. Choose another date.' using errcode = 'OGFUL';
  end if;

  -- Whatever else is written: a seat is at the time of its date.
  new.coach_id := v_date.coach_id;
  new.starts_at := v_date.starts_at;
  new.ends_at := v_date.ends_at;

  return new;
end;
$$;
