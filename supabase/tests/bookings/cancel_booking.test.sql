begin;
select plan(40);

-- Dana has paid Maria $100 for sessions at several distances. Zoe looks on.
select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('far', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('near', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '5 hours');
select tests.book('next', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '3 hours');
select tests.book('over', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('begun', client => 'dana', offer => 'maria''s hour', starts_at => now());
select tests.book('held', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6), status => 'held');
select tests.open_meeting('far');

/* -- the quote: what the page shows before ------------------------------------------------------ */

select tests.sign_in_as('dana');
select results_eq(
  $$ select paid_cents, refund_cents, full_until, partial_until, partial_refund_percent, actor from public.refund_quote(tests.id('far')) $$,
  $$ values (10000, 10000, tests.on_day(3) - interval '24 hours', tests.on_day(3) - interval '4 hours', 50, 'client'::public.booking_actor) $$,
  'a client reads what comes back, and until when how much'
);
select results_eq($$ select refund_cents from public.refund_quote(tests.id('near')) $$, array[5000], 'five hours before, half');
select results_eq($$ select refund_cents from public.refund_quote(tests.id('next')) $$, array[0], 'three hours before, nothing');
select tests.sign_in_as('maria');
select results_eq($$ select refund_cents, actor from public.refund_quote(tests.id('next')) $$, $$ values (10000, 'coach'::public.booking_actor) $$, 'when the coach cancels, all of it at any time');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.refund_quote(tests.id('far')) $$, 'a stranger reads nothing');

/* -- what is refused -------------------------------------------------------------------------------- */

select throws_ok($$ select public.cancel_booking(tests.id('far'), 10000) $$, 'OBNFD', null, 'a stranger cancels nothing');
select throws_ok($$ select public.cancel_booking(gen_random_uuid(), 10000) $$, 'OBNFD', null, 'which looks the same as what is not there');
select tests.sign_out();
select throws_ok($$ select public.cancel_booking(tests.id('far'), 10000) $$, '42501', null, 'nor does a visitor');
select throws_ok($$ select public.refund_quote(tests.id('far')) $$, '42501', null, 'who reads no quote either');

select tests.sign_in_as('dana');
select throws_ok($$ select public.cancel_booking(tests.id('over'), 0) $$, 'OBNCX', null, 'what is over is not cancelled');
select throws_ok($$ select public.cancel_booking(tests.id('begun'), 0) $$, 'OBNCX', null, 'nor what has begun');
select throws_ok($$ select public.cancel_booking(tests.id('held'), 10000) $$, 'OBNCX', null, 'nor what is not paid');
select throws_ok($$ select public.cancel_booking(tests.id('near'), 10000) $$, 'OBQTE', null, 'who saw another amount looks again');
select throws_ok($$ select public.cancel_booking(tests.id('near'), null) $$, 'OBQTE', null, 'so does who saw none');

/* -- the client cancels ------------------------------------------------------------------------------ */

select is(public.cancel_booking(tests.id('far'), 10000, ' Listing fell through '), 10000, 'the client cancels');
select tests.as_admin();
select results_eq(
  $$ select status, cancelled_by, cancel_reason, cancelled_at from public.bookings where id = tests.id('far') $$,
  $$ values ('cancelled'::public.booking_status, 'client'::public.booking_actor, 'Listing fell through', now()) $$,
  'it is noted by whom, why and when'
);
select results_eq(
  $$ select reason, refunds.amount_cents, refunds.status, orders.status from public.refunds join public.orders on orders.id = order_id where order_id = tests.order_id('far') $$,
  $$ values ('client_cancelled'::public.refund_reason, 10000, 'requested'::public.refund_status, 'refunded'::public.order_status) $$,
  'exactly what the page showed goes back'
);
select is((select count(*) from private.outbox where topic = 'stripe.refund'), 1::bigint, 'Stripe is asked once');
select results_eq($$ select status::text from public.meetings where booking_id = tests.id('far') $$, array['cancelled'], 'the meeting goes');
select isnt_empty($$ select from private.outbox where topic = 'zoom.delete_meeting' and payload ->> 'meeting_id' = tests.meeting_id('far')::text $$, 'Zoom is asked to delete it');
select set_eq(
  $$ select recipient_id from public.notifications where kind = 'booking_cancelled' and booking_id = tests.id('far') $$,
  array[tests.id('dana'), tests.id('maria')],
  'both are told'
);
select isnt_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(3), tests.on_day(3) + interval '1 minute') $$,
  'the time is free again'
);
select tests.sign_in_as('dana');
select throws_ok($$ select public.cancel_booking(tests.id('far'), 10000) $$, 'OBNCX', null, 'and is not cancelled again');

