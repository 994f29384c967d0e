/*
 * One coach never has two live sessions that overlap, whoever writes: here an admin, with plain
 * statements. What functions do about it is in request_booking and late_payment.
 */
begin;
select plan(20);

select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('ten', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3, '10:00'));

create function tests.insert_booking(starts_at timestamptz, ends_at timestamptz, status public.booking_status, coach text default 'maria')
returns void language sql as $$
  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, status, client_time_zone, hold_expires_at, cancelled_by)
  select private.create_order(offers, tests.id('dana')), offers.id, offers.coach_id, tests.id('dana'), insert_booking.starts_at,
    insert_booking.ends_at, insert_booking.status, 'UTC', now(), case when status = 'cancelled' then 'client' end::public.booking_actor
  from public.offers
  where offers.id = tests.id(coach || '''s hour');
$$;

select throws_ok(
  format($$ select tests.insert_booking(tests.on_day(3, '10:00'), tests.on_day(3, '11:00'), %L) $$, status),
  '23P01', null, format('a second %s session at the same time is refused', status)
) from unnest(array['held', 'requested', 'confirmed']) as status;

select throws_ok($$ select tests.insert_booking(tests.on_day(3, '10:59'), tests.on_day(3, '11:30'), 'held') $$, '23P01', null, 'one that begins before the end is refused');
select throws_ok($$ select tests.insert_booking(tests.on_day(3, '09:00'), tests.on_day(3, '12:00'), 'held') $$, '23P01', null, 'one around it is refused');
select throws_ok($$ select tests.insert_booking(tests.on_day(3, '10:20'), tests.on_day(3, '10:40'), 'held') $$, '23P01', null, 'one within it is refused');

select lives_ok($$ select tests.insert_booking(tests.on_day(3, '11:00'), tests.on_day(3, '12:00'), 'confirmed') $$, 'one may begin when another ends');
select lives_ok($$ select tests.insert_booking(tests.on_day(3, '10:00'), tests.on_day(3, '11:00'), 'confirmed', coach => 'lena') $$, 'another coach is free');
select lives_ok(
  format($$ select tests.insert_booking(tests.on_day(3, '10:00'), tests.on_day(3, '11:00'), %L) $$, status),
  format('one that is %s takes no time', status)
) from unnest(array['completed', 'cancelled', 'declined', 'expired', 'no_show_client', 'no_show_coach']) as status;

select throws_ok(
  $$ update public.bookings set status = 'confirmed' where status = 'expired' $$, '23P01', null, 'what is over does not come back into a taken time'
);
select throws_ok(
  $$ update public.bookings set starts_at = tests.on_day(3, '11:30'), ends_at = tests.on_day(3, '12:30') where id = tests.id('ten') $$,
  '23P01', null, 'nor is a session moved into one'
);

/* -- what else no booking is ------------------------------------------------------------------- */

select throws_ok($$ update public.bookings set ends_at = starts_at $$, '23514', null, 'none ends as it starts');
-- The state machine would refuse it before the check does.
alter table public.bookings disable trigger bookings__keep_to_transitions;
select throws_ok($$ update public.bookings set status = 'held', hold_expires_at = null where id = tests.id('ten') $$, '23514', null, 'none is held without an end');
alter table public.bookings enable trigger bookings__keep_to_transitions;
select throws_ok($$ update public.bookings set status = 'cancelled' where id = tests.id('ten') $$, '23514', null, 'none is cancelled by nobody');
select throws_ok($$ update public.bookings set order_id = (select order_id from public.bookings where id <> tests.id('ten') limit 1) where id = tests.id('ten') $$, '23505', null, 'no order buys two');

select * from finish();
rollback;
