/* Packages: put on sale, changed, bought, paid late or never, ended by the coach or by us, and who reads of it. */
begin;
select plan(69);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_host('host');

create function tests.left(order_name text) returns integer language sql security definer as $$
  select private.credits_left(tests.id(order_name));
$$;
create function tests.status(order_name text) returns text language sql security definer as $$
  select status::text from public.orders where id = tests.id(order_name);
$$;
create function tests.told(order_name text) returns text[] language sql security definer as $$
  select array_agg(kind order by kind) from public.notifications where subject_id = tests.id(order_name);
$$;
/* A fixture that somebody makes themselves. */
create function tests.keep(name text, id uuid) returns uuid language sql security definer as $$
  select tests.remember(keep.name, keep.id);
$$;
grant execute on all functions in schema tests to anon, authenticated;

/* -- on sale -------------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select throws_ok($$ select public.make_package('Six hours', '', 60, 9000, 1, 6) $$, 'OFSES', 'A package has 2 to 52 sessions.', 'one session is no package');
select throws_ok($$ select public.make_package('Six hours', '', 60, 9000, 53, 6) $$, 'OFSES', null, 'nor are a year''s and one');
select throws_ok($$ select public.make_package('Six hours', '', 60, 9000, null, 6) $$, 'OFSES', null, 'nor none');
select throws_ok($$ select public.make_package('Six hours', '', 60, 9000, 6, 0) $$, 'OFVAL', null, 'it is valid for a month at least');
select throws_ok($$ select public.make_package('Six hours', '', 60, 9000, 6, 25) $$, 'OFVAL', null, 'and for two years at most');
select throws_ok($$ select public.make_package('Six hours', '', 60, 499, 6, 6) $$, 'OFPRI', null, 'each session costs what a session may');
select throws_ok($$ select public.make_package('Six hours', '', 61, 9000, 6, 6) $$, 'OFLEN', null, 'and is as long as a session may be');
select tests.keep('six hours', public.make_package('Six hours', 'One a week.', 60, 9001, 6, 3));
select results_eq(
  $$ select kind::text, price_cents, session_count, valid_months, duration_minutes, is_instant from public.offers where id = tests.id('six hours') $$,
  $$ values ('package', 54006, 6, 3, 60, true) $$, 'a package has the price of all of its sessions'
);
select tests.sign_out();
select isnt_empty($$ select from public.offers where id = tests.id('six hours') $$, 'visitors see it');
select throws_ok($$ select public.make_package('Six hours', '', 60, 9000, 6, 6) $$, '42501', null, 'and sell none');
select tests.as_admin();
select is((select from_price_cents from public.coach_listings where coach_id = tests.coach_id('maria')), 10000, 'search goes on naming the price of a single session');

/* -- bought --------------------------------------------------------------------------------------------- */

select tests.sign_out();
select throws_ok($$ select public.buy_package(tests.id('six hours')) $$, '42501', null, 'a visitor buys nothing');
select tests.sign_in_as('maria');
select throws_ok($$ select public.buy_package(tests.id('six hours')) $$, 'OBOWN', null, 'nobody buys their own');
select tests.sign_in_as('dana');
select throws_ok($$ select public.buy_package(tests.id('maria''s hour')) $$, 'OFGON', null, 'a session is no package');
select tests.keep('hers', public.buy_package(tests.id('six hours')));
select is(public.buy_package(tests.id('six hours')), tests.id('hers'), 'asked again while it waits it is the same order');
select results_eq(
  $$ select status::text, pay_by, offer_title, session_count, amount_cents, credits_left, email from public.package_details(tests.id('hers')) $$,
  $$ values ('pending', now() + interval '60 minutes', 'Six hours', 6, 54006, 0, 'dana@example.com') $$, 'it waits for an hour'
);
select results_eq($$ select order_id, status::text from public.package_list() $$, $$ values (tests.id('hers'), 'pending') $$, 'and is in the list meanwhile');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(3)], 'UTC') $$, 'OKNFD', null, 'nothing is booked from it before it is paid');

-- Maria changes it: what Dana buys stays.
select tests.sign_in_as('maria');
select throws_ok($$ select public.change_offer(tests.id('six hours'), 'Six hours', '', 60, 9500) $$, 'OFSES', null, 'a change says how many sessions as well');
select tests.keep('eight halves', public.change_offer(tests.id('six hours'), 'Eight halves', '', 30, 5000, true, null, 8, 12));
select results_eq(
  $$ select version, price_cents, session_count, valid_months, duration_minutes from public.offers where id = tests.id('eight halves') $$,
  $$ values (2, 40000, 8, 12, 30) $$, 'a change is another version'
);
select tests.as_admin();
select tests.pay_order('hers');
select results_eq(
  $$ select tests.left('hers'), credits_end_at from public.orders where id = tests.id('hers') $$, $$ values (6, now() + interval '3 months') $$,
  'what was bought is as it was bought'
);
select tests.book_with_credit('an hour', 'dana', 'hers');
select is((select ends_at - starts_at from public.bookings where id = tests.id('an hour')), interval '1 hour', 'and its sessions are as long, though it is no longer on sale');
select tests.sign_in_as('dana');
select throws_ok($$ select public.buy_package(tests.id('six hours')) $$, 'OFGON', null, 'the version that was is not sold');

