/*
 * A person is known by an address: what they booked with it at Calendly becomes theirs. What
 * somebody else is at right now is left to them, and to the next sync.
 */
create function private.link_calendly_bookings(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id uuid;
begin
  for v_id in
    select calendly_bookings.id
    from public.profile_contacts
    join public.profiles
      on profiles.id = profile_contacts.profile_id
      and profiles.onboarded_at is not null
      and profiles.deleted_at is null
    join private.calendly_bookings
      on lower(calendly_bookings.email) = lower(profile_contacts.email)
      and calendly_bookings.status in ('waiting', 'clash')
    where profile_contacts.profile_id = link_calendly_bookings.profile_id
    order by calendly_bookings.id
    for update of calendly_bookings skip locked
  loop
    perform private.place_calendly_booking(v_id, link_calendly_bookings.profile_id);
  end loop;
end;
$$;

/* A person has another address, or their first. */
create function private.tg_profile_contacts__link_calendly()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.link_calendly_bookings(new.profile_id);
  return null;
end;
$$;

/* A person has said who they are. */
create function private.tg_profiles__link_calendly()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.link_calendly_bookings(new.id);
  return null;
end;
$$;

/* What waits for its person or its time, once more: with each sync of the coach's calendar. */
create function private.place_calendly_bookings(coach_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id uuid;
begin
  for v_id in
    select calendly_bookings.id
    from private.calendly_bookings
    where calendly_bookings.coach_id = place_calendly_bookings.coach_id
      and calendly_bookings.status in ('waiting', 'clash')
      and calendly_bookings.pay_by > now()
    order by calendly_bookings.id
  loop
    perform private.place_calendly_booking(v_id);
  end loop;
end;
$$;
