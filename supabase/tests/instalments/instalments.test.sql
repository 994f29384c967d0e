/* A package that is paid in parts: agreed, bought, charged, declined, paid by hand, stopped, ended; and who sees it. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe', 'ines', 'ruth']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_host(name) from unnest(array['host 1', 'host 2', 'host 3']) as name;
select tests.create_package('six hours', coach => 'maria', sessions => 6, session_cents => 8001);
select tests.create_package('at once', coach => 'maria');
update public.offers set instalments = 3 where id = tests.id('six hours');

create function tests.plan_stands(name text) returns text language sql security definer as $$
  select concat_ws(' ', status, ended_reason) from public.payment_plans where id = tests.id(name);
$$;
create function tests.parts(name text) returns text[] language sql security definer as $$
  select array_agg(status::text order by plan_position) from public.orders where plan_id = tests.id(name);
$$;
create function tests.tries(order_name text) returns text language sql security definer as $$
  select string_agg(concat_ws(' ', attempt, outcome, failure_code), ', ' order by attempt) from private.card_charges where order_id = tests.id(order_name);
$$;
create function tests.told(order_name text) returns text[] language sql security definer as $$
  select array_agg(kind || coalesce(' ' || case when kind <> 'instalment_due' then nullif(version, 1) end, '') order by kind, version)
  from public.notifications where subject_id = tests.id(order_name);
$$;
/* Days pass for a plan: what was paid, tried and is due lies so much further back. */
create function tests.days_pass(name text, span interval) returns void language sql as $$
  update public.orders set due_at = due_at - span, paid_at = paid_at - span, credits_end_at = credits_end_at - span, created_at = created_at - span where plan_id = tests.id(name);
  update private.card_charges set created_at = created_at - span
  where order_id in (select id from public.orders where plan_id = tests.id(name));
$$;
/* What Stripe says of the try to charge an order that is under way. */
create function tests.declined(order_name text, attempt integer, code text default 'insufficient_funds') returns jsonb language sql as $$
  select jsonb_build_object(
    'id', 'evt_' || attempt || tests.id(order_name), 'type', 'payment_intent.payment_failed', 'data', jsonb_build_object('object', jsonb_build_object(
      'id', 'pi_' || attempt || tests.id(order_name), 'amount', 16002, 'currency', 'usd',
      'metadata', jsonb_build_object('order_id', tests.id(order_name), 'attempt', attempt::text),
      'last_payment_error', jsonb_build_object('code', 'card_declined', 'decline_code', code)
    ))
  );
$$;
create function tests.answer(order_name text, attempt integer, result jsonb) returns void language sql as $$
  select public.complete_outbox(outbox.id, answer.result)
  from private.outbox
  where topic = 'stripe.charge_card' and status = 'pending'
    and payload = jsonb_build_object('order_id', tests.id(order_name), 'attempt', answer.attempt);
$$;
create function tests.charged(order_name text) returns jsonb language sql as $$
  select jsonb_build_object('id', 'pi_charged_' || id, 'status', 'succeeded', 'latest_charge', 'ch_' || id, 'amount_received', amount_cents, 'currency', 'usd')
  from public.orders where id = tests.id(order_name);
$$;
grant execute on all functions in schema tests to anon, authenticated;

/* -- on sale -------------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select throws_ok(format('select public.make_package(''A package'', '''', 60, 8000, 6, 6, true, %s)', parts), 'OFINS', null, format('six sessions are not sold in %s parts', parts)) from unnest(array[1, 4, 13]) as parts;
select throws_ok($$ select public.make_package('A package', '', 60, 8000, 6, 2, true, 3) $$, 'OFINS', 'One part is paid a month: choose no more parts than months.', 'nor in more parts than it has months');
select lives_ok($$ select public.make_package('Paid in parts', '', 60, 8000, 6, 3, true, 3) $$, 'in three they are');
select tests.as_admin();
select tests.remember('made', id) from public.offers where title = 'Paid in parts';
select is((select instalments from public.offers where id = tests.id('made')), 3, 'as the coach says');
select tests.sign_in_as('maria');
select throws_ok($$ select public.change_offer(tests.id('made'), 'Paid in parts', '', 60, 8000, true, null, 5, 3, 3) $$, 'OFINS', null, 'changing it is held to the same');
select lives_ok($$ select public.change_offer(tests.id('made'), 'Paid in parts', '', 60, 8000, true, null, 6, 3) $$, 'and may take it away');
select tests.as_admin();
select is((select instalments from public.offers where title = 'Paid in parts' and archived_at is null), null, 'from the next version');

/* -- agreed --------------------------------------------------------------------------------------------- */

