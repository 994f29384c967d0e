/*
 * A booking whose order's money is there, or held by the bank, becomes `target`: confirmed or
 * requested. A hold that lapsed before the money came is taken again if the time is still
 * free and ahead (is_time_left), the coach still listed and the client still here; a seat, if one
 * is left.
 * Returns false, and changes nothing, otherwise, and for a seat at a date that was called off.
 * The caller holds the order's lock.
 */
create function private.take_paid_time(booking_id uuid, target public.booking_status)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_has_lapsed boolean;
begin
  select * into v_booking from public.bookings where bookings.id = take_paid_time.booking_id for update;
  v_has_lapsed := private.shown_status(v_booking) = 'expired';

  if v_booking.starts_at <= now() or v_has_lapsed and not exists (
    select
    from public.coaches
    join public.profiles as client on client.id = v_booking.client_id and client.deleted_at is null
    where coaches.id = v_booking.coach_id
      and coaches.status = 'approved'
  ) then
    return false;
  end if;

  if v_has_lapsed then
    -- A change of a taken time, not an insert: it waits its turn, as in move_session.
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.lock_calendar(v_booking.coach_id);
    perform private.expire_lapsed_holds(v_booking.coach_id, v_booking.during);

    if not private.is_time_left(v_booking) then
      return false;
    end if;
  end if;

  if v_booking.group_date_id is not null then
    perform from public.group_dates
    where group_dates.id = v_booking.group_date_id
      and group_dates.called_off_at is null
    for update;

    if not found then
      return false;
    end if;
  end if;

  return private.move_booking(
    v_booking.id, array['held', 'expired']::public.booking_status[], take_paid_time.target, 'system'
  );
exception when exclusion_violation or unique_violation or sqlstate 'OGFUL' then
  return false; -- The time or seat went to somebody else meanwhile, or the client took another seat.
end;
$$;

/*
 * The same for all of an order's bookings, or for none: a coach is asked for a series as a whole.
 * Returns false, and changes nothing, when one of the times is gone.
 */
create function private.take_all_paid_times(order_id uuid, target public.booking_status)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  for v_booking_id in
    select bookings.id from public.bookings
    where bookings.order_id = take_all_paid_times.order_id
    order by bookings.starts_at
  loop
    if not private.take_paid_time(v_booking_id, take_all_paid_times.target) then
      raise exception 'One of the times is gone.' using errcode = 'OBTKN';
    end if;
  end loop;

  return true;
exception when sqlstate 'OBTKN' then
  return false; -- And what was taken before is as it was.
end;
$$;

/*
 * Whether nothing has come in the way of a session that kept no time meanwhile: no other session
 * with the buffers around it, nothing in an outside calendar, and room in its day and week. Hours
 * and notice were asked when the client chose the time, and kept to: they are not asked again.
 * A seat has its date, which stands in the calendar for itself. Who is about to write calls
 * lock_calendar first.
 */
create function private.is_time_left(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_time_left.booking).group_date_id is not null or (
    not (is_time_left.booking).during && (
      private.booked_times((is_time_left.booking).coach_id, (is_time_left.booking).during)
      + private.busy_elsewhere((is_time_left.booking).coach_id, (is_time_left.booking).during)
    )
    and not (is_time_left.booking).starts_at
      <@ private.full_times((is_time_left.booking).coach_id, (is_time_left.booking).during)
  );
$$;
