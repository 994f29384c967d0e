comment on table private.meeting_hosts is 'The licensed Zoom users of our account; each hosts one meeting at a time.';
comment on table public.meetings is 'The Zoom meeting of a booking, or of a date of a group session, on a host who has no other at that time. Each has one that is not cancelled.';
comment on table private.meeting_participants is 'Who was in a meeting and when, as Zoom told us; one row per connection.';
comment on table public.attendance_decisions is 'What was decided about who came to a session, on what evidence, who objected, and what became of it.';
comment on table private.meeting_registrants is 'Somebody''s own way into a meeting, and the id by which Zoom tells who came.';
comment on table private.meeting_repairs is 'What a sweep found to differ between Zoom and us, and has had mended.';

alter table public.meetings
  -- What it is for: as bookings.occasion_id, so that each seat at a date finds the date's.
  add column occasion_id uuid not null generated always as (coalesce(group_date_id, booking_id)) stored,
  add constraint meetings_of_one_thing check (num_nonnulls(booking_id, group_date_id) = 1),
  add constraint meetings_end_after_start check (ends_at > starts_at),
  add constraint meetings_ready_can_be_joined check (status <> 'ready' or (zoom_meeting_id is not null and join_url is not null));

-- A meeting that lost its host to another is cancelled, and a new one takes its place.
create unique index meetings_one_per_occasion on public.meetings (occasion_id) where status <> 'cancelled';

create index meetings_occasion_id_idx on public.meetings (occasion_id);

-- A Zoom user cannot host two meetings at once; this makes it impossible to plan.
alter table public.meetings
  add constraint meetings_one_per_host_at_a_time
  exclude using gist (host_id with =, tstzrange(starts_at, ends_at) with &&)
  where (status in ('pending', 'ready') and host_id is not null);

alter table public.attendance_decisions
  add constraint attendance_decisions_objection_is_whole check (
    (objected_at is null) = (objection is null) and (objected_at is null) = (objected_by is null)
  ),
  add constraint attendance_decisions_settled_says_how check ((settled_at is null) = (settled_outcome is null));

-- What the job looks for: decisions that may still be objected to.
create index attendance_decisions_open_idx on public.attendance_decisions (objection_ends_at)
  where settled_at is null and objected_at is null;

alter table public.attendance_decisions enable row level security;
alter table private.meeting_hosts enable row level security;
alter table public.meetings enable row level security;
alter table private.meeting_participants enable row level security;
alter table private.meeting_registrants enable row level security;
alter table private.meeting_repairs enable row level security;

-- By column: the address to join comes from join_meeting, and only when it is time.
grant select (id, booking_id, group_date_id, status, starts_at, ends_at, started_at, ended_at)
  on public.meetings to authenticated;

-- No writes: decide_attendance, object_to_attendance and admins write them.
grant select on public.attendance_decisions to authenticated;
