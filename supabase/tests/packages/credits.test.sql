/* What a package gives to book with: granted, used, given back, ended, and never less than none. */
begin;
select plan(72);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_host(name) from unnest(array['host 1', 'host 2']) as name;
select tests.create_package('four hours', coach => 'maria');
select tests.create_package('four asked hours', coach => 'maria', is_instant => false);

create function tests.left(order_name text) returns integer language sql security definer as $$
  select private.credits_left(tests.id(order_name));
$$;
create function tests.entries(order_name text) returns text language sql security definer as $$
  select string_agg(kind || ' ' || sessions, ', ' order by id) from public.credit_entries where order_id = tests.id(order_name);
$$;
create function tests.returned(order_name text) returns integer language sql security definer as $$
  select private.returned_cents(tests.id(order_name));
$$;
create function tests.stands(booking text) returns text language sql security definer as $$
  select status::text from public.bookings where id = tests.id(booking);
$$;
/* As if what happened in this transaction had been done before: now() stands still. */
create function tests.long_ago(booking text) returns void language sql as $$
  update public.bookings set created_at = created_at - interval '1 day', confirmed_at = confirmed_at - interval '1 day' where id = tests.id(booking);
$$;
grant execute on all functions in schema tests to anon, authenticated;

/* -- granted ------------------------------------------------------------------------------------------ */

select tests.buy_package('hers', 'dana', 'four hours', is_paid => false);
select results_eq(
  $$ select status::text, session_count, amount_cents, fee_cents, credits_end_at from public.orders where id = tests.id('hers') $$,
  $$ values ('pending', 4, 32000, 4800, null::timestamptz) $$, 'an order is for all of a package''s sessions'
);
select is(tests.left('hers'), 0, 'and gives nothing before it is paid');
select is(tests.pay_order('hers'), true, 'its payment arrives');
select results_eq(
  $$ select status::text, credits_end_at, tests.entries('hers') from public.orders where id = tests.id('hers') $$,
  $$ values ('paid', now() + interval '6 months', 'granted 4') $$, 'then it gives its sessions, until its months are over'
);
select is(public.apply_stripe_event(tests.order_completed(tests.id('hers'), 'evt_again')), true, 'a second event of the same payment');
select is(tests.entries('hers'), 'granted 4', 'grants nothing more');
select private.grant_credits(tests.id('hers'), 9, now() + interval '9 years');
select results_eq(
  $$ select credits_end_at, tests.entries('hers') from public.orders where id = tests.id('hers') $$,
  $$ values (now() + interval '6 months', 'granted 4') $$, 'nor does granting again, and it ends when it did'
);
select bag_eq(
  $$ select kind, recipient_id from public.notifications where subject_id = tests.id('hers') $$,
  $$ values ('package_bought', tests.id('dana')), ('package_sold', tests.id('maria')) $$, 'both are told'
);
select isnt_empty($$ select from public.conversations where client_id = tests.id('dana') and coach_id = tests.coach_id('maria') $$, 'and can write to each other');

