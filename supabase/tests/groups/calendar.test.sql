/* A date takes its time in the coach's calendar, with or without anybody on a seat. */
begin;
select plan(27);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.create_group_session('price clinic', coach => 'maria');

create function tests.is_offered(starts_at timestamptz) returns boolean language sql as $$
  select exists (
    select from public.available_slots(tests.id('maria''s hour'), starts_at, starts_at + interval '1 minute') as slot where slot.starts_at = is_offered.starts_at
  );
$$;

/* -- the date keeps others out -------------------------------------------------------------- */

select ok(tests.is_offered(tests.on_day(7, '12:30')), 'the time is free');
select tests.schedule('thursday', coach => 'maria', offer => 'price clinic');
select ok(not tests.is_offered(tests.on_day(7, '12:30')), 'until a date is scheduled, without anybody on a seat');
select ok(not tests.is_offered(tests.on_day(7, '11:30')), 'a session before it may not reach into it');
select ok(tests.is_offered(tests.on_day(7, '11:00')), 'but may touch it');
select ok(tests.is_offered(tests.on_day(7, '13:30')), 'as may one after it');
select is_empty(
  $$ select from public.available_slots(tests.id('price clinic'), now(), now() + interval '62 days') $$, 'a group session has no free times'
);
select isnt_empty($$ select from private.calendar_changes where coach_id = tests.coach_id('maria') $$, 'search is told that the calendar changed');

select tests.sign_in_as('dana');
select throws_ok($$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(7, '12:30'), 'America/Chicago') $$, 'OBTKN', null, 'nobody books a session then');
select tests.as_admin();
select tests.book('elsewhere', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(9));
select tests.sign_in_as('dana');
select throws_ok($$ select public.reschedule_booking(tests.id('elsewhere'), tests.on_day(7, '12:30')) $$, 'OBTKN', null, 'or moves one there');
select tests.as_admin();
select throws_ok(
  $$ update public.bookings set starts_at = tests.on_day(7, '13:00'), ends_at = tests.on_day(7, '14:00') where id = tests.id('elsewhere') $$,
  '23P01', null, 'whoever writes'
);
select throws_ok(
  $$ select tests.book('over it', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(7, '13:00')) $$, '23P01', null, 'and however'
);

/* -- and keeps out of others' way ------------------------------------------------------------- */

select tests.sign_in_as('maria');
select throws_ok($$ select public.schedule_date(tests.id('price clinic'), tests.on_day(9)::date, '09:00') $$, 'OGCLH', null, 'a date is not scheduled over a session');
select tests.as_admin();
select throws_ok(
  $$ update public.group_dates set starts_at = tests.on_day(9), ends_at = tests.on_day(9, '11:00') $$, '23P01', null, 'whoever writes'
);
select tests.book('held', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(10), status => 'held');
select tests.sign_in_as('maria');
select throws_ok($$ select public.schedule_date(tests.id('price clinic'), tests.on_day(10)::date, '10:00') $$, 'OGCLH', null, 'nor over one that somebody is paying for');
select tests.as_admin();
select tests.let_hold_run_out('held');
select lives_ok($$ select tests.schedule('over a lapsed hold', coach => 'maria', offer => 'price clinic', days => 10, wall_time => '10:00') $$, 'a hold that lapsed gives way');
select tests.pay('held');
select is((select status::text from public.bookings where id = tests.id('held')), 'expired', 'and is not taken again when it is paid');

/* -- seats share their time, and nothing else does ---------------------------------------------- */

select tests.take_seat('first seat', client => 'dana', date => 'thursday');
select lives_ok($$ select tests.take_seat('second seat', client => 'omar', date => 'thursday') $$, 'two seats are at one time');
alter table public.bookings disable trigger bookings__keep_to_dates;
select throws_ok(
  $$ update public.bookings set starts_at = tests.on_day(7, '13:00'), ends_at = tests.on_day(7, '14:00') where id = tests.id('elsewhere') $$,
  '23P01', null, 'beside them the constraint lets nothing be'
);
alter table public.bookings enable trigger bookings__keep_to_dates;
update public.bookings set starts_at = tests.on_day(11), ends_at = tests.on_day(12) where id = tests.id('first seat');
select is((select starts_at from public.bookings where id = tests.id('first seat')), tests.on_day(7, '12:00'), 'a seat is at the time of its date, whatever is written');
select throws_ok(
  $$ update public.bookings set client_id = tests.id('dana') where id = tests.id('second seat') $$, '23505', null, 'and one person''s once'
);

/* -- limits count a date once ---------------------------------------------------------------------- */

update public.availability_settings set max_sessions_per_day = 2 where coach_id = tests.coach_id('maria');
select ok(tests.is_offered(tests.on_day(7, '15:00')), 'a date with two seats is one session of the day');
update public.availability_settings set max_sessions_per_day = 1 where coach_id = tests.coach_id('maria');
select ok(not tests.is_offered(tests.on_day(7, '15:00')), 'and is one');
select ok(not tests.is_offered(tests.on_day(10, '15:00')), 'also without anybody on a seat');
update public.availability_settings set max_sessions_per_day = null, buffer_after_minutes = 30 where coach_id = tests.coach_id('maria');
select ok(not tests.is_offered(tests.on_day(7, '13:30')), 'buffers are kept from it');

/* -- called off, it is free --------------------------------------------------------------------------- */

update public.availability_settings set buffer_after_minutes = 0 where coach_id = tests.coach_id('maria');
select tests.sign_in_as('maria');
select public.call_off_date(tests.id('thursday'));
select tests.as_admin();
select ok(tests.is_offered(tests.on_day(7, '12:30')), 'its time is free again');
select lives_ok($$ select tests.schedule('again', coach => 'maria', offer => 'price clinic') $$, 'for another date, too');

/* -- the coach's lists have one row for it ---------------------------------------------------------------- */

select tests.sign_in_as('maria');
select results_eq(
  $$ select booking_id, status::text, offer_title, seats, seats_taken from public.session_list('coach') where group_date_id = tests.id('again') $$,
  $$ values (null::uuid, 'confirmed', 'price clinic', 3, 0) $$,
  'the coach has one row for a date'
);

select * from finish();
rollback;
