/*
 * The times at which an offer can be booked, from `from_at` up to `to_at` (at most 62 days),
 * in order. Empty for an offer that is not on sale,, for a group session
 * (see coming_dates), and for what is booked from once it is paid for (see credit_slots).
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
  select slot.starts_at, slot.ends_at
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select greatest(available_slots.from_at, private.bookable_from(offers)) as from_at
  ) as reach
  cross join lateral private.free_slots(
    offers.coach_id,
    offers.duration_minutes,
    tstzrange(
      reach.from_at,
      greatest(reach.from_at, least(available_slots.to_at, available_slots.from_at + interval '62 days'))
    )
  ) as slot
  where offers.id = available_slots.offer_id
    and offers.archived_at is null
    and offers.kind in ('session', 'intro_call')
  order by slot.starts_at;
$$;

grant execute on function public.available_slots(uuid, timestamptz, timestamptz) to anon, authenticated;
