/* A free intro call: confirmed at once, once per client and coach, and no money anywhere. */
begin;
select plan(44);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_host('host-1');

create function tests.call(offer text, at timestamptz) returns uuid language sql as $$
  select public.request_booking(tests.id(offer), at, 'America/Chicago');
$$;
grant execute on function tests.call to authenticated;

/* -- offering ------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select throws_ok($$ select public.make_intro_call('ab', '', 20) $$, 'OFTIT', null, 'it is named like any offer');
select throws_ok($$ select public.make_intro_call('Hello', repeat('a', 601), 20) $$, 'OFDES', null, 'and described');
select throws_ok($$ select public.make_intro_call('Hello', '', 10) $$, 'OFLEN', null, 'and has a length');
select lives_ok($$ select public.make_intro_call(' Hello ', '', 20) $$, 'a coach offers one');
select throws_ok($$ select public.make_intro_call('Hello again', '', 20) $$, 'OFINT', null, 'and no second one');
select tests.as_admin();
select tests.remember('maria''s call', id) from public.offers where kind = 'intro_call';
select results_eq(
  'select title, price_cents from public.offers where id = tests.id(''maria''''s call'')', $$ values ('Hello', 0) $$, 'it is free'
);
select is((select from_price_cents from public.coach_listings where coach_id = tests.coach_id('maria')), 10000, 'search still says what a session costs');
select throws_ok(
  $$ insert into public.offers (coach_id, title, duration_minutes, price_cents) values (tests.coach_id('lena'), 'A gift', 60, 0) $$,
  '23514', null, 'a session is never free'
);

select tests.sign_in_as('maria');
select lives_ok($$ select public.change_offer(tests.id('maria''s call'), 'Hello there', '', 15, 9900) $$, 'it is changed like any offer');
select tests.as_admin();
select results_eq(
  $$ select kind::text, title, duration_minutes, price_cents from public.offers where coach_id = tests.coach_id('maria') and archived_at is null and price_cents = 0 $$,
  $$ values ('intro_call', 'Hello there', 15, 0) $$, 'and stays free'
);
select tests.remember('call', id) from public.offers where kind = 'intro_call' and archived_at is null;

select tests.sign_in_as('lena');
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, 'OFLST', null, 'a practice has a session for sale');
select lives_ok($$ select public.make_intro_call('Hello', '', 20) $$, 'Lena offers one too');
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, 'OFLST', null, 'a free call does not stand in for it');
select tests.sign_out();
select throws_ok($$ select public.make_intro_call('Hello', '', 20) $$, '42501', null, 'a visitor offers nothing');

/* -- booking ------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select lives_ok($$ select tests.call('call', tests.on_day(3)) $$, 'a client takes a time');
select tests.as_admin();
select tests.remember('first', id) from public.bookings where client_id = tests.id('dana');
select results_eq(
  $$ select status::text, is_intro_call, hold_expires_at from public.bookings where id = tests.id('first') $$,
  $$ values ('confirmed', true, null::timestamptz) $$, 'and has it at once'
);
select results_eq(
  $$ select status::text, amount_cents, fee_cents from public.orders where id = tests.order_id('first') $$,
  $$ values ('paid', 0, 0) $$, 'by an order of nothing'
);
select is_empty('select from public.payments', 'nobody paid');
select is_empty($$ select from private.outbox where topic like 'stripe.%' $$, 'Stripe is not asked for anything');
select isnt_empty($$ select from public.meetings where booking_id = tests.id('first') $$, 'there is a meeting');
select set_eq(
  $$ select recipient_id from public.notifications where kind = 'booking_confirmed' $$,
  array[tests.id('dana'), tests.id('maria')], 'both are told'
);
select results_eq(
  $$ select before::text, after::text from public.booking_events where booking_id = tests.id('first') order by id $$,
  $$ values (null, 'held'), ('held', 'confirmed') $$, 'the history says so'
);

/* -- once ------------------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select throws_ok($$ select tests.call('call', tests.on_day(4)) $$, 'OBINT', null, 'once');
select lives_ok($$ select public.cancel_booking(tests.id('first'), 0) $$, 'a client calls it off, and nothing comes back');
select throws_ok($$ select tests.call('call', tests.on_day(4)) $$, 'OBINT', null, 'that was their one');
select lives_ok($$ select tests.call('maria''s hour', tests.on_day(4)) $$, 'a session can be booked');

select tests.sign_in_as('omar');
select lives_ok($$ select tests.call('call', tests.on_day(5)) $$, 'another client has their own');
select tests.as_admin();
select tests.remember('omar''s', id) from public.bookings where client_id = tests.id('omar');
select tests.sign_in_as('maria');
select lives_ok($$ select public.cancel_booking(tests.id('omar''s'), 0) $$, 'the coach calls it off');
select tests.sign_in_as('omar');
select lives_ok($$ select tests.call('call', tests.on_day(6)) $$, 'then the client may have another');

-- Without the look before, the constraint decides.
select tests.as_admin();
select throws_ok(
  $$ insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone, status)
     select private.create_order(offers, tests.id('omar')), offers.id, offers.coach_id, tests.id('omar'), tests.on_day(8), tests.on_day(8, '10:15'), true, 'America/Chicago', 'confirmed'
     from public.offers where offers.id = tests.id('call') $$,
  '23505', null, 'no two, whoever writes'
);

/* -- a few at a time ---------------------------------------------------------------------------- */