select tests.sign_out();
select results_eq(
  $$ select amounts_cents, cardinality(due_dates) from public.instalment_offer_terms(tests.id('six hours')) $$, $$ values (array[16002, 16002, 16002], 3) $$, 'anyone reads what the parts are'
);
select is_empty($$ select from public.instalment_offer_terms(tests.id('at once')) $$, 'of what has some');
select throws_ok($$ select public.buy_in_instalments(tests.id('six hours'), 'x') $$, '42501', null, 'a visitor buys none');
select tests.sign_in_as('dana');
select matches((select words from public.instalment_offer_terms(tests.id('six hours'))), '3 parts of \$160\.02 each.*the first now, the others .* on \w+ \d+, \d{4} and \w+ \d+, \d{4}.*one click.*tried again 3 and 7 days', 'the words name amounts, dates, tries and how to stop');
select throws_ok($$ select public.buy_in_instalments(tests.id('six hours'), '') $$, 'QPAGR', null, 'who does not agree buys nothing');
select throws_ok($$ select public.buy_in_instalments(tests.id('six hours'), null) $$, 'QPAGR', null, 'whatever the form');
select throws_ok($$ select public.buy_in_instalments(tests.id('six hours'), 'of other words') $$, 'QPTRM', null, 'nor who read other words');
select throws_ok($$ select public.buy_in_instalments(tests.id('at once'), 'x') $$, 'OFGON', null, 'and what is not sold in parts is not bought in parts');
select throws_ok($$ select public.buy_in_instalments(tests.id('maria''s hour'), 'x') $$, 'OFGON', null, 'a session neither');
select tests.sign_in_as('maria');
select throws_ok($$ select public.buy_in_instalments(tests.id('six hours'), 'x') $$, 'OBOWN', null, 'or one''s own');

/* -- bought --------------------------------------------------------------------------------------------- */

select tests.buy_in_parts('hers', 'dana', 'six hours', is_paid => false);
select results_eq(
  $$ select plan_position, status::text, session_count, amount_cents, fee_cents, due_at from public.orders where plan_id = tests.id('hers') order by plan_position $$,
  $$ select n, 'pending', 2, 16002, 2400, (now() at time zone 'America/New_York' + make_interval(months => n - 1)) at time zone 'America/New_York' from generate_series(1, 3) as n $$,
  'each part is an order for its sessions, one a month'
);
select is(tests.plan_stands('hers'), 'pending', 'which waits for the first');
select results_eq(
  $$ select words_sha256, version from public.payment_plans where id = tests.id('hers') $$,
  $$ select words_sha256, 1 from public.instalment_offer_terms(tests.id('six hours')) $$, 'what was agreed to is kept'
);
select tests.sign_in_as('dana');
select is(
  public.buy_in_instalments(tests.id('six hours'), (select words_sha256 from public.instalment_offer_terms(tests.id('six hours')))),
  tests.id('hers 1'), 'asked again, it is the same'
);
select results_eq(
  $$ select plan_position, is_payable from public.plan_parts(tests.id('hers 2')) $$, $$ values (1, true), (2, false), (3, false) $$, 'only the first is to be paid'
);
select results_eq(
  $$ select order_id, sessions_paid, sessions_to_come, payments_to_come, paid_cents, next_order_id from public.package_list() $$, $$ values (tests.id('hers 1'), 0, 0, 0, 0, tests.id('hers 1')) $$,
  'in the list it is one thing'
);
select lives_ok($$ select public.buy_package(tests.id('six hours')) $$, 'at once instead');
select results_eq(
  $$ select tests.plan_stands('hers'), tests.parts('hers') $$, $$ values ('ended not_begun', array['expired', 'expired', 'expired']) $$, 'ends it before it began'
);
select is((select count(*) from public.package_list()), 1::bigint, 'and it is shown no more');
select tests.as_admin();
select is(tests.pay_order('hers 1'), true, 'a payment that arrives all the same');
select results_eq(
  $$ select tests.plan_stands('hers'), tests.parts('hers'), private.credits_left(tests.id('hers 1')) $$, $$ values ('active', array['paid', 'pending', 'pending'], 2) $$,
  'begins it after all: two sessions can be booked'
);
select is((select credits_end_at from public.orders where id = tests.id('hers 1')), now() + interval '6 months', 'for the months of the package');
select is(tests.told('hers 1'), array['package_bought', 'package_sold'], 'both are told');
select results_eq(
  $$ select mail -> 'package' ->> 'session_count', mail -> 'package' ->> 'amount_cents', mail -> 'package' ->> 'paid_now_cents', mail -> 'package' ->> 'instalments'
     from (select private.mail_work(id) as mail from public.notifications where subject_id = tests.id('hers 1') and kind = 'package_bought') as mails $$,
  $$ values ('6', '48006', '16002', '3') $$, 'of the whole, and of what is paid now'
);
select tests.buy_in_parts('unpaid', 'ruth', 'six hours', is_paid => false);
update public.orders set created_at = now() - interval '61 minutes' where plan_id in (tests.id('unpaid'), tests.id('hers'));
select private.expire_packages();
select results_eq($$ select tests.plan_stands('unpaid'), tests.parts('unpaid') $$, $$ values ('ended not_begun', array['expired', 'expired', 'expired']) $$, 'one that nobody pays expires as a whole');
select results_eq($$ select tests.plan_stands('hers'), tests.parts('hers') $$, $$ values ('active', array['paid', 'pending', 'pending']) $$, 'and what is not due yet stays');
select private.expire_package(tests.id('hers 2'));
select is(tests.parts('hers'), array['paid', 'pending', 'pending'], 'even when its payment page has ended');

