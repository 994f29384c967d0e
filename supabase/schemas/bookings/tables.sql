comment on table public.bookings is 'A session at a time. One coach never has two live ones that overlap, whoever writes.';
comment on table private.booking_transitions is 'How a booking may change, by what and by whom: the state machine. Rows are in supabase/seed.sql.';
comment on table public.booking_events is 'Every change of a booking: who, what, before, after. Append only.';

alter table public.bookings
  add column during tstzrange not null generated always as (tstzrange(starts_at, ends_at)) stored,
  -- What takes place then: the date of a group session, shared by its seats, or the booking alone.
  add column occasion_id uuid not null generated always as (coalesce(group_date_id, id)) stored,
  add constraint bookings_end_after_start check (ends_at > starts_at),
  add constraint bookings_position check (position >= 1),
  add constraint bookings_note_is_short check (char_length(note) <= 1000),
  add constraint bookings_held_have_an_end check (status <> 'held' or hold_expires_at is not null),
  add constraint bookings_cancelled_say_by_whom check ((status = 'cancelled') = (cancelled_by is not null)),
  add constraint bookings_moved_say_by_whom check ((moved_at is null) = (moved_by is null)),
  add constraint bookings_refund_cap check (refund_cap_cents >= 0),
  add constraint bookings_name_is_shown_of_seats check (group_date_id is not null or not is_name_shown);

/*
 * The guarantee against double booking. The raw session range, half open, so that one may
 * start when another ends. A hold counts; one that has lapsed is expired by whoever wants
 * its time (an index predicate cannot look at the clock). Seats at one date share their time.
 */
alter table public.bookings
  add constraint bookings_never_overlap
  exclude using gist (coach_id with =, during with &&, occasion_id with <>)
  where (status in ('held', 'requested', 'confirmed'));

-- A client has one free intro call with a coach, whatever becomes of it, unless the coach or we
-- called it off. Two requests at once: the second finds the first here.
create unique index bookings_one_intro_call_per_client_and_coach
  on public.bookings (coach_id, client_id)
  where is_intro_call and (cancelled_by is null or cancelled_by = 'client');

-- A client has one seat at a date.
create unique index bookings_one_seat_per_client_and_date
  on public.bookings (group_date_id, client_id)
  where group_date_id is not null and status in ('held', 'requested', 'confirmed');

-- Who takes part in the same thing.
create index bookings_occasion_id_idx on public.bookings (occasion_id);

-- What the jobs look for: holds that lapse, and sessions that end or need a reminder.
create index bookings_held_idx on public.bookings (hold_expires_at) where status = 'held';
create index bookings_requested_idx on public.bookings (answer_by) where status = 'requested';
create index bookings_confirmed_idx on public.bookings (starts_at) where status = 'confirmed';
create index bookings_completed_idx on public.bookings (ends_at) where status = 'completed';

-- Only those of which it is to be decided who came: some hundreds of the last day, however many were held.
-- So the job can look back without a limit, and finds what an outage of any length has left.
create index bookings_undecided_idx on public.bookings (ends_at) where status = 'completed' and not is_attendance_decided;

-- One row for each way; null before is a booking that begins.
create unique index booking_transitions_one_per_verb
  on private.booking_transitions (before, after, verb) nulls not distinct;

alter table private.booking_transitions enable row level security;
alter table public.bookings enable row level security;
alter table public.booking_events enable row level security;

grant select on public.bookings to authenticated;
grant select on public.booking_events to authenticated;

-- No writes: request_booking, reschedule_booking, cancel_booking and the jobs change bookings, and note each change.
