/* Several times at once, as a rule the same one every week: what is shown, held, paid and let go. */
begin;
select plan(62);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_host(name) from unnest(array['host 1', 'host 2']) as name;

/* Ten o'clock by Maria's clock, so many weeks after the day after tomorrow. */
create function tests.week(number integer) returns timestamptz language sql as $$
  select tests.on_day(2 + 7 * number);
$$;
create function tests.weeks(variadic numbers integer[]) returns timestamptz[] language sql as $$
  select array_agg(tests.week(number)) from unnest(numbers) as number;
$$;
/* How each of an order's sessions stands, and the order. */
create function tests.standing(series text) returns text language sql as $$
  select string_agg(bookings.status::text, ' ' order by position) || ', ' || max(orders.status::text)
  from public.bookings join public.orders on orders.id = order_id
  where order_id = tests.order_id(series || ' 1');
$$;
create function tests.told(series text) returns text[] language sql as $$
  select array_agg(kind || ' ' || case when recipient_id = tests.id('dana') then 'dana' else 'maria' end order by kind, recipient_id = tests.id('maria'))
  from public.notifications where booking_id in (select id from public.bookings where order_id = tests.order_id(series || ' 1'));
$$;

grant execute on all functions in schema tests to anon, authenticated;

/* -- the dates, before anything is taken --------------------------------------------------------------- */

select tests.book('his', client => 'omar', offer => 'maria''s hour', starts_at => tests.week(1));
insert into public.date_overrides (coach_id, day) select tests.coach_id('maria'), (tests.week(2) at time zone 'America/New_York')::date;

select tests.sign_out();
select results_eq(
  $$ select session_position, starts_at, ends_at, conflict from public.series_dates(tests.id('maria''s hour'), tests.week(0), 4) $$,
  $$ values (1, tests.week(0), tests.week(0) + interval '1 hour', null),
       (2, tests.week(1), tests.week(1) + interval '1 hour', 'taken'),
       (3, tests.week(2), tests.week(2) + interval '1 hour', 'closed'),
       (4, tests.week(3), tests.week(3) + interval '1 hour', null) $$,
  'a visitor sees every date, and which are taken or closed'
);
select results_eq(
  $$ select alternatives from public.series_dates(tests.id('maria''s hour'), tests.week(0), 2) $$,
  $$ values ('{}'::timestamptz[]), (array[tests.week(1) - interval '1 hour 30 minutes', tests.week(1) - interval '1 hour', tests.week(1) + interval '1 hour']) $$,
  'with the nearest free times beside one that is taken'
);
select results_eq(
  $$ select bool_and(abs(extract(epoch from alternative - starts_at)) <= 3 * 86400), count(*)
     from public.series_dates(tests.id('maria''s hour'), tests.week(0), 3), unnest(alternatives) as alternative where session_position = 3 $$,
  $$ values (true, 3::bigint) $$, 'and near one that is closed, on the days around it'
);
select is((select count(*) from public.series_dates(tests.id('maria''s hour'), tests.week(0), 99)), 12::bigint, 'twelve at most');
select results_eq(
  $$ select distinct conflict from public.series_dates(tests.id('maria''s hour'), tests.week(0), 12) where starts_at > now() + interval '60 days' $$,
  array['too_far'], 'those past the coach''s horizon say so'
);
select throws_ok($$ select public.request_series(tests.id('maria''s hour'), tests.weeks(0, 3), 'UTC') $$, '42501', null, 'a visitor takes none');

