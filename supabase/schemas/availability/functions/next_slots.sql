/*
 * What a coach's page shows of their calendar: for each offer on sale, up to
 * `times_per_offer` of the next free times within three weeks. Of each day in the coach's
 * calendar the first and the middle one, so that they are a choice of days and of hours,
 * and not one free morning.
 *
 * Runs with the asker's rights: offers are theirs to see, and available_slots decides.
 */
create function public.next_slots(coach_id uuid, times_per_offer integer default 6)
returns table (offer_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select offers.id, slot.starts_at, slot.ends_at
  from public.coaches
  join public.offers on offers.coach_id = coaches.id and offers.archived_at is null
  cross join lateral (
    select ranked.starts_at, ranked.ends_at
    from (
      select free.starts_at, free.ends_at,
        row_number() over (day order by free.starts_at) as position_in_day,
        count(*) over day as times_in_day
      from public.available_slots(offers.id, now(), now() + interval '21 days') as free
      window day as (partition by (free.starts_at at time zone coaches.time_zone)::date)
    ) as ranked
    where ranked.position_in_day in (1, ranked.times_in_day / 2 + 1)
    order by ranked.starts_at
    limit next_slots.times_per_offer
  ) as slot
  where coaches.id = next_slots.coach_id
  order by offers.id, slot.starts_at;
$$;

grant execute on function public.next_slots(uuid, integer) to anon, authenticated;
