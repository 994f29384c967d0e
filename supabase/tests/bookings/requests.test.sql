/* A coach who wants to be asked: from the bank's word to the answer, and what each brings about. */
begin;
select plan(72);

select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
update public.offers set is_instant = false where id = tests.id('maria''s hour');

/* What Stripe says of the payment intent of a booking's order. */
create function tests.intent(booking text, type text, status text, event_id text default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'id', coalesce(event_id, 'evt_' || type || orders.id), 'type', type,
    'data', jsonb_build_object('object', jsonb_build_object(
      'id', 'pi_' || orders.id, 'object', 'payment_intent', 'status', intent.status, 'currency', 'usd',
      'latest_charge', 'ch_' || orders.id, 'metadata', jsonb_build_object('order_id', orders.id),
      'amount_capturable', case when intent.status = 'requires_capture' then orders.amount_cents else 0 end,
      'amount_received', case when intent.status = 'succeeded' then orders.amount_cents else 0 end
    ))
  )
  from public.orders where orders.id = tests.order_id(booking);
$$;
create function tests.authorize(booking text) returns boolean language sql as $$
  select public.apply_stripe_event(tests.intent(booking, 'payment_intent.amount_capturable_updated', 'requires_capture'));
$$;
/* A request for Maria's time so many days from now, asked and waiting. */
create function tests.ask(name text, days integer) returns void language sql as $$
  select tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(days), status => 'held');
  select tests.authorize(name);
$$;
create function tests.work(topic text) returns bigint language sql as $$
  select count(*) from private.outbox where outbox.topic = work.topic;
$$;
create function tests.told(booking text) returns text[] language sql as $$
  select array_agg(kind || ' ' || case when recipient_id = tests.id('dana') then 'dana' else 'maria' end order by kind, recipient_id = tests.id('maria'))
  from public.notifications where booking_id = tests.id(told.booking);
$$;

/* -- offered with time to answer ------------------------------------------------------------------- */

select is_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), now(), now() + interval '5 hours 30 minutes') $$,
  'nothing is offered that is too near to be answered'
);
select isnt_empty($$ select from public.available_slots(tests.id('maria''s hour'), now(), now() + interval '7 hours') $$, 'later times are');
select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), date_trunc('hour', now()) + interval '4 hours', 'UTC') $$,
  'OBTIM', null, 'nor accepted'
);
select tests.as_admin();

/* -- asked ---------------------------------------------------------------------------------------------- */

select tests.ask('first', 3);
select results_eq(
  $$ select bookings.status::text, answer_by, orders.status::text, payments.status::text, hold_expires_at
     from public.bookings join public.orders on orders.id = order_id join public.payments on payments.order_id = orders.id where bookings.id = tests.id('first') $$,
  $$ values ('requested', now() + interval '48 hours', 'pending', 'authorized', null::timestamptz) $$,
  'once the bank holds the money, the coach is asked, for two days'
);
select is(tests.told('first'), array['request_received maria', 'request_sent dana'], 'both are told');
select is_empty($$ select from public.meetings where booking_id = tests.id('first') $$, 'there is no meeting yet');
select is_empty($$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(3), tests.on_day(3) + interval '1 minute') $$, 'the time is taken meanwhile');
select public.apply_stripe_event(tests.intent('first', 'payment_intent.amount_capturable_updated', 'requires_capture', 'evt_again'));
select is((select count(*) from public.booking_events where booking_id = tests.id('first') and after = 'requested'), 1::bigint, 'a second word of it changes nothing');

select tests.book('soon', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '6 hours', status => 'held');
select tests.authorize('soon');
select is((select answer_by from public.bookings where id = tests.id('soon')), now() + interval '4 hours', 'never later than the coach''s notice before the start');

select tests.book('cheap', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(10), status => 'held');
select public.apply_stripe_event(jsonb_set(tests.intent('cheap', 'payment_intent.amount_capturable_updated', 'requires_capture'), '{data,object,amount_capturable}', '1'));
select is((select status::text from public.bookings where id = tests.id('cheap')), 'held', 'another amount is no authorisation');
select isnt_empty($$ select from private.security_events where kind = 'payment_amount_mismatch' $$, 'and is written down');

/* -- who may answer --------------------------------------------------------------------------------------- */

