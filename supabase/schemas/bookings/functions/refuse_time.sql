/*
 * Refuses a start that is not free, and says whether somebody has it. `except_booking_ids` are
 * bookings that would move. Raises: OBTIM, OBTKN.
 */
create function private.refuse_time(
  offer public.offers,
  starts_at timestamptz,
  except_booking_ids uuid[] default '{}'
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_during tstzrange := tstzrange(
    refuse_time.starts_at, refuse_time.starts_at + make_interval(mins => (refuse_time.offer).duration_minutes)
  );
begin
  -- Free by the rules and yet not to be had: somebody was faster, at this very moment.
  if private.is_free(refuse_time.offer, refuse_time.starts_at, refuse_time.except_booking_ids) or (
    private.is_offered(refuse_time.offer, refuse_time.starts_at)
    and v_during && private.booked_times((refuse_time.offer).coach_id, v_during, refuse_time.except_booking_ids)
  ) then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
end;
$$;