/* -- held ------------------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.request_series(tests.id('maria''s hour'), tests.weeks(0, 1, 2, 3), 'America/New_York') $$, 'OBDAT',
  format('Nothing is booked, because not every date is free any more: %s; %s.',
    to_char(tests.week(1) at time zone 'America/New_York', 'FMDay, FMMonth FMDD "at" FMHH12:MI AM'),
    to_char(tests.week(2) at time zone 'America/New_York', 'FMDay, FMMonth FMDD "at" FMHH12:MI AM')),
  'where two are not free none is taken, and both are named'
);
select tests.as_admin();
select is((select count(*) from public.orders where client_id = tests.id('dana')), 0::bigint, 'not even an order is left');

select tests.book_series('tuesdays', 'dana', 'maria''s hour', tests.weeks(3, 0, 4, 0), 'held');
select results_eq(
  $$ select position, starts_at, ends_at, status::text, hold_expires_at, client_time_zone from public.bookings where order_id = tests.order_id('tuesdays 1') order by position $$,
  $$ values (1, tests.week(0), tests.week(0) + interval '1 hour', 'held', now() + interval '15 minutes', 'America/Chicago'),
       (2, tests.week(3), tests.week(3) + interval '1 hour', 'held', now() + interval '15 minutes', 'America/Chicago'),
       (3, tests.week(4), tests.week(4) + interval '1 hour', 'held', now() + interval '15 minutes', 'America/Chicago') $$,
  'one hold for all of them, in order, each once'
);
select results_eq(
  $$ select session_count, amount_cents, fee_cents, status::text from public.orders where id = tests.order_id('tuesdays 1') $$,
  $$ values (3, 30000, 4500, 'pending') $$, 'and one order: three times the price'
);
select is((select count(*) from public.booking_events where booking_id in (tests.id('tuesdays 1'), tests.id('tuesdays 2'), tests.id('tuesdays 3')) and after = 'held' and actor_id = tests.id('dana')), 3::bigint, 'each is noted');
select is((select sum(private.session_cents(bookings)) from public.bookings where order_id = tests.order_id('tuesdays 1')), 30000::bigint, 'the parts are the whole');
select throws_ok(
  $$ update public.orders set amount_cents = 10001 where id = tests.order_id('tuesdays 1') $$, '23514', null, 'which no amount may break that cannot be parted'
);

select tests.sign_in_as('dana');
select results_eq(
  $$ select amount_cents, session_count, booking_status::text, first_booking_id from public.checkout_details(tests.id('tuesdays 2')) $$,
  $$ values (30000, 3, 'held', tests.id('tuesdays 1')) $$, 'the payment is for all, whichever of them it is opened from'
);
select results_eq(
  $$ select amount_cents, session_position, session_count from public.session_details(tests.id('tuesdays 2')) $$,
  $$ values (10000, 2, 3) $$, 'a session''s page has its own price and place'
);
select results_eq(
  $$ select session_position, session_count, amount_cents from public.session_list('client') $$,
  $$ values (1, 3, 10000), (2, 3, 10000), (3, 3, 10000) $$, 'and so has the list'
);
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.week(5), 'UTC') $$, 'OBMNY', null, 'whoever holds three times takes no fourth'
);
select tests.sign_in_as('omar');
select is_empty($$ select from public.bookings where client_id = tests.id('dana') $$, 'another client sees none of it');
select is_empty($$ select from public.checkout_details(tests.id('tuesdays 1')) $$, 'and does not pay for it');
select throws_ok($$ select public.request_booking(tests.id('maria''s hour'), tests.week(3), 'UTC') $$, 'OBTKN', null, 'nor takes a time of it');
select throws_ok($$ select public.release_hold(tests.id('tuesdays 2')) $$, 'OBNFD', null, 'nor lets it go');
select tests.sign_in_as('maria');
select is((select count(*) from public.bookings where client_id = tests.id('dana')), 3::bigint, 'the coach sees all of it');
select tests.as_admin();

/* -- what cannot be repeated -------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select public.make_intro_call('Intro call', '', 15);
select tests.as_admin();
select tests.remember('intro call', id) from public.offers where kind = 'intro_call';
select tests.sign_in_as('omar');
select throws_ok($$ select public.request_series(tests.id('intro call'), tests.weeks(5, 6), 'UTC') $$, 'OBRPT', null, 'an intro call is had once');
select is_empty($$ select from public.series_dates(tests.id('intro call'), tests.week(5), 3) $$, 'and shows no dates');
select throws_ok($$ select public.request_series(tests.id('maria''s hour'), '{}', 'UTC') $$, 'OBRPT', null, 'no date is no series');
select throws_ok($$ select public.request_series(tests.id('maria''s hour'), array[null]::timestamptz[], 'UTC') $$, 'OBRPT', null, 'nor is nothing');
select throws_ok(
  $$ select public.request_series(tests.id('maria''s hour'), array(select tests.on_day(3) + make_interval(hours => hour) from generate_series(1, 13) as hour), 'UTC') $$,
  'OBRPT', null, 'thirteen are too many'
);
select throws_ok($$ select public.request_series(gen_random_uuid(), tests.weeks(5), 'UTC') $$, 'OFGON', null, 'an offer that does not exist has none');
select throws_ok($$ select public.request_series(tests.id('maria''s hour'), tests.weeks(5, 6), 'Nowhere') $$, 'UPZON', null, 'a zone is needed');
select throws_ok($$ select public.request_series(tests.id('maria''s hour'), array[tests.week(5), tests.week(5) + interval '30 minutes'], 'UTC') $$, 'OBDAT', null, 'two that overlap are not both free');
select tests.sign_in_as('maria');
select throws_ok($$ select public.request_series(tests.id('maria''s hour'), tests.weeks(5, 6), 'UTC') $$, 'OBOWN', null, 'nobody books themselves');
select tests.as_admin();
update public.availability_settings set max_sessions_per_day = 1;
select tests.sign_in_as('omar');
select throws_ok(
  $$ select public.request_series(tests.id('maria''s hour'), array[tests.week(5), tests.week(5) + interval '2 hours'], 'UTC') $$, 'OBDAT', null, 'the coach''s limits hold within a series, too'
);
select tests.as_admin();
update public.availability_settings set max_sessions_per_day = null;

/* -- let go, and lapsed -------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select public.release_hold(tests.id('tuesdays 2'));
select tests.as_admin();
select is(tests.standing('tuesdays'), 'expired expired expired, expired', 'letting one go lets all go');
select is((select count(*) from private.outbox where topic = 'stripe.expire_checkout' and payload ->> 'order_id' = tests.order_id('tuesdays 1')::text), 1::bigint, 'and closes the one payment page');

select tests.book_series('lapsed', 'dana', 'maria''s hour', tests.weeks(0, 3, 4), 'held');
update public.bookings set hold_expires_at = now() where order_id = tests.order_id('lapsed 1');
select tests.sign_in_as('omar');
select lives_ok($$ select public.request_booking(tests.id('maria''s hour'), tests.week(3), 'UTC') $$, 'a hold that lapsed stands in nobody''s way');
select tests.as_admin();
select is(tests.standing('lapsed'), 'expired expired expired, expired', 'and is over as a whole');
select private.lapse_hold(order_id, 'system') from public.bookings where client_id = tests.id('omar') and status = 'held';

/* -- paid ----------------------------------------------------------------------------------------------------- */

