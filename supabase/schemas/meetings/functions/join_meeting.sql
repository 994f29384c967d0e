/*
 * The address to join a session's meeting, for its two parties, from
 * platform_settings.join_opens_minutes before the start until the end. Raises: OBNFD (not
 * a party, or no such booking), MTEAR (too early), MTOVR (over, or not confirmed), MTPRE
 * (Zoom has not answered yet).
 *
 * Security definer: the address is not granted to anyone.
 */
create function public.join_meeting(booking_id uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_join_url text;
begin
  select * into v_booking from public.bookings where bookings.id = join_meeting.booking_id;

  if private.booking_party(v_booking) is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.ends_at <= now() then
    raise exception 'This session is over or was called off.' using errcode = 'MTOVR';
  end if;

  if now() < v_booking.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) then
    raise exception 'The meeting opens % minutes before the session.', (private.settings()).join_opens_minutes
      using errcode = 'MTEAR';
  end if;

  select meetings.join_url into v_join_url
  from public.meetings
  where meetings.booking_id = v_booking.id
    and meetings.status = 'ready';

  if v_join_url is null then
    raise exception 'The meeting room is being prepared. Try again in a minute.' using errcode = 'MTPRE';
  end if;

  return v_join_url;
end;
$$;

grant execute on function public.join_meeting(uuid) to authenticated;
