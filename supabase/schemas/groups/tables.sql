comment on table public.group_dates is 'A time at which a coach holds a group session, with so many seats. It takes its time with or without anybody on a seat.';

alter table public.group_dates
  add column during tstzrange not null generated always as (tstzrange(starts_at, ends_at)) stored,
  add constraint group_dates_end_after_start check (ends_at > starts_at),
  add constraint group_dates_seats check (seats between 2 and 50);

-- Two dates of one coach never overlap, and neither do a date and a session with one client:
-- the latter is tg_group_dates__keep_off_sessions' and tg_bookings__keep_to_dates' to refuse.
alter table public.group_dates
  add constraint group_dates_never_overlap
  exclude using gist (coach_id with =, during with &&)
  where (called_off_at is null);

alter table public.group_dates enable row level security;

grant select on public.group_dates to authenticated;

-- No writes: schedule_date and call_off_date. Whoever looks for a seat asks coming_dates.