select tests.sign_out();
select throws_ok(format($$ select public.%s(tests.id('first')) $$, name), '42501', null, format('a visitor does not call %s', name))
from unnest(array['accept_request', 'decline_request', 'withdraw_request']) as name;
select tests.sign_in_as('lena');
select throws_ok(format($$ select public.%s(tests.id('first')) $$, name), 'OBNFD', null, format('another coach does not: %s', name))
from unnest(array['accept_request', 'decline_request', 'withdraw_request']) as name;
select tests.sign_in_as('dana');
select throws_ok(format($$ select public.%s(tests.id('first')) $$, name), 'OBNFD', null, format('nor does the client: %s', name))
from unnest(array['accept_request', 'decline_request']) as name;
select tests.sign_in_as('maria');
select throws_ok($$ select public.withdraw_request(tests.id('first')) $$, 'OBNFD', null, 'nor does the coach withdraw');
select throws_ok($$ select public.accept_request(gen_random_uuid()) $$, 'OBNFD', null, 'what is not there looks the same');

/* -- accepted ---------------------------------------------------------------------------------------------- */

select lives_ok($$ select public.accept_request(tests.id('first')) $$, 'the coach accepts');
select throws_ok($$ select public.accept_request(tests.id('first')) $$, 'OBNRQ', null, 'once');
select throws_ok($$ select public.decline_request(tests.id('first')) $$, 'OBNRQ', null, 'and declines no more');
select tests.as_admin();
select results_eq(
  $$ select bookings.status::text, orders.status::text from public.bookings join public.orders on orders.id = order_id where bookings.id = tests.id('first') $$,
  $$ values ('confirmed', 'pending') $$, 'the session is certain, the money on its way'
);
select is(tests.work('stripe.capture'), 1::bigint, 'Stripe is asked to take it, once');
select is((select count(*) from public.meetings where booking_id = tests.id('first')), 1::bigint, 'there is a meeting');
select ok('booking_confirmed dana' = any (tests.told('first')) and 'booking_confirmed maria' = any (tests.told('first')), 'both are told');
select isnt(private.payment_work((select id from public.payments where order_id = tests.order_id('first')), 'authorized'), null, 'there is money to take');

select private.record_payment_work((select id from public.payments where order_id = tests.order_id('first')), tests.intent('first', '', 'succeeded') -> 'data' -> 'object');
select public.apply_stripe_event(tests.intent('first', 'payment_intent.succeeded', 'succeeded'));
select public.apply_stripe_event(jsonb_build_object('id', 'evt_captured', 'type', 'charge.captured', 'data', jsonb_build_object('object', jsonb_build_object(
  'id', 'ch_' || tests.order_id('first'), 'object', 'charge', 'payment_intent', 'pi_' || tests.order_id('first'), 'amount_captured', 10000, 'currency', 'usd',
  'metadata', jsonb_build_object('order_id', tests.order_id('first'))))));
select results_eq(
  $$ select orders.status::text, paid_at, payments.status::text, (select count(*) from public.refunds where order_id = orders.id) from public.orders join public.payments on payments.order_id = orders.id where orders.id = tests.order_id('first') $$,
  $$ values ('paid', now(), 'succeeded', 0::bigint) $$, 'taken once, however often it is told'
);
select is(private.payment_work((select id from public.payments where order_id = tests.order_id('first')), 'authorized'), null, 'there is nothing to take any more');

/* -- cancelled before the money was taken ------------------------------------------------------------------ */

select tests.ask('changed', 4);
select tests.sign_in_as('maria');
select public.accept_request(tests.id('changed'));
select is(public.cancel_booking(tests.id('changed'), 10000), 10000, 'an accepted session is cancelled before the money was taken');
select tests.as_admin();
select throws_ok($$ select private.refund_work(id) from public.refunds where order_id = tests.order_id('changed') $$, 'ORLTR', null, 'the refund waits for the money');
select public.apply_stripe_event(tests.intent('changed', 'payment_intent.succeeded', 'succeeded'));
select isnt(private.refund_work(id), null, 'and is made then') from public.refunds where order_id = tests.order_id('changed');
select results_eq(
  $$ select orders.status::text, count(*), min(reason::text) from public.orders join public.refunds on refunds.order_id = orders.id where orders.id = tests.order_id('changed') group by orders.status $$,
  $$ values ('refunded', 1::bigint, 'coach_cancelled') $$, 'once, all of it'
);

/* -- declined, withdrawn, expired ----------------------------------------------------------------------------- */