/* -- reminded and charged --------------------------------------------------------------------------- */

select private.charge_instalments(), private.warn_of_instalments();
select results_eq($$ select tests.tries('hers 2'), tests.told('hers 2') $$, $$ values (null::text, null::text[]) $$, 'a month before nothing is charged or told');
select tests.days_pass('hers', (select due_at - now() - interval '3 days' from public.orders where id = tests.id('hers 2')));
select private.charge_instalments(), private.warn_of_instalments(), private.warn_of_instalments();
select results_eq($$ select tests.tries('hers 2'), tests.told('hers 2') $$, $$ values (null::text, array['instalment_due']) $$, 'three days before the client is told, once');
create temp view due as select private.mail_work(id) -> 'instalment' as mail from public.notifications where subject_id = tests.id('hers 2');
select results_eq($$ select mail ->> 'amount_cents', mail ->> 'is_taxed' from due $$, $$ values ('16002', 'false') $$, 'how much it will be');
update public.orders set automatic_tax = true where id = tests.id('hers 2');
select is((select mail ->> 'is_taxed' from due), 'true', 'and whether tax comes on top');
update public.orders set automatic_tax = false where id = tests.id('hers 2');
select tests.days_pass('hers', interval '3 days');
select is((select private.mail_work(id) from public.notifications where subject_id = tests.id('hers 2')), null, 'a mail that leaves too late does not leave');
select private.charge_instalments(), private.charge_instalments();
select is(tests.tries('hers 2'), '1', 'on its day it is tried, once');
select results_eq(
  $$ select private.charge_work(payload) from private.outbox where topic = 'stripe.charge_card' $$,
  $$ select jsonb_build_object('order_id', tests.id('hers 2'), 'attempt', 1, 'is_to_charge', true, 'amount_cents', 16002, 'automatic_tax', false, 'currency', 'usd', 'description', 'six hours', 'subscription_id', null, 'payment_intent_id', 'pi_' || tests.id('hers 1'), 'checkout_session_id', null) $$,
  'with the card of the first'
);
select tests.answer('hers 2', 1, tests.charged('hers 2'));
select results_eq(
  $$ select tests.tries('hers 2'), tests.parts('hers'), private.credits_left(tests.id('hers 2')), tests.plan_stands('hers') $$,
  $$ values ('1 succeeded', array['paid', 'paid', 'pending'], 2, 'active') $$, 'it pays for the next two sessions'
);
select is(
  (select credits_end_at from public.orders where id = tests.id('hers 2')), (select paid_at + interval '6 months' from public.orders where id = tests.id('hers 1')),
  'which end with the first''s'
);
select is(tests.told('hers 2'), array['instalment_due', 'instalment_paid'], 'and the client is told');
select is(public.apply_stripe_event(jsonb_build_object('id', 'evt_same', 'type', 'payment_intent.succeeded', 'data', jsonb_build_object('object', tests.charged('hers 2') || jsonb_build_object('metadata', jsonb_build_object('order_id', tests.id('hers 2'), 'attempt', '1'))))), true, 'its webhook comes too');
select results_eq($$ select count(*), sum(amount_cents) from public.payments where order_id = tests.id('hers 2') $$, $$ values (1::bigint, 16002::bigint) $$, 'and is the same payment');
select private.charge_instalments();
select is((select count(*) from private.card_charges), 1::bigint, 'nothing else is due');

/* -- used ------------------------------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select results_eq(
  $$ select order_id, credits_left, sessions_paid, sessions_to_come, payments_to_come, paid_parts, paid_cents, next_order_id, next_cents from public.package_list() where plan_status is not null $$,
  $$ values (tests.id('hers 1'), 4, 4, 2, 1, 2, 32004, tests.id('hers 3'), 16002) $$, 'the client sees one package, what is paid and what comes'
);
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers 3'), array[tests.on_day(3)], 'UTC') $$, 'OKNFD', null, 'nothing is booked by what is not paid');
select throws_ok($$ select public.request_booking_with_credit(tests.id('hers 1'), array(select tests.on_day(n) from generate_series(3, 7) as n), 'UTC') $$, 'OKNON', 'You chose 5 times, and 4 sessions are left to book with.', 'nor more than is paid');
select lives_ok($$ select public.request_booking_with_credit(tests.id('hers 2'), array[tests.on_day(3), tests.on_day(4), tests.on_day(5)], 'UTC') $$, 'three at once');
select tests.as_admin();
select results_eq(
  $$ select private.credits_left(tests.id('hers 1')), private.credits_left(tests.id('hers 2')), (select count(*) from public.bookings where status = 'confirmed') $$, $$ values (0, 1, 3::bigint) $$,
  'use the first part and then the second'
);
select tests.sign_in_as('dana');
select isnt_empty($$ select from public.credit_slots(tests.id('hers 1'), now(), now() + interval '14 days') $$, 'there are times while any part has some left');
select is((select count(*) from public.package_history(tests.id('hers 1'))), 5::bigint, 'what became of it is told of all parts');
select tests.as_admin();
select private.queue_due_notices();
update public.orders set credits_end_at = now() + interval '14 days' where id in (tests.id('hers 1'), tests.id('hers 2'));
select private.queue_due_notices();
select is((select array_agg(subject_id) from public.notifications where kind = 'credits_ending'), array[tests.id('hers 1')], 'its end is told once');
update public.orders set credits_end_at = now() + interval '4 months' where id in (tests.id('hers 1'), tests.id('hers 2'));

/* -- declined -------------------------------------------------------------------------------------------- */

