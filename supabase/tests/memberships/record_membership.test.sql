/* What Stripe says of memberships becomes rows: in any order, twice, and too late. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe', 'ben']) as name;
select tests.create_coach('maria');
select tests.create_coach('lena');
select tests.create_membership_offer('steady', coach => 'maria');
select tests.create_membership_offer('tried', coach => 'lena', trial_days => 14);
select tests.create_membership_offer('yearly', coach => 'lena', price_cents => 199900, sessions_a_month => 3, billing_interval => 'year');

create function tests.periods_of(membership text) returns table (amount integer, fee integer, paid integer, sessions bigint, status text, balance bigint)
language sql as $$
  select orders.amount_cents, orders.fee_cents,
    (select sum(payments.amount_cents)::integer from public.payments where payments.order_id = orders.id and payments.status = 'succeeded'),
    (select sum(sessions) from public.credit_entries where credit_entries.order_id = orders.id),
    orders.status::text,
    (select sum(ledger_entries.amount_cents) from private.ledger_journals join private.ledger_entries on journal_id = ledger_journals.id
     where ledger_journals.order_id = orders.id and account = 'client_money')
  from public.orders where orders.membership_id = tests.id(membership) order by orders.period_starts_at;
$$;

/* -- the first period ------------------------------------------------------------------------------- */

select tests.begin_membership('dana''s', client => 'dana', offer => 'steady');
select tests.as_service();
select is(public.apply_stripe_event(tests.membership_event('dana''s', event_id => 'evt_1')), true, 'an event is applied');
select is(public.apply_stripe_event(tests.membership_event('dana''s', event_id => 'evt_1')), false, 'once');
select is(public.apply_stripe_event(tests.membership_event('dana''s', event_id => 'evt_2')), true, 'another says the same');
set constraints all immediate;
set constraints all deferred;
select tests.as_admin();
select results_eq(
  $$ select status::text, stripe_subscription_id, period_ends_at from public.memberships where id = tests.id('dana''s') $$,
  $$ values ('active', 'dana''s subscription', now() + interval '1 month') $$, 'the membership has begun'
);
select results_eq(
  $$ select * from tests.periods_of('dana''s') $$, $$ values (20000, 3000, 20000, 2::bigint, 'paid', -20000::bigint) $$,
  'its period is an order: paid, in the ledger, with two sessions'
);
select is((select credits_end_at from public.orders where membership_id = tests.id('dana''s')), now() + interval '1 month', 'which end with the period');
select is((select invoice_number from public.payments join public.orders on orders.id = order_id where membership_id = tests.id('dana''s')), 'LOCAL-0', 'and its invoice');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select public.apply_stripe_event(tests.membership_event('dana''s', 1));
select results_eq(
  $$ select amount, sessions from tests.periods_of('dana''s') $$, $$ values (20000, 2::bigint), (20000, 2) $$, 'a renewal is the next'
);

/* -- older readings ---------------------------------------------------------------------------------- */

select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"status": "past_due"}', '{"status": "open"}'));
select is((select status::text from public.memberships where id = tests.id('dana''s')), 'past_due', 'a renewal failed');
select public.apply_stripe_event(tests.membership_event('dana''s', 0, read_at => now() - interval '1 minute'));
select results_eq(
  $$ select status::text, period_ends_at from public.memberships where id = tests.id('dana''s') $$,
  $$ values ('past_due', now() + interval '2 months') $$, 'what was read before changes nothing'
);
select is((select count(*) from tests.periods_of('dana''s')), 2::bigint, 'and an invoice that is open is no order');
select public.apply_stripe_event(tests.membership_event('dana''s', 2, '{"status": "canceled"}', '{"status": "void"}'));
select results_eq(
  $$ select status::text, ended_at is not null from public.memberships where id = tests.id('dana''s') $$, $$ values ('ended', true) $$, 'it ends'
);
select public.apply_stripe_event(tests.membership_event('dana''s', 2, '{"status": "active"}'));
select is((select status::text from public.memberships where id = tests.id('dana''s')), 'ended', 'for good');
select is((select count(*) from tests.periods_of('dana''s')), 3::bigint, 'though money that came is written down');

