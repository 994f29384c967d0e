/*
 * Stripe delivers at least once and in any order. Whatever the order, the rows are the same.
 */
begin;
select plan(18);

select tests.create_host('host');
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.create_profile('zoe');

/* The events of one payment that was declined first: three kinds, from two objects. */
create function tests.payment_events(booking text) returns jsonb[] language sql stable security definer as $$
  select array[
    jsonb_build_object('id', 'evt_1_' || id, 'type', 'payment_intent.payment_failed', 'data', jsonb_build_object('object', jsonb_build_object(
      'id', 'pi_' || id, 'amount', amount_cents, 'currency', 'usd', 'metadata', jsonb_build_object('order_id', id),
      'last_payment_error', jsonb_build_object('code', 'card_declined', 'decline_code', 'insufficient_funds')
    ))),
    jsonb_build_object('id', 'evt_2_' || id, 'type', 'payment_intent.succeeded', 'data', jsonb_build_object('object', jsonb_build_object(
      'id', 'pi_' || id, 'latest_charge', 'ch_' || id, 'amount_received', amount_cents, 'currency', 'usd', 'metadata', jsonb_build_object('order_id', id)
    ))),
    tests.checkout_completed(booking, 'evt_3_' || id),
    jsonb_build_object('id', 'evt_4_' || id, 'type', 'charge.succeeded', 'data', jsonb_build_object('object', jsonb_build_object('id', 'ch_' || id)))
  ]
  from public.orders where orders.id = tests.order_id(booking);
$$;

/* Everything that follows from a booking's payment, without ids and times that differ. */
create function tests.effects(booking text) returns jsonb language sql stable security definer as $$
  select jsonb_build_object(
    'booking', bookings.status, 'order', orders.status, 'paid_at', orders.paid_at,
    'payments', (select jsonb_agg(jsonb_build_array(status, amount_cents, failure_code, replace(stripe_charge_id, orders.id::text, '')))
                 from public.payments where payments.order_id = orders.id),
    'refunds', (select jsonb_agg(jsonb_build_array(reason, status, amount_cents) order by reason) from public.refunds where refunds.order_id = orders.id),
    'events', (select jsonb_agg(jsonb_build_array(actor, before, after) order by id) from public.booking_events where booking_id = bookings.id),
    'meetings', (select count(*) from public.meetings where booking_id = bookings.id),
    'told', (select jsonb_agg(kind order by kind) from public.notifications where booking_id = bookings.id),
    'work', (select jsonb_agg(topic order by topic) from private.outbox
             where payload ->> 'order_id' = orders.id::text
               or payload ->> 'meeting_id' in (select id::text from public.meetings where booking_id = bookings.id)
               or payload ->> 'refund_id' in (select id::text from public.refunds where order_id = orders.id)
               or payload ->> 'notification_id' in (select id::text from public.notifications where booking_id = bookings.id))
  )
  from public.bookings join public.orders on orders.id = bookings.order_id
  where bookings.id = tests.id(booking);
$$;
grant execute on function tests.payment_events, tests.effects to service_role, authenticated, anon;

/* -- one payment in every order, each event twice ------------------------------------------------ */

create temp table orders_of_arrival as
select row_number() over () as number, array[a, b, c, d] as positions
from generate_series(1, 4) as a, generate_series(1, 4) as b, generate_series(1, 4) as c, generate_series(1, 4) as d
where a not in (b, c, d) and b not in (c, d) and c <> d;
grant select on orders_of_arrival to service_role;

select tests.book('arrival ' || number, client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(2 + number::integer), status => 'held')
from orders_of_arrival;

select tests.as_service();
select public.apply_stripe_event((tests.payment_events('arrival ' || number))[position])
from orders_of_arrival
cross join generate_series(1, 2) as delivery
cross join lateral unnest(positions) with ordinality as event (position, turn)
order by number, turn, delivery;

select tests.as_admin();
select is((select count(*) from orders_of_arrival), 24::bigint, 'four events come in 24 orders');
select is((select count(distinct tests.effects('arrival ' || number)) from orders_of_arrival), 1::bigint, 'which all end in the same rows');
select is(tests.effects('arrival 1'), jsonb_build_object(
  'booking', 'confirmed', 'order', 'paid', 'paid_at', now(),
  'payments', '[["succeeded", 10000, null, "ch_"]]'::jsonb,
  'refunds', null,
  'events', '[["system", "held", "confirmed"]]'::jsonb,
  'meetings', 1,
  'told', '["booking_confirmed", "booking_confirmed"]'::jsonb,
  'work', '["mail", "mail", "zoom.create_meeting"]'::jsonb
), 'one payment, one confirmation, one meeting, one mail to each');
select is((select count(*) from private.webhook_events where provider = 'stripe'), 96::bigint, 'each event is kept once');