select tests.days_pass('hers', (select due_at - now() from public.orders where id = tests.id('hers 3')));
select private.charge_instalments();
select is(public.apply_stripe_event(tests.declined('hers 3', 1)), true, 'the webhook says that the card was declined');
select tests.answer('hers 3', 1, '{"id": "pi_other", "amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "card_declined", "decline_code": "told_second"}}');
select results_eq(
  $$ select tests.tries('hers 3'), tests.plan_stands('hers'), tests.told('hers 3'), tests.parts('hers') $$,
  $$ values ('1 declined insufficient_funds', 'overdue', array['instalment_failed'], array['paid', 'paid', 'pending']) $$, 'it is noted once, and the client is told'
);
select results_eq(
  $$ select mail -> 'instalment' ->> 'retry_at', mail -> 'instalment' ->> 'needs_action' from (select private.mail_work(id) as mail from public.notifications where subject_id = tests.id('hers 3')) as mails $$,
  $$ select to_jsonb(now() + interval '3 days') #>> '{}', 'false' $$, 'when it is tried again'
);
select tests.sign_in_as('dana');
select is((select is_payable from public.package_details(tests.id('hers 3'))), true, 'now it can be paid by hand');
select tests.as_admin();
select private.charge_instalments();
select tests.days_pass('hers', interval '2 days 23 hours');
select private.charge_instalments();
select is(tests.tries('hers 3'), '1 declined insufficient_funds', 'it is not tried before three days are over');
select tests.days_pass('hers', interval '1 hour');
select private.charge_instalments();
select tests.sign_in_as('dana');
select is((select is_payable from public.package_details(tests.id('hers 3'))), false, 'while it is tried nothing is paid by hand');
select tests.as_admin();
select tests.answer('hers 3', 2, '{"id": "pi_auth", "amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "authentication_required"}}');
select is(public.apply_stripe_event(tests.declined('hers 3', 2, 'authentication_required')), true, 'its webhook comes later');
select results_eq(
  $$ select tests.tries('hers 3'), tests.told('hers 3') $$,
  $$ values ('1 declined insufficient_funds, 2 requires_action authentication_required', array['instalment_failed', 'instalment_failed 2']) $$, 'a bank that wants to ask is told like that'
);
select tests.days_pass('hers', interval '4 days');
select private.charge_instalments();
select is(tests.tries('hers 3'), '1 declined insufficient_funds, 2 requires_action authentication_required, 3', 'it is tried after seven days');

-- Paid by hand, while it is tried.
select is(tests.pay_order('hers 3'), true, 'the client pays by hand');
select results_eq($$ select tests.parts('hers'), tests.plan_stands('hers') $$, $$ values (array['paid', 'paid', 'paid'], 'completed') $$, 'then all is paid');
select is((select private.charge_work(payload) from private.outbox where topic = 'stripe.charge_card' and status = 'pending'), null, 'and nothing is left to charge');
select tests.answer('hers 3', 3, tests.charged('hers 3'));
select results_eq(
  $$ select status::text, amount_cents from public.payments where order_id = tests.id('hers 3') and status <> 'failed' order by status $$, $$ values ('succeeded', 16002), ('surplus', 16002) $$,
  'what was charged at the same moment is too much'
);
select is((select array_agg(reason::text) from public.refunds where order_id = tests.id('hers 3')), array['paid_twice'], 'and goes back');
select is(public.apply_stripe_event(tests.declined('hers 3', 3)), true, 'a failure that is told late');
select is(tests.plan_stands('hers'), 'completed', 'changes nothing');
select is((select private.mail_work(id) from public.notifications where subject_id = tests.id('hers 3') and version = 2 and kind = 'instalment_failed'), null, 'a mail that asks for what is paid does not leave');
select tests.sign_in_as('dana');
select throws_ok($$ select public.stop_plan(tests.id('hers')) $$, 'QPEND', null, 'what is paid is not stopped');
select tests.as_admin();

/* -- declined for good ----------------------------------------------------------------------------------- */

