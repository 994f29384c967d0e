begin;
select plan(20);

-- Dana is about to pay Maria. Omar looks on.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3), status => 'held');

create function tests.record(session text default 'cs_1', expires_at timestamptz default now() + interval '31 minutes')
returns text language sql as $$
  select public.record_checkout(tests.order_id('session'), session, 'https://checkout.example/' || session, expires_at);
$$;
grant execute on function tests.record to anon, authenticated;

select tests.sign_in_as('omar');
select is_empty($$ select from public.checkout_details(tests.id('session')) $$, 'a stranger sees no checkout');
select throws_ok('select tests.record()', 'OBNFD', null, 'and records none');
select tests.sign_in_as('maria');
select is_empty($$ select from public.checkout_details(tests.id('session')) $$, 'nor does the coach see it');
select throws_ok('select tests.record()', 'OBNFD', null, 'or record one');
select tests.sign_out();
select throws_ok($$ select public.checkout_details(tests.id('session')) $$, '42501', null, 'a visitor does not even ask');
select throws_ok('select tests.record()', '42501', null, 'or tell');

select tests.sign_in_as('dana');
select results_eq(
  $$ select order_id, booking_status, hold_expires_at, offer_title, coach_name, amount_cents, currency, email, stripe_customer_id, checkout_url
     from public.checkout_details(tests.id('session')) $$,
  $$ values (tests.order_id('session'), 'held'::public.booking_status, now() + interval '15 minutes', 'maria''s hour', 'Maria Example',
       10000, 'usd', 'dana@example.com', null::text, null::text) $$,
  'the client reads what Stripe must know'
);
select throws_ok($$ select public.record_stripe_customer(tests.id('dana'), 'cus_omar') $$, '42501', null, 'nobody says themselves who they are at Stripe');
select lives_ok('select tests.record()', 'the page that was opened is kept');
select is((select stripe_customer_id from public.checkout_details(tests.id('session'))), null, 'and says nothing of that either');
select tests.as_service();
select is(public.record_stripe_customer(tests.id('dana'), 'cus_1'), 'cus_1', 'the site does, which made the customer');
select is(public.record_stripe_customer(tests.id('dana'), 'cus_2'), 'cus_1', 'once: the first stands');
select is(public.record_stripe_customer(tests.id('omar'), 'cus_omar'), 'cus_omar', 'each has their own');
select throws_ok($$ select public.record_stripe_customer(tests.id('maria'), 'cus_omar') $$, '23505', null, 'and nobody another''s');
select tests.sign_in_as('dana');
select results_eq(
  $$ select stripe_customer_id, checkout_url from public.checkout_details(tests.id('session')) $$,
  $$ values ('cus_1', 'https://checkout.example/cs_1') $$,
  'coming back leads to the same page and customer'
);
select is(tests.record('cs_2'), 'https://checkout.example/cs_1', 'a second page at the same moment is told of the first');
select results_eq(
  $$ select stripe_customer_id, checkout_url from public.checkout_details(tests.id('session')) $$,
  $$ values ('cus_1', 'https://checkout.example/cs_1') $$,
  'does not replace the first'
);

select tests.as_admin();
update public.orders set checkout_expires_at = now() where id = tests.order_id('session');
select tests.sign_in_as('dana');
select results_eq($$ select checkout_url from public.checkout_details(tests.id('session')) $$, array[null::text], 'a page that has closed leads nowhere');
select lives_ok($$ select tests.record(session => 'cs_3') $$, 'and may be followed by another');
select results_eq($$ select checkout_url from public.checkout_details(tests.id('session')) $$, array['https://checkout.example/cs_3'], 'which counts');

select * from finish();
rollback;
