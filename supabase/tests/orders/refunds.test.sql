/* Refunds as Stripe tells of them: ours and the dashboard's, early, late and failed. */
begin;
select plan(21);

select tests.create_profile('dana');
select tests.create_coach('maria');

create function tests.refund_event(event_id text, booking text, stripe_id text, status text, amount integer default 10000, refund_id uuid default null)
returns jsonb language sql as $$
  select jsonb_build_object('id', event_id, 'type', 'refund.updated', 'data', jsonb_build_object('object', jsonb_build_object(
    'id', stripe_id, 'status', status, 'amount', amount, 'payment_intent', 'pi_' || tests.order_id(booking),
    'metadata', case when refund_id is null then '{}' else jsonb_build_object('refund_id', refund_id) end
  )));
$$;
create function tests.refunds_of(booking text) returns table (reason text, status text, stripe_id text, amount integer, order_status text) language sql as $$
  select refunds.reason::text, refunds.status::text, refunds.stripe_refund_id, refunds.amount_cents, orders.status::text
  from public.refunds join public.orders on orders.id = refunds.order_id
  where refunds.order_id = tests.order_id(booking);
$$;

/* -- ours ---------------------------------------------------------------------------------------------- */

select tests.book('ours', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('ours');
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('ours');
select tests.remember('our refund', id) from public.refunds;

select results_eq($$ select * from tests.refunds_of('ours') $$, $$ values ('admin_cancelled', 'requested', null, 10000, 'refunded') $$, 'a refund is asked for once for each reason');
select is((select count(*) from private.outbox where topic = 'stripe.refund'), 1::bigint, 'and of Stripe once');
select is(
  private.refund_work(tests.id('our refund')),
  jsonb_build_object('refund_id', tests.id('our refund'), 'order_id', tests.order_id('ours'), 'payment_intent_id', 'pi_' || tests.order_id('ours'), 'gross_cents', 10000, 'is_decided', false, 'lost_cents', 0),
  'with what Stripe needs to know'
);

select public.apply_stripe_event(tests.refund_event('evt_a', 'ours', 're_ours', 'succeeded', refund_id => tests.id('our refund')));
select results_eq($$ select * from tests.refunds_of('ours') $$, $$ values ('admin_cancelled', 'succeeded', 're_ours', 10000, 'refunded') $$, 'the webhook may be faster than the answer to our call');
select is(private.refund_work(tests.id('our refund')), null, 'then there is nothing left to ask');
select private.record_refund(tests.id('our refund'), '{"id": "re_ours", "status": "pending"}');
select results_eq($$ select status from tests.refunds_of('ours') $$, array['succeeded'], 'a late answer undoes nothing');

select public.apply_stripe_event(tests.refund_event('evt_b', 'ours', 're_ours', 'failed'));
select results_eq($$ select status, order_status from tests.refunds_of('ours') $$, $$ values ('failed', 'paid') $$, 'one that succeeded can fail at the bank, and the order is paid again');
select public.apply_stripe_event(tests.refund_event('evt_c', 'ours', 're_ours', 'succeeded'));
select results_eq($$ select status from tests.refunds_of('ours') $$, array['failed'], 'one that failed never succeeds');

/* -- the dashboard's ---------------------------------------------------------------------------------------- */

select tests.book('theirs', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(4));
select public.apply_stripe_event(tests.refund_event('evt_d', 'theirs', 're_theirs', 'pending', 4000));
select public.apply_stripe_event(tests.refund_event('evt_e', 'theirs', 're_theirs', 'succeeded', 4000));
select results_eq($$ select * from tests.refunds_of('theirs') $$, $$ values ('made_in_stripe', 'succeeded', 're_theirs', 4000, 'paid') $$, 'one made in Stripe is taken in, once');
select public.apply_stripe_event(tests.refund_event('evt_f', 'theirs', 're_theirs_2', 'succeeded', 6000));
select is((select count(*) from tests.refunds_of('theirs')), 2::bigint, 'any number can be made there');
select results_eq($$ select distinct order_status from tests.refunds_of('theirs') $$, array['refunded'], 'when all is back the order is refunded');

/* -- before its payment --------------------------------------------------------------------------------------- */

select tests.book('early', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'held');
select throws_ok(
  $$ select public.apply_stripe_event(tests.refund_event('evt_g', 'early', 're_early', 'succeeded')) $$, 'ORLTR', null, 'a refund of a payment that we do not know is sent back'
);
select is_empty($$ select from private.webhook_events where event_id = 'evt_g' $$, 'and not noted, so that Stripe sends it again');
select tests.pay('early');
select ok(public.apply_stripe_event(tests.refund_event('evt_g', 'early', 're_early', 'succeeded')), 'when it does');
select results_eq($$ select status, order_status from tests.refunds_of('early') $$, $$ values ('succeeded', 'refunded') $$, 'it counts');

/* -- the dashboard's, of which we hear when Stripe refuses ours ------------------------------------------------- */

select tests.book('unheard', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(7));
select private.request_refund(bookings, 10000, 'client_cancelled') from public.bookings where id = tests.id('unheard');
create function tests.answer(id text, status text, amount integer, others jsonb) returns void language sql as $$
  select private.record_refund(refunds.id, jsonb_build_object('id', answer.id, 'status', answer.status, 'amount', answer.amount, 'others', answer.others))
  from public.refunds where order_id = tests.order_id('unheard') and reason = 'client_cancelled';
$$;
select tests.answer('re_rest', 'succeeded', 7000, jsonb_build_array(
  jsonb_build_object('id', 're_other', 'status', 'succeeded', 'amount', 3000, 'payment_intent', 'pi_' || tests.order_id('unheard'), 'metadata', '{}'::jsonb)
));
select bag_eq(
  $$ select reason, status, stripe_id, amount from tests.refunds_of('unheard') $$,
  $$ values ('client_cancelled', 'succeeded', 're_rest', 7000), ('made_in_stripe', 'succeeded', 're_other', 3000) $$,
  'what an admin gave back in Stripe is taken in, and ours is the rest'
);
select results_eq($$ select distinct order_status from tests.refunds_of('unheard') $$, array['refunded'], 'together they are all of it');

select tests.book('all theirs', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(8));
select private.request_refund(bookings, 10000, 'client_cancelled') from public.bookings where id = tests.id('all theirs');
select private.record_refund(refunds.id, jsonb_build_object('id', null, 'status', 'failed', 'others', jsonb_build_array(
  jsonb_build_object('id', 're_all', 'status', 'succeeded', 'amount', 10000, 'payment_intent', 'pi_' || tests.order_id('all theirs'), 'metadata', '{}'::jsonb)
))) from public.refunds where order_id = tests.order_id('all theirs');
select bag_eq(
  $$ select reason, status, stripe_id, amount from tests.refunds_of('all theirs') $$,
  $$ values ('client_cancelled', 'failed', null, 10000), ('made_in_stripe', 'succeeded', 're_all', 10000) $$,
  'ours has failed when nothing was left'
);
select results_eq($$ select distinct order_status from tests.refunds_of('all theirs') $$, array['refunded'], 'and the order is refunded by theirs');

/* -- nothing to return ------------------------------------------------------------------------------------------- */

select tests.book('unpaid', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6), status => 'held');
insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id) values (tests.order_id('unpaid'), 'failed', 10000, 'pi_declined');
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('unpaid');
select is_empty($$ select * from tests.refunds_of('unpaid') $$, 'where nothing was paid nothing goes back');

/* -- disputed -------------------------------------------------------------------------------------------------------- */

insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
select order_id, id, 'dp_1', 'under_review', 'general', amount_cents, now() from public.payments where order_id = tests.order_id('theirs') and status = 'succeeded';
select private.settle_order(tests.order_id('theirs'));
select results_eq($$ select distinct order_status from tests.refunds_of('theirs') $$, array['disputed'], 'a refund does not end a dispute');

select * from finish();
rollback;
