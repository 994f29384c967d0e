comment on table public.slot_watches is 'A client''s wish to be told when a coach has a time sooner than their session, or than a date.';
comment on table private.slot_openings is 'A time that opened and that its client was told of: once per person and time.';

alter table public.slot_watches
  add constraint slot_watches_end_after_start check (before_at > created_at);

-- One live watch for a session, and one for an offer. Asking twice is asking once.
create unique index slot_watches_one_per_booking
  on public.slot_watches (client_id, booking_id) where booking_id is not null and ended_at is null;
create unique index slot_watches_one_per_offer
  on public.slot_watches (client_id, offer_id) where booking_id is null and ended_at is null;

-- What the job looks for.
create index slot_watches_due_idx on public.slot_watches (check_at) where ended_at is null;

alter table public.slot_watches enable row level security;
alter table private.slot_openings enable row level security;

grant select (id, client_id, coach_id, offer_id, booking_id, before_at, created_at, ended_at)
  on public.slot_watches to authenticated;

-- No writes: watch_booking, watch_offer, stop_watch and the job.
