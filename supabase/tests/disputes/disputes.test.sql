/* Disputes: what a bank takes back, whatever the order in which Stripe tells of it. */
begin;
select plan(78);

select tests.create_profile('dana');
select tests.create_profile('zoe');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.open_payouts('maria');
update private.platform_settings set books_settle_minutes = 0, admins_email = 'books@walkthrough.example';

/* A dispute of a booking's payment as Stripe has it: its money was taken, and given back, in movements of its own. */
create function tests.dispute(booking text, status text, taken boolean default true, given_back boolean default false, submissions integer default 0)
returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', 'dp_' || booking, 'object', 'dispute', 'status', dispute.status, 'reason', 'product_not_received',
    'amount', payments.amount_cents, 'created', floor(extract(epoch from now())), 'payment_intent', payments.stripe_payment_intent_id,
    'evidence_details', jsonb_build_object('due_by', floor(extract(epoch from now() + interval '14 days')), 'submission_count', submissions),
    'balance_transactions',
      case when taken then jsonb_build_array(jsonb_build_object('id', 'txn_a_' || booking, 'amount', -payments.amount_cents, 'fee', 1500, 'net', -payments.amount_cents - 1500)) else '[]' end
      || case when given_back then jsonb_build_array(jsonb_build_object('id', 'txn_b_' || booking, 'amount', payments.amount_cents, 'fee', 0, 'net', payments.amount_cents)) else '[]' end
  )
  from public.payments where payments.order_id = tests.order_id(booking) and payments.status = 'succeeded';
$$;
create function tests.tell(kind text, object jsonb) returns boolean language sql as $$
  select public.apply_stripe_event(jsonb_build_object('id', 'evt_' || gen_random_uuid(), 'type', 'charge.dispute.' || kind, 'data', jsonb_build_object('object', object)));
$$;
create function tests.accounts(booking text) returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(account, cents), '{}')
  from (
    select account, sum(amount_cents) as cents from private.ledger_entries
    join private.ledger_journals on ledger_journals.id = journal_id
    where order_id = tests.order_id(booking) group by account having sum(amount_cents) <> 0
  ) as sums;
$$;
create function tests.order_status(booking text) returns text language sql as $$
  select status::text from public.orders where id = tests.order_id(booking);
$$;
create function tests.asked(topic text) returns bigint language sql as $$ select count(*) from private.outbox where outbox.topic = asked.topic; $$;
create function tests.finds_nothing() returns boolean language sql as $$
  select not exists (select from admin.money_mismatch where what <> 'what Stripe says of it');
$$;

/* -- a dispute that is won ----------------------------------------------------------------------- */

select throws_ok(
  $$ select tests.tell('created', '{"id": "dp_x", "status": "needs_response", "payment_intent": "pi_none", "amount": 1, "created": 1, "reason": "general"}') $$,
  'ORLTR', null, 'a dispute of a payment that is not known yet is sent again'
);
insert into private.balance_transactions (id, type, source, amount_cents, fee_cents, net_cents, reporting_category, created_at, seen_at)
values ('txn_odd', 'charge', 'ch_odd', 9000, 0, 9000, 'charge', now(), now() - interval '1 day');
select admin.take_in_money('ch_odd', 'Paid by hand in the dashboard.');
select lives_ok(
  $$ select tests.tell('created', '{"id": "dp_x", "charge": "ch_odd", "status": "needs_response", "payment_intent": "pi_none", "amount": 1, "created": 1, "reason": "general"}') $$,
  'one of money that an admin has taken in is no news to any row'
);
select tests.earn('won', client => 'dana', offer => 'maria''s hour');
select private.send_transfers();
select tests.make_transfers();
select is(tests.accounts('won'), '{"stripe_balance": 1500, "platform_fees": -1500}', 'a session is paid, earned and sent');

select tests.tell('created', tests.dispute('won', 'needs_response', taken => false));
select is(tests.order_status('won'), 'disputed', 'its order is disputed once a bank objects');
select is((select amount_cents from public.transfer_reversals), 8500, 'and what was sent is taken back');
select tests.tell('funds_withdrawn', tests.dispute('won', 'needs_response'));
select tests.tell('funds_withdrawn', tests.dispute('won', 'needs_response'));
select tests.make_reversals();
select is(
  tests.accounts('won'), '{"stripe_balance": -1500, "platform_fees": -1500, "stripe_fees": 1500, "disputed_money": 10000, "coach_payable": -8500}',
  'the money is with the bank, once, and costs a fee'
);
select ok(tests.finds_nothing(), 'all of it adds up');
select private.send_transfers();
select is((select count(*) from public.transfers where status in ('requested', 'waiting')), 0::bigint, 'nothing is sent while it is open');
select results_eq('select status::text, fee_cents, lost_cents from public.disputes', $$ values ('needs_response', 1500, 0) $$, 'what it costs is kept');
select is((select lost_cents from public.disputes), 0, 'and nothing is lost yet');

