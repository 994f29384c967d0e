/*
 * Why `actor` may not move this session now, as a sentence for them, or null when they may. The
 * cut-offs are the order's, as it was sold; admins have none.
 */
create function private.move_refusal(booking public.bookings, actor public.booking_actor)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (move_refusal.booking).status <> 'confirmed' or (move_refusal.booking).starts_at <= now()
      then 'This session can no longer be moved.'
    when (move_refusal.booking).group_date_id is not null and move_refusal.actor = 'coach'
      then 'Only whoever has the seat can move it to another date. You can call the date off.'
    when terms.move_until < now()
      then 'It is too close to the start to move this session. You can still cancel it, or write to each other.'
    when terms.moves_left <= 0
      then 'You have moved this session as often as you can. You can still cancel it, or ask your coach to move it.'
  end
  from private.terms_of_move(move_refusal.booking, move_refusal.actor) as terms;
$$;

/*
 * Until when `actor` may move a session, and how many more times; null moves are any number.
 * Moves are counted from what happened, never kept.
 */
create function private.terms_of_move(booking public.bookings, actor public.booking_actor)
returns table (move_until timestamptz, moves_left integer)
language sql
stable
set search_path = ''
as $$
  select (terms_of_move.booking).starts_at - make_interval(mins => case terms_of_move.actor
      when 'client' then orders.client_move_minutes
      when 'coach' then orders.coach_move_minutes
      else 0
    end),
    case when terms_of_move.actor = 'client' then orders.client_moves - (
      select count(*)::integer
      from public.booking_events
      where booking_events.booking_id = (terms_of_move.booking).id
        and booking_events.before = 'confirmed'
        and booking_events.after = 'confirmed'
        and booking_events.actor = 'client'
    ) end
  from public.orders
  where orders.id = (terms_of_move.booking).order_id;
$$;

/*
 * Whether the asker may move a session now and until when, how many more times, and what comes
 * back when the client cancels the session once it is moved to `starts_at`: what the page that
 * moves it shows. `full_until` is null without a new start. No row for anyone but the parties.
 *
 * Security definer: reschedule_booking asks too, and both must see the same rows.
 */
create function public.move_terms(booking_id uuid, starts_at timestamptz default null)
returns table (
  refusal text,
  move_until timestamptz,
  moves_left integer,
  full_until timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select private.move_refusal(bookings, party.actor), terms.move_until, terms.moves_left,
    case
      when party.actor = 'coach' then move_terms.starts_at
      when private.agreed_refund_cents(bookings, 'client') >= private.policy_cents(bookings)
        then move_terms.starts_at - make_interval(mins => orders.full_refund_minutes)
    end
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.terms_of_move(bookings, party.actor) as terms
  where bookings.id = move_terms.booking_id
    and party.actor is not null;
$$;

grant execute on function public.move_terms(uuid, timestamptz) to authenticated;

/*
 * The times to which one of its parties can move a session, from `from_at` up to `to_at` (at
 * most 62 days), in order: those that the coach offers for a session like this one, the time
 * that it takes itself counting as free, and with `and_following` those of its series that would
 * move along. Of a seat: the other dates with a seat left. None for anyone but the parties.
 *
 * Security definer: nobody sees a coach's hours and bookings.
 */
create function public.move_slots(
  booking_id uuid,
  from_at timestamptz,
  to_at timestamptz,
  and_following boolean default false
)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql
stable
security definer
set search_path = ''
as $$
  select slot.starts_at, slot.ends_at
  from public.bookings as moved
  join public.offers on offers.id = moved.offer_id
  cross join lateral private.free_slots(
    moved.coach_id,
    offers.duration_minutes,
    tstzrange(
      move_slots.from_at,
      least(greatest(move_slots.to_at, move_slots.from_at), move_slots.from_at + interval '62 days')
    ),
    case
      when move_slots.and_following then array(select following.id from private.this_and_following(moved) as following)
      else array[moved.id]
    end
  ) as slot
  where moved.id = move_slots.booking_id
    and moved.group_date_id is null
    and private.booking_party(moved) is not null
    and slot.starts_at <> moved.starts_at
  union all
  select dates.starts_at, dates.ends_at
  from public.bookings as seat
  cross join lateral private.other_dates(seat) as dates
  where seat.id = move_slots.booking_id
    and seat.group_date_id is not null
    and private.booking_party(seat) is not null
    and dates.starts_at >= move_slots.from_at
    and dates.starts_at < move_slots.to_at
    and private.seats_taken(dates.id) < dates.seats
  order by 1;
$$;

grant execute on function public.move_slots(uuid, timestamptz, timestamptz, boolean) to authenticated;