select tests.buy_in_parts('his', 'omar', 'six hours');
select tests.days_pass('his', (select due_at - now() from public.orders where id = tests.id('his 2')));
select private.charge_instalments();
select tests.answer('his 2', 1, '{"id": null, "error": {"code": "resource_missing"}}');
select tests.days_pass('his', interval '3 days');
select private.charge_instalments();
select tests.answer('his 2', 2, '{"id": "pi_his_2", "amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "card_declined"}}');
select tests.days_pass('his', interval '4 days');
select private.charge_instalments();
select tests.answer('his 2', 3, '{"id": "pi_his_3", "amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "card_declined"}}');
select results_eq(
  $$ select tests.plan_stands('his'), tests.parts('his'), private.credits_left(tests.id('his 1')) $$, $$ values ('ended declined', array['paid', 'expired', 'expired'], 2) $$,
  'after the last try it ends: nothing else is owed, and what was paid stays'
);
select bag_eq($$ select recipient_id from public.notifications where kind = 'plan_ended' $$, $$ values (tests.id('omar')), (tests.id('maria')) $$, 'both are told');
select tests.days_pass('his', interval '40 days');
select private.charge_instalments();
select is((select count(*) from private.card_charges where order_id = tests.id('his 3')), 0::bigint, 'and nothing is charged any more');
select is(tests.pay_order('his 2'), true, 'who pays after that');
select results_eq(
  $$ select tests.plan_stands('his'), private.credits_left(tests.id('his 2')), (select array_agg(reason::text) from public.refunds where order_id = tests.id('his 2')) $$,
  $$ values ('ended declined', 0, array['paid_too_late']) $$, 'has it back'
);

/* -- stopped ----------------------------------------------------------------------------------------------- */

select tests.buy_in_parts('zoe''s', 'zoe', 'six hours');
select tests.sign_in_as('omar');
select throws_ok($$ select public.stop_plan(tests.id('zoe''s')) $$, 'QPNFD', null, 'nobody stops another''s');
select tests.sign_in_as('maria');
select throws_ok($$ select public.stop_plan(tests.id('zoe''s')) $$, 'QPNFD', null, 'the coach neither');
select tests.as_admin();
select tests.days_pass('zoe''s', (select due_at - now() from public.orders where id = tests.id('zoe''s 2')));
select private.charge_instalments();
select tests.sign_in_as('zoe');
select lives_ok($$ select public.stop_plan(tests.id('zoe''s')) $$, 'its client does, while it is charged');
select lives_ok($$ select public.stop_plan(tests.id('zoe''s')) $$, 'twice is once');
select tests.as_admin();
select is((select private.charge_work(jsonb_build_object('order_id', tests.id('zoe''s 2'), 'attempt', 1)) ->> 'is_to_charge'), 'false', 'then there is nothing to charge');
select tests.sign_in_as('zoe');
select results_eq($$ select tests.plan_stands('zoe''s'), tests.parts('zoe''s') $$, $$ values ('ended stopped', array['paid', 'expired', 'expired']) $$, 'nothing more is charged');
select results_eq(
  $$ select credits_left, sessions_paid, sessions_to_come, payments_to_come, next_order_id, plan_status::text from public.package_list() $$, $$ values (2, 2, 0, 0, null::uuid, 'ended') $$, 'and what was paid stays'
);
select tests.as_admin();
select tests.answer('zoe''s 2', 1, tests.charged('zoe''s 2'));
select results_eq(
  $$ select private.credits_left(tests.id('zoe''s 2')), (select array_agg(reason::text) from public.refunds where order_id = tests.id('zoe''s 2')) $$, $$ values (0, array['paid_too_late']) $$,
  'what was taken at that moment goes back'
);

/* -- ended by the coach, and by leaving -------------------------------------------------------------------- */

select tests.buy_in_parts('theirs', 'ines', 'six hours');
select tests.days_pass('theirs', (select due_at - now() from public.orders where id = tests.id('theirs 2')));
select private.charge_instalments();
select tests.answer('theirs 2', 1, tests.charged('theirs 2'));
select tests.sign_in_as('lena');
select throws_ok($$ select public.end_package(tests.id('theirs 1'), 32004) $$, 'OKNFD', null, 'no coach ends another''s');
select tests.sign_in_as('maria');
select results_eq(
  $$ select order_id, sessions_paid, credits_left, sessions_to_come, payments_to_come, refund_cents from public.sold_packages(order_id => tests.id('theirs 1')) $$, $$ values (tests.id('theirs 1'), 4, 4, 2, 1, 32004) $$,
  'its coach sees one package'
);
select is_empty($$ select from public.sold_packages(order_id => tests.id('theirs 2')) $$, 'not its parts');
select throws_ok($$ select public.end_package(tests.id('theirs 1'), 16002) $$, 'OBQTE', null, 'another amount is refused');
select is(public.end_package(tests.id('theirs 1'), 32004, 'I retire.'), 32004, 'ending it gives back what is left of all parts');
select results_eq(
  $$ select tests.plan_stands('theirs'), tests.parts('theirs'), (select count(*) from public.refunds join public.orders on orders.id = refunds.order_id where plan_id = tests.id('theirs')) $$,
  $$ values ('ended package_ended', array['refunded', 'refunded', 'expired'], 2::bigint) $$, 'and its plan ends'
);
select is_empty($$ select from public.sold_packages(order_id => tests.id('theirs 1')) $$, 'then there is nothing to end');
select throws_ok($$ select public.end_package(tests.id('theirs 1'), 0) $$, 'OKEND', null, 'any more');
select tests.as_admin();
select results_eq(
  $$ select mail -> 'package' ->> 'ended_sessions', mail -> 'package' ->> 'ended_cents' from (select private.mail_work(id) as mail from public.notifications where kind = 'credits_ended') as mails $$,
  $$ values ('4', '32004') $$, 'the client is told once, of all'
);
select throws_ok($$ select admin.end_package(tests.id('theirs 2'), 'x') $$, 'OKEND', null, 'an admin ends it no more either');

