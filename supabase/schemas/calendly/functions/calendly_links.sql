/*
 * Where an offer of a coach can be booked at Calendly, for those who let their page lead there:
 * one row for each such offer on sale. None while their calendar can't be read and they chose to
 * be closed then.
 *
 * Security definer: what is chosen of a connection is not granted to anyone.
 */
create function public.calendly_links(coach_id uuid)
returns table (offer_id uuid, lineage_id uuid, scheduling_url text)
language sql
stable
security definer
set search_path = ''
as $$
  select offers.id, offers.lineage_id, calendly_event_types.scheduling_url
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id and coaches.status = 'approved'
  join public.calendly_event_types on calendly_event_types.coach_id = coaches.id and calendly_event_types.is_active
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  join public.offers
    on offers.lineage_id = calendly_offers.lineage_id
    and offers.archived_at is null
    and offers.is_instant
    and offers.kind in ('session', 'intro_call')
    and offers.duration_minutes = calendly_event_types.duration_minutes
  where calendly_connections.coach_id = calendly_links.coach_id
    and calendly_connections.intake = 'page'
    and calendly_connections.status = 'connected'
    and not private.is_calendly_closed(calendly_connections.coach_id);
$$;

grant execute on function public.calendly_links(uuid) to anon, authenticated;