select tests.tell('closed', tests.dispute('won', 'won'));
select is(tests.order_status('won'), 'paid', 'won: the order is as before');
select tests.tell('funds_reinstated', tests.dispute('won', 'won', given_back => true));
select tests.tell('updated', tests.dispute('won', 'under_review'));
select is((select status::text from public.disputes), 'won', 'news that come late change nothing any more');
select private.release_earnings();
select is(tests.order_status('won'), 'released', 'and is released again');
select private.send_transfers();
select tests.make_transfers();
select is(tests.accounts('won'), '{"platform_fees": -1500, "stripe_fees": 1500}', 'its coach is sent the share again; the fee is gone');
select ok(tests.finds_nothing(), 'all of it adds up');

/* -- one that is lost ------------------------------------------------------------------------------- */

select tests.earn('lost', client => 'dana', offer => 'maria''s hour');
select private.send_transfers();
select tests.make_transfers();
select tests.tell('closed', tests.dispute('lost', 'lost'));
select is(tests.order_status('lost'), 'refunded', 'lost, even if that is the first we hear of it: the money counts as returned');
select is((select share_cents from public.earnings where booking_id = tests.id('lost')), 0, 'nothing was earned');
select tests.make_reversals(0);
select is(
  tests.accounts('lost'), '{"stripe_balance": -10000, "stripe_fees": 1500, "coach_payable": 8500}',
  'what could not be taken back is what the coach owes'
);
select is((select lost_cents from public.disputes where stripe_dispute_id = 'dp_lost'), 10000, 'what was lost is kept');
select tests.tell('created', tests.dispute('lost', 'needs_response'));
select tests.tell('closed', tests.dispute('lost', 'lost'));
select is(tests.order_status('lost'), 'refunded', 'told again, or late, nothing changes');
select ok(tests.finds_nothing(), 'all of it adds up');
select tests.tell('updated', tests.dispute('lost', 'appeal_under_review'));
select is(tests.order_status('lost'), 'refunded', 'an appeal leaves it lost');
select tests.tell('updated', tests.dispute('lost', 'won', given_back => true));
select is(tests.accounts('lost') ->> 'client_money', null, 'until it is won after all');
select is((select share_cents from public.earnings where booking_id = tests.id('lost')), 8500, 'then the share is the coach''s again');
select private.send_transfers();
select tests.make_transfers();
select is(tests.accounts('lost') -> 'coach_payable', null, 'less what they owed');
select ok(tests.finds_nothing(), 'all of it adds up');

/* -- an inquiry --------------------------------------------------------------------------------------- */

select tests.earn('asked', client => 'dana', offer => 'maria''s hour');
select private.send_transfers();
select tests.make_transfers();
select tests.tell('created', tests.dispute('asked', 'warning_needs_response', taken => false));
select is(tests.order_status('asked'), 'disputed', 'an inquiry holds the order');
select is_empty(
  $$ select from public.transfer_reversals join public.transfers on transfers.id = transfer_id join public.earnings on earnings.id = earning_id where booking_id = tests.id('asked') $$,
  'but takes nothing back'
);
select is(tests.accounts('asked'), '{"stripe_balance": 1500, "platform_fees": -1500}', 'and moves nothing');
select tests.tell('updated', tests.dispute('asked', 'warning_under_review', taken => false, submissions => 1));
select tests.tell('closed', tests.dispute('asked', 'warning_closed', taken => false, submissions => 1));
select private.release_earnings();
select is(tests.order_status('asked'), 'released', 'closed, all is as before');
select is((select evidence_sent_at from public.disputes where stripe_dispute_id = 'dp_asked'), now(), 'an answer given in Stripe''s dashboard counts as ours');

/* -- refunds meanwhile --------------------------------------------------------------------------------- */

