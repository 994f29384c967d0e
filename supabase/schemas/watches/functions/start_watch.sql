/*
 * Writes a watch with the times that are free now: they are there to be booked, and nobody is
 * told of them. One that goes on already is brought up to date. The client's row is locked, so
 * that two at once see each other. Returns its id. Raises: WTMNY (ten at a time), WTDAT (a group
 * session, which has dates and no times that open).
 */
create function private.start_watch(
  client_id uuid,
  coach_id uuid,
  offer_id uuid,
  booking_id uuid,
  before_at timestamptz,
  time_zone text
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_watch public.slot_watches;
begin
  if exists (select from public.offers where offers.id = start_watch.offer_id and offers.kind = 'group_session') then
    raise exception 'A group session has dates. Look for another one of them.' using errcode = 'WTDAT';
  end if;
  if start_watch.booking_id is null and exists (
    select from public.offers where offers.id = start_watch.offer_id and offers.kind not in ('session', 'intro_call')
  ) then
    raise exception 'Its sessions are booked once it is paid for. Until then there is no time to wait for.' using errcode = 'WTDAT';
  end if;

  perform from public.profiles where profiles.id = start_watch.client_id for no key update;

  update public.slot_watches
  set before_at = start_watch.before_at, time_zone = start_watch.time_zone
  where slot_watches.client_id = start_watch.client_id
    and slot_watches.offer_id = start_watch.offer_id
    and slot_watches.booking_id is not distinct from start_watch.booking_id
    and slot_watches.ended_at is null
  returning * into v_watch;

  if not found then
    if (
      select count(*) from public.slot_watches
      where slot_watches.client_id = start_watch.client_id and slot_watches.ended_at is null and slot_watches.before_at > now()
    ) >= 10 then
      raise exception 'You wait for ten times already. Stop waiting for one of them first.' using errcode = 'WTMNY';
    end if;

    insert into public.slot_watches (client_id, coach_id, offer_id, booking_id, before_at, time_zone)
    values (
      start_watch.client_id, start_watch.coach_id, start_watch.offer_id, start_watch.booking_id,
      start_watch.before_at, start_watch.time_zone
    )
    returning * into v_watch;
  end if;

  update public.slot_watches
  set known_starts = private.watched_starts(v_watch), check_at = null
  where slot_watches.id = v_watch.id;

  return v_watch.id;
end;
$$;

/* The client has heard enough. Stopping twice is once. Raises: WTNFD (no watch of theirs).
 *
 * Security definer: nobody may update watches.
 */
create function public.stop_watch(watch_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.slot_watches
  set ended_at = coalesce(slot_watches.ended_at, now())
  where slot_watches.id = stop_watch.watch_id
    and slot_watches.client_id = private.current_profile_id();

  if not found then
    raise exception 'There is nothing to stop here.' using errcode = 'WTNFD';
  end if;
end;
$$;

grant execute on function public.stop_watch(uuid) to authenticated;