select tests.buy_in_parts('used up', 'ines', 'six hours');
select tests.book_with_credit('one', 'ines', 'used up 1', 8);
select tests.book_with_credit('two', 'ines', 'used up 1', 9);
select tests.sign_in_as('maria');
select results_eq($$ select sessions_paid, credits_left, sessions_to_come, payments_to_come, refund_cents from public.sold_packages(order_id => tests.id('used up 1')) $$, $$ values (2, 0, 4, 2, 0) $$, 'while parts are to be charged there is something to end');
select tests.as_admin();
select is(admin.end_package(tests.id('used up 2'), 'They asked.'), 0, 'an admin ends it, by any part');
select results_eq($$ select tests.plan_stands('used up'), (select count(*) from public.bookings join public.orders on orders.id = order_id where plan_id = tests.id('used up') and bookings.status = 'confirmed') $$, $$ values ('ended package_ended', 2::bigint) $$, 'and sessions that are booked stay');

select tests.buy_in_parts('left', 'ruth', 'six hours');
select private.leave_packages(tests.id('ruth'));
select results_eq($$ select tests.plan_stands('left'), tests.parts('left') $$, $$ values ('ended account_closed', array['refunded', 'expired', 'expired']) $$, 'who leaves is charged no more');

/* -- held back ---------------------------------------------------------------------------------------------- */

create function tests.due_in(order_name text) returns interval language sql as $$
  select due_at - now() from public.orders where id = tests.id(order_name);
$$;

select tests.buy_in_parts('held', 'omar', 'six hours');
select tests.days_pass('held', tests.due_in('held 2') - interval '2 days');
select private.warn_of_instalments();
select tests.remember('first notice', id) from public.notifications where subject_id = tests.id('held 2');
update public.orders set status = 'disputed' where id = tests.id('held 1');
select is(private.mail_work(tests.id('first notice')), null, 'while a bank decides no mail says that it is charged');
select private.record_notice(tests.id('first notice'), null);
update private.outbox set status = 'done', attempts = 1, done_at = now() where payload ->> 'notification_id' = tests.id('first notice')::text;
select private.charge_instalments(), private.warn_of_instalments();
select results_eq(
  $$ select private.mail_work(tests.id('first notice')), tests.due_in('held 2') $$, $$ values (null::jsonb, interval '2 days') $$, 'nor later, and it keeps its day'
);
update public.orders set status = 'paid' where id = tests.id('held 1');
select private.warn_of_instalments();
select results_eq(
  $$ select tests.told('held 2'), private.mail_work(tests.id('first notice')) -> 'instalment' ->> 'amount_cents', outbox.status::text from private.outbox where payload ->> 'notification_id' = tests.id('first notice')::text $$,
  $$ values (array['instalment_due'], '16002', 'pending') $$, 'then it is told after all'
);
update public.orders set status = 'disputed' where id = tests.id('held 1');
select tests.days_pass('held', interval '1 day');
select private.charge_instalments(), private.warn_of_instalments();
select results_eq(
  $$ select tests.tries('held 2'), tests.due_in('held 2'), tests.told('held 2') $$, $$ values (null::text, interval '3 days', array['instalment_due']) $$, 'the day is put off while nothing is charged'
);
update public.orders set status = 'paid' where id = tests.id('held 1');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select private.warn_of_instalments();
select is(tests.told('held 2'), array['instalment_due'], 'nor is anything told of a coach who is suspended');
select tests.days_pass('held', interval '3 days');
select private.charge_instalments(), private.warn_of_instalments();
select results_eq(
  $$ select tests.tries('held 2'), tests.due_in('held 2'), tests.told('held 2') $$, $$ values (null::text, interval '3 days', array['instalment_due']) $$, 'or charged'
);
update public.coaches set status = 'approved' where id = tests.coach_id('maria');
select private.charge_instalments(), private.warn_of_instalments(), private.warn_of_instalments();
select results_eq(
  $$ select tests.tries('held 2'), tests.due_in('held 2'), tests.told('held 2') $$, $$ values (null::text, interval '3 days', array['instalment_due', 'instalment_due']) $$, 'once that is lifted its client is told of the new day'
);
select tests.days_pass('held', interval '3 days');
select private.charge_instalments();
select is(tests.tries('held 2'), '1', 'and charged on it');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select is((select public.outbox_work(id) ->> 'is_to_charge' from private.outbox where topic = 'stripe.charge_card' and status = 'pending'), 'false', 'a try of before is looked for, also when nothing is to be charged for now');
select is(private.is_being_charged(tests.id('held 2')), true, 'and nobody pays by hand before it is known what became of it');
select tests.answer('held 2', 1, '{"status": "not_made"}');
select results_eq($$ select tests.tries('held 2'), private.next_try_at(tests.id('held 2')), private.is_being_charged(tests.id('held 2')) $$, $$ values ('1 not_made', null::timestamptz, false) $$, 'one of which nothing was made is none');
update public.coaches set status = 'approved' where id = tests.coach_id('maria');
select private.charge_instalments();
select is(tests.tries('held 2'), '2', 'and another is made later, by a number of its own');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select private.charge_instalments();
select is(tests.due_in('held 2'), interval '0', 'what is tried keeps its day');
update public.coaches set status = 'approved' where id = tests.coach_id('maria');
select public.apply_stripe_event(tests.declined('held 2', 1));
select is(tests.tries('held 2'), '2', 'so that what is told late of the first says nothing about it');
update private.card_charges set created_at = now() - interval '3 days' where order_id = tests.id('held 2');
update private.outbox set status = 'failed' where topic = 'stripe.charge_card' and status = 'pending';
select private.reconcile_money();
select is((select count(*) from private.outbox where topic = 'stripe.charge_card' and status = 'pending' and attempts = 1), 1::bigint, 'what was given up is asked again, however long ago it was');
select tests.answer('held 2', 2, '{"id": "pi_lapsing", "amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "card_declined"}}');
select tests.days_pass('held', interval '7 months');
select private.charge_instalments();
select is(tests.plan_stands('held'), 'ended lapsed', 'when its months are over it ends');

