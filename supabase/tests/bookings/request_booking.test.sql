begin;
select plan(28);

-- Dana and Omar want Maria's hour. Una has not said who she is. Petra paused.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria');
select tests.create_coach('petra', status => 'paused');
select tests.create_offer('half hour', coach => 'maria', duration_minutes => 30, price_cents => 4999);
select tests.create_offer('old', coach => 'maria');
update public.offers set archived_at = now() where id = tests.id('old');

create function tests.request(offer text default 'maria''s hour', starts_at timestamptz default tests.on_day(3, '10:00'), time_zone text default 'America/Phoenix')
returns uuid language sql as $$
  select public.request_booking(tests.id(offer), starts_at, time_zone, ' Bring the numbers ');
$$;
grant execute on function tests.request to anon, authenticated;

/* -- what is refused ------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select throws_ok($$ select tests.request(time_zone => 'MST') $$, 'UPZON', null, 'mails need the client''s time zone');
select throws_ok($$ select tests.request('old') $$, 'OFGON', null, 'an offer that is gone is not booked');
select throws_ok($$ select public.request_booking(gen_random_uuid(), tests.on_day(3), 'America/Phoenix') $$, 'OFGON', null, 'nor one that never was');
select throws_ok($$ select tests.request('petra''s hour') $$, 'OFGON', null, 'nor one of a coach who paused');
select throws_ok($$ select tests.request(starts_at => tests.on_day(3, '10:10')) $$, 'OBTIM', null, 'a time between the steps is not offered');
select throws_ok($$ select tests.request(starts_at => tests.on_day(-1)) $$, 'OBTIM', null, 'nor is a time that was');
select throws_ok($$ select tests.request(starts_at => tests.on_day(61)) $$, 'OBTIM', null, 'nor one past the horizon');
select throws_ok($$ select tests.request(starts_at => null) $$, 'OBTIM', null, 'nor none');
select throws_ok($$ select tests.request(starts_at => 'infinity') $$, 'OBTIM', null, 'nor never');
select tests.sign_in_as('maria');
select throws_ok('select tests.request()', 'OBOWN', null, 'a coach does not book themselves');
select tests.sign_in_as('una');
select throws_ok('select tests.request()', 'UPONB', null, 'who has not said who they are does that first');
select tests.sign_in_as('nobody-yet');
select throws_ok('select tests.request()', 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.sign_out();
select throws_ok('select tests.request()', '42501', null, 'a visitor signs in first');

select tests.as_admin();
select is_empty('select from public.orders', 'a refusal leaves nothing behind');

/* -- a hold, with all that concerns money as it is now ---------------------------------------- */

select tests.sign_in_as('dana');
select lives_ok($$ select tests.request('half hour') $$, 'Dana takes a time');
select results_eq(
  'select offer_id, coach_id, client_id, status, starts_at, ends_at, client_time_zone, note, hold_expires_at from public.bookings',
  $$ values (tests.id('half hour'), tests.coach_id('maria'), tests.id('dana'), 'held'::public.booking_status, tests.on_day(3, '10:00'),
       tests.on_day(3, '10:30'), 'America/Phoenix', 'Bring the numbers', now() + interval '15 minutes') $$,
  'it is hers for 15 minutes'
);
select results_eq(
  'select status, amount_cents, fee_cents, currency, full_refund_minutes, partial_refund_minutes, partial_refund_percent from public.orders',
  $$ values ('pending'::public.order_status, 4999, 750, 'usd', 1440, 240, 50) $$,
  'the order copies price, 15 % fee and cancellation policy'
);
select results_eq(
  'select actor, actor_id, before, after from public.booking_events',
  $$ values ('client'::public.booking_actor, tests.id('dana'), null::public.booking_status, 'held'::public.booking_status) $$,
  'it is noted who took it'
);
select tests.as_admin();
update public.offers set price_cents = 9999;
update public.cancellation_policies set full_refund_minutes = 99999;
update private.platform_settings set fee_basis_points = 9999;
select results_eq(
  'select amount_cents, fee_cents, full_refund_minutes from public.orders', 'values (4999, 750, 1440)',
  'what was agreed stays, whatever changes later'
);

/* -- two want one time ------------------------------------------------------------------------- */

select tests.sign_in_as('omar');
select throws_ok('select tests.request()', 'OBTKN', null, 'the same time is taken');
select throws_ok($$ select tests.request(starts_at => tests.on_day(3, '09:30')) $$, 'OBTKN', null, 'so is one that runs into it');
select lives_ok($$ select tests.request(starts_at => tests.on_day(3, '10:30')) $$, 'what touches it is free');
select lives_ok($$ select tests.request('half hour', tests.on_day(3, '09:30')) $$, 'on both sides');

select tests.as_admin();
update public.bookings set hold_expires_at = now() where client_id = tests.id('dana');
select tests.sign_in_as('omar');
select lives_ok($$ select tests.request('half hour') $$, 'a hold that ran out is free at once, before any job came by');
select tests.as_admin();
select results_eq(
  $$ select bookings.status, orders.status from public.bookings join public.orders on orders.id = order_id where bookings.client_id = tests.id('dana') $$,
  $$ values ('expired'::public.booking_status, 'expired'::public.order_status) $$,
  'and its owner''s order is over'
);
select isnt_empty($$ select from private.outbox where topic = 'stripe.expire_checkout' $$, 'Stripe is asked to close their checkout');

/* -- three at a time ----------------------------------------------------------------------------- */

select tests.sign_in_as('omar');
select throws_ok($$ select tests.request(starts_at => tests.on_day(5)) $$, 'OBMNY', null, 'who holds three times holds no fourth');
select tests.as_admin();
update public.bookings set hold_expires_at = now() where starts_at = tests.on_day(3, '10:30');
select tests.sign_in_as('omar');
select lives_ok($$ select tests.request(starts_at => tests.on_day(5)) $$, 'until one has run out');

select * from finish();
rollback;
