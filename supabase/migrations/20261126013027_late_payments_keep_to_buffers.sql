SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.is_time_left (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_time_left.booking).group_date_id is not null or (
    not (is_time_left.booking).during && (
      private.booked_times((is_time_left.booking).coach_id, (is_time_left.booking).during)
      + private.busy_elsewhere((is_time_left.booking).coach_id, (is_time_left.booking).during)
    )
    and not (is_time_left.booking).starts_at
      <@ private.full_times((is_time_left.booking).coach_id, (is_time_left.booking).during)
  );
$function$;

CREATE OR REPLACE FUNCTION private.take_paid_time (
  booking_id uuid,
  target     public.booking_status
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

REVOKE ALL ON FUNCTION "private"."is_time_left"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_time_left"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_time_left"(public.bookings) TO "postgres";