create function tests.offer_call(coach text) returns void language sql as $$
  with made as (
    insert into public.offers (coach_id, kind, title, duration_minutes, price_cents)
    values (tests.create_coach(coach), 'intro_call', coach || '''s call', 20, 0)
    returning id, title
  )
  select tests.remember(title, id) from made;
$$;

select tests.offer_call(name) from unnest(array['nina', 'petra', 'vera', 'ida']) as name;
select tests.remember('lena''s call', id) from public.offers where coach_id = tests.coach_id('lena') and kind = 'intro_call';
select tests.sign_in_as('zoe');
select lives_ok($$ select tests.call('call', tests.on_day(10)) $$, 'one');
select lives_ok($$ select tests.call('lena''s call', tests.on_day(11)) $$, 'two');
select lives_ok($$ select tests.call('nina''s call', tests.on_day(12)) $$, 'three free calls, of as many coaches');
select throws_ok(
  $$ select tests.call('petra''s call', tests.on_day(13)) $$, 'OBINM',
  'You have 3 free intro calls ahead already. Have one of them, or cancel it, and then book the next.', 'a fourth has to wait'
);
select lives_ok($$ select tests.call('petra''s hour', tests.on_day(14)) $$, 'a session is no free call');
select tests.as_admin();
select tests.remember('zoe''s ' || title, bookings.id)
from public.bookings join public.offers on offers.id = offer_id where client_id = tests.id('zoe') and is_intro_call;
select tests.sign_in_as('zoe');
select public.cancel_booking(tests.id('zoe''s nina''s call'), 0);
select lives_ok($$ select tests.call('petra''s call', tests.on_day(13)) $$, 'until one of them is off');
select tests.as_admin();
update private.platform_settings set intro_calls_at_a_time = 4;
select tests.sign_in_as('zoe');
select lives_ok($$ select tests.call('vera''s call', tests.on_day(15)) $$, 'how many is a row');
select tests.as_admin();
update private.platform_settings set intro_calls_at_a_time = 3;
select tests.move_booking('zoe''s Hello there', now() - interval '3 days');
select tests.move_booking('zoe''s Hello', now() - interval '5 days');
select tests.sign_in_as('zoe');
select lives_ok($$ select tests.call('ida''s call', tests.on_day(16)) $$, 'or over: what was had does not count');
select tests.as_admin();

/* -- afterwards ------------------------------------------------------------------------------- */

select tests.remember('held call', id) from public.bookings where client_id = tests.id('omar') and status = 'confirmed';
select tests.move_booking('held call', now() - interval '1 day');
select private.complete_bookings();
select is((select status::text from public.bookings where id = tests.id('held call')), 'completed', 'it is over when it is over');
select is_empty($$ select from public.notifications where kind = 'review_invitation' $$, 'nobody is asked for a review');
select tests.sign_in_as('omar');
select throws_ok($$ select tests.review('held call') $$, 'RVFRE', null, 'nor may they write one');
select results_eq('select is_reviewable from public.session_details(tests.id(''held call''))', array[false], 'the page does not offer it');
select tests.sign_in_as('maria');
select is_empty('select from public.coach_earnings()', 'earnings leave it out');

select tests.sign_in_as('zoe');
select is_empty('select from public.session_details(tests.id(''held call''))', 'a stranger sees nothing of it');

select * from finish();
rollback;
