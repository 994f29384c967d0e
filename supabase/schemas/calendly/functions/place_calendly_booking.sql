/*
 * Makes a session of ours of what was booked at Calendly, as far as that goes at this moment:
 * its person may not be known yet, or the time be somebody else's, in which case they are told
 * and it is tried again with every sync. `client_id` is its person, if it is not to be found by
 * the address. Returns the booking's id, or null.
 *
 * The session holds its time until it is paid, like any other; whether the time is free is for
 * bookings_never_overlap to say. Our hours are not asked: the coach offered it at Calendly.
 */
create function private.place_calendly_booking(id uuid, client_id uuid default null)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_there private.calendly_bookings;
  v_client_id uuid;
  v_booking_id uuid;
begin
  select * into v_there
  from private.calendly_bookings
  where calendly_bookings.id = place_calendly_booking.id
    and calendly_bookings.status in ('waiting', 'clash')
    and calendly_bookings.starts_at > now()
  for update;

  if not found then
    return null;
  end if;

  v_client_id := coalesce(place_calendly_booking.client_id, private.person_of_address(v_there.email));

  if not private.may_buy(v_client_id, v_there.offer_id) then
    update private.calendly_bookings set status = 'left' where calendly_bookings.id = v_there.id;
    return null;
  end if;

  perform private.lock_calendar(v_there.coach_id);
  perform private.expire_lapsed_holds(v_there.coach_id, tstzrange(v_there.starts_at, v_there.ends_at));

  if v_client_id is null then
    perform private.keep_calendly_booking_waiting(v_there);
    return null;
  end if;

  v_booking_id := private.hold_calendly_booking(v_there, v_client_id);

  if v_booking_id is null then
    perform private.note_calendly_clash(v_there);
  end if;

  return v_booking_id;
end;
$$;

/* Its person is not known: it stays a busy time, and whoever reads mail at the address is asked in. */
create function private.keep_calendly_booking_waiting(there private.calendly_bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
  values (
    (keep_calendly_booking_waiting.there).coach_id, 'calendly', (keep_calendly_booking_waiting.there).event_uri,
    (keep_calendly_booking_waiting.there).starts_at, (keep_calendly_booking_waiting.there).ends_at
  )
  on conflict (coach_id, source, external_id) do nothing;

  if private.has_live_booking(keep_calendly_booking_waiting.there)
    or private.has_group_date(keep_calendly_booking_waiting.there) then
    perform private.note_calendly_clash(keep_calendly_booking_waiting.there);
    return;
  end if;

  update private.calendly_bookings set status = 'waiting'
  where calendly_bookings.id = (keep_calendly_booking_waiting.there).id;
  perform private.write_to_calendly_guest(keep_calendly_booking_waiting.there, 'asked');
end;
$$;

/*
 * Holds the time for the client, with the event that it has at Calendly. Free sessions are
 * confirmed at once. Returns null, and writes nothing, when the time is somebody else's.
 */
create function private.hold_calendly_booking(there private.calendly_bookings, client_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_there private.calendly_bookings := hold_calendly_booking.there;
  v_offer public.offers;
  v_order_id uuid;
  v_booking_id uuid;
begin
  select * into v_offer from public.offers where offers.id = v_there.offer_id;
  v_order_id := private.create_order(v_offer, hold_calendly_booking.client_id);

  begin
    insert into public.bookings (
      order_id, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone, note, hold_expires_at
    )
    values (
      v_order_id, v_offer.id, v_offer.coach_id, hold_calendly_booking.client_id, v_there.starts_at, v_there.ends_at,
      v_offer.kind = 'intro_call', v_there.time_zone, v_there.note,
      -- Whoever signs up in the last minute has as long as anybody who holds a time.
      least(greatest(v_there.pay_by, now() + make_interval(mins => (private.settings()).hold_minutes)), v_there.starts_at)
    )
    on conflict do nothing
    returning bookings.id into v_booking_id;
  exception when exclusion_violation then
    null; -- A date of a group session, which no constraint knows (tg_bookings__keep_to_dates).
  end;

  if v_booking_id is null then
    delete from public.orders where orders.id = v_order_id;
    return null;
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after, detail)
  values (v_booking_id, 'client', hold_calendly_booking.client_id, 'held', '{"at": "calendly"}');

  insert into private.calendly_events (booking_id, event_type_uri, status, starts_at, event_uri, invitee_uri)
  values (v_booking_id, v_there.event_type_uri, 'created', v_there.starts_at, v_there.event_uri, v_there.invitee_uri);

  update private.calendly_bookings
  set status = 'linked', booking_id = v_booking_id
  where calendly_bookings.id = v_there.id;

  -- The session itself takes the time from here on.
  delete from public.busy_times
  where busy_times.coach_id = v_there.coach_id
    and busy_times.source = 'calendly'
    and busy_times.external_id = v_there.event_uri;

  if v_offer.price_cents = 0 then
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  else
    perform private.notify(hold_calendly_booking.client_id, 'payment_asked', v_booking_id, v_booking_id);
  end if;

  return v_booking_id;
end;
$$;

/*
 * Another session of ours is at the time of what was booked at Calendly. Ours stands; both its
 * parties and whoever booked there are told, once it is certain: a hold may still lapse.
 */
create function private.note_calendly_clash(there private.calendly_bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update private.calendly_bookings set status = 'clash'
  where calendly_bookings.id = (note_calendly_clash.there).id;

  perform private.notify_parties(bookings.id, 'calendar_clash')
  from public.bookings
  where bookings.coach_id = (note_calendly_clash.there).coach_id
    and bookings.status = 'confirmed'
    and bookings.during && tstzrange((note_calendly_clash.there).starts_at, (note_calendly_clash.there).ends_at);

  if found or private.has_group_date(note_calendly_clash.there) then
    perform private.write_to_calendly_guest(note_calendly_clash.there, 'clash');
  end if;
end;
$$;

/* Whether a session of ours takes the time of what was booked at Calendly. */
create function private.has_live_booking(there private.calendly_bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.bookings
    where bookings.coach_id = (has_live_booking.there).coach_id
      and bookings.during && tstzrange((has_live_booking.there).starts_at, (has_live_booking.there).ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
  );
$$;

/* Whether a date of a group session takes it, with or without anybody on a seat. */
create function private.has_group_date(there private.calendly_bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.group_dates
    where group_dates.coach_id = (has_group_date.there).coach_id
      and group_dates.during && tstzrange((has_group_date.there).starts_at, (has_group_date.there).ends_at)
      and group_dates.called_off_at is null
  );
$$;

/*
 * The person who reads mail at an address, or null. Clerk has verified it (sync_clerk_user).
 * Whoever has not said yet who they are has no sessions.
 */
create function private.person_of_address(email text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select profiles.id
  from public.profile_contacts
  join public.profiles on profiles.id = profile_contacts.profile_id
  where lower(profile_contacts.email) = lower(person_of_address.email)
    and profiles.deleted_at is null
    and profiles.onboarded_at is not null
  order by profile_contacts.source_updated_at desc
  limit 1;
$$;

/* Whether a person may have a session of this offer: not the coach, nor a second intro call. Null may. */
create function private.may_buy(profile_id uuid, offer_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (
    select from public.offers
    join public.coaches on coaches.id = offers.coach_id
    where offers.id = may_buy.offer_id
      and (
        coaches.profile_id = may_buy.profile_id
        or offers.kind = 'intro_call' and private.had_intro_call(offers.coach_id, may_buy.profile_id)
      )
  );
$$;
