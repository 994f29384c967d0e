/*
 * The people a coach works with: sessions held and coming, and when they last met. Newest
 * contact first, 50 a page and one more when there is a next. No row without a practice.
 *
 * Security definer: one grouped pass over rows whose policies would each be checked.
 */
create function public.coach_clients(page_number integer default 1)
returns table (
  client_id uuid,
  conversation_id uuid,
  client_name text,
  kind public.profile_kind,
  company text,
  home_state text,
  sessions_held integer,
  next_starts_at timestamptz,
  last_starts_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select client.id, conversations.id,
    private.shown_name(client),
    client.kind, client.company, client.home_state, sessions.held, sessions.next_starts_at, sessions.last_starts_at
  from public.conversations
  join public.profiles as client on client.id = conversations.client_id
  cross join lateral (
    select count(*) filter (where bookings.status = 'completed')::integer as held,
      min(bookings.starts_at) filter (where bookings.status = 'confirmed' and bookings.starts_at > now()) as next_starts_at,
      max(bookings.starts_at) filter (where bookings.status = 'completed') as last_starts_at
    from public.bookings
    where bookings.coach_id = conversations.coach_id
      and bookings.client_id = conversations.client_id
  ) as sessions
  where conversations.coach_id = private.current_coach_id()
  order by coalesce(sessions.next_starts_at, sessions.last_starts_at, conversations.created_at) desc
  limit 51 offset (greatest(coach_clients.page_number, 1) - 1) * 50;
$$;

grant execute on function public.coach_clients(integer) to authenticated;
