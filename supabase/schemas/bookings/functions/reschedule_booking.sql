/*
 * A party moves a confirmed session to another time that the coach offers, or with `and_following`
 * that one and all of its series that come after it (move_series); the client of a seat that to
 * another date of its group session (move_seat). Order and payment stay, the
 * meeting comes along; both are told, and reminded anew. How late and how often is the order's to
 * say (move_terms). Takes the new start as an instant, and a reason that the other party reads.
 *
 * Raises: OBNFD (not a party, or no such booking), OBNMV (may not be moved by the asker now),
 * OBTIM (not a time that is offered, or the one it has), OBTKN (somebody else has the time),
 * OBDAT (some of the series' new times are not free; names them); of a seat OGTWO, OGOVR, OGFUL.
 * Security definer: nobody may update bookings.
 */
create function public.reschedule_booking(
  booking_id uuid,
  starts_at timestamptz,
  reason text default '',
  and_following boolean default false
)
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

  -- A seat is an order of its own: nothing follows it.
  if reschedule_booking.and_following and v_booking.group_date_id is null then
    perform private.move_series(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
  else
    perform private.move_session(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
  end if;
end;
$$;

grant execute on function public.reschedule_booking(uuid, timestamptz, text, boolean) to authenticated;

/*
 * An admin moves a session: `select admin.reschedule_booking('…', '2027-01-05 16:00+00', 'Asked
 * by phone.')` in Studio's editor. No cut-off holds. Raises: OBNMV, OBTIM, OBTKN, OGTWO, OGOVR, OGFUL.
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
 * OBTIM, OBTKN, and what move_seat raises.
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

  if (move_session.booking).group_date_id is not null then
    perform private.move_seat(
      move_session.booking, move_session.actor, move_session.starts_at, move_session.reason
    );
    return;
  end if;

  perform private.lock_calendar((move_session.booking).coach_id);
  perform private.require_free_move(
    move_session.booking, move_session.starts_at, array[(move_session.booking).id]
  );

  perform private.write_move(move_session.booking, move_session.actor, move_session.starts_at, move_session.reason);
end;
$$;