/* -- trials and years ----------------------------------------------------------------------------------- */

select tests.begin_membership('omar''s', client => 'omar', offer => 'tried');
select public.apply_stripe_event(tests.membership_event(
  'omar''s', 0, jsonb_build_object('status', 'trialing', 'trial_ends_at', now() + interval '14 days'), '{"amount_paid": 0, "payment_intent_id": null}'
));
select results_eq(
  $$ select * from tests.periods_of('omar''s') $$, $$ values (0, 0, null::integer, 2::bigint, 'paid', null::bigint) $$,
  'a trial gives its sessions for nothing'
);
select is((select status::text from public.memberships where id = tests.id('omar''s')), 'trialing', 'and says so');
select public.apply_stripe_event(tests.membership_event('omar''s', 1, '{}', '{"amount_paid": 0, "payment_intent_id": null}'));
select is((select count(*) from tests.periods_of('omar''s')), 1::bigint, 'only at first: nothing else costs nothing');
select isnt_empty(
  $$ select from private.security_events where kind = 'invoice_amount_mismatch' and detail ->> 'membership_id' = tests.id('omar''s')::text $$, 'and somebody looks at it'
);
select public.apply_stripe_event(tests.membership_event('omar''s', 2, '{"status": "canceled"}', '{"status": "void"}'));
select tests.begin_membership('omar''s second', client => 'omar', offer => 'tried');
select is((select trial_days from public.memberships where id = tests.id('omar''s second')), 0, 'a trial is had once with each coach');

select tests.create_profile('kim');
select tests.create_membership_offer('plain', coach => 'lena');
select tests.begin_membership('kim''s', client => 'kim', offer => 'tried');
select tests.begin_membership('kim''s again', client => 'kim', offer => 'plain');
select public.apply_stripe_event(tests.membership_event(
  'kim''s', 0, jsonb_build_object('status', 'trialing', 'price_id', 'price tried', 'trial_ends_at', now() + interval '14 days'),
  '{"amount_paid": 0, "payment_intent_id": null, "price_id": "price tried"}'
));
select results_eq(
  $$ select amount, sessions from tests.periods_of('kim''s') $$, $$ values (0, 2::bigint) $$,
  'a trial that was begun on a page before another one was wanted is one all the same'
);
select is((select trial_days from public.memberships where id = tests.id('kim''s')), 14, 'and is noted as one');
select public.apply_stripe_event(tests.membership_event('kim''s', 1, '{"status": "canceled"}', '{"status": "void"}'));
select is((select trial_days from public.memberships where id = tests.id('kim''s')), 14, 'whatever is said of it later');
select tests.begin_membership('kim''s second', client => 'kim', offer => 'tried');
select is((select trial_days from public.memberships where id = tests.id('kim''s second')), 0, 'so there is no other with that coach');

select tests.create_profile('ida');
select tests.begin_membership('ida''s', client => 'ida', offer => 'plain');
select tests.begin_membership('ida''s again', client => 'ida', offer => 'tried');
select public.apply_stripe_event(tests.membership_event('ida''s', 0, '{"price_id": "price plain"}', '{"price_id": "price plain"}'));
select is((select trial_days from public.memberships where id = tests.id('ida''s')), 0, 'who paid on an earlier page without one has tried nothing');
select public.apply_stripe_event(tests.membership_event('ida''s', 1, '{"status": "canceled"}', '{"status": "void"}'));
select tests.begin_membership('ida''s second', client => 'ida', offer => 'tried');
select is((select trial_days from public.memberships where id = tests.id('ida''s second')), 14, 'and may still');

select tests.begin_membership('zoe''s', client => 'zoe', offer => 'yearly');
select public.apply_stripe_event(tests.membership_event('zoe''s'));
select results_eq(
  $$ select amount, sessions from tests.periods_of('zoe''s') $$, $$ values (199900, 36::bigint) $$, 'a year gives its twelve months at once'
);

/* -- what is not to be ------------------------------------------------------------------------------------ */