/* -- used --------------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq(
  $$ select * from public.credit_slots(tests.id('hers'), now(), now() + interval '14 days') $$,
  $$ select * from public.available_slots(tests.id('maria''s hour'), now(), now() + interval '14 days') $$,
  'the times are those of any session of that length'
);
select is_empty($$ select from public.available_slots(tests.id('four hours'), now(), now() + interval '14 days') $$, 'there are none to be booked without buying it');
select throws_ok($$ select public.request_booking(tests.id('four hours'), tests.on_day(3), 'UTC') $$, 'OBTIM', null, 'and it can''t be booked as a session');
select throws_ok($$ select public.request_series(tests.id('four hours'), array[tests.on_day(3)], 'UTC') $$, 'OBRPT', null, 'nor as a series');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3)], 'Mars/Base') $$, 'UPZON', null, 'the zone is looked at');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), '{}', 'UTC') $$, 'OBRPT', null, 'so is whether a time was chosen');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3, '10:07')], 'UTC') $$, 'OBTIM', null, 'and whether the coach offers it');

select tests.sign_in_as('omar');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3)], 'UTC') $$, 'OKNFD', null, 'nobody books with somebody else''s');
select is_empty($$ select from public.credit_slots(tests.id('hers'), now(), now() + interval '14 days') $$, 'or sees times for it');
select tests.sign_in_as('maria');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3)], 'UTC') $$, 'OKNFD', null, 'the coach neither');
select tests.sign_out();
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3)], 'UTC') $$, '42501', null, 'and no visitor');
select tests.as_admin();

select tests.book_with_credit('first', 'dana', 'hers', 3);
select results_eq(
  $$ select status::text, position, order_id, starts_at, ends_at, hold_expires_at from public.bookings where id = tests.id('first') $$,
  $$ values ('confirmed', 1, tests.id('hers'), tests.on_day(3), tests.on_day(3) + interval '1 hour', null::timestamptz) $$,
  'a session is confirmed at once, on the package''s order'
);
select is(tests.entries('hers'), 'granted 4, used -1', 'with one credit less');
select isnt(tests.meeting_id('first'), null, 'it has a meeting');
select bag_eq(
  $$ select kind, recipient_id from public.notifications where booking_id = tests.id('first') $$,
  $$ values ('booking_confirmed', tests.id('dana')), ('booking_confirmed', tests.id('maria')) $$, 'of which both are told'
);
select tests.long_ago('first');

select tests.sign_in_as('dana');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3)], 'UTC') $$, 'OBTKN', null, 'a time that is taken is refused');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(4), tests.on_day(3)], 'UTC') $$, 'OBDAT', null, 'and so is all, when one of several is');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(4), tests.on_day(5), tests.on_day(6), tests.on_day(7)], 'UTC') $$, 'OKNON', 'You chose 4 times, and 3 sessions are left to book with.', 'no more than are left');
select is(tests.left('hers'), 3, 'a refusal uses nothing');

select lives_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(17), tests.on_day(10)], 'America/Chicago') $$, 'two weeks at once');
select tests.as_admin();
select results_eq(
  $$ select position, starts_at, status::text from public.bookings where order_id = tests.id('hers') order by position $$,
  $$ values (1, tests.on_day(3), 'confirmed'), (2, tests.on_day(10), 'confirmed'), (3, tests.on_day(17), 'confirmed') $$, 'are booked in order'
);
select is(
  (select count(*) from public.notifications where kind = 'booking_confirmed' and recipient_id = tests.id('dana')), 2::bigint,
  'and told in one mail, not again of the first'
);
select tests.remember('second', id) from public.bookings where order_id = tests.id('hers') and position = 2;
select tests.remember('third', id) from public.bookings where order_id = tests.id('hers') and position = 3;
select tests.book_with_credit('fourth', 'dana', 'hers', 24);
select tests.sign_in_as('dana');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(5)], 'UTC') $$, 'OKNON', 'There is no session left to book with.', 'when none is left none is booked');
select is_empty($$ select from public.credit_slots(tests.id('hers'), now(), now() + interval '14 days') $$, 'nor shown');
select tests.as_admin();
select throws_ok(
  $$ insert into public.credit_entries (order_id, kind, sessions) values (tests.id('hers'), 'ended', -1) $$, 'OKNON', null, 'whoever writes, there are never less than none'
);
select throws_ok($$ update public.credit_entries set sessions = 9 where kind = 'granted' $$, 'OKFIX', null, 'and what is written stays');
select throws_ok($$ delete from public.credit_entries $$, 'OKFIX', null, 'all of it');

/* -- given back ------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq(
  $$ select paid_cents, refund_cents, uses_credit, returns_credit, actor::text from public.refund_quote(tests.id('second')) $$,
  $$ values (8000, 0, true, true, 'client') $$, 'in time, a session goes back to its package and no money moves'
);
select throws_ok($$ select public.cancel_booking(tests.id('second'), 0) $$, 'OBQTE', null, 'who did not see that is asked again');
select is(public.cancel_booking(tests.id('second'), 0, 'Busy week', expected_credits => 1), 0, 'it is cancelled as it was shown');
select results_eq(
  $$ select tests.entries('hers'), tests.returned('hers'), tests.stands('second') $$,
  $$ values ('granted 4, used -1, used -1, used -1, used -1, returned 1', 0, 'cancelled') $$, 'the credit is back, and no money'
);
select tests.as_admin();
select is(private.session_cents(bookings), 0, 'the session that gave it back costs nothing') from public.bookings where id = tests.id('second');
select is(private.give_back_credit(bookings, 'client_cancelled')::text, '', 'giving back twice') from public.bookings where id = tests.id('second');
select is(tests.left('hers'), 1, 'is once');

-- Two hours before the start half comes back: as money, and the credit is used up.
select tests.move_booking('third', now() + interval '5 hours');
select tests.sign_in_as('dana');
select results_eq(
  $$ select paid_cents, refund_cents, uses_credit, returns_credit from public.refund_quote(tests.id('third')) $$,
  $$ values (8000, 4000, true, false) $$, 'later a part of its price comes back as money'
);
select is(public.cancel_booking(tests.id('third'), 4000), 4000, 'as it was shown');
select results_eq($$ select tests.left('hers'), tests.returned('hers') $$, $$ values (1, 4000) $$, 'and the credit stays used');

-- The last minutes.
select tests.as_admin();
select tests.move_booking('fourth', now() + interval '1 hour');
select tests.sign_in_as('dana');
select results_eq(
  $$ select refund_cents, returns_credit from public.refund_quote(tests.id('fourth')) $$, $$ values (0, false) $$, 'in the end nothing comes back'
);
select throws_ok($$ select public.cancel_booking(tests.id('fourth'), 0, expected_credits => 1) $$, 'OBQTE', null, 'who saw a credit is asked again');
select tests.sign_in_as('maria');
select results_eq(
  $$ select refund_cents, returns_credit, actor::text from public.refund_quote(tests.id('fourth')) $$, $$ values (0, true, 'coach') $$, 'unless it is the coach who cancels'
);
select is(public.cancel_booking(tests.id('fourth'), 0, expected_credits => 1), 0, 'who does');
select results_eq($$ select tests.left('hers'), tests.returned('hers') $$, $$ values (2, 4000) $$, 'then the credit comes back until the start');

-- A coach who did not come.
select tests.as_admin();
select tests.move_booking('first', now() - interval '2 hours');
select private.complete_bookings();
select private.move_booking(tests.id('first'), '{completed}', 'no_show_coach', 'system');
select private.refund_missed_session(bookings) from public.bookings where id = tests.id('first');
select results_eq($$ select tests.left('hers'), tests.returned('hers') $$, $$ values (3, 4000) $$, 'a coach who did not come: the credit comes back');

/* -- asked for -------------------------------------------------------------------------------------- */

