/*
 * Whether a coach's calendar has not been read for so long (platform_settings) that what we
 * know of it can't be relied on. Looked at when it is asked, so that it is true even while
 * no job runs.
 */
create function private.is_calendly_stale(connection private.calendly_connections)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce((is_calendly_stale.connection).last_ok_at, (is_calendly_stale.connection).connected_at)
    < now() - make_interval(mins => (private.settings()).calendar_stale_minutes);
$$;

/* Whether a coach offers nothing right now because their calendar is stale and they chose so. */
create function private.is_calendly_closed(coach_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from private.calendly_connections
    where calendly_connections.coach_id = is_calendly_closed.coach_id
      and calendly_connections.when_stale = 'closed'
      and private.is_calendly_stale(calendly_connections)
  );
$$;

/* Tells a coach that their calendar can't be read; once for each time that it was last read. */
create function private.notify_calendly_stale(coach_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(
    coaches.profile_id, 'calendar_stale', coaches.id, null,
    (extract(epoch from coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)) / 60)::integer
  )
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id
  where calendly_connections.coach_id = notify_calendly_stale.coach_id;
$$;

/*
 * Since when the calendar of an offer's coach, who is listed and stays open meanwhile, could
 * not be read, for who books there; null while all is well, and without a calendar.
 *
 * Security definer: visitors learn this one fact, not the connection.
 */
create function public.calendar_unread_since(offer_id uuid)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  join private.calendly_connections on calendly_connections.coach_id = coaches.id
  where offers.id = calendar_unread_since.offer_id
    and calendly_connections.when_stale = 'open'
    and private.is_calendly_stale(calendly_connections);
$$;

grant execute on function public.calendar_unread_since(uuid) to anon, authenticated;
