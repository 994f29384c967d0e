comment on table public.weekly_hours is 'When a coach works: wall time in the coach''s zone, ISO weekday 1 (Monday) to 7.';
comment on table public.date_overrides is 'A date with hours of its own in place of its weekday''s, in the coach''s wall time; one row without times is closed.';
comment on table public.out_of_office is 'When a coach is away, in their wall time, with a note that clients read; nothing is offered then.';
comment on table public.travel_zones is 'Where a coach is for some days: on these dates their hours are wall time there.';
comment on table public.busy_times is 'When a coach is busy elsewhere, as an outside calendar says; nothing is offered then.';
comment on table public.availability_settings is 'How bookable the weekly hours are: notice, step, horizon, buffers and limits.';
comment on table private.next_times is 'When each listed coach can be booked next, for search. Recomputed by refresh_next_times.';
comment on table private.calendar_changes is 'Coaches whose calendar has changed since their next time was found. Written by triggers, emptied by refresh_next_times.';

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
  add constraint availability_settings_horizon check (horizon_days between 1 and 90),
  add constraint availability_settings_buffer_before check (buffer_before_minutes between 0 and 120),
  add constraint availability_settings_buffer_after check (buffer_after_minutes between 0 and 120),
  add constraint availability_settings_day_limit check (max_sessions_per_day between 1 and 24),
  add constraint availability_settings_week_limit check (max_sessions_per_week between 1 and 100);

-- A row without times is the whole day: closed goes with no block of the same date.
alter table public.date_overrides
  add constraint date_overrides_end_after_start check (ends_at > starts_at),
  add constraint date_overrides_both_times_or_none check ((starts_at is null) = (ends_at is null)),
  add constraint date_overrides_never_overlap exclude using gist (
    coach_id with =,
    day with =,
    int4range(
      coalesce(extract(epoch from starts_at)::integer, 0),
      coalesce(extract(epoch from ends_at)::integer, 86400)
    ) with &&
  );

alter table public.out_of_office
  add constraint out_of_office_end_after_start check (last_day + ends_at > first_day + starts_at),
  add constraint out_of_office_is_not_for_ever check (last_day - first_day <= 366),
  add constraint out_of_office_note_is_short check (char_length(note) <= 200);

alter table public.travel_zones
  add constraint travel_zones_end_after_start check (last_day >= first_day),
  add constraint travel_zones_is_not_for_ever check (last_day - first_day <= 366),
  add constraint travel_zones_never_overlap
    exclude using gist (coach_id with =, daterange(first_day, last_day, '[]') with &&);

alter table public.busy_times
  add column during tstzrange not null generated always as (tstzrange(starts_at, ends_at)) stored,
  add constraint busy_times_end_after_start check (ends_at > starts_at);

create index busy_times_during_idx on public.busy_times using gist (coach_id, during);

alter table public.busy_times enable row level security;
alter table private.next_times enable row level security;
alter table private.calendar_changes enable row level security;
alter table public.date_overrides enable row level security;
alter table public.out_of_office enable row level security;
alter table public.travel_zones enable row level security;
alter table public.weekly_hours enable row level security;
alter table public.availability_settings enable row level security;

grant select on public.weekly_hours to authenticated;
grant select on public.availability_settings to authenticated;
grant select on public.date_overrides to authenticated;
grant select on public.out_of_office to authenticated;
grant select on public.travel_zones to authenticated;
grant select on public.busy_times to authenticated;

-- No writes: the functions of this feature, each for one form of the coach; busy times come from
-- the calendars' own sync. Visitors ask available_slots.
