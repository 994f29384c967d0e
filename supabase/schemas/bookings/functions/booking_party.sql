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

/* The zone in which a party of a booking reads times. */
create function private.party_zone(booking public.bookings, actor public.booking_actor)
returns text
language sql
stable
set search_path = ''
as $$
  select case party_zone.actor when 'client' then client.time_zone else coaches.time_zone end
  from public.coaches
  join public.profiles as client on client.id = (party_zone.booking).client_id
  where coaches.id = (party_zone.booking).coach_id;
$$;