select tests.book('again', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(40), status => 'held');
select tests.as_service();
select ok(public.apply_stripe_event(tests.checkout_completed('again')), 'an event is new once');
select ok(not public.apply_stripe_event(tests.checkout_completed('again')), 'and then no more');

/* -- what is not a payment ------------------------------------------------------------------------------ */

select tests.as_admin();
select tests.book('unsure', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(41), status => 'held');
select tests.as_service();
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('unsure', 'evt_unpaid'), '{data,object,payment_status}', '"unpaid"'));
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('unsure', 'evt_less'), '{data,object,amount_total}', '9999'));
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('unsure', 'evt_euro'), '{data,object,currency}', '"eur"'));
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('unsure', 'evt_whose'), '{data,object,metadata,order_id}', to_jsonb(gen_random_uuid())));
select public.apply_stripe_event((tests.payment_events('unsure'))[1]);
-- Another program of ours may use the same account at Stripe, and give its orders names of its own.
select ok(public.apply_stripe_event(jsonb_set(event, '{data,object,metadata}', '{"order_id": "Order 17", "attempt": "first"}') || jsonb_build_object('id', event ->> 'id' || '_theirs')), 'what is nobody''s is noted')
from unnest((tests.payment_events('unsure'))[1:2]) as event;

select tests.as_admin();
select results_eq(
  $$ select bookings.status::text, orders.status::text from public.bookings join public.orders on orders.id = order_id where bookings.id = tests.id('unsure') $$,
  $$ values ('held', 'pending') $$,
  'a checkout that is not paid, another amount, another currency, another order, a declined card: none of them pays'
);
select bag_eq(
  'select kind from private.security_events',
  array['payment_amount_mismatch', 'payment_amount_mismatch', 'payment_for_unknown_order', 'payment_for_unknown_order'],
  'what does not fit is written down for an admin'
);
select results_eq(
  $$ select status::text, failure_code from public.payments where order_id = tests.order_id('unsure') $$,
  $$ values ('failed', 'insufficient_funds') $$,
  'why the card was declined is kept for the client'
);
select tests.sign_in_as('dana');
select results_eq($$ select failure_code from public.checkout_details(tests.id('unsure')) $$, array['insufficient_funds'], 'who reads it and tries another card');

select tests.as_service();
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('unsure', 'evt_late'), '{type}', '"checkout.session.async_payment_succeeded"'));
select tests.as_admin();
select is(tests.effects('unsure') ->> 'booking', 'confirmed', 'a slow method pays when it succeeds');

select tests.book('closed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(42), status => 'held');
select tests.as_service();
select public.apply_stripe_event(jsonb_build_object('id', 'evt_closed', 'type', 'checkout.session.expired', 'data', jsonb_build_object('object', jsonb_build_object(
  'id', 'cs', 'metadata', jsonb_build_object('order_id', tests.order_id('closed'))))));
select public.apply_stripe_event(jsonb_build_object('id', 'evt_closed_2', 'type', 'checkout.session.expired', 'data', jsonb_build_object('object', jsonb_build_object(
  'id', 'cs', 'metadata', jsonb_build_object('order_id', tests.order_id('unsure'))))));
select tests.as_admin();
select is(tests.effects('closed') ->> 'booking', 'expired', 'a checkout that closed lets the time go');
select is(tests.effects('unsure') ->> 'booking', 'confirmed', 'unless it was paid');

select throws_ok(
  $$ insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id) values (tests.order_id('again'), 'succeeded', 10000, 'pi_other') $$,
  '23505', null, 'money is taken for an order once, whoever writes'
);

/* -- who may ------------------------------------------------------------------------------------------------ */

select tests.sign_in_as('zoe');
select throws_ok($$ select public.apply_stripe_event('{}') $$, '42501', null, 'people cannot send events');
select tests.sign_out();
select throws_ok($$ select public.apply_stripe_event('{}') $$, '42501', null, 'nor can visitors');

select * from finish();
rollback;