select tests.ask('declined', 5);
select tests.sign_in_as('maria');
select lives_ok($$ select public.decline_request(tests.id('declined'), ' On vacation ') $$, 'the coach declines');
select tests.as_admin();
select results_eq(
  $$ select bookings.status::text, cancel_reason, orders.status::text, payments.status::text from public.bookings join public.orders on orders.id = order_id join public.payments on payments.order_id = orders.id where bookings.id = tests.id('declined') $$,
  $$ values ('declined', 'On vacation', 'expired', 'released') $$, 'with a reason, and the money is let go'
);
select is(tests.told('declined'), array['request_declined dana', 'request_received maria', 'request_sent dana'], 'the client is told');
select is(tests.work('stripe.cancel_payment'), 1::bigint, 'Stripe is asked to let it go');
select isnt_empty($$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(5), tests.on_day(5) + interval '1 minute') $$, 'the time is free again');
select public.apply_stripe_event(tests.intent('declined', 'payment_intent.canceled', 'canceled'));
select is((select status::text from public.bookings where id = tests.id('declined')), 'declined', 'that the bank did so changes nothing');

select tests.ask('withdrawn', 6);
select tests.sign_in_as('dana');
select lives_ok($$ select public.withdraw_request(tests.id('withdrawn')) $$, 'the client takes it back');
select throws_ok($$ select public.withdraw_request(tests.id('withdrawn')) $$, 'OBNRQ', null, 'once');
select tests.sign_in_as('maria');
select throws_ok($$ select public.accept_request(tests.id('withdrawn')) $$, 'OBNRQ', null, 'and it is not accepted any more');
select tests.as_admin();
select results_eq($$ select status::text, cancelled_by::text from public.bookings where id = tests.id('withdrawn') $$, $$ values ('cancelled', 'client') $$, 'it is noted so');
select ok('request_withdrawn maria' = any (tests.told('withdrawn')), 'the coach is told');

select tests.ask('forgotten', 7);
update public.bookings set answer_by = now() where id = tests.id('forgotten');
select tests.sign_in_as('maria');
select is((select status::text from public.session_details(tests.id('forgotten'))), 'expired', 'over its time it reads as expired before any job runs');
select throws_ok($$ select public.accept_request(tests.id('forgotten')) $$, 'OBNRQ', null, 'and cannot be accepted');
select tests.as_admin();
select isnt_empty($$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(7), tests.on_day(7) + interval '1 minute') $$, 'its time is free');
select private.expire_requests();
select private.expire_requests();
select results_eq(
  $$ select bookings.status::text, orders.status::text, payments.status::text from public.bookings join public.orders on orders.id = order_id join public.payments on payments.order_id = orders.id where bookings.id = tests.id('forgotten') $$,
  $$ values ('expired', 'expired', 'released') $$, 'the job says so too'
);
select ok(tests.told('forgotten') @> array['request_expired dana', 'request_expired maria'], 'both are told');
select public.apply_stripe_event(tests.intent('forgotten', 'payment_intent.succeeded', 'succeeded'));
select results_eq($$ select reason::text, amount_cents from public.refunds where order_id = tests.order_id('forgotten') $$, $$ values ('paid_too_late', 10000) $$, 'money taken all the same, by hand, goes back');

/* -- the money is not to be had ------------------------------------------------------------------------------------ */

select tests.ask('let go', 8);
select public.apply_stripe_event(tests.intent('let go', 'payment_intent.canceled', 'canceled'));
select is((select status::text from public.bookings where id = tests.id('let go')), 'expired', 'a request whose money the bank let go expires');

select tests.ask('failing', 9);
select tests.sign_in_as('maria');
select public.accept_request(tests.id('failing'));
select tests.as_admin();
select public.fail_outbox(id, 'stripe 402: no', is_permanent => true) from private.outbox
where topic = 'stripe.capture' and payload ->> 'payment_id' = (select id::text from public.payments where order_id = tests.order_id('failing'));
select results_eq(
  $$ select bookings.status::text, cancelled_by::text, orders.status::text, payments.status::text from public.bookings join public.orders on orders.id = order_id join public.payments on payments.order_id = orders.id where bookings.id = tests.id('failing') $$,
  $$ values ('cancelled', 'system', 'expired', 'released') $$, 'an accepted session whose money cannot be taken is called off'
);
select ok(tests.told('failing') @> array['booking_cancelled dana', 'booking_cancelled maria'], 'both are told');
select is((select status::text from public.meetings where booking_id = tests.id('failing')), 'cancelled', 'the meeting goes');
select is((select work -> 'booking' ->> 'is_charged' from public.notifications cross join lateral (select private.mail_work(notifications.id) as work) as mail
  where kind = 'booking_cancelled' and booking_id = tests.id('failing') and recipient_id = tests.id('dana')), 'false', 'the mail knows that nothing was charged');

/* -- too late to ask, and leaving ------------------------------------------------------------------------------------ */

