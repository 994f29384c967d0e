/*
 * The asker's sessions as client or as coach, coming ones soonest first or past ones latest
 * first: what "My sessions" and the coach's calendar show. Lapsed holds count as past at
 * once. One page of 20 and one more when there is a next.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.session_list(
  party public.booking_actor,
  is_past boolean default false,
  page_number integer default 1
)
returns table (
  booking_id uuid,
  status public.booking_status,
  starts_at timestamptz,
  ends_at timestamptz,
  hold_expires_at timestamptz,
  offer_title text,
  counterpart_name text,
  coach_slug text,
  amount_cents integer,
  is_joinable boolean,
  is_reviewable boolean,
  session_position integer,
  session_count integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select bookings.id,
    private.shown_status(bookings),
    bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
    case session_list.party
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.slug, private.session_cents(bookings),
    private.is_joinable(bookings),
    session_list.party = 'client' and private.is_reviewable(bookings),
    bookings.position, orders.session_count
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  where case session_list.party
      when 'client' then bookings.client_id = private.current_profile_id()
      when 'coach' then bookings.coach_id = private.current_coach_id()
        and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
      else false
    end
    and session_list.is_past = not (
      private.shown_status(bookings) in ('held', 'requested', 'confirmed') and bookings.ends_at > now()
    )
  order by
    case when session_list.is_past then bookings.starts_at end desc,
    bookings.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$$;

grant execute on function public.session_list(public.booking_actor, boolean, integer) to authenticated;