/* -- paid while the coach is suspended ---------------------------------------------------------------------------- */

select tests.buy_in_parts('paid late', 'omar', 'six hours');
select tests.buy_in_parts('not begun', 'ines', 'six hours', is_paid => false);
select tests.days_pass('paid late', tests.due_in('paid late 2'));
select private.charge_instalments();
select tests.answer('paid late 2', 1, '{"id": "pi_paid_late", "amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "card_declined"}}');
create function tests.payable(order_name text) returns boolean language sql security definer as $$
  select private.is_payable(orders) from public.orders where id = tests.id(order_name);
$$;
select is(tests.payable('paid late 2'), true, 'what was declined can be paid by hand');
select admin.suspend_coach('maria', 'Looked into.');
select is(tests.payable('paid late 2'), false, 'not while the coach is suspended');
select is(tests.pay_order('paid late 2'), true, 'on a page that was open it can');
select results_eq(
  $$ select tests.plan_stands('paid late'), tests.parts('paid late'), private.credits_left(tests.id('paid late 2')), private.returned_cents(tests.id('paid late 2')) $$,
  $$ values ('active', array['paid', 'paid', 'pending'], 2, 0) $$, 'it gives its sessions, which wait with those of before, and the plan goes on'
);
select tests.pay_order('not begun 1');
select results_eq(
  $$ select tests.plan_stands('not begun'), tests.parts('not begun') $$, $$ values ('ended package_ended', array['refunded', 'expired', 'expired']) $$, 'a first part goes back, and nothing has begun'
);
select tests.days_pass('paid late', tests.due_in('paid late 3'));
select private.charge_instalments();
select results_eq(
  $$ select tests.plan_stands('paid late'), tests.tries('paid late 3'), tests.due_in('paid late 3') $$, $$ values ('active', null::text, interval '3 days') $$, 'the next waits'
);
select admin.approve_coach('maria');
select tests.days_pass('paid late', interval '3 days');
select private.charge_instalments();
select tests.answer('paid late 3', 1, tests.charged('paid late 3'));
select results_eq(
  $$ select tests.plan_stands('paid late'), tests.parts('paid late') $$, $$ values ('completed', array['paid', 'paid', 'paid']) $$, 'until the suspension is lifted'
);
select tests.buy_in_parts('over', 'ines', 'six hours');
select admin.suspend_coach('maria', 'Looked into again.');
select tests.days_pass('over', interval '7 months');
select private.charge_instalments();
select is(tests.plan_stands('over'), 'ended lapsed', 'one whose months are over ends, suspended or not');
select admin.approve_coach('maria');
select tests.buy_in_parts('gone', 'ines', 'six hours');
update public.profiles set deleted_at = now() where id = tests.id('maria');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select tests.pay_order('gone 2');
select is(private.returned_cents(tests.id('gone 2')), 16002, 'what comes when the coach has left goes back');
update public.profiles set deleted_at = null where id = tests.id('maria');
update public.coaches set status = 'approved' where id = tests.coach_id('maria');