select tests.book_series('paid', 'dana', 'maria''s hour', tests.weeks(0, 3, 4));
select is(tests.standing('paid'), 'confirmed confirmed confirmed, paid', 'one payment confirms all');
select is((select count(*) from public.meetings where booking_id in (tests.id('paid 1'), tests.id('paid 2'), tests.id('paid 3')) and host_id is not null), 3::bigint, 'each has a meeting of its own');
select is(tests.told('paid'), array['booking_confirmed dana', 'booking_confirmed maria'], 'each party gets one mail');
select tests.pay('paid 1');
select is((select count(*) from public.meetings where booking_id in (tests.id('paid 1'), tests.id('paid 2'), tests.id('paid 3'))), 3::bigint, 'once');
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('paid 1', 'evt_part'), '{data,object,amount_total}', '10000'));
select isnt_empty($$ select from private.security_events where kind = 'payment_amount_mismatch' $$, 'the price of one session does not pay for all');
select tests.sign_in_as('maria');
select results_eq(
  $$ select paid_cents, refunded_cents, fee_cents, share_cents from public.coach_earnings() where client_name like 'Dana%' $$,
  $$ values (10000, 0, 1500, 8500), (10000, 0, 1500, 8500), (10000, 0, 1500, 8500) $$, 'the coach earns with each'
);
select tests.as_admin();

/* -- paid late ------------------------------------------------------------------------------------------------- */

select tests.book_series('late', 'dana', 'maria''s hour', array[tests.on_day(3), tests.on_day(10), tests.on_day(17), tests.on_day(24)], 'held');
select private.lapse_hold(tests.order_id('late 1'), 'system');
select tests.book('faster', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(10));
select tests.book('in checkout', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(24), status => 'held');
select tests.pay('late 1');
select is(tests.standing('late'), 'confirmed expired confirmed expired, paid', 'what is still free is booked again');
select results_eq(
  $$ select booking_id, reason::text, amount_cents from public.refunds where order_id = tests.order_id('late 1') order by booking_id = tests.id('late 4') $$,
  $$ values (tests.id('late 2'), 'paid_too_late', 10000), (tests.id('late 4'), 'paid_too_late', 10000) $$,
  'and the price of the rest goes back'
);
select is(tests.told('late'), array['booking_confirmed dana', 'booking_confirmed maria', 'payment_returned dana'], 'the client is told both, in a mail each');
select is((select status::text from public.bookings where id = tests.id('faster')), 'confirmed', 'who was faster stays');
select is((select count(*) from public.meetings where booking_id in (select id from public.bookings where order_id = tests.order_id('late 1'))), 2::bigint, 'two meet');
select tests.sign_in_as('dana');
select results_eq(
  $$ select number, amount_cents, refunded_cents from generate_series(1, 4) as number, public.session_details(tests.id('late ' || number)) $$,
  $$ values (1, 10000, 0), (2, 10000, 10000), (3, 10000, 0), (4, 10000, 10000) $$, 'each page says what came back for its session'
);
select tests.as_admin();

