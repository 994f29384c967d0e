/*
 * The times at which an offer can be booked, from `from_at` up to `to_at` (at most 62 days),
 * in order. Empty for an offer that is not on sale. A hold that has lapsed does not count.
 *
 * Security definer: visitors see free times without seeing hours or bookings.
 */
create function public.available_slots(offer_id uuid, from_at timestamptz, to_at timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql
stable
security definer
set search_path = ''
as $$
  with offer as (
    select offers.coach_id, offers.duration_minutes
    from public.offers
    join public.coaches on coaches.id = offers.coach_id
    where offers.id = available_slots.offer_id
      and offers.archived_at is null
      and coaches.status = 'approved'
  )
  select slot.starts_at, slot.ends_at
  from offer
  cross join lateral private.offered_slots(
    offer.coach_id,
    offer.duration_minutes,
    tstzrange(
      available_slots.from_at,
      least(greatest(available_slots.to_at, available_slots.from_at), available_slots.from_at + interval '62 days')
    )
  ) as slot
  where not exists (
    select
    from public.bookings
    where bookings.coach_id = offer.coach_id
      and bookings.during && tstzrange(slot.starts_at, slot.ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
      and not (bookings.status = 'held' and bookings.hold_expires_at <= now())
  )
    and not private.is_busy_elsewhere(offer.coach_id, tstzrange(slot.starts_at, slot.ends_at))
  order by slot.starts_at;
$$;

grant execute on function public.available_slots(uuid, timestamptz, timestamptz) to anon, authenticated;

/* Whether an outside calendar of the coach has something at this time. */
create function private.is_busy_elsewhere(coach_id uuid, time_window tstzrange)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.busy_times
    where busy_times.coach_id = is_busy_elsewhere.coach_id
      and busy_times.during && is_busy_elsewhere.time_window
  );
$$;
