/*
 * Writes down what became of a booking's event at Calendly: `result` has event_uri and
 * invitee_uri when it is there, or a problem: 'clash' (the time is taken there: our booking
 * stands, both parties are told), 'plan' (the account may not be booked this way) or
 * 'location' (the event type asks for a place that we don't have), of which the coach is told,
 * once for each session. Null when nothing was to do. An event that was called off while it was being made is called off there, too.
 */
create function private.record_calendly_event(event_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_problem text := record_calendly_event.result ->> 'problem';
  v_event private.calendly_events;
begin
  if record_calendly_event.result is null then
    return;
  end if;

  update private.calendly_events
  set event_uri = record_calendly_event.result ->> 'event_uri',
      invitee_uri = record_calendly_event.result ->> 'invitee_uri',
      problem = case when v_problem <> 'clash' then v_problem end,
      status = case
        when calendly_events.status <> 'pending' then calendly_events.status
        when v_problem is null then 'created'
        when v_problem = 'clash' then 'clash'
        else 'failed'
      end::public.calendly_event_status
  where calendly_events.id = record_calendly_event.event_id
  returning * into v_event;

  if v_event.status in ('cancelling', 'cancelled') and v_event.event_uri is not null then
    perform private.take_calendly_event_away(v_event);
  elsif v_event.status = 'clash' then
    perform private.notify_parties(v_event.booking_id, 'calendar_clash');
  elsif v_event.status = 'failed' then
    perform private.notify(
      coaches.profile_id, 'calendly_' || v_problem, bookings.id, bookings.id
    )
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where bookings.id = v_event.booking_id;

    update private.calendly_connections set plan = 'free'
    from public.bookings
    where bookings.id = v_event.booking_id
      and calendly_connections.coach_id = bookings.coach_id
      and v_problem = 'plan';
  end if;
end;
$$;

/* The event is gone at Calendly, or was never there. */
create function private.record_cancelled_calendly_event(event_id uuid, result jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.calendly_events
  set status = 'cancelled'
  where calendly_events.id = record_cancelled_calendly_event.event_id
    and calendly_events.status = 'cancelling'
    and record_cancelled_calendly_event.result is not null;
$$;