select tests.book('lapsed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(11), status => 'expired');
select tests.authorize('lapsed');
select is((select status::text from public.bookings where id = tests.id('lapsed')), 'requested', 'a hold that lapsed before the bank''s word is asked for all the same');
select tests.book('gone', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(12), status => 'expired');
select tests.book('instead', client => 'zoe', offer => 'maria''s hour', starts_at => tests.on_day(12), status => 'held');
select tests.authorize('gone');
select results_eq(
  $$ select bookings.status::text, payments.status::text from public.bookings join public.payments using (order_id) where bookings.id = tests.id('gone') $$,
  $$ values ('expired', 'released') $$, 'unless its time is gone: then the money is let go'
);
/* -- a series is asked for, and answered, as one ---------------------------------------------------------------------- */

/* How each of a series' sessions stands, its order and its money. */
create function tests.standing(series text) returns text language sql as $$
  select string_agg(bookings.status::text, ' ' order by position) || ', ' || max(orders.status::text) || ', ' || max(payments.status::text)
  from public.bookings join public.orders on orders.id = order_id join public.payments on payments.order_id = orders.id
  where orders.id = tests.order_id(series || ' 1');
$$;
create function tests.told_of(series text) returns text[] language sql as $$
  select array_agg(kind || ' ' || case when recipient_id = tests.id('dana') then 'dana' else 'maria' end order by kind, recipient_id = tests.id('maria'))
  from public.notifications where booking_id in (select id from public.bookings where order_id = tests.order_id(series || ' 1'));
$$;
create function tests.ask_series(name text, variadic days integer[]) returns void language sql as $$
  select tests.book_series(name, 'dana', 'maria''s hour', array(select tests.on_day(day) from unnest(days) as day), 'held');
  select tests.authorize(name || ' 1');
$$;

select tests.ask_series('whole', 1, 15, 22);
select is(tests.standing('whole'), 'requested requested requested, pending, authorized', 'all of it is asked for');
select is((select array_agg(distinct answer_by) from public.bookings where order_id = tests.order_id('whole 1')), array[tests.on_day(1) - interval '2 hours'], 'with one time to answer, before the first of them');
select is(tests.told_of('whole'), array['request_received maria', 'request_sent dana'], 'in one mail to each');
select tests.sign_in_as('maria');
select public.accept_request(tests.id('whole 2'));
select throws_ok($$ select public.decline_request(tests.id('whole 1')) $$, 'OBNRQ', null, 'what one answer accepts no other declines');
select tests.as_admin();
select is(tests.standing('whole'), 'confirmed confirmed confirmed, pending, authorized', 'one answer is for all of it');
select is((select count(*) from private.outbox where topic = 'stripe.capture' and payload ->> 'payment_id' = (select id::text from public.payments where order_id = tests.order_id('whole 1'))), 1::bigint, 'the price is taken once');
select public.fail_outbox(id, 'stripe 402: no', is_permanent => true) from private.outbox
where topic = 'stripe.capture' and payload ->> 'payment_id' = (select id::text from public.payments where order_id = tests.order_id('whole 1'));
select is(tests.standing('whole'), 'cancelled cancelled cancelled, expired, released', 'and if it cannot be had nothing of it is left');
select is((select count(*) from unnest(tests.told_of('whole')) as told where told like 'booking_cancelled%'), 2::bigint, 'which is told once');

select tests.ask_series('refused', 14, 21);
select tests.sign_in_as('maria');
select public.decline_request(tests.id('refused 2'), 'Away');
select tests.as_admin();
select is(tests.standing('refused'), 'declined declined, expired, released', 'so it is with a no');
select tests.ask_series('run out', 14, 21);
update public.bookings set answer_by = now() where order_id = tests.order_id('run out 1');
select private.expire_requests();
select is(tests.standing('run out'), 'expired expired, expired, released', 'and without an answer');
select is((select unanswered_requests from admin.coach_strikes() where slug = 'maria'), 3, 'which counts as one request more');

select tests.book_series('half gone', 'dana', 'maria''s hour', array[tests.on_day(14), tests.on_day(21)], 'held');
select private.lapse_hold(tests.order_id('half gone 1'), 'system');
select tests.book('the other half', client => 'zoe', offer => 'maria''s hour', starts_at => tests.on_day(21), status => 'held');
select tests.authorize('half gone 1');
select is(tests.standing('half gone'), 'expired expired, expired, released', 'a series of which one time is gone is not asked for at all');

select private.leave_sessions(tests.id('maria'));
select is((select status::text from public.bookings where id = tests.id('lapsed')), 'declined', 'a coach who leaves has declined');

select * from finish();
rollback;
