begin;
select plan(19);

-- Dana holds three of Maria's hours. Omar looks on.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.book('let go', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3), status => 'held');
select tests.book('ran out', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(4), status => 'held');
select tests.book('open', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'held');
select tests.book('paid', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6));

create function tests.status_of(booking text) returns text language sql as $$
  select bookings.status || ', ' || orders.status
  from public.bookings join public.orders on orders.id = bookings.order_id
  where bookings.id = tests.id(booking);
$$;

/* -- letting go ------------------------------------------------------------------------------- */

select tests.sign_in_as('omar');
select throws_ok($$ select public.release_hold(tests.id('let go')) $$, 'OBNFD', null, 'a stranger lets nothing go');
select throws_ok($$ select public.release_hold(gen_random_uuid()) $$, 'OBNFD', null, 'which looks the same as what is not there');
select tests.sign_in_as('maria');
select throws_ok($$ select public.release_hold(tests.id('let go')) $$, 'OBNFD', null, 'nor does the coach');
select tests.sign_out();
select throws_ok($$ select public.release_hold(tests.id('let go')) $$, '42501', null, 'nor a visitor');

select tests.sign_in_as('dana');
select lives_ok($$ select public.release_hold(tests.id('let go')) $$, 'the client does');
select lives_ok($$ select public.release_hold(tests.id('let go')) $$, 'twice is once');
select lives_ok($$ select public.release_hold(tests.id('paid')) $$, 'a paid session is not let go this way');
select tests.as_admin();
select is(tests.status_of('let go'), 'expired, expired', 'the time is free and the order over');
select is(tests.status_of('paid'), 'confirmed, paid', 'the paid one stands');
select results_eq(
  $$ select actor, actor_id, before, after from public.booking_events where booking_id = tests.id('let go') $$,
  $$ values ('client'::public.booking_actor, tests.id('dana'), 'held'::public.booking_status, 'expired'::public.booking_status) $$,
  'it is noted once that the client did it'
);

/* -- running out --------------------------------------------------------------------------------- */

select tests.let_hold_run_out('ran out');
select is(private.shown_status(bookings), 'expired', 'a hold that ran out shows as over before any job came by')
from public.bookings where id = tests.id('ran out');
select is(private.shown_status(bookings), 'held', 'one that has not does not')
from public.bookings where id = tests.id('open');

select private.expire_holds();
select private.expire_holds();
select is(tests.status_of('ran out'), 'expired, expired', 'the job ends it');
select is(tests.status_of('open'), 'held, pending', 'and leaves the others');
select results_eq(
  $$ select actor, after from public.booking_events where booking_id = tests.id('ran out') $$,
  $$ values ('system'::public.booking_actor, 'expired'::public.booking_status) $$,
  'it is noted once'
);

/* -- closing the checkout --------------------------------------------------------------------------- */

select bag_eq(
  $$ select payload ->> 'order_id' from private.outbox where topic = 'stripe.expire_checkout' $$,
  array[tests.order_id('let go')::text, tests.order_id('ran out')::text],
  'Stripe is asked to close each checkout once'
);
select is(private.expire_checkout_work(tests.order_id('ran out')), null, 'where none was opened there is nothing to do');
update public.orders set stripe_checkout_session_id = 'cs_ran_out' where id = tests.order_id('ran out');
select is(private.expire_checkout_work(tests.order_id('ran out')), jsonb_build_object('order_id', tests.order_id('ran out'), 'checkout_session_id', 'cs_ran_out'), 'where one was, its id');
select tests.pay('ran out');
select is(private.expire_checkout_work(tests.order_id('ran out')), null, 'and nothing once it is paid');

select * from finish();
rollback;
