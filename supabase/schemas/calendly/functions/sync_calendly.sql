/*
 * Cron's, every ten minutes: has the calendar of each connected coach read again, and tells
 * those whose calendar could not be read for long.
 */
create function private.sync_calendars()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue_calendly_sync(
    calendly_connections.coach_id,
    floor(extract(epoch from now()) / 600)::text
  )
  from private.calendly_connections
  where calendly_connections.status = 'connected';

  select private.notify_calendly_stale(calendly_connections.coach_id)
  from private.calendly_connections
  where private.is_calendly_stale(calendly_connections);

  -- Nothing of theirs changed but the hour, and what search says of them is to be found anew.
  insert into private.calendar_changes (coach_id)
  select calendly_connections.coach_id
  from private.calendly_connections
  where private.is_calendly_stale(calendly_connections);
$$;

/* Asks for a sync of one coach's calendar; the same `occasion` asks once. */
create function private.enqueue_calendly_sync(coach_id uuid, occasion text)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'calendly.sync',
    'calendly.sync:' || enqueue_calendly_sync.coach_id || ':' || enqueue_calendly_sync.occasion,
    jsonb_build_object('coach_id', enqueue_calendly_sync.coach_id)
  );
$$;

/*
 * What `dispatch` needs to read a coach's calendar, or null without a connection. `read_at`
 * is this moment: of two syncs that overlap, what was asked for later wins. `until` is the
 * end of what clients can see, `intake` the event types whose bookings become sessions here.
 */
create function private.calendly_sync_work(coach_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'coach_id', calendly_connections.coach_id,
    'user_uri', calendly_connections.user_uri,
    'organization_uri', calendly_connections.organization_uri,
    'plan', calendly_connections.plan,
    'webhook_uri', calendly_connections.webhook_uri,
    'read_at', clock_timestamp(),
    'until', now() + make_interval(days => availability_settings.horizon_days + 1),
    'intake', private.calendly_intake_types(calendly_connections)
  )
  from private.calendly_connections
  join public.availability_settings on availability_settings.coach_id = calendly_connections.coach_id
  where calendly_connections.coach_id = calendly_sync_work.coach_id
    and calendly_connections.status = 'connected';
$$;

/* The URIs of the event types that are offers of a coach who wants what is booked there here. */
create function private.calendly_intake_types(connection private.calendly_connections)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(distinct calendly_event_types.uri), '[]')
  from public.calendly_event_types
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  where calendly_event_types.coach_id = (calendly_intake_types.connection).coach_id
    and (calendly_intake_types.connection).intake <> 'off';
$$;
