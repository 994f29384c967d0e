/*
 * The URIs of the events at Calendly that sessions to come of a coach have: what a sync
 * compares with Calendly's own list, in case a webhook was lost.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.calendly_events_ahead(coach_id uuid)
returns setof text
language sql
stable
security definer
set search_path = ''
as $$
  select calendly_events.event_uri
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where bookings.coach_id = calendly_events_ahead.coach_id
    and bookings.status = 'confirmed'
    and bookings.starts_at > now()
    and calendly_events.status = 'created';
$$;

grant execute on function public.calendly_events_ahead(uuid) to service_role;
