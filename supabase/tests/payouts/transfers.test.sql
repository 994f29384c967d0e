/* What coaches are sent, what is taken back, and what they owe then. */
begin;
select plan(64);

select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

create function tests.sent(booking text) returns table (amount integer, netted integer, status text) language sql as $$
  select transfers.amount_cents, transfers.netted_cents, transfers.status::text
  from public.earnings join public.transfers on transfers.earning_id = earnings.id
  where earnings.booking_id = tests.id(booking)
  order by transfers.created_at, transfers.amount_cents desc;
$$;
create function tests.taken_back(booking text) returns table (why text, asked integer, reversed integer, status text) language sql as $$
  select transfer_reversals.why::text, transfer_reversals.amount_cents, transfer_reversals.reversed_cents, transfer_reversals.status::text
  from public.earnings
  join public.transfers on transfers.earning_id = earnings.id
  join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
  where earnings.booking_id = tests.id(booking)
  order by transfer_reversals.why, transfer_reversals.amount_cents desc;
$$;
create function tests.transfer_id(booking text) returns uuid language sql as $$
  select transfers.id from public.earnings join public.transfers on transfers.earning_id = earnings.id
  where earnings.booking_id = tests.id(booking) and transfers.status <> 'failed'
  order by transfers.amount_cents desc limit 1;
$$;
create function tests.payable(coach text) returns bigint language sql as $$
  select coalesce(sum(ledger_entries.amount_cents), 0)
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  join public.orders on orders.id = ledger_journals.order_id
  where orders.coach_id = tests.coach_id(coach) and ledger_entries.account = 'coach_payable';
$$;
create function tests.give_back(booking text, cents integer, reason public.refund_reason default 'admin_cancelled') returns void language sql as $$
  select private.request_refund(bookings, cents, reason) from public.bookings where id = tests.id(booking);
$$;
create function tests.work(topic text) returns jsonb language sql as $$
  select jsonb_agg(public.outbox_work(outbox.id)) from private.outbox where outbox.topic = work.topic;
$$;

/* -- waiting for the account ---------------------------------------------------------------------- */

select tests.earn('first', 'dana', 'maria''s hour');
select results_eq($$ select * from tests.sent('first') $$, $$ values (8500, 0, 'waiting') $$, 'a share is to be sent');
create function tests.hold_of(booking text) returns text language sql as $$
  select private.unsent_because(transfers)::text from public.transfers where id = tests.transfer_id(booking);
$$;
select is(tests.hold_of('first'), 'no_account', 'which waits for an account');
select private.send_transfers();
select is((select count(*) from private.outbox where topic = 'stripe.transfer'), 0::bigint, 'Stripe is not asked');
select tests.open_payouts('maria', status) from unnest(array['incomplete']::public.payout_account_status[]) as status;
select is(tests.hold_of('first'), 'account_incomplete', 'for Stripe to have what it asks for');
select tests.open_payouts('maria', 'verifying');
select is(tests.hold_of('first'), 'account_verifying', 'and to have looked at it');
select tests.open_payouts('maria', 'rejected');
select is(tests.hold_of('first'), 'account_rejected', 'for ever, if Stripe will not pay');
select private.send_transfers();
select results_eq($$ select * from tests.sent('first') $$, $$ values (8500, 0, 'waiting') $$, 'so long it waits');
select tests.open_payouts('maria');
update public.orders set status = 'disputed' where id = tests.order_id('first');
select is(tests.hold_of('first'), 'dispute', 'also while the client''s bank is asked for the money');
select private.send_transfers();
select results_eq($$ select * from tests.sent('first') $$, $$ values (8500, 0, 'waiting') $$, 'and is not sent');
update public.orders set status = 'released' where id = tests.order_id('first');
select is(tests.hold_of('first'), null, 'until nothing stands in the way');

/* -- sending -------------------------------------------------------------------------------------------- */

select private.send_transfers();
select private.send_transfers();
select results_eq($$ select * from tests.sent('first') $$, $$ values (8500, 0, 'requested') $$, 'then Stripe is asked by itself');
select is(
  tests.work('stripe.transfer'),
  jsonb_build_array(jsonb_build_object(
    'transfer_id', tests.transfer_id('first'), 'earning_id', (select id from public.earnings), 'order_id', tests.order_id('first'),
    'amount_cents', 8500, 'currency', 'usd', 'stripe_account_id', 'acct_maria', 'charge_id', null, 'payment_intent_id', 'pi_' || tests.order_id('first')
  )),
  'once, with what it needs to know'
);
select is(tests.payable('maria'), -8500::bigint, 'which is owed to the coach');
select private.record_transfer(tests.transfer_id('first'), jsonb_build_object('charge_id', 'ch_first', 'transfer', tests.stripe_transfer(tests.transfer_id('first'))));
select results_eq($$ select * from tests.sent('first') $$, $$ values (8500, 0, 'succeeded') $$, 'until it is made');
select is((select stripe_charge_id from public.payments where order_id = tests.order_id('first')), 'ch_first', 'the charge that had to be asked for is kept');
select is(tests.payable('maria'), 0::bigint, 'then nothing is owed');
select is(tests.work('stripe.transfer'), '[null]', 'nor is there anything left to ask');
select public.apply_stripe_event(jsonb_build_object('id', 'evt_' || n, 'type', 'transfer.created', 'data', jsonb_build_object(
  'object', tests.stripe_transfer(tests.transfer_id('first')) || '{"reversals": {"data": []}}'
))) from generate_series(1, 2) as n;
select is(tests.payable('maria'), 0::bigint, 'webhooks only confirm');
select is((select count(*) from private.ledger_journals where kind = 'transfer'), 1::bigint, 'one step in the ledger');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- a webhook that is faster ------------------------------------------------------------------------------ */