select is(public.cancel_booking(tests.id('near'), 5000), 5000, 'later it costs half');
select is(public.cancel_booking(tests.id('next'), 0), 0, 'and then all');
select tests.as_admin();
select results_eq($$ select status::text from public.orders where id in (tests.order_id('near'), tests.order_id('next')) $$, array['paid', 'paid'], 'the rest stays paid');
select is_empty($$ select from public.refunds where order_id = tests.order_id('next') $$, 'nothing is no refund');

/* -- the coach cancels -------------------------------------------------------------------------------- */

select tests.book('soon', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '1 minute' * 61);
select tests.sign_in_as('maria');
select is(public.cancel_booking(tests.id('soon'), 10000, 'Ill'), 10000, 'a coach cancels an hour before, and all goes back');
select tests.as_admin();
select results_eq(
  $$ select reason::text from public.refunds where order_id = tests.order_id('soon') $$, array['coach_cancelled'], 'because the coach cancelled'
);
select results_eq(
  $$ select actor, actor_id from public.booking_events where booking_id = tests.id('soon') and after = 'cancelled' $$,
  $$ values ('coach'::public.booking_actor, tests.id('maria')) $$,
  'which is noted'
);

/* -- the policy is the one of the sale -------------------------------------------------------------------- */

select tests.book('agreed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(8));
update public.cancellation_policies set full_refund_minutes = 999999, partial_refund_percent = 0;
select tests.sign_in_as('dana');
select results_eq($$ select refund_cents from public.refund_quote(tests.id('agreed')) $$, array[10000], 'a policy that changes later changes nothing');

-- An admin gave $30 back in Stripe's dashboard before.
select tests.as_admin();
select public.apply_stripe_event(jsonb_build_object('id', 'evt_goodwill', 'type', 'refund.created', 'data', jsonb_build_object('object', jsonb_build_object(
  'id', 're_goodwill', 'status', 'succeeded', 'amount', 3000, 'payment_intent', 'pi_' || tests.order_id('agreed'), 'metadata', '{}'::jsonb
))));
select tests.sign_in_as('dana');
select results_eq($$ select refund_cents from public.refund_quote(tests.id('agreed')) $$, array[7000], 'what went back already does not go back again');
select is(public.cancel_booking(tests.id('agreed'), 7000), 7000, 'and is not asked of Stripe twice');
select tests.as_admin();
select results_eq($$ select status::text from public.orders where id = tests.order_id('agreed') $$, array['refunded'], 'all is back then');

/* -- an admin cancels ---------------------------------------------------------------------------------- */

select tests.book('urgent', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '70 minutes');
select tests.sign_in_as('maria');
select throws_ok($$ select admin.cancel_booking(tests.id('urgent'), 'x') $$, '42501', null, 'nobody cancels as an admin over the API');
select tests.as_admin();
select is(admin.cancel_booking(tests.id('urgent'), 'The coach is ill.'), 10000, 'an admin gives all of it back, at any time before');
select results_eq(
  $$ select bookings.status::text, cancelled_by::text, cancel_reason, refunds.reason::text from public.bookings join public.refunds using (order_id) where bookings.id = tests.id('urgent') $$,
  $$ select 'cancelled', 'admin', 'The coach is ill.', 'admin_cancelled' $$,
  'and it is noted so'
);
select throws_ok($$ select admin.cancel_booking(tests.id('urgent'), 'x') $$, 'OBNCX', null, 'not twice');
select throws_ok($$ select admin.cancel_booking(tests.id('begun'), 'x') $$, 'OBNCX', null, 'nor what has begun');
select throws_ok($$ select admin.cancel_booking(gen_random_uuid(), 'x') $$, 'OBNCX', null, 'nor what is not there');

select * from finish();
rollback;