select tests.begin_membership('ben''s', client => 'ben', offer => 'steady');
select public.apply_stripe_event(tests.membership_event('ben''s', 0, '{}', '{"amount_paid": 100}'));
select is_empty($$ select from tests.periods_of('ben''s') $$, 'another amount is no payment');
select public.apply_stripe_event(tests.membership_event('ben''s', 0, '{}', '{"currency": "eur"}'));
select is_empty($$ select from tests.periods_of('ben''s') $$, 'nor another currency');
select public.apply_stripe_event(tests.membership_event('ben''s', 0, '{}', '{"price_id": "price tried"}'));
select is_empty($$ select from tests.periods_of('ben''s') $$, 'nor another coach''s price');
select is((select count(*) from private.security_events where kind = 'invoice_amount_mismatch' and detail ->> 'membership_id' = tests.id('ben''s')::text), 3::bigint, 'an admin looks at each');
select public.apply_stripe_event(tests.membership_event('ben''s', 0, '{}', '{"id": "change", "amount_paid": 1234, "has_proration": true, "is_period": false}'));
select results_eq(
  $$ select amount, sessions from tests.periods_of('ben''s') $$, $$ values (1234, null::bigint) $$, 'what Stripe reckons for a change is money, and gives no sessions'
);
select public.apply_stripe_event(tests.membership_event('ben''s', 1, '{"id": "a second one"}', '{"subscription_id": "a second one", "id": "twice"}'));
select results_eq(
  $$ select reason::text, refunds.amount_cents from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id('ben''s') $$,
  $$ values ('paid_twice', 20000) $$, 'a second subscription of one membership is paid back'
);
select is((select sum(sessions) from tests.periods_of('ben''s')), null, 'gives nothing');
select is((select payload ->> 'subscription_id' from private.outbox where topic = 'stripe.end_subscription'), 'a second one', 'and is ended');
select is((select stripe_subscription_id from public.memberships where id = tests.id('ben''s')), 'ben''s subscription', 'while the first stands');
select public.apply_stripe_event(tests.membership_event('ben''s', 0, jsonb_build_object('membership_id', gen_random_uuid()), jsonb_build_object('membership_id', 'none')));
select isnt_empty($$ select from private.security_events where kind = 'subscription_of_nobody' $$, 'one of nobody is noted');
select is(
  public.apply_stripe_event('{"id": "evt_left", "type": "checkout.session.expired", "data": {"object": {"mode": "subscription", "metadata": {}}}}'), true,
  'a payment page that was left is noted, and nothing follows'
);

/* -- tax on top -------------------------------------------------------------------------------------------- */

select tests.create_profile('tess');
create function tests.paid(membership text) returns table (price integer, tax integer, is_taxed boolean) language sql as $$
  select payments.amount_cents, payments.tax_cents, orders.automatic_tax
  from public.payments join public.orders on orders.id = order_id
  where membership_id = tests.id(membership) order by period_starts_at;
$$;
select public.apply_stripe_event(tests.membership_event('zoe''s', 1, '{}', '{"amount_paid": 216392, "tax_cents": 16492}'));
select is((select count(*) from tests.paid('zoe''s')), 1::bigint, 'tax of a membership that has none is no payment');
update private.platform_settings set automatic_tax = true;
select tests.begin_membership('tess''s', client => 'tess', offer => 'steady');
select ok((select words from public.membership_consents where membership_id = tests.id('tess''s')) like '%$200.00, plus tax where it applies, is charged%', 'who subscribes agrees to the tax');
update private.platform_settings set automatic_tax = false;
select public.apply_stripe_event(tests.membership_event('tess''s', 0, '{}', '{"amount_paid": 21650, "tax_cents": 1650}'));
select results_eq(
  $$ select private.mail_work(id) #>> '{membership,is_taxed}' from public.notifications where kind = 'membership_begun' and recipient_id in (tests.id('tess'), tests.id('zoe')) order by recipient_id = tests.id('tess') $$,
  $$ values ('false'), ('true') $$, 'whose charges are taxed reads it in the mails about them, and nobody else'
);
select public.apply_stripe_event(tests.membership_event('tess''s', 1, '{}', '{"amount_paid": 21650, "tax_cents": 1649}'));
select public.apply_stripe_event(tests.membership_event('tess''s', 2, '{}', '{"amount_paid": 20000, "tax_cents": 0}'));
select results_eq(
  $$ select * from tests.paid('tess''s') $$, $$ values (20000, 1650, true), (20000, 0, true) $$, 'a period is its price and the tax that Stripe says, to the cent'
);
select results_eq(
  $$ select account::text, sum(amount_cents) from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
     where order_id in (select id from public.orders where membership_id = tests.id('tess''s')) group by account order by sum(amount_cents) desc $$,
  $$ values ('stripe_balance', 41650::bigint), ('tax_payable', -1650), ('client_money', -40000) $$, 'the tax is owed to a state'
);
select is((select sum(fee_cents) from public.orders where membership_id = tests.id('tess''s')), 6000::bigint, 'our fee is of the price');
select is((select count(*) from admin.money_mismatch where what in ('tax', 'payments and refunds')), 0::bigint, 'and all of it adds up');

