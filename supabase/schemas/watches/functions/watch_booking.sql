/*
 * A client asks to be told when their coach has a time sooner than a session of theirs. Ends
 * by itself when the session begins or is called off; when it is moved, its new start counts.
 * Asking twice is asking once. Returns the watch's id.
 * Raises: UPSGN, UPONB, OBNFD (not their session), WTOVR (not confirmed, or begun), WTMNY.
 *
 * Security definer: nobody may insert watches.
 */
create function public.watch_booking(booking_id uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_booking public.bookings;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = watch_booking.booking_id
    and bookings.client_id = v_client.id;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session is not to come, so no time is sooner.' using errcode = 'WTOVR';
  end if;

  return private.start_watch(
    v_client.id, v_booking.coach_id, v_booking.offer_id, v_booking.id, v_booking.starts_at, v_booking.client_time_zone
  );
end;
$$;

grant execute on function public.watch_booking(uuid) to authenticated;