select tests.book_series('too late', 'dana', 'maria''s hour', array[tests.on_day(5), tests.on_day(12)], 'held');
select private.lapse_hold(tests.order_id('too late 1'), 'system');
select tests.book('both 1', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(5));
select tests.book('both 2', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(12));
select tests.pay('too late 1');
select is(tests.standing('too late'), 'expired expired, refunded', 'where none is free all of it goes back');
select is((select sum(amount_cents) from public.refunds where order_id = tests.order_id('too late 1')), 20000::bigint, 'to the cent');
select is(tests.told('too late'), array['payment_returned dana'], 'and nothing else is told');

/* -- money that Stripe's dashboard gave back --------------------------------------------------------------------- */

create function tests.returned_in_stripe(series text, cents integer) returns boolean language sql as $$
  select public.apply_stripe_event(jsonb_build_object('id', 'evt_returned' || cents, 'type', 'refund.updated', 'data', jsonb_build_object('object', jsonb_build_object(
    'id', 're_' || cents, 'status', 'succeeded', 'amount', cents, 'payment_intent', 'pi_' || tests.order_id(series || ' 1'), 'metadata', '{}'::jsonb))));
$$;
create function tests.returned(series text) returns integer[] language sql as $$
  select array_agg(private.session_returned_cents(bookings) order by position) from public.bookings where order_id = tests.order_id(series || ' 1');
$$;
select tests.returned_in_stripe('paid', 10000);
select is(tests.returned('paid'), array[3333, 3333, 3334], 'is of all the sessions, to the cent');
select is((select sum(private.refundable_cents(bookings, 'coach')) from public.bookings where order_id = tests.order_id('paid 1')), 20000::bigint, 'so that no more comes back than is left');
select tests.sign_in_as('maria');
select is((select sum(refunded_cents) from public.coach_earnings() where client_name like 'Dana%' and starts_at in (tests.week(0), tests.week(3), tests.week(4))), 10000::bigint, 'nor is more taken from the coach');
select tests.as_admin();
select tests.returned_in_stripe('paid', 20000);
select is(tests.returned('paid'), array[10000, 10000, 10000], 'up to all of it');
select is((select status::text from public.orders where id = tests.order_id('paid 1')), 'refunded', 'and then the order is refunded');
select is((select sum(private.refundable_cents(bookings, 'coach')) from public.bookings where order_id = tests.order_id('paid 1')), 0::bigint, 'with nothing left of it');

select tests.book('single', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6));
select is((select private.session_returned_cents(bookings) from public.bookings where id = tests.id('single')), 0, 'a single session is a series of one');
select is((select (position, session_count)::text from public.bookings join public.orders on orders.id = order_id where bookings.id = tests.id('single')), '(1,1)', 'and the first of it');

/* -- the account is closed ------------------------------------------------------------------------------------- */

select tests.book_series('closing', 'zoe', 'maria''s hour', array[tests.on_day(7), tests.on_day(14), tests.on_day(21)]);
select tests.move_booking('closing 1', now() + interval '6 hours');
select private.leave_sessions(tests.id('zoe'));
select is(tests.standing('closing'), 'cancelled cancelled cancelled, paid', 'who leaves leaves all of it');
select is((select array_agg(amount_cents order by starts_at) from public.refunds join public.bookings on bookings.id = booking_id where refunds.order_id = tests.order_id('closing 1')), array[5000, 10000, 10000], 'each on its own terms');
select is((select count(*) from public.notifications where kind = 'booking_cancelled' and booking_id in (select id from public.bookings where order_id = tests.order_id('closing 1'))), 2::bigint, 'in one mail to each');

select * from finish();
rollback;
