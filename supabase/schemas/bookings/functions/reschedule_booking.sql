/*
 * A party moves a confirmed session to another time that the coach offers. Order and payment
 * stay, the meeting comes along; both are told, and reminded anew. How late and how often is the order's to say
 * (move_terms). Takes the new start as an instant, and a reason that the other party reads.
 *
 * Raises: OBNFD (not a party, or no such booking), OBNMV (may not be moved by the asker now),
 * OBTIM (not a time that is offered, or the one it has), OBTKN (somebody else has the time).
 * Security definer: nobody may update bookings.
 */
create function public.reschedule_booking(booking_id uuid, starts_at timestamptz, reason text default '')
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings := private.lock_booking(reschedule_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  perform private.move_session(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
end;
$$;

grant execute on function public.reschedule_booking(uuid, timestamptz, text) to authenticated;

/*
 * An admin moves a session: `select admin.reschedule_booking('…', '2027-01-05 16:00+00', 'Asked
 * by phone.')` in Studio's editor. No cut-off holds. Raises: OBNMV, OBTIM, OBTKN.
 */
create function admin.reschedule_booking(booking_id uuid, starts_at timestamptz, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.move_session(
    private.lock_booking(reschedule_booking.booking_id), 'admin', reschedule_booking.starts_at, reschedule_booking.reason
  );
end;
$$;

/*
 * Moves a session whose order and booking the caller has locked, in this order. Raises: OBNMV,
 * OBTIM, OBTKN.
 *
 * The race for the new time is decided by bookings_never_overlap. Two sessions moved into each
 * other's time at once would each wait for the other there, and deadlock, as would one moved
 * into a time that is being booked: so a coach's calendar takes one move at a time, and
 * request_booking, which shares this lock, none meanwhile.
 */
create function private.move_session(
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
  v_refusal text := private.move_refusal(move_session.booking, move_session.actor);
begin
  if (move_session.booking).id is null or v_refusal is not null then
    raise exception '%', coalesce(v_refusal, 'There is no such session.') using errcode = 'OBNMV';
  end if;

  perform private.require_transition('confirmed', 'confirmed', move_session.actor);
  perform from public.coaches where coaches.id = (move_session.booking).coach_id for no key update;
  perform private.lock_calendar((move_session.booking).coach_id);
  perform private.require_free_move(move_session.booking, move_session.starts_at);

  perform private.write_move(move_session.booking, move_session.actor, move_session.starts_at, move_session.reason);
end;
$$;

/*
 * Writes a move that is allowed: the booking at its new time, who moved it and why, the
 * meeting along with it; both are told. The caller holds the locks of order, booking and
 * calendar. Raises: OBTKN.
 */
create function private.write_move(
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
  v_ends_at timestamptz := write_move.starts_at + ((write_move.booking).ends_at - (write_move.booking).starts_at);
  v_sequence integer := (write_move.booking).sequence + 1;
begin
  begin
    update public.bookings
    set starts_at = write_move.starts_at,
        ends_at = v_ends_at,
        sequence = v_sequence,
        moved_at = now(),
        moved_by = write_move.actor,
        refund_cap_cents = case
          when write_move.actor = 'client' then private.agreed_refund_cents(write_move.booking, 'client')
        end
    where bookings.id = (write_move.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    (write_move.booking).id, write_move.actor,
    case when write_move.actor in ('client', 'coach') then private.current_profile_id() end,
    'confirmed', 'confirmed',
    jsonb_build_object(
      'from', (write_move.booking).starts_at, 'to', write_move.starts_at,
      'sequence', v_sequence, 'reason', left(trim(write_move.reason), 500)
    )
  );
  perform private.move_meeting((write_move.booking).id);
  perform private.notify_parties((write_move.booking).id, 'booking_moved', v_sequence + 1);
end;
$$;

/*
 * Refuses a new start at which the coach does not offer a session like this one. What lapsed
 * holds took is freed first. Raises: OBTIM, OBTKN.
 */
create function private.require_free_move(booking public.bookings, starts_at timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_during tstzrange := tstzrange(
    require_free_move.starts_at,
    require_free_move.starts_at + ((require_free_move.booking).ends_at - (require_free_move.booking).starts_at)
  );
  v_offer public.offers;
begin
  if require_free_move.starts_at = (require_free_move.booking).starts_at then
    raise exception 'This is the time the session has already. Choose another one.' using errcode = 'OBTIM';
  end if;

  select * into v_offer from public.offers where offers.id = (require_free_move.booking).offer_id;
  perform private.expire_lapsed_holds((require_free_move.booking).coach_id, v_during);

  if not private.is_free(v_offer, require_free_move.starts_at, (require_free_move.booking).id) then
    if private.is_offered(v_offer, require_free_move.starts_at)
      and v_during && private.booked_times(v_offer.coach_id, v_during, (require_free_move.booking).id) then
      raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
    end if;
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;
end;
$$;
