/*
 * The times at which a session of an order can be booked with its credits, from `from_at` up to
 * `to_at` (at most 62 days), in order: those that the coach offers for a session as long as that,
 * before the credits end. None for anyone but the client, and when nothing is left.
 *
 * Security definer: clients see free times without seeing hours or bookings.
 */
create function public.credit_slots(order_id uuid, from_at timestamptz, to_at timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql
stable
security definer
set search_path = ''
as $$
  select slot.starts_at, slot.ends_at
  from public.orders
  -- Of what is paid in parts any order that is paid will do.
  cross join lateral (
    select max(parts.credits_end_at) as ends_at
    from private.package_orders(orders) as parts
    where parts.status in ('paid', 'released') and private.credits_left(parts.id) > 0
  ) as credits
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id and coaches.status = 'approved'
  cross join lateral (
    select greatest(credit_slots.from_at, private.bookable_from(offers)) as from_at
  ) as reach
  cross join lateral private.free_slots(
    offers.coach_id,
    offers.duration_minutes,
    tstzrange(
      reach.from_at,
      greatest(
        reach.from_at,
        least(credit_slots.to_at, credit_slots.from_at + interval '62 days', credits.ends_at)
      )
    )
  ) as slot
  where orders.id = credit_slots.order_id
    and orders.client_id = private.current_profile_id()
    and credits.ends_at is not null
  order by slot.starts_at;
$$;

grant execute on function public.credit_slots(uuid, timestamptz, timestamptz) to authenticated;