select tests.buy_package('asked', 'omar', 'four asked hours');
select tests.book_with_credit('one', 'omar', 'asked', 4);
select tests.long_ago('one');
select tests.book_with_credit('other', 'omar', 'asked', 5);
select results_eq(
  $$ select tests.stands('one'), tests.stands('other'), tests.left('asked') $$, $$ values ('requested', 'requested', 2) $$,
  'a coach who wants to be asked is, and the credit is used meanwhile'
);
select bag_eq(
  $$ select kind, recipient_id from public.notifications where booking_id = tests.id('other') $$,
  $$ values ('request_sent', tests.id('omar')), ('request_received', tests.id('maria')) $$, 'both are told of each request'
);
select tests.sign_in_as('maria');
select lives_ok($$ select public.decline_request(tests.id('other'), 'Not then') $$, 'she declines the second');
select results_eq(
  $$ select tests.stands('one'), tests.stands('other'), tests.left('asked') $$, $$ values ('requested', 'declined', 3) $$,
  'which gives its credit back and leaves the first open'
);
select lives_ok($$ select public.accept_request(tests.id('one')) $$, 'she accepts the first');
select results_eq($$ select tests.stands('one'), tests.left('asked') $$, $$ values ('confirmed', 3) $$, 'which stays used');
select tests.as_admin();
select tests.long_ago('one'), tests.long_ago('other');
select tests.book_with_credit('lapsing', 'omar', 'asked', 6);
select tests.long_ago('lapsing');
select tests.book_with_credit('withdrawn', 'omar', 'asked', 7);
update public.bookings set answer_by = now() where id = tests.id('lapsing');
select private.expire_requests();
select results_eq(
  $$ select tests.stands('lapsing'), tests.stands('withdrawn'), tests.left('asked') $$, $$ values ('expired', 'requested', 2) $$,
  'one that is not answered in time gives its credit back, and no other'
);
select tests.sign_in_as('omar');
select lives_ok($$ select public.withdraw_request(tests.id('withdrawn')) $$, 'the client takes one back');
select results_eq($$ select tests.stands('withdrawn'), tests.left('asked') $$, $$ values ('cancelled', 3) $$, 'and has the credit back');

/* -- ended -------------------------------------------------------------------------------------------- */

select tests.as_admin();
select is(private.end_lapsed_credits()::text, '', 'cron looks');
select is(tests.left('hers'), 3, 'and leaves what has not ended');
select tests.book_with_credit('after the end', 'dana', 'hers', 8);
update public.orders set credits_end_at = tests.on_day(4) where id = tests.id('hers');
select tests.sign_in_as('dana');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(9)], 'UTC') $$, 'OKLAT', null, 'no session begins after the credits end');
select is((select max(starts_at) < tests.on_day(4) from public.credit_slots(tests.id('hers'), now(), now() + interval '14 days')), true, 'nor is one shown');
select tests.as_admin();
update public.orders set credits_end_at = now() where id = tests.id('hers');
select tests.sign_in_as('dana');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(2)], 'UTC') $$, 'OKEND', null, 'when they have ended none is booked, even before cron comes by');
select tests.as_admin();
select private.end_lapsed_credits();
select results_eq(
  $$ select tests.left('hers'), tests.returned('hers'), (select count(*) from public.notifications where subject_id = tests.id('hers') and kind = 'credits_ended') $$,
  $$ values (0, 4000 + 2 * 8000, 1::bigint) $$, 'what is left goes back as money, and the client is told'
);
select private.end_lapsed_credits();
select is(tests.returned('hers'), 20000, 'once');
select tests.sign_in_as('dana');
select results_eq(
  $$ select refund_cents, returns_credit from public.refund_quote(tests.id('after the end')) $$, $$ values (8000, false) $$,
  'a session that is called off after the end goes back as money'
);
select is(public.cancel_booking(tests.id('after the end'), 8000), 8000, 'all of it');
select tests.as_admin();
select results_eq(
  $$ select sum(private.session_cents(bookings) - private.session_returned_cents(bookings))::integer, orders.amount_cents - tests.returned('hers')
     from public.orders join public.bookings on bookings.order_id = orders.id where orders.id = tests.id('hers') group by orders.id $$,
  $$ values (4000, 4000) $$, 'what is kept of its sessions is what is kept of the order'
);
select is_empty('select * from admin.money_mismatch', 'and everything adds up') ;

select * from finish();
rollback;
