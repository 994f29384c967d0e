/*
 * The events at Calendly that we know of and that are still to come, of one coach: what a sync
 * compares with Calendly's own lists, in case a webhook was lost. `stands` tells those that a
 * session, or something that waits to become one, still needs.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.calendly_events_ahead(coach_id uuid)
returns table (event_uri text, stands boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select calendly_events.event_uri, calendly_events.status = 'created' and bookings.status in ('held', 'confirmed')
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where bookings.coach_id = calendly_events_ahead.coach_id
    and calendly_events.event_uri is not null
    and calendly_events.starts_at > now()
  union all
  select calendly_bookings.event_uri, calendly_bookings.status in ('waiting', 'clash')
  from private.calendly_bookings
  where calendly_bookings.coach_id = calendly_events_ahead.coach_id
    and calendly_bookings.status <> 'linked'
    and calendly_bookings.starts_at > now();
$$;

grant execute on function public.calendly_events_ahead(uuid) to service_role;
