/*
 * A session was moved at Calendly: `payload` is the new invitee, which names the old one. Our
 * session goes along, with its order, payment and meeting, whatever our hours say: at Calendly
 * the coach offered that time. Only somebody else's session in the way stops it: then ours
 * stays where it is, and both are told. It counts as the client's move: the link to it is in
 * their mail. An old invitee that is not a session of ours, or no longer, is left alone.
 */
create function private.follow_calendly_move(coach_id uuid, payload jsonb)
returns void
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

  v_booking := private.lock_booking(v_booking_id);

  if v_booking.status is distinct from 'confirmed' or v_booking.starts_at <= now() then
    return;
  end if;

  -- The old event is gone and the new one is there, before the booking moves: nothing is to be
  -- sent to Calendly about it.
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.invitee_uri = follow_calendly_move.payload ->> 'old_invitee'
    and calendly_events.status = 'created';

  if not found then
    return; -- It was moved or called off here, meanwhile.
  end if;

  insert into private.calendly_events (booking_id, event_type_uri, status, starts_at, event_uri, invitee_uri)
  values (
    v_booking.id, follow_calendly_move.payload #>> '{scheduled_event,event_type}', 'created', v_starts_at,
    follow_calendly_move.payload ->> 'event', follow_calendly_move.payload ->> 'uri'
  );

  if v_starts_at = v_booking.starts_at then
    return; -- Moved to another event at the same time.
  end if;

  begin
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.lock_calendar(v_booking.coach_id);
    perform private.expire_lapsed_holds(
      v_booking.coach_id, tstzrange(v_starts_at, v_starts_at + (v_booking.ends_at - v_booking.starts_at))
    );
    perform private.write_move(v_booking, 'client', v_starts_at, 'Moved at Calendly.');
  exception when sqlstate 'OBTKN' then
    update private.calendly_events
    set status = 'clash', starts_at = v_booking.starts_at
    where calendly_events.event_uri = follow_calendly_move.payload ->> 'event';

    perform private.notify_parties(v_booking.id, 'calendar_clash');
  end;
end;
$$;