/* -- heard of late ---------------------------------------------------------------------------------------- */

select is_empty($$ select from private.outbox where topic = 'stripe.read_subscription' $$, 'what is told from the start is not read again');
select tests.begin_membership('late', client => 'zoe', offer => 'steady');
select public.apply_stripe_event(tests.membership_event('late', 1, '{}', '{"status": "open"}'));
select public.apply_stripe_event(tests.membership_event('late', 1));
select results_eq(
  $$ select (payload ->> 'membership_id')::uuid from private.outbox where topic = 'stripe.read_subscription' $$,
  $$ values (tests.id('late')) $$, 'of one that had been renewed when we first heard of it, what was paid before is read, once'
);

/* -- heard of too late ------------------------------------------------------------------------------------- */

select tests.create_profile('ruby');
select tests.create_coach(name) from unnest(array['nora', 'petra']) as name;
select tests.create_membership_offer('of nora', coach => 'nora');
select tests.create_membership_offer('of petra', coach => 'petra');
create function tests.gone_back(membership text) returns table (reason text, cents integer) language sql as $$
  select reason::text, refunds.amount_cents from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id(membership);
$$;

select tests.begin_membership('ruby''s', client => 'ruby', offer => 'of nora');
select public.apply_stripe_event(tests.membership_event('ruby''s'));
select private.forget_clerk_user('user_nora');
select is_empty($$ select * from tests.gone_back('ruby''s') where reason = 'paid_too_late' $$, 'what was known when a coach left was looked at then');
select public.apply_stripe_event(tests.membership_event('ruby''s', 1, '{}', jsonb_build_object('paid_at', now() - interval '1 hour', 'price_id', 'price of nora')));
select results_eq(
  $$ select cents from tests.gone_back('ruby''s') where reason = 'paid_too_late' $$, 'values (20000)', 'what was paid before and is heard of after that goes back whole'
);
select is((select sum(sessions) from tests.periods_of('ruby''s')), 0::numeric, 'and gives no sessions');
select public.apply_stripe_event(tests.membership_event('ruby''s', 1, '{}', jsonb_build_object('paid_at', now() - interval '1 hour', 'price_id', 'price of nora')));
select is((select count(*) from tests.gone_back('ruby''s') where reason = 'paid_too_late'), 1::bigint, 'once');

select tests.begin_membership('kept', client => 'ruby', offer => 'of petra');
select public.apply_stripe_event(tests.membership_event('kept', 0, '{}', '{"id": "reckoned", "amount_paid": 1234, "has_proration": true, "is_period": false}'));
select admin.suspend_coach('petra', 'Looked into.');
select public.apply_stripe_event(tests.membership_event('kept', 0, '{}', '{"id": "reckoned", "amount_paid": 1234, "has_proration": true, "is_period": false}'));
select is_empty($$ select * from tests.gone_back('kept') $$, 'what gave no sessions of its own is not given back when its coach is suspended later');

select * from finish();
rollback;