select tests.book('early', client => 'dana', offer => 'maria''s hour');
select tests.tell('created', tests.dispute('early', 'needs_response'));
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('early'), 10000);
select tests.as_admin();
select is(public.outbox_work(id), null, 'a refund waits while a bank has the money') from private.outbox where topic = 'stripe.refund';
select is(tests.order_status('early'), 'disputed', 'with its order');
select public.complete_outbox(id, '{"id": null, "status": "disputed"}') from private.outbox where topic = 'stripe.refund';
select is((select status::text from public.refunds), 'requested', 'also when Stripe says so before its webhook does');
select tests.tell('closed', tests.dispute('early', 'won', given_back => true));
select is(
  public.outbox_work(id) ->> 'gross_cents', '10000', 'and is asked for when the bank gives it back'
) from private.outbox where topic = 'stripe.refund' order by id desc limit 1;
select is((select attempts from private.outbox where topic = 'stripe.refund' order by id desc limit 1), 1, 'after it was looked for: it was asked for weeks ago');
select private.record_refund(id, '{"id": "re_early", "status": "succeeded"}') from public.refunds;
select is(tests.order_status('early'), 'refunded', 'then the client has it');
select ok(tests.finds_nothing(), 'all of it adds up');

select tests.book('gone', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(9));
select tests.tell('created', tests.dispute('gone', 'needs_response'));
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('gone'), 10000);
select tests.as_admin();
select tests.tell('closed', tests.dispute('gone', 'lost'));
select is((select status::text from public.refunds where order_id = tests.order_id('gone')), 'failed', 'when the bank keeps it there is nothing to give back');
select is(private.returned_cents(tests.order_id('gone')), 10000, 'and it is returned once');
select ok(tests.finds_nothing(), 'all of it adds up');
delete from private.outbox where topic = 'stripe.refund';
select tests.tell('updated', tests.dispute('gone', 'appeal_under_review'));
select is_empty($$ select from private.outbox where topic = 'stripe.refund' $$, 'nor while there is an appeal');
select tests.tell('updated', tests.dispute('gone', 'won', given_back => true));
select tests.tell('updated', tests.dispute('gone', 'won', given_back => true));
select results_eq(
  $$ select (public.outbox_work(id) ->> 'gross_cents')::integer from private.outbox where topic = 'stripe.refund' $$, array[10000],
  'once that is won the client gets what they were to get'
);
select private.record_refund(id, '{"id": "re_gone", "status": "succeeded"}') from public.refunds where order_id = tests.order_id('gone');
select is(tests.order_status('gone'), 'refunded', 'and has it');
select ok(tests.finds_nothing(), 'all of it adds up');

/* A bank takes a part of a series, of which two sessions are to go back: the first still can, of the other what is left. */
select tests.book_series('part', client => 'dana', offer => 'maria''s hour', starts => array[tests.on_day(18), tests.on_day(25), tests.on_day(32)]);
select tests.tell('created', tests.dispute('part 1', 'needs_response') || '{"amount": 16000, "balance_transactions": [{"id": "txn_part", "amount": -16000, "fee": 1500, "net": -17500}]}');
select private.request_refund(bookings, 10000, 'coach_cancelled') from public.bookings where id = tests.id('part 1');
update public.refunds set created_at = created_at - interval '1 minute' where booking_id = tests.id('part 1');
select private.request_refund(bookings, 10000, 'coach_cancelled') from public.bookings where id = tests.id('part 2');
delete from private.outbox where topic = 'stripe.refund';
select tests.tell('closed', tests.dispute('part 1', 'lost') || '{"amount": 16000, "balance_transactions": [{"id": "txn_part", "amount": -16000, "fee": 1500, "net": -17500}]}');
select results_eq(
  $$ select booking_id, status::text, amount_cents from public.refunds where order_id = tests.order_id('part 1') and status <> 'failed' order by created_at $$,
  $$ values (tests.id('part 1'), 'requested', 10000), (tests.id('part 2'), 'requested', 4000) $$, 'of what a bank did not take refunds go back as far as it goes'
);
select results_eq(
  $$ select work ->> 'gross_cents', work ->> 'is_decided', work ->> 'lost_cents'
     from private.outbox cross join lateral public.outbox_work(id) as work where topic = 'stripe.refund' order by length(work ->> 'gross_cents') $$,
  $$ values ('4000', 'true', '16000'), ('10000', 'true', '16000') $$, 'and are asked for again'
);
select is(tests.order_status('part 1'), 'refunded', 'then all of it is back');
select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', 'succeeded', 'amount', amount_cents))
from public.refunds where order_id = tests.order_id('part 1') and status = 'requested';
select ok(tests.finds_nothing(), 'all of it adds up');
delete from private.outbox where topic = 'stripe.refund';
select tests.tell('closed', tests.dispute('part 1', 'lost') || '{"amount": 16000, "balance_transactions": [{"id": "txn_part", "amount": -16000, "fee": 1500, "net": -17500}]}');
select is_empty($$ select from private.outbox where topic = 'stripe.refund' $$, 'told again, nothing more goes back');
select tests.tell('updated', tests.dispute('part 1', 'won') || '{"amount": 16000, "balance_transactions": [{"id": "txn_part", "amount": -16000, "fee": 1500, "net": -17500}, {"id": "txn_part_back", "amount": 16000, "fee": 0, "net": 16000}]}');
select results_eq(
  $$ select booking_id, amount_cents, (public.outbox_work(outbox.id) ->> 'gross_cents')::integer
     from private.outbox join public.refunds on refunds.id = (payload ->> 'refund_id')::uuid where topic = 'stripe.refund' $$,
  $$ values (tests.id('part 2'), 6000, 6000) $$, 'what an appeal wins back of it goes back, too'
);
select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', 'succeeded'))
from public.refunds where order_id = tests.order_id('part 1') and status = 'requested';
select results_eq(
  $$ select private.session_returned_cents(bookings) from public.bookings where order_id = tests.order_id('part 1') order by position $$,
  array[10000, 10000, 0], 'all that was to go back of each session, and no more'
);
select ok(tests.finds_nothing(), 'all of it adds up');

