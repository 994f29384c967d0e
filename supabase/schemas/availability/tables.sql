comment on table public.weekly_hours is 'When a coach works: wall time in the coach''s zone, ISO weekday 1 (Monday) to 7.';
comment on table public.busy_times is 'When a coach is busy elsewhere, as an outside calendar says; nothing is offered then.';
comment on table public.availability_settings is 'How bookable the weekly hours are: notice, step and horizon.';

alter table public.weekly_hours
  add constraint weekly_hours_weekday check (weekday between 1 and 7),
  add constraint weekly_hours_end_after_start check (ends_at > starts_at),
  add constraint weekly_hours_never_overlap exclude using gist (
    coach_id with =,
    weekday with =,
    int4range(extract(epoch from starts_at)::integer, extract(epoch from ends_at)::integer) with &&
  );

alter table public.availability_settings
  add constraint availability_settings_notice check (minimum_notice_minutes between 0 and 20160),
  add constraint availability_settings_step check (slot_step_minutes in (15, 20, 30, 60)),
  add constraint availability_settings_horizon check (horizon_days between 1 and 90);

alter table public.busy_times
  add column during tstzrange not null generated always as (tstzrange(starts_at, ends_at)) stored,
  add constraint busy_times_end_after_start check (ends_at > starts_at);

create index busy_times_during_idx on public.busy_times using gist (coach_id, during);

alter table public.busy_times enable row level security;
alter table public.weekly_hours enable row level security;
alter table public.availability_settings enable row level security;

grant select on public.weekly_hours to authenticated;
grant select on public.availability_settings to authenticated;
grant select on public.busy_times to authenticated;

-- No writes: save_weekly_hours and save_availability_settings; busy times come from the calendars'
-- own sync. Visitors ask available_slots.
