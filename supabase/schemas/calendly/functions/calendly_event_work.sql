/*
 * What `dispatch` needs to make a booking's event at Calendly, or null when that is done or
 * no longer wanted. The booking's id goes along as utm_content: Calendly knows no idempotency
 * keys, and by it a worker that was cut off finds what it made.
 */
create function private.create_calendly_event_work(event_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.calendly_event_facts(calendly_events) || jsonb_build_object(
    'event_type_uri', calendly_events.event_type_uri,
    'location_kinds', coalesce(calendly_event_types.location_kinds, '{}'),
    'client_name', private.shown_name(client),
    'time_zone', bookings.client_time_zone
  )
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id and bookings.status = 'confirmed'
  join public.profiles as client on client.id = bookings.client_id
  left join public.calendly_event_types
    on calendly_event_types.coach_id = bookings.coach_id and calendly_event_types.uri = calendly_events.event_type_uri
  where calendly_events.id = create_calendly_event_work.event_id
    and calendly_events.status = 'pending'
    and bookings.starts_at > now();
$$;

/* What `dispatch` needs to call a booking's event at Calendly off, or null when that is done. */
create function private.cancel_calendly_event_work(event_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.calendly_event_facts(calendly_events)
  from private.calendly_events
  where calendly_events.id = cancel_calendly_event_work.event_id
    and calendly_events.status = 'cancelling';
$$;

/* What finds an event at Calendly; null when its coach has no connection that works. */
create function private.calendly_event_facts(event private.calendly_events)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'coach_id', bookings.coach_id,
    'booking_id', bookings.id,
    'user_uri', calendly_connections.user_uri,
    'event_uri', (calendly_event_facts.event).event_uri,
    'starts_at', (calendly_event_facts.event).starts_at,
    'is_unpaid', bookings.status = 'expired',
    'email', profile_contacts.email
  )
  from public.bookings
  join private.calendly_connections
    on calendly_connections.coach_id = bookings.coach_id and calendly_connections.status = 'connected'
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  where bookings.id = (calendly_event_facts.event).booking_id;
$$;