/* -- a coupon ------------------------------------------------------------------------------------------------ */

select admin.make_coupon('TENTH', 10, max_redemptions => 1, minimum_cents => 48000);
select admin.make_coupon('FLAT', amount_cents => 6000);
select tests.buy_in_parts('cheaper', 'dana', 'six hours', is_paid => false, coupon => 'TENTH');
select results_eq(
  $$ select plan_position, amount_cents, discount_cents, fee_cents from public.orders where plan_id = tests.id('cheaper') order by plan_position $$,
  $$ values (1, 14400, 1602, 2400), (2, 14400, 1602, 2400), (3, 14400, 1602, 2400) $$, 'a coupon takes the same off each part, and its minimum is of the whole'
);
select is((select count(*) from private.coupon_redemptions), 1::bigint, 'and is used once');
select tests.buy_in_parts('flat', 'omar', 'six hours', coupon => 'FLAT');
select results_eq(
  $$ select sum(discount_cents), count(distinct discount_cents) from public.orders where plan_id = tests.id('flat') $$, $$ values (6000::bigint, 1::bigint) $$, 'an amount is of the whole too'
);

/* -- a deposit ----------------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select throws_ok(
  format('select public.make_package(''A package'', '''', 60, 8000, %s, 6, true, %s, %s)', sessions, coalesce(parts::text, 'null'), deposit), 'OFDEP', null,
  format('of %s sessions in %s parts a deposit is not for %s', sessions, coalesce(parts, 1), deposit)
) from (values (6, null, 2), (6, 3, 0), (6, 3, 3), (6, 3, 5), (6, 3, -2)) as refused (sessions, parts, deposit);
select lives_ok($$ select public.make_package('With a deposit', '', 60, 8001, 7, 6, true, 4, 4) $$, 'seven can be paid four, one, one and one');
select tests.as_admin();
select tests.remember('with a deposit', id) from public.offers where title = 'With a deposit';
select throws_ok($$ update public.offers set deposit_sessions = 3 where id = tests.id('with a deposit') $$, '23514', null, 'nor does the table hold what leaves no whole sessions');

select tests.sign_in_as('zoe');
select results_eq(
  $$ select amounts_cents from public.instalment_offer_terms(tests.id('with a deposit')) $$, $$ values (array[32004, 8001, 8001, 8001]) $$, 'the first part is the deposit'
);
select matches(
  (select words from public.instalment_offer_terms(tests.id('with a deposit'))),
  '4 parts, a deposit of \$320\.04 and then \$80\.01 each,.*the first now, which pays for 4 sessions, the others .* Each of these pays for one session\.', 'the words say so'
);
select tests.as_admin();
select admin.make_coupon('SEVENTH', 10);
select tests.buy_in_parts('begun', 'zoe', 'with a deposit', coupon => 'SEVENTH');
select results_eq(
  $$ select plan_position, session_count, amount_cents, discount_cents, fee_cents from public.orders where plan_id = tests.id('begun') order by plan_position $$,
  $$ values (1, 4, 28800, 3204, 4800), (2, 1, 7200, 801, 1200), (3, 1, 7200, 801, 1200), (4, 1, 7200, 801, 1200) $$,
  'each part is for its sessions, and a coupon takes the same off each of them'
);
select is((select version from public.payment_plans where id = tests.id('begun')), 3, 'the wording is one of its own');
select results_eq(
  $$ select sessions_paid, credits_left, sessions_to_come, payments_to_come from private.package_sessions((select orders from public.orders where id = tests.id('begun 1'))) $$,
  $$ values (4, 4, 3, 3) $$, 'four can be booked at once'
);

/* -- who reads what ------------------------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select results_eq($$ select count(*) from public.payment_plans $$, $$ values (2::bigint) $$, 'a client reads their plans');
select isnt_empty($$ select from public.plan_details(tests.id('hers 2')) where words like 'I agree%' $$, 'and what they agreed to');
select is_empty($$ select from public.plan_details(tests.id('flat 1')) $$, 'nobody else''s');
select is_empty($$ select from public.plan_parts(tests.id('flat 1')) $$, 'in no way');
select throws_ok($$ select words from public.payment_plans $$, '42501', null, 'not by the table');
select throws_ok($$ update public.payment_plans set status = 'completed' $$, '42501', null, 'which they do not write');
select throws_ok($$ select from private.card_charges $$, '42501', null, 'and tries are for nobody');
select tests.sign_in_as('maria');
select isnt_empty($$ select from public.payment_plans $$, 'a coach reads those of their practice');
select is_empty($$ select from public.plan_details(tests.id('hers 2')) $$, 'not what the client agreed to');
select tests.sign_in_as('lena');
select is_empty($$ select from public.payment_plans $$, 'another none');
select tests.sign_out();
select throws_ok($$ select from public.payment_plans $$, '42501', null, 'and a visitor nothing');
select tests.as_admin();
select is_empty($$ select * from admin.money_mismatch $$, 'every cent is where it was said to be');

select * from finish();
rollback;
