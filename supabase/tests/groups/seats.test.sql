/* Maria's price clinic has two seats on Thursday. Dana, Omar and Zoe want one. */
begin;
select plan(49);

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_group_session('price clinic', coach => 'maria', seats => 2);

/* -- on sale ------------------------------------------------------------------------------ */

select tests.sign_in_as('maria');
select throws_ok($$ select public.make_group_session('Clinic', '', 90, 4000, 1) $$, 'OFSEA', null, 'one seat is no group');
select throws_ok($$ select public.make_group_session('Clinic', '', 90, 4000, 51) $$, 'OFSEA', null, 'and 51 are too many');
select throws_ok($$ select public.make_group_session('Clinic', '', 90, 0, 5) $$, 'OFPRI', null, 'a seat has a price');
select lives_ok($$ select public.make_group_session('Clinic', '', 90, 4000, 5) $$, 'a group session is put on sale');
select is(
  (select from_price_cents from public.coach_listings where coach_id = tests.coach_id('maria')), 10000,
  'search goes on to show the price of a session with one client'
);

/* -- scheduling ----------------------------------------------------------------------------- */

select throws_ok($$ select public.schedule_date(tests.id('price clinic'), current_date - 2, '12:00') $$, 'OGDAY', null, 'a date is to come');
select throws_ok($$ select public.schedule_date(tests.id('price clinic'), current_date + 400, '12:00') $$, 'OGDAY', null, 'within a year');
select throws_ok($$ select public.schedule_date(tests.id('maria''s hour'), current_date + 7, '12:00') $$, 'OFGON', null, 'and of a group session');
select tests.as_admin();
select tests.schedule('thursday', coach => 'maria', offer => 'price clinic');
select tests.sign_in_as('maria');
select results_eq(
  'select starts_at, ends_at, seats from public.group_dates',
  $$ values (tests.on_day(7, '12:00'), tests.on_day(7, '13:30'), 2) $$,
  'in the coach''s own wall time, with the offer''s length and seats'
);
select throws_ok($$ select public.schedule_date(tests.id('price clinic'), tests.on_day(7)::date, '13:00') $$, 'OGCLH', null, 'two dates do not overlap');
select tests.as_admin();
select tests.schedule('friday', coach => 'maria', offer => 'price clinic', days => 8);

/* -- taking ---------------------------------------------------------------------------------- */

select tests.take_seat('dana''s seat', client => 'dana', date => 'thursday', is_paid => false);
select results_eq(
  $$ select bookings.status::text, bookings.starts_at, orders.amount_cents, orders.status::text
     from public.bookings join public.orders on orders.id = bookings.order_id where bookings.id = tests.id('dana''s seat') $$,
  $$ values ('held', tests.on_day(7, '12:00'), 4000, 'pending') $$,
  'a seat is held, by an order of its own'
);
select is_empty('select from public.meetings', 'there is no meeting before somebody has paid');
select tests.pay('dana''s seat');
select is((select status::text from public.bookings where id = tests.id('dana''s seat')), 'confirmed', 'its payment confirms it');

select tests.sign_in_as('dana');
select throws_ok($$ select public.take_seat(tests.id('thursday'), 'America/Chicago') $$, 'OGTWO', null, 'one person has one seat');
select throws_ok($$ select public.take_seat(tests.id('friday'), 'Mars/Phobos') $$, 'UPZON', null, 'in a zone that exists');
select throws_ok($$ select public.take_seat(gen_random_uuid(), 'America/Chicago') $$, 'OGNFD', null, 'at a date that exists');
select throws_ok($$ select public.request_booking(tests.id('price clinic'), tests.on_day(7, '12:00'), 'America/Chicago') $$, 'OBTIM', null, 'and by no other door');
select tests.sign_in_as('maria');
select throws_ok($$ select public.take_seat(tests.id('thursday'), 'America/Chicago') $$, 'OBOWN', null, 'the coach has none');

select tests.take_seat('omar''s seat', client => 'omar', date => 'thursday', is_paid => false);
select tests.sign_in_as('zoe');
select throws_ok($$ select public.take_seat(tests.id('thursday'), 'America/Chicago') $$, 'OGFUL', null, 'two are all there are');
select is((select seats_left from public.coming_dates(tests.id('price clinic')) where group_date_id = tests.id('thursday')), 0, 'as the list says');

select tests.as_admin();
select tests.let_hold_run_out('omar''s seat');
select is((select seats_left from public.coming_dates(tests.id('price clinic')) where group_date_id = tests.id('thursday')), 1, 'a hold that lapsed is no seat');
select lives_ok($$ select tests.take_seat('zoe''s seat', client => 'zoe', date => 'thursday') $$, 'and gives way at once');
select tests.pay('omar''s seat');
select results_eq(
  $$ select bookings.status::text, refunds.amount_cents, refunds.reason::text from public.bookings
     join public.refunds on refunds.order_id = bookings.order_id where bookings.id = tests.id('omar''s seat') $$,
  $$ values ('expired', 4000, 'paid_too_late') $$,
  'who pays for it then gets the money back'
);
select throws_ok(
  $$ update public.bookings set status = 'confirmed', confirmed_at = now() where id = tests.id('omar''s seat') $$, 'OGFUL', null,
  'whoever writes, there are never more than two'
);