select tests.as_admin();
select tests.create_package('package ' || number, coach => 'lena') from generate_series(1, 4) as number;
select tests.buy_package('waiting ' || number, 'dana', 'package ' || number, is_paid => false) from generate_series(1, 3) as number;
select tests.sign_in_as('dana');
select throws_ok($$ select public.buy_package(tests.id('package 4')) $$, 'OKMNY', null, 'three may wait for their payment');

/* -- not paid, late, in vain ---------------------------------------------------------------------------- */

select tests.as_admin();
update public.orders set created_at = now() - interval '60 minutes' where id = tests.id('waiting 1');
update public.orders set stripe_checkout_session_id = 'cs_1' where id = tests.id('waiting 1');
select tests.sign_in_as('dana');
select is((select status::text from public.package_details(tests.id('waiting 1'))), 'expired', 'after an hour it is over, before cron says so');
select is_empty($$ select from public.package_list() where order_id = tests.id('waiting 1') $$, 'and not in the list any more');
select lives_ok($$ select public.buy_package(tests.id('package 4')) $$, 'another may be bought');
select isnt(public.buy_package(tests.id('package 4')), null, 'and waits');
select tests.as_admin();
select is(tests.status('waiting 1'), 'pending', 'cron has not come by');
select private.expire_packages();
select results_eq($$ select tests.status('waiting 1'), tests.status('waiting 2') $$, $$ values ('expired', 'pending') $$, 'then it has');
select is(
  (select private.expire_checkout_work((payload ->> 'order_id')::uuid) - 'order_id' from private.outbox where dedupe_key = 'stripe.expire_checkout:' || tests.id('waiting 1')),
  '{"checkout_session_id": "cs_1"}', 'and the payment page is closed'
);
select public.apply_stripe_event(jsonb_build_object(
  'id', 'evt_gone', 'type', 'checkout.session.expired',
  'data', jsonb_build_object('object', jsonb_build_object('id', 'cs_2', 'metadata', jsonb_build_object('order_id', tests.id('waiting 2'))))
));
select is(tests.status('waiting 2'), 'expired', 'a page that Stripe closed ends it as well');

select tests.pay_order('waiting 1');
select results_eq($$ select tests.status('waiting 1'), tests.left('waiting 1') $$, $$ values ('paid', 4) $$, 'money that comes late pays for it: nothing was held');
select public.apply_stripe_event(jsonb_set(jsonb_set(tests.order_completed(tests.id('waiting 1')), '{id}', '"evt_second"'), '{data,object,payment_intent}', '"pi_second"'));
select results_eq(
  $$ select tests.left('waiting 1'), (select reason::text || ' ' || amount_cents from public.refunds where order_id = tests.id('waiting 1')) $$,
  $$ values (4, 'paid_twice 32000') $$, 'paid a second time, it goes back and grants nothing'
);

update public.coaches set status = 'suspended' where id = tests.coach_id('lena');
select tests.pay_order('waiting 2');
select results_eq(
  $$ select tests.status('waiting 2'), tests.left('waiting 2'), tests.told('waiting 2') $$, $$ values ('refunded', 0, array['package_returned']) $$,
  'for a coach who is gone all of it goes back, and the client is told'
);
select tests.sign_in_as('dana');
select throws_ok($$ select public.request_booking_with_credit(tests.id('waiting 1'), array[tests.on_day(3)], 'UTC') $$, 'OFGON', null, 'nor is anything booked with one');
select throws_ok($$ select public.buy_package(tests.id('package 4')) $$, 'OFGON', null, 'or bought');
select tests.as_admin();
update public.coaches set status = 'approved' where id = tests.coach_id('lena');

/* -- the warning ---------------------------------------------------------------------------------------- */