/* Of $1.00 and 10 cents of tax, 5 cents, of which one is tax, are to go back; then a bank takes 6 cents. */
update private.platform_settings set automatic_tax = true;
select tests.book('taxed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(15), status => 'held');
update private.platform_settings set automatic_tax = false;
update public.orders set amount_cents = 100, fee_cents = 15 where id = tests.order_id('taxed');
select public.apply_stripe_event(tests.taxed_checkout('taxed', 10));
select private.return_payment(payments, 5, 'client_cancelled') from public.payments where order_id = tests.order_id('taxed');
select tests.tell('closed', tests.dispute('taxed', 'lost') || '{"amount": 6, "balance_transactions": [{"id": "txn_taxed", "amount": -6, "fee": 0, "net": -6}]}');
select results_eq(
  $$ select refunds.tax_cents, refunds.status::text, lost_cents, lost_tax_cents from public.disputes join public.refunds using (payment_id) where stripe_dispute_id = 'dp_taxed' $$,
  $$ values (1, 'requested', 6, 0) $$, 'what a bank takes is price and tax of what is left besides'
);
select tests.tell('updated', tests.dispute('taxed', 'won', given_back => true) || '{"amount": 110, "balance_transactions": [{"id": "txn_taxed", "amount": -6, "fee": 0, "net": -6}, {"id": "txn_back", "amount": 6, "fee": 0, "net": 6}]}');
select ok(tests.finds_nothing(), 'all of it adds up');

/* What was given back elsewhere is not given back by Stripe, too. */
select tests.book_series('check', client => 'zoe', offer => 'maria''s hour', starts => array[tests.on_day(19), tests.on_day(26)]);
insert into public.refunds (order_id, payment_id, amount_cents, reason, status, settled_at, is_elsewhere)
select order_id, id, 10000, 'admin_cancelled', 'succeeded', now(), true from public.payments where order_id = tests.order_id('check 1');
select tests.tell('created', tests.dispute('check 1', 'needs_response') || '{"amount": 6000, "balance_transactions": [{"id": "txn_check", "amount": -6000, "fee": 0, "net": -6000}]}');
select private.request_refund(bookings, 10000, 'coach_cancelled') from public.bookings where id = tests.id('check 2');
select tests.tell('closed', tests.dispute('check 1', 'lost') || '{"amount": 6000, "balance_transactions": [{"id": "txn_check", "amount": -6000, "fee": 0, "net": -6000}]}');
select results_eq(
  $$ select amount_cents, status::text from public.refunds where order_id = tests.order_id('check 1') and not is_elsewhere order by amount_cents $$,
  $$ values (4000, 'requested'), (6000, 'failed') $$, 'a refund is of what is left besides what was given back elsewhere'
);
select private.record_refund(id, '{"id": "re_check", "status": "succeeded"}') from public.refunds where order_id = tests.order_id('check 1') and status = 'requested';
select ok(tests.finds_nothing(), 'all of it adds up');

/* Of a price that is gone a cent of tax is left, of which no refund is. */
select tests.book('tax left', client => 'zoe', offer => 'maria''s hour', starts_at => tests.on_day(20), status => 'held');
update public.orders set amount_cents = 100, fee_cents = 15, automatic_tax = true where id = tests.order_id('tax left');
select public.apply_stripe_event(tests.taxed_checkout('tax left', 1));
insert into public.refunds (order_id, payment_id, amount_cents, reason)
select order_id, id, 40, 'client_cancelled' from public.payments where order_id = tests.order_id('tax left');
insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, lost_cents, opened_at)
select order_id, id, 'dp_tax left', 'lost', 'general', 100, 100, now() from public.payments where order_id = tests.order_id('tax left');
select private.settle_refunds_of_dispute(disputes) from public.disputes where stripe_dispute_id = 'dp_tax left';
select is((select status::text from public.refunds where order_id = tests.order_id('tax left')), 'failed', 'a refund of which nothing is left fails, though something is of the payment');