/* -- giving up --------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select is(public.cancel_booking(tests.id('dana''s seat'), 4000), 4000, 'a seat is cancelled as any session, by the same policy');
select is((select seats_left from public.coming_dates(tests.id('price clinic')) where group_date_id = tests.id('thursday')), 1, 'and is free again');
select tests.as_admin();
select is((select count(*) from public.meetings where status <> 'cancelled'), 1::bigint, 'the meeting stays for who is left');
select lives_ok($$ select tests.take_seat('dana again', client => 'dana', date => 'thursday') $$, 'the same person may take it again');

/* -- another date -------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq(
  $$ select starts_at, ends_at from public.move_slots(tests.id('dana again'), now(), now() + interval '62 days') $$,
  $$ values (tests.on_day(8, '12:00'), tests.on_day(8, '13:30')) $$,
  'a seat can move to the other date'
);
select throws_ok($$ select public.reschedule_booking(tests.id('dana again'), tests.on_day(9)) $$, 'OBTIM', null, 'and to no free time');
select lives_ok($$ select public.reschedule_booking(tests.id('dana again'), tests.on_day(8, '12:00'), and_following => true) $$, 'so it does, alone: nothing follows it');
select results_eq(
  $$ select group_date_id, starts_at, status::text, sequence from public.bookings where id = tests.id('dana again') $$,
  $$ values (tests.id('friday'), tests.on_day(8, '12:00'), 'confirmed', 1) $$, 'with its payment and its calendar entry'
);
select tests.sign_in_as('maria');
select throws_ok($$ select public.reschedule_booking(tests.id('dana again'), tests.on_day(7, '12:00')) $$, 'OBNMV', null, 'the coach moves nobody');
select tests.take_seat('omar on friday', client => 'omar', date => 'friday');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.move_slots(tests.id('zoe''s seat'), now(), now() + interval '62 days') $$, 'a full date is not offered');
select throws_ok($$ select public.reschedule_booking(tests.id('zoe''s seat'), tests.on_day(8, '12:00')) $$, 'OGFUL', null, 'nor taken');

/* -- off sale -------------------------------------------------------------------------------------- */

select tests.as_admin();
select tests.schedule('empty', coach => 'maria', offer => 'price clinic', days => 9);
select tests.sign_in_as('maria');
select public.archive_offer(tests.id('price clinic'));
select tests.as_admin();
select results_eq(
  'select id from public.group_dates where called_off_at is not null', array[tests.id('empty')],
  'off sale, dates without anybody are called off'
);
select tests.sign_in_as('zoe');
select throws_ok($$ select public.take_seat(tests.id('friday'), 'America/Chicago') $$, 'OFGON', null, 'and the others take nobody more');
select tests.as_admin();

/* -- called off --------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select lives_ok($$ select public.call_off_date(tests.id('friday'), 'I am ill.') $$, 'the coach calls a date off');
select lives_ok($$ select public.call_off_date(tests.id('friday'), 'Again.') $$, 'twice is once');
select tests.as_admin();
select results_eq(
  $$ select bookings.status::text, bookings.cancelled_by::text, bookings.cancel_reason, refunds.amount_cents, refunds.reason::text
     from public.bookings join public.refunds on refunds.order_id = bookings.order_id
     where bookings.id in (tests.id('dana again'), tests.id('omar on friday')) $$,
  $$ values ('cancelled', 'coach', 'I am ill.', 4000, 'coach_cancelled'), ('cancelled', 'coach', 'I am ill.', 4000, 'coach_cancelled') $$,
  'everybody gets all back and reads why'
);
select bag_eq(
  $$ select recipient_id from public.notifications where kind = 'booking_cancelled' and subject_id in (tests.id('dana again'), tests.id('omar on friday')) $$,
  array[tests.id('dana'), tests.id('omar')], 'they are told, and the coach, who did it, is not'
);
select is_empty($$ select from public.meetings where group_date_id = tests.id('friday') and status <> 'cancelled' $$, 'the meeting goes');

select tests.move_date('thursday', now() - interval '1 minute');
select tests.sign_in_as('maria');
select throws_ok($$ select public.call_off_date(tests.id('thursday')) $$, 'OGOVR', null, 'what has begun is not called off');
select tests.as_admin();
select is((select strikes from admin.coach_strikes()), null, 'in good time, it is no strike');

/* A payment that comes while the date is being called off. */
update public.offers set archived_at = null where id = tests.id('price clinic');
select tests.sign_in_as('omar');
select throws_ok($$ select public.take_seat(tests.id('thursday'), 'America/Chicago') $$, 'OGOVR', null, 'what has begun takes nobody more');
select tests.as_admin();
select tests.schedule('late', coach => 'maria', offer => 'price clinic', days => 10);
select tests.take_seat('paid late', client => 'zoe', date => 'late', is_paid => false);
update public.group_dates set called_off_at = now() where id = tests.id('late');
select tests.pay('paid late');
select results_eq(
  $$ select bookings.status::text, refunds.reason::text from public.bookings
     join public.refunds on refunds.order_id = bookings.order_id where bookings.id = tests.id('paid late') $$,
  $$ values ('expired', 'paid_too_late') $$, 'a seat at a date that was called off is not confirmed'
);
select throws_ok($$ select tests.take_seat('never', client => 'dana', date => 'late') $$, 'OGOVR', null, 'nor is one taken there');
select tests.as_admin();
select throws_ok(
  $$ update public.bookings set status = 'confirmed', confirmed_at = now() where id = tests.id('paid late') $$, 'OGOVR', null, 'whoever writes'
);
update public.group_dates set called_off_at = null where id = tests.id('late');
select tests.take_seat('left behind', client => 'zoe', date => 'late');
update public.group_dates set called_off_at = now() where id = tests.id('late');
select private.empty_dates();
select is((select status::text from public.bookings where id = tests.id('left behind')), 'cancelled', 'what was left behind is cancelled by the job');

select * from finish();
rollback;
