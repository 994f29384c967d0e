/*
 * Applies what Calendly delivered. Calendly sends no event id, so the caller makes one from
 * what identifies the event. Returns false when it was applied before.
 *
 * What is called off there is called off here. A reschedule comes as two events, in any
 * order: the cancellation (rescheduled: true) does nothing, so that no money moves, and the
 * new invitee names the old one, which is how its booking is found: tracking is not carried
 * over. What else was booked there is left to the sync, which reads it as it is by then: an
 * invitee that comes late may have been moved or called off since (take_calendly_event).
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.apply_calendly_event(event_id text, event jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_type text := apply_calendly_event.event ->> 'event';
  v_payload jsonb := apply_calendly_event.event -> 'payload';
  v_coach_id uuid;
begin
  if not private.claim_webhook_event('calendly', apply_calendly_event.event_id, v_type, apply_calendly_event.event) then
    return false;
  end if;

  select calendly_connections.coach_id into v_coach_id
  from private.calendly_connections
  where calendly_connections.user_uri = v_payload #>> '{scheduled_event,event_memberships,0,user}';

  if not found then
    return true; -- Of an account that is no longer connected.
  end if;

  case v_type
    when 'invitee.canceled' then
      if not (v_payload ->> 'rescheduled')::boolean then
        perform private.follow_calendly_cancellation(v_coach_id, v_payload);
      end if;
    when 'invitee.created' then
      if v_payload ->> 'old_invitee' is not null then
        perform private.follow_calendly_move(v_coach_id, v_payload);
      end if;
    else
      null; -- Noted, without effect.
  end case;

  perform private.enqueue_calendly_sync(v_coach_id, 'event:' || apply_calendly_event.event_id);

  return true;
end;
$$;

grant execute on function public.apply_calendly_event(text, jsonb) to service_role;

/*
 * A session was called off at Calendly by its coach or client: it is cancelled here on the
 * same terms as if they had done it here, and one that is not paid yet is just off. Our own
 * cancellations come back as events, too; their event is not one that stands any more, and
 * nothing happens.
 */
create function private.follow_calendly_cancellation(coach_id uuid, payload jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_reason text := coalesce(follow_calendly_cancellation.payload #>> '{cancellation,reason}', '');
  v_booking_id uuid;
  v_booking public.bookings;
  v_actor public.booking_actor := case
    when follow_calendly_cancellation.payload #>> '{cancellation,canceler_type}' = 'host' then 'coach' else 'client'
  end;
begin
  update private.calendly_bookings
  set status = 'cancelled'
  where calendly_bookings.event_uri = follow_calendly_cancellation.payload ->> 'event'
    and calendly_bookings.coach_id = follow_calendly_cancellation.coach_id
    and calendly_bookings.status in ('waiting', 'clash');

  select calendly_events.booking_id into v_booking_id
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  where calendly_events.event_uri = follow_calendly_cancellation.payload ->> 'event'
    and calendly_events.status = 'created'
    and bookings.coach_id = follow_calendly_cancellation.coach_id;

  if not found then
    return;
  end if;

  v_booking := private.lock_booking(v_booking_id);

  -- Gone at Calendly already: the trigger must not send a cancellation after it.
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.event_uri = follow_calendly_cancellation.payload ->> 'event'
    and calendly_events.status = 'created';

  if not found then
    return;
  end if;

  if v_booking.status = 'held' then
    perform private.call_off_hold(v_booking, v_actor, v_reason);
  else
    perform private.call_off(v_booking, v_actor, private.refundable_cents(v_booking, v_actor), v_reason);
  end if;
end;
$$;