/* -- what is said to the bank ----------------------------------------------------------------------------- */

select tests.book('asks', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '50 hours', status => 'completed');
insert into private.meeting_participants (meeting_id, participant_uuid, display_name, customer_key, joined_at, left_at)
select tests.meeting_id('asks'), name, name, private.customer_key(tests.id(name)), now() - interval '50 hours', now() - interval '49 hours'
from unnest(array['dana', 'maria', 'zoe']) as name;
select tests.tell('created', tests.dispute('asks', 'needs_response'));
select is(
  (select run_after from private.outbox where topic = 'stripe.submit_evidence' order by id desc limit 1),
  to_timestamp(floor(extract(epoch from now() + interval '14 days'))) - interval '3 days',
  'the answer is sent three days before it is due'
);
create function tests.evidence() returns jsonb language sql as $$
  select public.outbox_work(id) from private.outbox where topic = 'stripe.submit_evidence' order by id desc limit 1;
$$;
select is(tests.evidence() ->> 'client_name', 'Dana Example', 'with the name of who paid');
select is(jsonb_path_query_array(tests.evidence(), '$.sessions[*].visits[*].party'), '["client", "coach"]', 'the visits of both parties, and of nobody else');
select ok(tests.evidence()::text !~* 'zoe', 'whose names are not told');
select tests.tell('updated', tests.dispute('asks', 'under_review', submissions => 1));
select is(tests.evidence(), null, 'once');

select tests.book('twice', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(12));
select tests.tell('created', tests.dispute('twice', 'warning_needs_response', taken => false));
select tests.tell('updated', tests.dispute('twice', 'warning_under_review', taken => false, submissions => 1));
select is(tests.evidence(), null, 'a bank that asked and was answered');
select tests.tell('updated', tests.dispute('twice', 'needs_response', submissions => 1));
select is(tests.evidence() ->> 'status', 'needs_response', 'is answered again when it takes the money');
select is((select evidence_sent_at from public.disputes where stripe_dispute_id = 'dp_twice'), null, 'because it has no answer to that');
select tests.tell('closed', tests.dispute('twice', 'won', given_back => true, submissions => 2));

/* -- who is told, who may see ------------------------------------------------------------------------------ */

select bag_eq(
  $$ select kind, recipient_id from public.notifications where subject_id = (select id from public.disputes where stripe_dispute_id = 'dp_won') $$,
  $$ select kind, tests.id('maria') from unnest(array['dispute_opened', 'dispute_won']) as kind $$, 'the coach is told that it is open and how it ended, once'
);
select bag_eq(
  $$ select payload ->> 'kind' from private.outbox where topic = 'mail_admins' and payload ->> 'stripe_dispute_id' = 'dp_asked' $$,
  array['dispute_asked', 'dispute_won'], 'so are the admins'
);
select is(
  private.mail_dispute(notifications), '{"dispute": {"amount_cents": 10000, "offer_title": "maria''s hour", "client_name": "Dana Example"}}', 'the mail says what it is about'
) from public.notifications where kind = 'dispute_won' limit 1;
select is(private.mail_dispute(notifications) -> 'dispute' ->> 'amount_cents', '100', 'of the price alone')
from public.notifications where subject_id = (select id from public.disputes where stripe_dispute_id = 'dp_taxed') limit 1;
select ok(not private.is_still_true(notifications), 'that one was opened is not told once it is decided')
from public.notifications where kind = 'dispute_opened' and subject_id = (select id from public.disputes where stripe_dispute_id = 'dp_won');
select results_eq('select stripe_dispute_id from admin.open_disputes', array['dp_asks'], 'admins see what is open');

select tests.sign_in_as('maria');
select is((select count(*) from public.disputes), 11::bigint, 'a coach sees the disputes of their orders');
select throws_ok('select fee_cents from public.disputes', '42501', null, 'not what they cost us');
select throws_ok('select amount_cents from public.disputes', '42501', null, 'nor what a bank asks for, of which a part is tax');
select tests.sign_in_as('lena');
select is_empty('select from public.disputes', 'not those of others');
select tests.sign_in_as('dana');
select is_empty('select id from public.disputes', 'the client does not see what is said about them');
select tests.sign_out();
select throws_ok('select id from public.disputes', '42501', null, 'a visitor may not ask');

select * from finish();
rollback;
