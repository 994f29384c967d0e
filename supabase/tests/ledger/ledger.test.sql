/* The ledger: every step of money once, in entries that sum to zero, never changed. */
begin;
select plan(25);

select tests.create_profile('dana');
select tests.create_coach('maria');

create function tests.journals_of(booking text) returns table (kind text, stripe_balance integer, client_money integer) language sql as $$
  select ledger_journals.kind::text,
    sum(amount_cents) filter (where account = 'stripe_balance')::integer,
    sum(amount_cents) filter (where account = 'client_money')::integer
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  where ledger_journals.order_id = tests.order_id(booking)
  group by ledger_journals.id
  order by ledger_journals.id;
$$;

/* -- what is posted -------------------------------------------------------------------------- */

select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'held');
select is_empty($$ select from tests.journals_of('held') $$, 'a hold moves no money');
select tests.pay('held');
select results_eq($$ select * from tests.journals_of('held') $$, $$ values ('payment', 10000, -10000) $$, 'a payment does');
select tests.as_service();
select lives_ok('set constraints all immediate', 'which a webhook can commit');
set constraints all deferred;
select tests.as_admin();
select public.apply_stripe_event(tests.checkout_completed('held', 'evt_again'));
select is((select count(*) from tests.journals_of('held')), 1::bigint, 'however often Stripe tells of it');

select private.request_refund(bookings, 4000, 'client_cancelled') from public.bookings where id = tests.id('held');
select is((select count(*) from tests.journals_of('held')), 1::bigint, 'a refund that is asked for moves nothing yet');
select private.record_refund(id, '{"id": "re_1", "status": "succeeded"}') from public.refunds;
select private.record_refund(id, '{"id": "re_1", "status": "succeeded"}') from public.refunds;
select results_eq(
  $$ select * from tests.journals_of('held') $$, $$ values ('payment', 10000, -10000), ('refund', -4000, 4000) $$, 'one that is made does, once'
);
select is_empty('select from admin.money_mismatch', 'all of it adds up');
select private.record_refund(id, '{"id": "re_1", "status": "failed"}') from public.refunds;
select private.record_refund(id, '{"id": "re_1", "status": "failed"}') from public.refunds;
select results_eq(
  $$ select * from tests.journals_of('held') $$, $$ values ('payment', 10000, -10000), ('refund', -4000, 4000), ('refund_failed', 4000, -4000) $$,
  'one that a bank refuses later is undone, once'
);
select is_empty('select from admin.money_mismatch', 'and adds up');

select private.request_refund(bookings, 1000, 'admin_cancelled') from public.bookings where id = tests.id('held');
select private.record_refund(id, '{"id": "re_2", "status": "failed"}') from public.refunds where reason = 'admin_cancelled';
select is((select count(*) from tests.journals_of('held')), 3::bigint, 'one that failed at once moved nothing');

insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id) values
  (tests.order_id('held'), 'surplus', 10000, 'pi_surplus'), (tests.order_id('held'), 'failed', 10000, 'pi_failed');
select results_eq(
  $$ select * from tests.journals_of('held') offset 3 $$, $$ values ('payment', 10000, -10000) $$,
  'a second payment is money that came, a declined one is not'
);

/* -- what holds, whoever writes --------------------------------------------------------------- */

set constraints all immediate;
select throws_ok(
  $$ select private.post_journal('payment', 'x', tests.order_id('held'), '{"stripe_balance": 100, "client_money": -99}') $$, 'LGSUM', null,
  'a step that does not sum to zero is refused'
);
select throws_ok($$ select private.post_journal('payment', 'x', tests.order_id('held'), '{"stripe_balance": 100}') $$, 'LGSUM', null, 'nor half a step');
set constraints all deferred;
select throws_ok(
  $$ select private.post_journal('payment', 'x', tests.order_id('held'), '{}'); set constraints all immediate $$, 'LGSUM', null, 'nor an empty one'
);
set constraints all deferred;
select throws_ok(
  $$ select private.post_journal('payment', 'x', tests.order_id('held'), '{"stripe_balance": 0, "client_money": 0}') $$, '23514', null,
  'nor one that moves nothing'
);
select throws_ok('update private.ledger_journals set kind = ''refund''', 'LGFIX', null, 'a step is never changed');
select throws_ok('delete from private.ledger_journals', 'LGFIX', null, 'nor removed');
select throws_ok('update private.ledger_entries set amount_cents = 1', 'LGFIX', null, 'nor its entries');
select throws_ok('delete from private.ledger_entries', 'LGFIX', null, 'which stay');
select throws_ok('truncate private.ledger_entries', 'LGFIX', null, 'all of them');

/* -- what does not add up is seen --------------------------------------------------------------- */

select is_empty('select from admin.money_mismatch', 'all of it adds up');
alter table public.payments disable trigger payments__post_journal;
insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id) values (tests.order_id('held'), 'surplus', 500, 'pi_unseen');
select results_eq(
  'select what, order_id, told_cents - other_cents from admin.money_mismatch', $$ values ('payments and refunds', tests.order_id('held'), 500::numeric) $$,
  'a payment that the ledger does not know'
);
select private.post_journal('payment', 'found', tests.order_id('held'), '{"stripe_balance": 500, "client_money": -500}');
select is_empty('select from admin.money_mismatch', 'is mended by another step');
insert into public.refunds (order_id, payment_id, reason, status, amount_cents, stripe_refund_id)
select order_id, id, 'made_in_stripe', 'succeeded', 50000, 're_3' from public.payments where stripe_payment_intent_id = 'pi_surplus';
select results_eq(
  'select what, order_id from admin.money_mismatch where what like ''more%''', $$ values ('more went back than came', tests.order_id('held')) $$,
  'more that went back than came shows, whatever the ledger says'
);

/* -- who reads ---------------------------------------------------------------------------------- */

select is_empty(
  $$ select role, target from unnest(array['anon', 'authenticated', 'service_role']) as role
     cross join unnest(array['private.ledger_journals', 'private.ledger_entries', 'admin.money_mismatch']) as target
     where has_any_column_privilege(role, target, 'select, insert, update, references') $$,
  'no role of the API reads or writes any of it'
);

select * from finish();
rollback;
