/*
 * A time is being held: whether the coach's calendar is still free then is asked at once,
 * while the client goes to pay. The page does not wait for it; see record_hold_check.
 */
create function private.tg_bookings__check_calendly()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if exists (
    select from private.calendly_connections
    where calendly_connections.coach_id = new.coach_id and calendly_connections.status = 'connected'
  ) then
    perform private.enqueue(
      'calendly.check_hold', 'calendly.check_hold:' || new.id, jsonb_build_object('booking_id', new.id)
    );
  end if;

  return null;
end;
$$;

/* What `dispatch` needs to look at a held time, or null when nobody holds it any more. */
create function private.check_hold_work(booking_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'coach_id', bookings.coach_id,
    'user_uri', calendly_connections.user_uri,
    'starts_at', bookings.starts_at,
    'ends_at', bookings.ends_at
  )
  from public.bookings
  join private.calendly_connections
    on calendly_connections.coach_id = bookings.coach_id and calendly_connections.status = 'connected'
  where bookings.id = check_hold_work.booking_id
    and private.shown_status(bookings) = 'held'
    and bookings.starts_at > now() + interval '2 minutes'; -- Calendly answers of the future only.
$$;

/*
 * What the coach's calendar has at a held time: `result` has busy_times [{id, starts_at,
 * ends_at}]. If there is anything, the hold ends, and nobody pays for a time that is taken.
 * A payment that was faster keeps its session.
 */
create function private.record_hold_check(booking_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.id = record_hold_check.booking_id;

  insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
  select v_booking.coach_id, 'calendly', entry.id, entry.starts_at, entry.ends_at
  from jsonb_to_recordset(record_hold_check.result -> 'busy_times')
    as entry (id text, starts_at timestamptz, ends_at timestamptz)
  where tstzrange(entry.starts_at, entry.ends_at) && v_booking.during
    and not private.is_own_calendly_event(entry.id)
  on conflict (coach_id, source, external_id) do update
  set starts_at = excluded.starts_at, ends_at = excluded.ends_at, synced_at = now();

  if found then
    perform private.lapse_hold(v_booking.order_id, 'system');
  end if;
end;
$$;
