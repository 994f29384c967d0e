/*
 * Looks again at watches whose coach's calendar has changed (refresh_next_times notes which),
 * whatever changed it: a session called off or moved, a hold that lapsed, other hours. What is
 * free and was not the last time has opened; its client is told of the soonest. Watches that
 * are over end here. A job of cron; at most 200 at a time, locked ones are left for the next
 * run. Who is told first has no right to the time: bookings_never_overlap gives it to whoever
 * books it first.
 */
create function private.tell_opened_slots()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_watch public.slot_watches;
  v_free timestamptz[];
begin
  for v_watch in
    select slot_watches.*
    from public.slot_watches
    where slot_watches.ended_at is null
      and (slot_watches.check_at <= now() or slot_watches.before_at <= now())
    order by slot_watches.check_at
    limit 200
    for update skip locked
  loop
    if coalesce(private.watch_until(v_watch), '-infinity') <= now() then
      update public.slot_watches set ended_at = now() where slot_watches.id = v_watch.id;
      continue;
    end if;

    v_free := private.watched_starts(v_watch);

    -- A session that was moved has another start by now.
    update public.slot_watches
    set known_starts = v_free, check_at = null, before_at = private.watch_until(v_watch)
    where slot_watches.id = v_watch.id;

    perform private.tell_opening(v_watch, min(opened.starts_at))
    from (select unnest(v_free) as starts_at except select unnest(v_watch.known_starts)) as opened
    having min(opened.starts_at) is not null;
  end loop;
end;
$$;

/*
 * Tells a client of a time that opened: each person of each time once, and of not more than
 * platform_settings.opened_mails_per_day within 24 hours. The caller has locked the watch.
 */
create function private.tell_opening(watch public.slot_watches, starts_at timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_opening_id uuid;
begin
  if (
    select count(*) from private.slot_openings
    where slot_openings.client_id = (tell_opening.watch).client_id
      and slot_openings.created_at > now() - interval '1 day'
  ) >= (private.settings()).opened_mails_per_day then
    return;
  end if;

  insert into private.slot_openings (watch_id, client_id, coach_id, starts_at)
  values (
    (tell_opening.watch).id, (tell_opening.watch).client_id, (tell_opening.watch).coach_id, tell_opening.starts_at
  )
  on conflict (client_id, coach_id, starts_at) do nothing
  returning slot_openings.id into v_opening_id;

  if v_opening_id is not null then
    perform private.notify((tell_opening.watch).client_id, 'slot_opened', v_opening_id);
  end if;
end;
$$;
