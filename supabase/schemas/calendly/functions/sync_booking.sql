/*
 * Brings the event that a booking has at Calendly in line with the booking: one that was
 * moved or called off loses the event it had, and one that is confirmed and ahead gets one,
 * if its coach has a paid account and chose an event type for the offer. What is left to do
 * at Calendly goes through the outbox. Nothing happens without a connection, and a session
 * that took place keeps its event. The caller's change holds the booking's lock.
 */
create function private.sync_calendly(booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_event private.calendly_events;
  v_uri text;
begin
  select * into v_event
  from private.calendly_events
  where calendly_events.booking_id = (sync_calendly.booking).id
    and calendly_events.status in ('pending', 'created', 'clash', 'failed')
  for update;

  if v_event.id is not null then
    if (sync_calendly.booking).status not in ('expired', 'cancelled', 'declined')
      and v_event.starts_at = (sync_calendly.booking).starts_at then
      return;
    end if;

    perform private.take_calendly_event_away(v_event);
  end if;

  if (sync_calendly.booking).status <> 'confirmed' or (sync_calendly.booking).starts_at <= now() then
    return;
  end if;

  v_uri := private.calendly_event_type_of(sync_calendly.booking);

  if v_uri is not null then
    insert into private.calendly_events (booking_id, event_type_uri, starts_at)
    values ((sync_calendly.booking).id, v_uri, (sync_calendly.booking).starts_at)
    returning * into v_event;

    perform private.enqueue(
      'calendly.create_event', 'calendly.create_event:' || v_event.id, jsonb_build_object('event_id', v_event.id)
    );
  end if;
end;
$$;

/*
 * The URI of the event type as which a booking is made at Calendly, or null: its coach has no
 * working paid account, chose none for the offer, or one whose length is no longer right. A seat
 * at a date has none: the date is known here alone.
 */
create function private.calendly_event_type_of(booking public.bookings)
returns text
language sql
stable
set search_path = ''
as $$
  select calendly_event_types.uri
  from public.offers
  join public.calendly_offers on calendly_offers.lineage_id = offers.lineage_id
  join public.calendly_event_types on calendly_event_types.id = calendly_offers.event_type_id
  join private.calendly_connections on calendly_connections.coach_id = offers.coach_id
  where offers.id = (calendly_event_type_of.booking).offer_id
    and (calendly_event_type_of.booking).group_date_id is null
    and calendly_connections.plan = 'paid'
    and calendly_connections.status = 'connected'
    and calendly_event_types.is_active
    and make_interval(mins => calendly_event_types.duration_minutes)
      = (calendly_event_type_of.booking).ends_at - (calendly_event_type_of.booking).starts_at;
$$;

/* An event is to leave Calendly. One that may never have got there is looked for all the same. */
create function private.take_calendly_event_away(event private.calendly_events)
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
$$;
