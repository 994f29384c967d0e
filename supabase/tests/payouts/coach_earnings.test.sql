/* What a coach reads of their money: session by session, and in all. */
begin;
select plan(30);

-- Dana paid Maria for several sessions, one of which came back whole and one half; Lena is another coach.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('long over', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '49 hours', status => 'completed');
select tests.book('just over', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '48 hours', status => 'completed');
select tests.book('nobody knows', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '72 hours', status => 'completed');
select tests.book('half back', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '5 hours');
select tests.book('all back', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '3 days');
select tests.book('unpaid', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '4 days', status => 'held');
select tests.earn('with lena', 'dana', 'lena''s hour');
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('half back'), 5000), public.cancel_booking(tests.id('all back'), 10000);
select tests.as_admin();
select tests.know_who_came(name) from unnest(array['long over', 'just over']) as name;
select tests.know_who_came('nobody knows', 'unknown', is_settled => false);
select private.release_earnings();

create function tests.balance() returns integer[] language sql as $$
  select array[pending_cents, on_hold_cents, available_cents, paid_cents, owed_cents] from public.coach_balance();
$$;
grant execute on function tests.balance to authenticated;

select tests.sign_in_as('maria');
select results_eq(
  'select booking_id, client_name, paid_cents, refunded_cents, fee_cents, share_cents, state::text, hold::text from public.coach_earnings()',
  $$ values
    (tests.id('all back'), 'Dana Example', 10000, 10000, 0, 0, 'nothing', null),
    (tests.id('half back'), 'Dana Example', 10000, 5000, 750, 4250, 'pending', 'window'),
    (tests.id('just over'), 'Dana Example', 10000, 0, 1500, 8500, 'pending', 'window'),
    (tests.id('long over'), 'Dana Example', 10000, 0, 1500, 8500, 'on_hold', 'no_account'),
    (tests.id('nobody knows'), 'Dana Example', 10000, 0, 1500, 8500, 'on_hold', 'attendance') $$,
  'a coach sees what each paid session earned, the fee on what stayed, where the money is and what it waits for'
);
select is_empty('select from public.coach_earnings() where paid_cents + subsidy_cents <> refunded_cents + fee_cents + share_cents', 'every cent is somebody''s');
select is((select count(*) from public.coach_earnings(page_size => 3, page_number => 2)), 2::bigint, 'it comes in pages');
select is(tests.balance(), array[12750, 17000, 0, 0, 0], 'and what is pending and on hold in all');
select is(
  (select array[sum(share_cents) filter (where state = 'pending'), sum(share_cents) filter (where state = 'on_hold')] from public.coach_earnings()),
  array[12750, 17000]::bigint[], 'which is the sum of the sessions'
);

/* -- sent ------------------------------------------------------------------------------------------------ */

select tests.as_admin();
select tests.open_payouts('maria');
select tests.sign_in_as('maria');
select is(tests.balance(), array[12750, 8500, 8500, 0, 0], 'what can be sent is available');
select results_eq($$ select state::text from public.coach_earnings() where booking_id = tests.id('long over') $$, array['available'], 'session by session');
select tests.as_admin();
select private.send_transfers();
select tests.sign_in_as('maria');
select is(tests.balance(), array[12750, 8500, 8500, 0, 0], 'also while it is on its way');
select tests.as_admin();
select tests.make_transfers();
select tests.sign_in_as('maria');
select is(tests.balance(), array[12750, 8500, 0, 8500, 0], 'and paid when it has arrived');
select results_eq(
  $$ select state::text, hold::text, sent_cents from public.coach_earnings() where booking_id = tests.id('long over') $$,
  $$ values ('paid', null, 8500) $$, 'as the session says'
);

/* -- taken back -------------------------------------------------------------------------------------------- */

select tests.as_admin();
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('long over');
select tests.make_reversals(3000);
select tests.sign_in_as('maria');
select is(tests.balance(), array[12750, 8500, 0, 5500, 5500], 'what could not be taken back is owed');
select results_eq(
  $$ select state::text, share_cents, sent_cents from public.coach_earnings() where booking_id = tests.id('long over') $$,
  $$ values ('nothing', 0, 5500) $$, 'and is of a session that brings nothing any more'
);
select tests.as_admin();
select admin.settle_attendance(tests.id('nobody knows'), 'held', 'Both said so.');
select private.release_earnings();
select private.send_transfers();
select tests.make_transfers();
select tests.sign_in_as('maria');
select is(tests.balance(), array[12750, 0, 0, 8500, 0], 'it is kept back of the next');
select results_eq(
  $$ select state::text, sent_cents, netted_cents from public.coach_earnings() where booking_id = tests.id('nobody knows') $$,
  $$ values ('paid', 3000, 5500) $$, 'as that session says'
);

