/*
 * Tries once more what could not be written at Calendly, with each sync of the coach's calendar:
 * they may have changed their plan there, the event type, or which one an offer is booked as.
 */
create function private.retry_calendly_events(coach_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_event_id uuid;
begin
  for v_event_id in
    update private.calendly_events
    set status = 'pending', event_type_uri = private.calendly_event_type_of(bookings)
    from public.bookings
    where bookings.id = calendly_events.booking_id
      and bookings.coach_id = retry_calendly_events.coach_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
      and calendly_events.status = 'failed'
      and private.calendly_event_type_of(bookings) is not null
    returning calendly_events.id
  loop
    perform private.enqueue(
      'calendly.create_event', 'calendly.create_event:' || v_event_id || ':' || clock_timestamp(),
      jsonb_build_object('event_id', v_event_id)
    );
  end loop;
end;
$$;

/*
 * The asker's sessions to come that could not be written at their Calendly, soonest first, at
 * most 50. `problem` is plan (the account may not be booked this way) or location (the event
 * type asks for a place that we don't have).
 *
 * Security definer: what is at Calendly is not granted to anyone.
 */
create function public.calendly_unwritten()
returns table (
  booking_id uuid,
  problem text,
  client_name text,
  offer_title text,
  starts_at timestamptz,
  ends_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select bookings.id, calendly_events.problem, private.shown_name(client), offers.title,
    bookings.starts_at, bookings.ends_at
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  join public.offers on offers.id = bookings.offer_id
  join public.profiles as client on client.id = bookings.client_id
  where bookings.coach_id = private.current_coach_id()
    and bookings.status = 'confirmed'
    and bookings.starts_at > now()
    and calendly_events.status in ('pending', 'failed')
    and calendly_events.problem is not null
  order by bookings.starts_at
  limit 50;
$$;

grant execute on function public.calendly_unwritten() to authenticated;
