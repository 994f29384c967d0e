/*
 * A session was moved at Calendly: `payload` is the new invitee, which names the old one. Our
 * session goes along, with its order, payment and meeting, whatever our hours say: at Calendly
 * the coach offered that time. Only somebody else's session in the way stops it: then ours
 * stays where it is, and both are told. It counts as the client's move: the link to it is in
 * their mail. Returns false, and changes nothing, when the old invitee is nothing of ours that
 * stands.
 */
create function private.follow_calendly_move(coach_id uuid, payload jsonb)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
  v_booking public.bookings;
  v_starts_at timestamptz := (follow_calendly_move.payload #>> '{scheduled_event,start_time}')::timestamptz;
begin
  select calendly_events.booking_id into v_booking_id
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where calendly_events.invitee_uri = follow_calendly_move.payload ->> 'old_invitee'
    and bookings.coach_id = follow_calendly_move.coach_id;

  if v_booking_id is null then
    return private.follow_calendly_guest_move(follow_calendly_move.coach_id, follow_calendly_move.payload);
  end if;

  v_booking := private.lock_booking(v_booking_id);

  if v_booking.status not in ('held', 'confirmed') or v_booking.starts_at <= now() then
    return false;
  end if;

  -- The old event is gone and the new one is there, before the booking moves: nothing is to be
  -- sent to Calendly about it.
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.invitee_uri = follow_calendly_move.payload ->> 'old_invitee'
    and calendly_events.status = 'created';

  if not found then
    return false; -- It was moved or called off here, meanwhile.
  end if;

  insert into private.calendly_events (booking_id, event_type_uri, status, starts_at, event_uri, invitee_uri)
  values (
    v_booking.id, follow_calendly_move.payload #>> '{scheduled_event,event_type}', 'created', v_starts_at,
    follow_calendly_move.payload ->> 'event', follow_calendly_move.payload ->> 'uri'
  );

  if v_starts_at = v_booking.starts_at then
    return true; -- Moved to another event at the same time.
  end if;

  begin
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.lock_calendar(v_booking.coach_id);
    perform private.expire_lapsed_holds(
      v_booking.coach_id, tstzrange(v_starts_at, v_starts_at + (v_booking.ends_at - v_booking.starts_at))
    );
    if v_booking.status = 'held' then
      perform private.move_hold(v_booking, v_starts_at);
    else
      perform private.write_move(v_booking, 'client', v_starts_at, 'Moved at Calendly.');
    end if;
  exception when sqlstate 'OBTKN' then
    update private.calendly_events
    set status = 'clash', starts_at = v_booking.starts_at
    where calendly_events.event_uri = follow_calendly_move.payload ->> 'event';

    if v_booking.status = 'held' then
      perform private.give_hold_back(v_booking, follow_calendly_move.payload);
    else
      perform private.notify_parties(v_booking.id, 'calendar_clash');
    end if;
  end;

  return true;
end;
$$;

/*
 * A session that is held for its payment moves along, at the client's wish; how long they have
 * to pay stays, at most until the new start. Calendly has told both. Raises: OBTKN.
 */
create function private.move_hold(booking public.bookings, starts_at timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.require_transition('held', 'held', 'client');

  begin
    update public.bookings
    set starts_at = move_hold.starts_at,
        ends_at = move_hold.starts_at + ((move_hold.booking).ends_at - (move_hold.booking).starts_at),
        hold_expires_at = least(bookings.hold_expires_at, move_hold.starts_at),
        sequence = bookings.sequence + 1
    where bookings.id = (move_hold.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, before, after, detail)
  values (
    (move_hold.booking).id, 'client', 'held', 'held',
    jsonb_build_object(
      'from', (move_hold.booking).starts_at, 'to', move_hold.starts_at,
      'sequence', (move_hold.booking).sequence + 1, 'reason', 'Moved at Calendly.'
    )
  );
end;
$$;

/*
 * What is held was moved, at Calendly, to a time of somebody else's session: the hold ends, and
 * what was booked waits at its new time as one that clashes. `payload` is the new invitee.
 */
create function private.give_hold_back(booking public.bookings, payload jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id uuid;
begin
  update private.calendly_bookings
  set status = 'clash', booking_id = null,
      event_uri = give_hold_back.payload ->> 'event', invitee_uri = give_hold_back.payload ->> 'uri',
      starts_at = (give_hold_back.payload #>> '{scheduled_event,start_time}')::timestamptz,
      ends_at = (give_hold_back.payload #>> '{scheduled_event,end_time}')::timestamptz
  where calendly_bookings.booking_id = (give_hold_back.booking).id
  returning calendly_bookings.id into v_id;

  -- The event at Calendly is not this booking's any more.
  delete from private.calendly_events
  where calendly_events.event_uri = give_hold_back.payload ->> 'event';

  perform private.lapse_hold((give_hold_back.booking).order_id, 'system');
  perform private.place_calendly_booking(v_id);
end;
$$;

/* The same for what waits for its person or its time. */
create function private.follow_calendly_guest_move(coach_id uuid, payload jsonb)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_starts_at timestamptz := (follow_calendly_guest_move.payload #>> '{scheduled_event,start_time}')::timestamptz;
  v_id uuid;
begin
  update private.calendly_bookings
  set event_uri = follow_calendly_guest_move.payload ->> 'event',
      invitee_uri = follow_calendly_guest_move.payload ->> 'uri',
      reschedule_url = coalesce(follow_calendly_guest_move.payload ->> 'reschedule_url', calendly_bookings.reschedule_url),
      starts_at = v_starts_at,
      ends_at = (follow_calendly_guest_move.payload #>> '{scheduled_event,end_time}')::timestamptz,
      pay_by = least(calendly_bookings.pay_by, v_starts_at)
  where calendly_bookings.coach_id = follow_calendly_guest_move.coach_id
    and calendly_bookings.invitee_uri = follow_calendly_guest_move.payload ->> 'old_invitee'
    and calendly_bookings.status in ('waiting', 'clash')
  returning calendly_bookings.id into v_id;

  if v_id is not null then
    perform private.place_calendly_booking(v_id);
  end if;

  return v_id is not null;
end;
$$;
