/*
 * The times at which a coach can be booked for `duration_minutes` within `time_window`: what
 * their hours offer, less what is taken, what an outside calendar keeps busy and what is over
 * the limits. The one place that both offers and validates: available_slots shows it and
 * is_free asks it, so what is offered is accepted. `except_booking_ids` are looked through.
 *
 * This and what it asks are one statement each, and yet PL/pgSQL: its plans are kept, where an
 * SQL function that calls another plans it anew at each call. A month takes half the time.
 */
create function private.free_slots(
  coach_id uuid,
  duration_minutes integer,
  time_window tstzrange,
  except_booking_ids uuid[] default '{}'
)
returns table (starts_at timestamptz, ends_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    with closed as materialized (
      select private.booked_times(free_slots.coach_id, reach.time_window, free_slots.except_booking_ids)
          + private.busy_elsewhere(free_slots.coach_id, reach.time_window) as times,
        private.full_times(free_slots.coach_id, reach.time_window, free_slots.except_booking_ids) as full_times
      from (
        -- The last session begins before the window's end, and ends after it.
        select tstzrange(
          lower(free_slots.time_window),
          upper(free_slots.time_window) + make_interval(mins => free_slots.duration_minutes)
        ) as time_window
      ) as reach
      where not isempty(free_slots.time_window)
    )
    select slot.starts_at, slot.ends_at
    from private.offered_slots(free_slots.coach_id, free_slots.duration_minutes, free_slots.time_window) as slot
    cross join closed
    where not tstzrange(slot.starts_at, slot.ends_at) && closed.times
      and not slot.starts_at <@ closed.full_times;
end;
$$;

/*
 * Whether an offer may be booked at this instant: hours, overrides, notice, horizon, buffers,
 * limits, busy times and live bookings, all of it. `except_booking_ids` are bookings that would
 * move, and are not in their own way. Whether the offer is on sale is not looked at: a
 * session that was sold may move. A group session has dates, and no free times. Who is about to
 * write calls lock_calendar first.
 */
create function private.is_free(offer public.offers, starts_at timestamptz, except_booking_ids uuid[] default '{}')
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_free.offer).kind <> 'group_session' and exists (
    select
    from private.free_slots(
      (is_free.offer).coach_id,
      (is_free.offer).duration_minutes,
      tstzrange(is_free.starts_at, is_free.starts_at + interval '1 second'),
      is_free.except_booking_ids
    ) as slot
    where slot.starts_at = is_free.starts_at
      and (is_free.except_booking_ids <> '{}' or slot.starts_at >= private.bookable_from(is_free.offer))
  );
$$;

/*
 * From when on an offer can be booked, its coach's notice aside: now, or as much later as leaves
 * the coach of one who wants to be asked time to answer.
 */
create function private.bookable_from(offer public.offers)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    when (bookable_from.offer).is_instant then now()
    else now() + make_interval(mins => (private.settings()).answer_lead_minutes + availability_settings.minimum_notice_minutes)
  end
  from public.availability_settings
  where availability_settings.coach_id = (bookable_from.offer).coach_id;
$$;