select tests.earn('second', 'dana', 'maria''s hour');
select private.send_transfers();
select private.record_stripe_transfer(tests.stripe_transfer(tests.transfer_id('second')));
select results_eq($$ select * from tests.sent('second') $$, $$ values (8500, 0, 'succeeded') $$, 'the webhook may be faster than the answer');
select private.record_transfer(tests.transfer_id('second'), '{"refused": "late"}');
select private.record_transfer(tests.transfer_id('second'), null);
select results_eq($$ select * from tests.sent('second') $$, $$ values (8500, 0, 'succeeded') $$, 'and stands');

/* -- taken back ------------------------------------------------------------------------------------------------ */

select tests.give_back('first', 4000);
select results_eq($$ select * from tests.taken_back('first') $$, $$ values ('refunded', 3400, null::integer, 'requested') $$, 'a refund takes back its part of the share');
select private.settle_order(tests.order_id('first'));
select is((select count(*) from tests.taken_back('first')), 1::bigint, 'once for the same refund');
select is(tests.work('stripe.reverse_transfer'), jsonb_build_array(jsonb_build_object(
  'reversal_id', (select id from public.transfer_reversals), 'amount_cents', 3400,
  'stripe_transfer_id', 'tr_' || tests.transfer_id('first'), 'stripe_account_id', 'acct_maria'
)), 'by Stripe');
select is(tests.payable('maria'), 3400::bigint, 'the coach owes it meanwhile');
select tests.make_reversals();
select tests.make_reversals();
select results_eq($$ select * from tests.taken_back('first') $$, $$ values ('refunded', 3400, 3400, 'succeeded') $$, 'until Stripe has it');
select is(tests.payable('maria'), 0::bigint, 'then nobody owes anything');
select is_empty('select from admin.money_mismatch', 'all of it adds up');
select tests.give_back('first', 6000, 'coach_no_show');
select results_eq($$ select asked from tests.taken_back('first') order by 1 $$, array[3400, 5100], 'the rest goes the same way');
select tests.make_reversals();

/* -- owed --------------------------------------------------------------------------------------------------------- */

select tests.give_back('second', 10000);
select tests.make_reversals(3000);
select results_eq($$ select * from tests.taken_back('second') $$, $$ values ('refunded', 8500, 3000, 'succeeded') $$, 'of an account that is nearly empty Stripe takes what there is');
select is(private.coach_debt_cents(tests.coach_id('maria')), 5500, 'the coach owes the rest');
select is(tests.payable('maria'), 5500::bigint, 'as the ledger says');
select is((select count(*) from public.transfer_reversals where status = 'requested'), 0::bigint, 'it is not tried again');
select is_empty('select from admin.money_mismatch', 'all of it adds up');
select tests.earn('third', 'dana', 'maria''s hour');
select private.send_transfers();
select results_eq($$ select * from tests.sent('third') $$, $$ values (3000, 5500, 'requested') $$, 'it is kept back of the next share');
select tests.make_transfers();
select is(private.coach_debt_cents(tests.coach_id('maria')), 0, 'then it is paid');
select is(tests.payable('maria'), 0::bigint, 'in the ledger, too');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select tests.give_back('third', 10000);
select results_eq($$ select * from tests.taken_back('third') $$, $$ values ('refunded', 3000, null::integer, 'requested') $$, 'when that session goes back as well, what was sent is taken back');
select results_eq($$ select * from tests.sent('third') $$, $$ values (3000, 0, 'succeeded') $$, 'and what was kept back is owed again');
select tests.make_reversals(0);
select results_eq($$ select * from tests.taken_back('third') $$, $$ values ('refunded', 3000, 0, 'failed') $$, 'an account that is empty gives nothing');
select is(private.coach_debt_cents(tests.coach_id('maria')), 8500, 'and all of it is owed');
select tests.earn('fourth', 'dana', 'maria''s hour');
select private.send_transfers();
select results_eq($$ select * from tests.sent('fourth') $$, $$ values (0, 8500, 'succeeded') $$, 'a share that is all owed is sent nowhere');
select is(tests.payable('maria'), 0::bigint, 'and pays the debt');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- on its way ------------------------------------------------------------------------------------------------------ */

