/*
 * The instant before which a time is sooner for this watch; null when it is over: stopped, its
 * session called off or held, or its offer gone.
 */
create function private.watch_until(watch public.slot_watches)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    when (watch_until.watch).ended_at is not null then null
    when (watch_until.watch).booking_id is null then
      case when (private.watched_offer(watch_until.watch)).id is not null then (watch_until.watch).before_at end
    else (
      select bookings.starts_at from public.bookings
      where bookings.id = (watch_until.watch).booking_id and bookings.status = 'confirmed'
    )
  end;
$$;

/*
 * The offer a watched time would be booked as: of a session, the version that was sold; else the
 * one of its lineage that is on sale, null when there is none.
 */
create function private.watched_offer(watch public.slot_watches)
returns public.offers
language sql
stable
set search_path = ''
as $$
  select current.*
  from public.offers as sold
  join public.offers as current on current.lineage_id = sold.lineage_id
  where sold.id = (watched_offer.watch).offer_id
    and case
      when (watched_offer.watch).booking_id is null then current.archived_at is null
      else current.id = sold.id
    end;
$$;

/* The starts that are free for a watch now, in order; none while the coach is not listed. */
create function private.watched_starts(watch public.slot_watches)
returns timestamptz[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(slot.starts_at order by slot.starts_at), '{}')
  from public.coaches
  cross join lateral (
    select (private.watched_offer(watched_starts.watch)).duration_minutes,
      private.watch_until(watched_starts.watch) as until_at
  ) as wanted
  cross join lateral private.free_slots(
    coaches.id, wanted.duration_minutes,
    tstzrange(now(), greatest(wanted.until_at, now())),
    array_remove(array[(watched_starts.watch).booking_id], null)
  ) as slot
  where coaches.id = (watched_starts.watch).coach_id
    and coaches.status = 'approved'
    and wanted.until_at is not null;
$$;
