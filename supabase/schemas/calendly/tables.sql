comment on table private.calendly_connections is 'A coach''s Calendly account. Its tokens are in the vault only.';
comment on table public.calendly_event_types is 'What a coach has at Calendly to be booked for, as the last sync found it.';
comment on table public.calendly_offers is 'Which event type at Calendly an offer is booked as; by lineage, so that a changed offer keeps it.';

alter table private.calendly_connections
  add constraint calendly_connections_claim_has_an_end check ((refresh_claim is null) = (refresh_expires_at is null));

alter table private.calendly_connections enable row level security;
alter table public.calendly_event_types enable row level security;
alter table public.calendly_offers enable row level security;

grant select on public.calendly_event_types to authenticated;
grant select on public.calendly_offers to authenticated;

-- No writes: event types come from the sync, the choice from save_calendly_choices.

comment on table private.calendly_events is 'The event at Calendly that a booking of ours has there, made by us or by its client.';

-- Two changes of one booking never make two events of it that stand.
create unique index calendly_events_one_that_stands_per_booking
  on private.calendly_events (booking_id)
  where status in ('pending', 'created', 'clash', 'failed');

alter table private.calendly_events enable row level security;

comment on table private.calendly_bookings is 'A session that somebody booked at Calendly, and what became of it here.';

alter table private.calendly_bookings
  add constraint calendly_bookings_end_after_start check (ends_at > starts_at),
  add constraint calendly_bookings_linked_have_a_booking check ((status = 'linked') = (booking_id is not null));

-- Whose address a new person has, and what lapses.
create index calendly_bookings_email_idx
  on private.calendly_bookings (lower(email)) where status in ('waiting', 'clash');
create index calendly_bookings_pay_by_idx
  on private.calendly_bookings (pay_by) where status in ('waiting', 'clash');

alter table private.calendly_connections
  add constraint calendly_connections_intake_has_a_start check ((intake = 'off') = (intake_began_at is null));

alter table private.calendly_bookings enable row level security;
