/* What Stripe takes of a payment, and the papers of it, are read once it is there. */
begin;
select plan(15);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'held');

create function tests.payment() returns public.payments language sql stable as $$
  select payments.* from public.payments where payments.order_id = tests.order_id('held') and payments.status = 'succeeded';
$$;
create function tests.charge(fee_cents integer, invoice jsonb default null) returns jsonb language sql as $$
  select jsonb_build_object('charge_id', 'ch_1', 'fee_cents', charge.fee_cents, 'receipt_url', 'https://stripe.test/r', 'invoice', charge.invoice);
$$;
create function tests.invoice_paid(event_id text) returns jsonb language sql as $$
  select jsonb_build_object('id', event_id, 'type', 'invoice.paid', 'data', jsonb_build_object('object', jsonb_build_object(
    'id', 'in_1', 'object', 'invoice', 'number', 'W-1', 'hosted_invoice_url', 'https://stripe.test/i', 'invoice_pdf', 'https://stripe.test/i.pdf',
    'payments', jsonb_build_object('data', jsonb_build_array(
      jsonb_build_object('payment', jsonb_build_object('payment_intent', 'pi_' || tests.order_id('held'))))))));
$$;

insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id) values (tests.order_id('held'), 'failed', 10000, 'pi_failed');
select is_empty($$ select from private.outbox where topic = 'stripe.read_charge' $$, 'a card that was declined has no charge to read');
select lives_ok($$ select public.apply_stripe_event(tests.invoice_paid('evt_early')) $$, 'an invoice of a payment that we do not know yet is left');

select tests.pay('held');
update public.payments set status = 'succeeded' where id = (tests.payment()).id;
select results_eq(
  $$ select payload from private.outbox where topic = 'stripe.read_charge' $$,
  $$ select jsonb_build_object('payment_id', (tests.payment()).id) $$, 'that of a payment is read, once'
);
select is(private.read_charge_work((tests.payment()).id), jsonb_build_object('payment_intent_id', (tests.payment()).stripe_payment_intent_id), 'by its payment intent');

select private.record_charge((tests.payment()).id, null);
select is((tests.payment()).fee_cents, null, 'nothing that was read says nothing');
select private.record_charge((tests.payment()).id, tests.charge(320));
select private.record_charge((tests.payment()).id, tests.charge(999));
select is(((tests.payment()).stripe_charge_id, (tests.payment()).fee_cents, (tests.payment()).receipt_url)::text, '(ch_1,320,https://stripe.test/r)', 'charge, fee and receipt are kept, the first fee for ever');
select results_eq(
  $$ select account::text, sum(amount_cents) from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
     where order_id = tests.order_id('held') group by account order by 1 $$,
  $$ values ('client_money', -10000::bigint), ('stripe_balance', 9680), ('stripe_fees', 320) $$, 'and the fee has left what Stripe holds'
);
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select isnt(private.read_charge_work((tests.payment()).id), null, 'it can be read again for an invoice that was not there');
select public.apply_stripe_event(tests.invoice_paid('evt_1'));
select public.apply_stripe_event(tests.invoice_paid('evt_2'));
select is((tests.payment()).invoice_number, 'W-1', 'which a webhook tells as well');
select is((tests.payment()).invoice_pdf_url, 'https://stripe.test/i.pdf', 'with its addresses');
select private.record_charge((tests.payment()).id, tests.charge(320, null));
select is((tests.payment()).invoice_number, 'W-1', 'and which stays when the charge is read without it');
select is(private.read_charge_work((tests.payment()).id), null, 'once all is known there is nothing to read');

select tests.sign_in_as('dana');
select results_eq('select invoice_number, receipt_url from public.payments where status = ''succeeded''', $$ values ('W-1', 'https://stripe.test/r') $$, 'the client finds invoice and receipt');
select throws_ok('select fee_cents from public.payments', '42501', null, 'what Stripe takes of it is not theirs to see');

select * from finish();
rollback;
