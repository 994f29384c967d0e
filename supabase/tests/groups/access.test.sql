/* Who sees what of a date of Maria's: Dana and Omar have seats, Zoe has none. */
begin;
select plan(41);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_group_session('price clinic', coach => 'maria');
select tests.schedule('thursday', coach => 'maria', offer => 'price clinic');
select tests.take_seat('dana''s seat', client => 'dana', date => 'thursday', is_name_shown => true);
select tests.take_seat('omar''s seat', client => 'omar', date => 'thursday');

select policies_are('public', 'group_dates', array['People can view the dates they hold and those they have a seat at']);

/* -- another attendee -------------------------------------------------------------------- */

select tests.sign_in_as('omar');
select set_eq('select id from public.group_dates', array[tests.id('thursday')], 'who has a seat sees the date');
select set_eq('select id from public.bookings', array[tests.id('omar''s seat')], 'their own seat, and no other');
select set_eq('select booking_id from public.booking_events', array[tests.id('omar''s seat')], 'nor what happened to one');
select set_eq('select client_id from public.orders', array[tests.id('omar')], 'nor an order');
select set_eq('select id from public.profiles', array[tests.id('omar'), tests.id('maria')], 'nor a profile, but the coach''s');
select is_empty('select * from public.session_details(tests.id(''dana''''s seat''))', 'the page of another seat does not exist');
select is_empty('select * from public.seat_neighbors(tests.id(''dana''''s seat''))', 'nor names, by somebody else''s seat');
select is_empty('select * from public.seat_neighbors(tests.id(''omar''''s seat''))', 'who does not show their name reads none');
select is_empty('select * from public.date_seats(tests.id(''thursday''))', 'the list of seats is the coach''s');
select is_empty('select * from public.group_date_details(tests.id(''thursday''))', 'and so is the page of the date');
select throws_ok($$ select public.show_name(tests.id('dana''s seat'), false) $$, 'OBNFD', null, 'nobody speaks for another');
select throws_ok($$ select public.call_off_date(tests.id('thursday')) $$, 'OCNON', null, 'or calls off what is not theirs');

/* -- names, by agreement ---------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select is_empty('select * from public.seat_neighbors(tests.id(''dana''''s seat''))', 'Omar has not agreed, so Dana does not read his name');
select tests.sign_in_as('omar');
select lives_ok($$ select public.show_name(tests.id('omar''s seat'), true) $$, 'now he agrees');
select results_eq('select name from public.seat_neighbors(tests.id(''omar''''s seat''))', array['Dana Example'], 'and reads hers');
select tests.sign_in_as('dana');
select results_eq('select name from public.seat_neighbors(tests.id(''dana''''s seat''))', array['Omar Example'], 'as she reads his');
select is_empty('select * from public.seat_neighbors(tests.id(''omar''''s seat''))', 'but by her own seat alone');
select tests.sign_in_as('lena');
select is_empty('select * from public.seat_neighbors(tests.id(''dana''''s seat''))', 'a stranger reads neither');
select tests.sign_in_as('dana');
select public.show_name(tests.id('dana''s seat'), false);
select tests.sign_in_as('omar');
select is_empty('select * from public.seat_neighbors(tests.id(''omar''''s seat''))', 'who agreed can take it back');
select tests.sign_in_as('dana');
select public.show_name(tests.id('dana''s seat'), true);
select public.cancel_booking(tests.id('dana''s seat'), 4000);
select is_empty('select * from public.seat_neighbors(tests.id(''dana''''s seat''))', 'who gave up their seat reads no names');
select tests.sign_in_as('omar');
select is_empty('select * from public.seat_neighbors(tests.id(''omar''''s seat''))', 'and their own is gone');

/* -- the coach, others, visitors --------------------------------------------------------------- */

select tests.sign_in_as('maria');
select results_eq(
  'select client_name, status::text, is_name_shown from public.date_seats(tests.id(''thursday''))',
  $$ values ('Omar Example', 'confirmed', true), ('Dana Example', 'cancelled', true) $$,
  'the coach sees everybody, agreed or not'
);
select results_eq(
  'select offer_title, seats, seats_taken from public.group_date_details(tests.id(''thursday''))',
  $$ values ('price clinic', 3, 1) $$, 'and how many seats are taken'
);
select is_empty('select * from public.seat_neighbors(tests.id(''omar''''s seat''))', 'but is nobody''s neighbor');
select tests.refuses_writes('public.group_dates');

select tests.sign_in_as('lena');
select is_empty('select id from public.group_dates', 'another coach sees no date');
select is_empty('select * from public.date_seats(tests.id(''thursday''))', 'and nobody on a seat');
select throws_ok($$ select public.call_off_date(tests.id('thursday')) $$, 'OGNFD', null, 'and calls nothing off');
select throws_ok($$ select public.schedule_date(tests.id('price clinic'), current_date + 9, '12:00') $$, 'OFGON', null, 'nor schedules for somebody else');

select tests.sign_in_as('zoe');
select is_empty('select id from public.group_dates', 'nor does who has no seat, in the table');
select results_eq(
  'select seats, seats_left, is_mine from public.coming_dates(tests.id(''price clinic''))', 'values (3, 2, false)',
  'but in the list of what is to come, with the seats that are left'
);
select throws_ok($$ select public.show_name(tests.id('omar''s seat'), false) $$, 'OBNFD', null, 'a stranger changes no consent');

select tests.sign_out();
select results_eq('select seats, seats_left, is_mine from public.coming_dates(tests.id(''price clinic''))', 'values (3, 2, false)', 'as visitors do');
select tests.refuses_reads('public.group_dates');
select tests.refuses_writes('public.group_dates');
select throws_ok($$ select public.take_seat(tests.id('thursday'), 'America/Chicago') $$, '42501', null, 'who must sign in to take one');

select * from finish();
rollback;
