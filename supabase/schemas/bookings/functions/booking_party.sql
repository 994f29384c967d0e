/* Which party of a booking the asker is: client, coach, or null for anyone else. */
create function private.booking_party(booking public.bookings)
returns public.booking_actor
language sql
stable
set search_path = ''
as $$
  select case
    when (booking_party.booking).client_id = private.current_profile_id() then 'client'
    when (booking_party.booking).coach_id = private.current_coach_id() then 'coach'
  end::public.booking_actor;
$$;