/* -- a dispute, and a period of a membership ------------------------------------------------------------------ */

select tests.as_admin();
update public.orders set status = 'disputed' where id = tests.order_id('just over');
select tests.sign_in_as('maria');
select results_eq(
  $$ select state::text, hold::text from public.coach_earnings() where booking_id = tests.id('just over') $$, $$ values ('on_hold', 'dispute') $$,
  'money that is asked for back is on hold'
);
select is(tests.balance(), array[4250, 8500, 0, 8500, 0], 'in all, too');
select tests.as_admin();
select public.apply_stripe_event(jsonb_build_object('id', 'evt_dispute', 'type', 'charge.dispute.created', 'data', jsonb_build_object('object', jsonb_build_object(
  'id', 'dp_1', 'status', 'needs_response', 'reason', 'general', 'amount', 10000, 'created', 1800000000,
  'payment_intent', 'pi_' || tests.order_id('nobody knows'), 'evidence_details', '{"due_by": 1900000000, "submission_count": 0}'::jsonb,
  'balance_transactions', '[{"id": "txn_1", "amount": -10000, "fee": 1500, "net": -11500}]'::jsonb
))));
select tests.make_reversals();
select tests.sign_in_as('maria');
select results_eq(
  $$ select state::text, hold::text, share_cents, sent_cents from public.coach_earnings() where booking_id = tests.id('nobody knows') $$,
  $$ values ('on_hold', 'dispute', 8500, 0) $$, 'so is what was sent already, and is taken back'
);
select is(
  (select array[on_hold_cents, available_cents, paid_cents] from public.coach_balance()), array[17000, 0, 5500], 'in all, too'
);
select tests.as_admin();
select tests.create_membership_offer('steady', coach => 'lena');
select tests.subscribe('dana''s', 'dana', 'steady');
select tests.remember('period', id) from public.orders where membership_id = tests.id('dana''s');
select tests.sign_in_as('lena');
select results_eq(
  $$ select booking_id, order_id, share_cents, state::text from public.coach_earnings() where booking_id is null $$,
  $$ values (null::uuid, tests.id('period'), 17000, 'pending') $$, 'a period of a membership is one line'
);

/* -- taken back by an admin in Stripe's dashboard --------------------------------------------------------------- */

select tests.as_admin();
select tests.create_coach('petra');
select tests.open_payouts('petra');
select tests.earn('taken', 'dana', 'petra''s hour');
select tests.earn('kept', 'dana', 'petra''s hour');
select private.send_transfers();
select tests.make_transfers();
select private.record_stripe_transfer(tests.stripe_transfer((
  select transfers.id from public.transfers join public.earnings on earnings.id = earning_id where booking_id = tests.id('taken')
), '{"theirs": 5000}'));
select tests.sign_in_as('petra');
select is(tests.balance(), array[0, 0, 0, 12000, 0], 'what an admin took back is not on its way: nobody sends it again');
select tests.as_admin();
select private.request_refund(bookings, 4000, 'admin_cancelled') from public.bookings where id = tests.id('taken');
select tests.make_reversals();
select tests.sign_in_as('petra');
select is(tests.balance(), array[0, 0, 0, 12000, 0], 'nor when a part of it goes back to the client');
select tests.as_admin();
select tests.earn('next', 'dana', 'petra''s hour');
update public.orders set status = 'disputed' where id = tests.order_id('taken');
select tests.sign_in_as('petra');
select is(tests.balance(), array[0, 1600, 8500, 12000, 0], 'while a bank asks for it, what is missing of the share waits, and nothing of others does');
select tests.as_admin();
update public.orders set status = 'released' where id = tests.order_id('taken');
select private.request_refund(bookings, 6000, 'coach_no_show') from public.bookings where id = tests.id('taken');
select tests.make_reversals();
select tests.sign_in_as('petra');
select is(tests.balance(), array[0, 0, 8500, 8500, 0], 'given back in full, the rest is taken back as well, and the next is on its way in full');
select tests.as_admin();
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- of others --------------------------------------------------------------------------------------------------- */

select is_empty($$ select from public.coach_earnings() where client_name <> 'Dana Example' or order_id not in (tests.id('period'), tests.order_id('with lena')) $$, 'a coach sees nothing of another coach''s');
select tests.sign_in_as('dana');
select is_empty('select from public.coach_earnings()', 'who has no practice earns nothing');
select is(tests.balance(), array[0, 0, 0, 0, 0], 'at all');
select tests.sign_out();
select throws_ok('select public.coach_earnings()', '42501', null, 'a visitor does not ask');
select throws_ok('select public.coach_balance()', '42501', null, 'nor for this');
select tests.as_admin();
select is_empty($$ select from admin.money_mismatch$$, 'all of it adds up');

select * from finish();
rollback;
