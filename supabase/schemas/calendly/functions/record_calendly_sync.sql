/*
 * Keeps what a sync read: event types, the plan, and all busy times from now on, in one
 * transaction, so that nobody sees half a calendar. `result` has user_uri, read_at, plan,
 * webhook_uri, event_types [{uri, name, duration_minutes, location_kinds, scheduling_url,
 * is_active}] and busy_times [{id, starts_at, ends_at}].
 * Returns false, and keeps nothing, for a sync that is older than what is kept, or of an
 * account that is no longer connected.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_calendly_sync(coach_id uuid, result jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_read_at timestamptz := (record_calendly_sync.result ->> 'read_at')::timestamptz;
begin
  -- Two syncs of one coach wait for each other here; the older one then finds itself too late.
  update private.calendly_connections
  set last_ok_at = v_read_at, last_error = null,
      plan = (record_calendly_sync.result ->> 'plan')::public.calendly_plan,
      webhook_uri = record_calendly_sync.result ->> 'webhook_uri'
  where calendly_connections.coach_id = record_calendly_sync.coach_id
    and calendly_connections.user_uri = record_calendly_sync.result ->> 'user_uri'
    and v_read_at > coalesce(calendly_connections.last_ok_at, '-infinity');

  if not found then
    return false;
  end if;

  perform private.keep_calendly_event_types(record_calendly_sync.coach_id, record_calendly_sync.result -> 'event_types');

  -- Also when nothing else changed: they may have been closed until now.
  insert into private.calendar_changes (coach_id) values (record_calendly_sync.coach_id);

  perform private.keep_busy_times(record_calendly_sync.coach_id, record_calendly_sync.result -> 'busy_times');
  perform private.place_calendly_bookings(record_calendly_sync.coach_id);
  perform private.retry_calendly_events(record_calendly_sync.coach_id);

  return true;
end;
$$;

grant execute on function public.record_calendly_sync(uuid, jsonb) to service_role;

/*
 * A coach is busy at exactly these times, [{id, starts_at, ends_at}]. What stays as it was is
 * not written again: each row that changes has the coach's next free time found anew.
 */
create function private.keep_busy_times(coach_id uuid, busy_times jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  delete from public.busy_times as known
  where known.coach_id = keep_busy_times.coach_id
    and known.source = 'calendly'
    and not exists (
      select
      from jsonb_to_recordset(keep_busy_times.busy_times) as entry (id text)
      where entry.id = known.external_id and not private.is_own_calendly_event(entry.id)
    );

  insert into public.busy_times as known (coach_id, source, external_id, starts_at, ends_at)
  -- Two windows tell of what spans both, each of its own part.
  select keep_busy_times.coach_id, 'calendly', entry.id, min(entry.starts_at), max(entry.ends_at)
  from jsonb_to_recordset(keep_busy_times.busy_times) as entry (id text, starts_at timestamptz, ends_at timestamptz)
  where entry.ends_at > entry.starts_at
    and not private.is_own_calendly_event(entry.id)
  group by entry.id
  on conflict (coach_id, source, external_id) do update
  set starts_at = excluded.starts_at, ends_at = excluded.ends_at, synced_at = now()
  where (known.starts_at, known.ends_at) is distinct from (excluded.starts_at, excluded.ends_at);
end;
$$;

/*
 * Whether an entry of a coach's calendar is the event of a booking made here. That time is the
 * booking's already, and must not keep it from moving by half an hour.
 */
create function private.is_own_calendly_event(event_uri text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.calendly_events where calendly_events.event_uri = is_own_calendly_event.event_uri
  );
$$;

/*
 * The event types as they are now. One that is gone is kept as inactive while an offer is
 * booked as it, so that the coach sees which choice no longer works.
 */
create function private.keep_calendly_event_types(coach_id uuid, event_types jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.calendly_event_types
  set is_active = false
  where calendly_event_types.coach_id = keep_calendly_event_types.coach_id;

  insert into public.calendly_event_types (coach_id, uri, name, duration_minutes, location_kinds, scheduling_url, is_active)
  select keep_calendly_event_types.coach_id, type.uri, type.name, type.duration_minutes,
    type.location_kinds, type.scheduling_url, type.is_active
  from jsonb_to_recordset(keep_calendly_event_types.event_types) as type (
    uri text, name text, duration_minutes integer, location_kinds text[], scheduling_url text, is_active boolean
  )
  on conflict (coach_id, uri) do update
  set name = excluded.name, duration_minutes = excluded.duration_minutes, location_kinds = excluded.location_kinds,
      scheduling_url = excluded.scheduling_url, is_active = excluded.is_active;

  delete from public.calendly_event_types
  where calendly_event_types.coach_id = keep_calendly_event_types.coach_id
    and not calendly_event_types.is_active
    and not exists (
      select from public.calendly_offers where calendly_offers.event_type_id = calendly_event_types.id
    );
end;
$$;

/*
 * A sync did not work: `error` is a sentence for the coach. What was read before stays; how
 * long ago that was decides whether the coach is closed.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.fail_calendly_sync(coach_id uuid, error text)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update private.calendly_connections
  set last_error = left(fail_calendly_sync.error, 200)
  where calendly_connections.coach_id = fail_calendly_sync.coach_id;
$$;

grant execute on function public.fail_calendly_sync(uuid, text) to service_role;
