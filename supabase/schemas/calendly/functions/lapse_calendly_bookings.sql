/*
 * Cron's: what was booked at Calendly and found nobody who pays in time is called off there,
 * and both are told. One that became a session lapses like any hold. What came to nothing a
 * month ago is forgotten: it names people who have no account here.
 */
create function private.lapse_calendly_bookings()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_there private.calendly_bookings;
begin
  for v_there in
    update private.calendly_bookings
    set status = 'lapsed'
    where calendly_bookings.status in ('waiting', 'clash')
      and calendly_bookings.pay_by <= now()
    returning calendly_bookings.*
  loop
    perform private.enqueue(
      'calendly.cancel_booking', 'calendly.cancel_booking:' || v_there.id,
      jsonb_build_object('calendly_booking_id', v_there.id)
    );
    perform private.write_to_calendly_guest(v_there, 'lapsed');
  end loop;

  delete from private.calendly_bookings
  where calendly_bookings.booking_id is null
    and calendly_bookings.ends_at < now() - interval '30 days';
end;
$$;

/* What `dispatch` needs to call a booking that lapsed off at Calendly; null when that is done. */
create function private.cancel_calendly_booking_work(id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'coach_id', calendly_bookings.coach_id,
    'booking_id', calendly_bookings.id,
    'user_uri', calendly_connections.user_uri,
    'event_uri', calendly_bookings.event_uri,
    'starts_at', calendly_bookings.starts_at,
    'email', calendly_bookings.email,
    'is_unpaid', true
  )
  from private.calendly_bookings
  join private.calendly_connections
    on calendly_connections.coach_id = calendly_bookings.coach_id and calendly_connections.status = 'connected'
  where calendly_bookings.id = cancel_calendly_booking_work.id
    and calendly_bookings.status = 'lapsed';
$$;

/* A session that was booked at Calendly was not paid for in time: both are told. */
create function private.tg_bookings__tell_unpaid()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if exists (select from private.calendly_bookings where calendly_bookings.booking_id = new.id) then
    perform private.notify_parties(new.id, 'booking_unpaid');
  end if;
  return null;
end;
$$;
