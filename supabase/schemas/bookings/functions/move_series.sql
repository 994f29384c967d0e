/*
 * Moves a session and all of its series that follow it, whose order the caller has locked: the
 * session to `starts_at`, each of the others by as much wall time of the coach's zone, so that a
 * Tuesday at nine becomes a Thursday at ten on either side of a clock change. All of them or
 * none; both are told in one mail. Raises: OBNMV, OBTIM, OBTKN (as move_session), OBDAT.
 *
 * They take each other's places, so they move in the order in which those become free, and only
 * those still to move are looked through.
 */
create function private.move_series(
  booking public.bookings,
  actor public.booking_actor,
  starts_at timestamptz,
  reason text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_move record;
  v_moving_ids uuid[];
begin
  perform private.require_series_move(move_series.booking, move_series.actor);
  perform private.require_transition('confirmed', 'confirmed', move_series.actor);
  perform from public.coaches where coaches.id = (move_series.booking).coach_id for no key update;
  perform private.lock_calendar((move_series.booking).coach_id);
  perform private.require_free_series(move_series.booking, move_series.actor, move_series.starts_at);

  v_moving_ids := array(
    select following.id from private.this_and_following(move_series.booking) as following
  );

  for v_move in
    select series.booking, series.starts_at
    from private.series_moves(move_series.booking, move_series.starts_at) as series
    order by case when move_series.starts_at > (move_series.booking).starts_at then -1 else 1 end
      * extract(epoch from (series.booking).starts_at)
  loop
    perform private.require_free_move(v_move.booking, v_move.starts_at, v_moving_ids);
    perform private.set_time(v_move.booking, move_series.actor, v_move.starts_at, move_series.reason);
    v_moving_ids := array_remove(v_moving_ids, (v_move.booking).id);
  end loop;

  perform private.notify_parties(
    (move_series.booking).id, 'booking_moved', (move_series.booking).sequence + 2
  );
end;
$$;

/* The sessions that move_series moves, each with its new start. */
create function private.series_moves(booking public.bookings, starts_at timestamptz)
returns table (booking public.bookings, starts_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select following,
    case
      when following.id = (series_moves.booking).id then series_moves.starts_at
      else (
        following.starts_at at time zone coaches.time_zone
          + (series_moves.starts_at at time zone coaches.time_zone
            - (series_moves.booking).starts_at at time zone coaches.time_zone)
      ) at time zone coaches.time_zone
    end
  from private.this_and_following(series_moves.booking) as following
  join public.coaches on coaches.id = following.coach_id;
$$;

/* Refuses a move of a series of which one session may not be moved by `actor` now. Raises: OBNMV. */
create function private.require_series_move(booking public.bookings, actor public.booking_actor)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refusal text := private.move_refusal(require_series_move.booking, require_series_move.actor);
  v_fixed timestamptz[];
begin
  if v_refusal is not null then
    raise exception '%', v_refusal using errcode = 'OBNMV';
  end if;

  -- Their rows, before the hosts' lock, which the first that moves takes.
  perform from public.bookings
  where bookings.order_id = (require_series_move.booking).order_id
  order by bookings.id
  for update;

  select array_agg(following.starts_at) into v_fixed
  from private.this_and_following(require_series_move.booking) as following
  where private.move_refusal(following, require_series_move.actor) is not null;

  if v_fixed is not null then
    raise exception 'Nothing is moved, because you cannot move every session that follows: %.',
      private.date_list(v_fixed, private.party_zone(require_series_move.booking, require_series_move.actor))
      using errcode = 'OBNMV';
  end if;
end;
$$;

/* Refuses a move of a series to which not every new time is free, and names those. Raises: OBDAT. */
create function private.require_free_series(booking public.bookings, actor public.booking_actor, starts_at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_taken timestamptz[];
begin
  select array_agg(dates.starts_at) into v_taken
  from private.series_move_dates(require_free_series.booking, require_free_series.starts_at) as dates
  where not dates.is_free;

  if v_taken is not null then
    raise exception 'Nothing is moved, because not every new time is free: %.',
      private.date_list(v_taken, private.party_zone(require_free_series.booking, require_free_series.actor))
      using errcode = 'OBDAT';
  end if;
end;
$$;

/* Each session that would move with its new time, and whether that is free. */
create function private.series_move_dates(booking public.bookings, starts_at timestamptz)
returns table (session_id uuid, moved_from timestamptz, starts_at timestamptz, ends_at timestamptz, is_free boolean)
language sql
stable
set search_path = ''
as $$
  select (series.booking).id, (series.booking).starts_at, series.starts_at,
    series.starts_at + ((series.booking).ends_at - (series.booking).starts_at),
    private.is_free(
      offers, series.starts_at,
      array(select following.id from private.this_and_following(series_move_dates.booking) as following)
    )
  from private.series_moves(series_move_dates.booking, series_move_dates.starts_at) as series
  join public.offers on offers.id = (series.booking).offer_id
  order by series.starts_at;
$$;

/*
 * What moving a session to `starts_at` and its series along with it would do, for the page that
 * asks first. No row for anyone but the parties.
 *
 * Security definer: nobody sees a coach's hours and bookings.
 */
create function public.following_moves(booking_id uuid, starts_at timestamptz)
returns table (session_id uuid, moved_from timestamptz, starts_at timestamptz, ends_at timestamptz, is_free boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select dates.session_id, dates.moved_from, dates.starts_at, dates.ends_at, dates.is_free
  from public.bookings
  cross join lateral private.series_move_dates(bookings, following_moves.starts_at) as dates
  where bookings.id = following_moves.booking_id
    and private.booking_party(bookings) is not null
  order by dates.starts_at;
$$;

grant execute on function public.following_moves(uuid, timestamptz) to authenticated;
