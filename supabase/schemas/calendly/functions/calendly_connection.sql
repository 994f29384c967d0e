/*
 * The asker's own connection, as their page shows it; no row without one. `stale_since` is
 * when the calendar was last read, null while that is recent enough.
 *
 * Security definer: connections are not granted to anyone.
 */
create function public.calendly_connection()
returns table (
  account_name text,
  scheduling_url text,
  plan public.calendly_plan,
  status public.calendly_status,
  when_stale public.calendly_when_stale,
  intake public.calendly_intake,
  last_ok_at timestamptz,
  stale_since timestamptz,
  last_error text
)
language sql
stable
security definer
set search_path = ''
as $$
  select calendly_connections.account_name, calendly_connections.scheduling_url,
    calendly_connections.plan, calendly_connections.status, calendly_connections.when_stale, calendly_connections.intake,
    calendly_connections.last_ok_at,
    case when private.is_calendly_stale(calendly_connections)
      then coalesce(calendly_connections.last_ok_at, calendly_connections.connected_at)
    end,
    calendly_connections.last_error
  from private.calendly_connections
  where calendly_connections.coach_id = private.current_coach_id();
$$;

grant execute on function public.calendly_connection() to authenticated;
