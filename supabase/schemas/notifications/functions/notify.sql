/*
 * Tells one person that something happened to a subject, as the rules of that event say (`kind` is its
 * name): by each way that is switched on, at once or some minutes later. The same thing a second time is
 * told once. `version` tells apart what may be told again (a session that was moved); `run_after` is when
 * it may leave at the earliest. Whether it still holds is looked at when it leaves (is_still_true).
 */
create function private.notify(
  recipient_id uuid,
  kind text,
  subject_id uuid,
  booking_id uuid default null,
  version integer default 1,
  run_after timestamptz default now()
)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.notifications (
    recipient_id, kind, channel, subject_id, booking_id, version, offset_minutes, cancelled_by, run_after
  )
  select notify.recipient_id, rules.kind, rules.channel, notify.subject_id, notify.booking_id, notify.version,
    rules.offset_minutes, rules.cancelled_by,
    notify.run_after + make_interval(mins => coalesce(rules.offset_minutes, 0))
  from public.notification_rules as rules
  join private.notification_events on notification_events.event = rules.event
  join public.notification_kinds on notification_kinds.kind = rules.kind
  where rules.event = notify.kind
    and rules.is_enabled
    and notification_kinds.is_enabled
    and (
      cardinality(notification_events.recipients) = 1
      or rules.recipient = private.party_of(notify.recipient_id, notify.subject_id, notify.booking_id)
    )
  on conflict do nothing;
$$;

/* Tells client and coach of a booking the same thing. `version` as for notify. */
create function private.notify_parties(booking_id uuid, kind text, version integer default 1)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(party.profile_id, notify_parties.kind, bookings.id, bookings.id, notify_parties.version)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (values (bookings.client_id), (coaches.profile_id)) as party (profile_id)
  where bookings.id = notify_parties.booking_id;
$$;