select private.queue_due_notices();
select is(tests.told('waiting 1'), array['package_bought', 'package_sold'], 'months before the end nobody is warned');
update public.orders set credits_end_at = now() + interval '13 days' where id = tests.id('waiting 1');
select private.queue_due_notices();
select is(tests.told('waiting 1'), array['package_bought', 'package_sold'], 'nor who has just bought what ends within two weeks');
update public.orders set credits_end_at = now() + interval '14 days' where id in (tests.id('waiting 1'), tests.id('hers'));
select private.queue_due_notices();
select private.queue_due_notices();
select is(tests.told('waiting 1'), array['credits_ending', 'package_bought', 'package_sold'], 'two weeks before it the client is, once');
select is(
  (select private.mail_work(id) -> 'package' ->> 'sessions_left' from public.notifications where subject_id = tests.id('waiting 1') and kind = 'credits_ending'),
  '4', 'with what is left'
);
select is((select count(*) from public.notifications where kind like '%ending%' and booking_id is not null), 0::bigint, 'and no session is reminded of by it');
select private.queue_due_notices();
select is((select count(*) from public.notifications where kind = 'credits_ending' and booking_id is not null), 0::bigint, 'reminders of sessions neither');

/* -- ended ---------------------------------------------------------------------------------------------- */

select tests.sign_in_as('lena');
select throws_ok($$ select public.end_package(tests.id('hers'), 45005) $$, 'OKNFD', null, 'no coach ends another''s');
select is_empty($$ select from public.sold_packages(order_id => tests.id('hers')) $$, 'or sees it');
select tests.sign_in_as('dana');
select throws_ok($$ select public.end_package(tests.id('hers'), 45005) $$, 'OKNFD', null, 'nor does a client');
select tests.sign_in_as('maria');
select results_eq(
  $$ select client_id, sessions_paid, credits_left, refund_cents from public.sold_packages(array[tests.id('dana'), tests.id('omar')]) $$,
  $$ values (tests.id('dana'), 6, 5, 5 * 9001) $$, 'the coach sees what clients have left'
);
select throws_ok($$ select public.end_package(tests.id('hers'), 54006) $$, 'OBQTE', null, 'another amount than was seen is refused');
select is(public.end_package(tests.id('hers'), 45005, 'I am moving on.'), 45005, 'she ends it');
select results_eq(
  $$ select tests.left('hers'), credits_end_at, credits_end_reason from public.orders where id = tests.id('hers') $$,
  $$ values (0, now(), 'I am moving on.') $$, 'nothing is left, and the client reads why'
);
select throws_ok($$ select public.end_package(tests.id('hers'), 0) $$, 'OKEND', null, 'twice there is nothing to end');
select tests.as_admin();
select is((select status::text from public.bookings where id = tests.id('an hour')), 'confirmed', 'what is booked stays');
select is((select reason::text || ' ' || amount_cents from public.refunds where order_id = tests.id('hers')), 'credits_ended 45005', 'the rest goes back');
select tests.sign_in_as('dana');
select results_eq(
  $$ select refund_cents, returns_credit from public.refund_quote(tests.id('an hour')) $$, $$ values (9001, false) $$, 'and the session as money, if it is called off'
);
select results_eq(
  $$ select credits_left, ended_cents, credits_end_reason from public.package_details(tests.id('hers')) $$, $$ values (0, 45005, 'I am moving on.') $$, 'as their page says'
);
select tests.as_admin();
select is(admin.end_package(tests.id('waiting 1'), 'Asked by mail.'), 32000, 'an admin ends one');
select throws_ok($$ select admin.end_package(tests.id('waiting 1'), 'Again.') $$, 'OKEND', null, 'once');

/* -- who reads what ------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq(
  $$ select kind::text, sessions, booking_id from public.package_history(tests.id('hers')) $$,
  $$ values ('granted', 6, null::uuid), ('used', -1, tests.id('an hour')), ('ended', -5, null) $$, 'a client reads what became of it'
);
select set_eq($$ select distinct order_id from public.credit_entries $$, array[tests.id('hers'), tests.id('waiting 1')], 'of their own orders');
select tests.sign_in_as('maria');
select set_eq($$ select distinct order_id from public.credit_entries $$, array[tests.id('hers')], 'a coach of those of theirs');
select is_empty($$ select from public.package_details(tests.id('hers')) $$, 'but not what the client''s checkout needs');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.credit_entries $$, 'a stranger reads none');
select is_empty($$ select from public.package_history(tests.id('hers')) $$, 'by no function');
select is_empty($$ select from public.package_details(tests.id('hers')) $$, 'neither');
select tests.refuses_writes('public.credit_entries');

/* -- somebody leaves ------------------------------------------------------------------------------------ */

select tests.as_admin();
select tests.buy_package('omar''s', 'omar', 'package 1');
select tests.buy_package('unpaid', 'omar', 'package 2', is_paid => false);
select private.forget_clerk_user('user_lena');
select results_eq(
  $$ select tests.left('omar''s'), tests.status('omar''s'), tests.status('unpaid'), (select sum(amount_cents)::integer from public.refunds where order_id = tests.id('omar''s')) $$,
  $$ values (0, 'refunded', 'expired', 32000) $$, 'when a coach leaves what is left goes back, and what waits for its payment expires'
);
select is_empty('select * from admin.money_mismatch', 'and everything adds up');

select * from finish();
rollback;