select tests.earn('fifth', 'dana', 'maria''s hour');
select tests.give_back('fifth', 5000);
select results_eq($$ select * from tests.sent('fifth') $$, $$ values (4250, 0, 'waiting') $$, 'what is not sent yet becomes less');
select private.send_transfers();
select tests.give_back('fifth', 5000, 'coach_no_show');
select throws_ok(
  $$ select private.reversal_work(transfer_reversals.id) from public.transfer_reversals where status = 'requested' $$, 'ORLTR', null,
  'what is on its way is taken back once it has arrived'
);
select private.record_transfer(tests.transfer_id('fifth'), '{"refused": "insufficient_capabilities_for_transfer"}');
select results_eq($$ select * from tests.sent('fifth') $$, $$ values (4250, 0, 'failed') $$, 'one that Stripe refuses needs no taking back');
select is_empty($$ select from tests.taken_back('fifth') $$, 'and there is none');
select is((select count(*) from private.security_events where kind = 'transfer_refused'), 1::bigint, 'it is noted');

select tests.earn('sixth', 'dana', 'maria''s hour');
select private.send_transfers();
select private.record_transfer(tests.transfer_id('sixth'), '{"refused": "account_closed"}');
select results_eq($$ select amount, status from tests.sent('sixth') order by status $$, $$ values (8500, 'failed'), (8500, 'waiting') $$, 'one that Stripe refuses is planned anew');
select is(tests.hold_of('sixth'), 'refused', 'for later');
update public.transfers set settled_at = now() - interval '6 hours' where status = 'failed';
select private.send_transfers();
select is((select count(*) from tests.sent('sixth') where status = 'requested'), 1::bigint, 'and then asked for again, under another name');
select tests.make_transfers();

/* -- in Stripe's dashboard --------------------------------------------------------------------------------------------- */

select private.record_stripe_transfer('{"id": "tr_theirs", "amount": 100, "metadata": {"transfer_id": "not ours"}}');
select private.record_stripe_transfer(tests.stripe_transfer(tests.transfer_id('sixth')) || '{"amount": 9000}');
select is((select count(*) from private.security_events where kind = 'transfer_made_in_stripe'), 2::bigint, 'a transfer that we did not ask for is noted');
select private.record_stripe_transfer(tests.stripe_transfer(tests.transfer_id('sixth'), '{"theirs": 8500}')) from generate_series(1, 2);
select results_eq($$ select * from tests.taken_back('sixth') $$, $$ values ('made_in_stripe', 8500, 8500, 'succeeded') $$, 'a reversal that was made there is taken in, once');
select is((select count(*) from public.transfers where status = 'waiting'), 0::bigint, 'and nobody sends that again');
select tests.give_back('sixth', 10000);
select is((select count(*) from tests.taken_back('sixth')), 1::bigint, 'a refund takes back what is not back yet: nothing');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- what we add -------------------------------------------------------------------------------------------------------- */

select tests.open_payouts('lena');
select tests.book('coupon', client => 'dana', offer => 'lena''s hour', starts_at => now() + interval '6 days', status => 'held');
update public.orders set amount_cents = 7000, discount_cents = 3000, discount_bearer = 'platform' where id = tests.order_id('coupon');
select tests.pay('coupon');
select tests.move_booking('coupon', now() - interval '60 hours');
select private.complete_bookings();
select tests.know_who_came('coupon');
select private.release_earnings();
select results_eq(
  $$ select amount_cents, payment_id is not null from public.transfers where coach_id = tests.coach_id('lena') order by 1 $$,
  $$ values (1500, false), (7000, true) $$, 'no more is tied to a charge than was paid: what we add is sent by itself'
);

select tests.book('gift', client => 'dana', offer => 'lena''s hour', starts_at => now() + interval '7 days', status => 'held');
update public.orders set amount_cents = 0, discount_cents = 10000, discount_bearer = 'platform', status = 'paid', paid_at = now()
where id = tests.order_id('gift');
select private.confirm_booking(tests.order_id('gift'));
select tests.move_booking('gift', now() - interval '70 hours');
select private.complete_bookings();
select tests.know_who_came('gift');
select private.release_earnings();
select results_eq(
  $$ select amount_cents, payment_id from public.transfers join public.earnings on earnings.id = earning_id where booking_id = tests.id('gift') $$,
  $$ values (8500, null::uuid) $$, 'a session that our coupon paid is paid to its coach all the same'
);
select private.send_transfers();
select tests.make_transfers();
select is(tests.payable('lena'), 0::bigint, 'and sent');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- what does not add up is seen ------------------------------------------------------------------------------------------ */

alter table public.transfers disable trigger transfers__post_journal;
insert into public.transfers (earning_id, coach_id, amount_cents, status)
select id, coach_id, 1, 'succeeded' from public.earnings where booking_id = tests.id('gift');
select results_eq(
  'select what, coach_id, told_cents - other_cents from admin.money_mismatch order by what',
  $$ values ('more was sent than earned', tests.coach_id('lena'), 1::numeric), ('what is owed to a coach', tests.coach_id('lena'), -1) $$,
  'a cent too much shows, and that the ledger does not know it'
);

select * from finish();
rollback;
