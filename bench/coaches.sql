/*
 * Makes any number of coaches at once; load-coaches.ts runs this, fills bench.texts and calls
 * bench.add_coaches. Search rows are written as refresh_listing would write them.
 */
create schema bench;
create table bench.texts (number integer generated always as identity, headline text, bio text);

/* A number from 0 to size - 1 that looks like chance and is the same every time; low ones are likelier. */
create function bench.pick(coach integer, salt integer, size integer) returns integer
language sql immutable as $$
  select floor(size * power(((hashint8(coach::bigint * 1000003 + salt) & 2147483647) / 2147483648.0)::float8, 1.6))::integer;
$$;

create function bench.add_coaches(amount integer) returns void
language plpgsql
as $$
declare
  v_states text[] := array(select code from public.states order by md5(code));
  v_specialties text[] := array(select slug from public.specialties order by position);
  v_headlines text[] := array(select headline from bench.texts order by number);
  v_bios text[] := array(select bio from bench.texts order by number);
  v_policy_id uuid := (select id from public.cancellation_policies where is_default);
begin
  insert into public.profiles (id, clerk_user_id, kind, first_name, last_name, home_state, onboarded_at)
  select md5('profile' || n)::uuid, 'user_bench_' || n, 'coach', 'Coach', 'Number ' || n, 'OH', now()
  from generate_series(1, add_coaches.amount) as n;

  insert into public.coaches (
    id, profile_id, slug, display_name, headline, bio, states, specialties, languages,
    years_in_business, time_zone, status, cancellation_policy_id, applied_at, approved_at
  )
  select md5('coach' || n)::uuid, md5('profile' || n)::uuid, 'coach-number-' || n, 'Coach Number ' || n,
    v_headlines[1 + bench.pick(n, 1, cardinality(v_headlines))],
    v_bios[1 + bench.pick(n, 2, cardinality(v_bios))] || E'\n\n' || v_bios[1 + bench.pick(n, 3, cardinality(v_bios))],
    array(
      select distinct v_states[1 + bench.pick(n, 10 + i, cardinality(v_states))]
      from generate_series(0, bench.pick(n, 4, 3)) as i
    ),
    array(
      select distinct v_specialties[1 + bench.pick(n, 20 + i, cardinality(v_specialties))]
      from generate_series(0, bench.pick(n, 5, 4)) as i
    ),
    case when bench.pick(n, 6, 10) > 5 then array['en', 'es'] else array['en'] end,
    bench.pick(n, 7, 40), 'America/New_York', 'approved',
    v_policy_id,
    now() - make_interval(hours => n), now() - make_interval(hours => n)
  from generate_series(1, add_coaches.amount) as n;

  insert into public.availability_settings (coach_id)
  select md5('coach' || n)::uuid from generate_series(1, add_coaches.amount) as n;

  insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
  select md5('coach' || n)::uuid, weekday, time '07:00' + make_interval(hours => n % 6), time '15:00' + make_interval(hours => n % 6)
  from generate_series(1, add_coaches.amount) as n, generate_series(1, 5) as weekday;

  insert into public.offers (id, coach_id, title, duration_minutes, price_cents)
  select md5('offer' || n)::uuid, md5('coach' || n)::uuid, 'One session', 45, 3000 + 500 * bench.pick(n, 8, 50)
  from generate_series(1, add_coaches.amount) as n;

  insert into public.coach_listings (
    coach_id, document, states, specialties, languages, from_price_cents,
    rating_average, review_count, rating_score, sessions_held, listed_at
  )
  select coaches.id, private.coach_document(coaches), coaches.states, coaches.specialties, coaches.languages,
    3000 + 500 * bench.pick(n, 8, 50), nullif(rating.average, 0), rating.amount,
    (rating.average * rating.amount + 4.3 * 5) / (rating.amount + 5), rating.amount * 2, coaches.approved_at
  from generate_series(1, add_coaches.amount) as n
  join public.coaches on coaches.id = md5('coach' || n)::uuid
  cross join lateral (select bench.pick(n, 9, 40) as amount) as reviews
  cross join lateral (
    select reviews.amount, case when reviews.amount = 0 then 0 else 5 - bench.pick(n, 30, 200) / 100.0 end as average
  ) as rating;
end;
$$;

/*
 * When each can be booked next, as refresh_next_times would find it: coaches with the same hours
 * are free at the same time.
 */
create function bench.find_next_times(amount integer) returns void
language sql
as $$
  delete from private.calendar_changes;
  insert into private.next_times (coach_id, next_at, next_ends_at, check_at)
  select md5('coach' || n)::uuid, next.starts_at, next.ends_at, next.starts_at - interval '2 hours'
  from generate_series(1, 6) as first
  cross join lateral private.next_free(md5('coach' || first)::uuid) as next
  cross join lateral generate_series(first, find_next_times.amount, 6) as n;
$$;

/* Gives the first coach 10,000 sessions, one every three hours; a tenth is ahead. */
create function bench.add_bookings() returns void
language sql
as $$
  with made as (
    insert into public.orders (
      client_id, coach_id, offer_id, amount_cents, fee_cents, currency,
      full_refund_minutes, partial_refund_minutes, partial_refund_percent
    )
    select md5('profile2')::uuid, offers.coach_id, offers.id, 10000, 1500, 'usd', 1440, 240, 50
    from public.offers, generate_series(1, 10000)
    where offers.id = md5('offer1')::uuid
    returning orders.id, orders.offer_id, orders.coach_id, orders.client_id
  ),
  numbered as (
    select made.*, date_trunc('hour', now()) + make_interval(hours => 3 * (row_number() over ())::integer - 27000) as starts_at
    from made
  )
  insert into public.bookings (
    order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, status, confirmed_at
  )
  select id, offer_id, coach_id, client_id, starts_at, starts_at + interval '45 minutes', 'America/New_York',
    (case when starts_at < now() then 'completed' else 'confirmed' end)::public.booking_status, now()
  from numbered;
$$;
