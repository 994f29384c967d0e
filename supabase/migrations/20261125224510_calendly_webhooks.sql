SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.follow_calendly_cancellation (
  coach_id uuid,
  payload  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
  v_booking public.bookings;
  v_actor public.booking_actor := case
    when follow_calendly_cancellation.payload #>> '{cancellation,canceler_type}' = 'host' then 'coach' else 'client'
  end;
begin
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

  if found then
    perform private.call_off(
      v_booking, v_actor, private.refundable_cents(v_booking, v_actor),
      coalesce(follow_calendly_cancellation.payload #>> '{cancellation,reason}', '')
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.follow_calendly_move (
  coach_id uuid,
  payload  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.move_session (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.take_calendly_event_away (
  event private.calendly_events
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update private.calendly_events
  set status = case
    when (take_calendly_event_away.event).status in ('clash', 'failed') and (take_calendly_event_away.event).event_uri is null then 'cancelled'
    else 'cancelling'
  end::public.calendly_event_status
  where calendly_events.id = (take_calendly_event_away.event).id;

  perform private.enqueue(
    'calendly.cancel_event',
    'calendly.cancel_event:' || (take_calendly_event_away.event).id || coalesce(':' || (take_calendly_event_away.event).event_uri, ''),
    jsonb_build_object('event_id', (take_calendly_event_away.event).id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.write_move (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.apply_calendly_event (
  event_id text,
  event    jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

REVOKE ALL ON FUNCTION "public"."apply_calendly_event"(text, jsonb) FROM PUBLIC, "anon", "authenticated";

REVOKE ALL ON FUNCTION "private"."follow_calendly_cancellation"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."follow_calendly_cancellation"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."follow_calendly_cancellation"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."follow_calendly_move"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."follow_calendly_move"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."follow_calendly_move"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "public"."apply_calendly_event"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_calendly_event"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_calendly_event"(text, jsonb) TO "service_role";
