/* A client does not come to a session of a membership: what they agreed to, when it is charged, declined, paid, waived, and who is told. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe', 'ines', 'ruth']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_host(format('host %s', n)) from generate_series(1, 4) as n;
select tests.open_payouts('maria');
with strict as (
  insert into public.cancellation_policies (name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, no_show_fee_cents)
  values ('Strict', 1440, 240, 50, 2501)
  returning id
)
update public.coaches set cancellation_policy_id = strict.id from strict where coaches.id = tests.coach_id('maria');
select tests.create_membership_offer('steady', coach => 'maria', sessions_a_month => 12);
select tests.create_membership_offer('free of it', coach => 'lena');

create function tests.period_of(membership text) returns uuid language sql security definer as $$
  select id from public.orders where membership_id = tests.id(membership) order by period_starts_at desc limit 1;
$$;
/*
 * A session of a membership's period that is over, and what is decided of who came; settled if so said.
 * Each some days before the last, so that no two overlap.
 */
create function tests.passed(
  name text, client text, membership text, outcome public.attendance_outcome default 'client_missing'
) returns void language plpgsql as $$
declare
  v_number integer := (select count(*)::integer from public.bookings);
  v_period_id uuid := tests.period_of(membership);
begin
  perform tests.remember(passed.name || ' period', v_period_id);
  perform tests.book_with_credit(passed.name, passed.client, passed.name || ' period', 2 + v_number);
  perform tests.move_booking(passed.name, now() - interval '3 hours' - v_number * interval '2 hours');
  perform private.complete_bookings();
  if passed.outcome in ('client_missing', 'coach_missing') then
    perform private.move_booking(
      tests.id(passed.name), array['completed']::public.booking_status[], private.status_of_outcome(passed.outcome), 'system'
    );
  end if;
  perform tests.know_who_came(passed.name, passed.outcome, is_settled => false);
end;
$$;
create function tests.window_ends() returns void language sql as $$
  update public.attendance_decisions set objection_ends_at = now() where settled_at is null;
  select private.decide_attendances();
$$;
/* Its order, the state that the pages show, and how the card was tried. */
create function tests.fee_of(booking text) returns uuid language sql security definer as $$
  select order_id from private.no_show_fees where booking_id = tests.id(booking);
$$;
create function tests.fee_stands(booking text) returns text language sql security definer as $$
  select concat_ws(' ', private.no_show_fee_state(no_show_fees), (
    select string_agg(coalesce(outcome::text, 'open'), ' ' order by attempt) from private.card_charges where card_charges.order_id = no_show_fees.order_id
  ))
  from private.no_show_fees where booking_id = tests.id(booking);
$$;
create function tests.told(booking text) returns text[] language sql security definer as $$
  select array_agg(concat_ws(' ', kind, nullif(version, 1)) || case when recipient_id = bookings.client_id then '' else ' (coach)' end order by kind, version, recipient_id <> bookings.client_id)
  from public.notifications
  join public.bookings on bookings.id = notifications.booking_id
  where bookings.id = tests.id(booking) and kind like 'no\_show%';
$$;
create function tests.work_of(booking text) returns jsonb language sql security definer as $$
  select public.outbox_work(id) from private.outbox
  where topic = 'stripe.charge_card' and status = 'pending' and payload ->> 'order_id' = tests.fee_of(booking)::text;
$$;
create function tests.answer(booking text, result jsonb) returns void language sql security definer as $$
  select public.complete_outbox(outbox.id, answer.result)
  from private.outbox
  where topic = 'stripe.charge_card' and status = 'pending' and payload ->> 'order_id' = tests.fee_of(booking)::text;
$$;
create function tests.charged(booking text) returns jsonb language sql security definer as $$
  select jsonb_build_object('id', 'pi_' || id, 'status', 'succeeded', 'latest_charge', 'ch_' || id, 'amount_received', amount_cents, 'currency', 'usd')
  from public.orders where id = tests.fee_of(booking);
$$;
create function tests.declined(booking text, code text default 'insufficient_funds') returns jsonb language sql security definer as $$
  select jsonb_build_object('id', 'pi_no_' || tests.fee_of(booking) || '_' || count(*), 'amount', 2501, 'tax_cents', 0, 'currency', 'usd', 'error', jsonb_build_object('code', 'card_declined', 'decline_code', code))
  from private.card_charges where order_id = tests.fee_of(booking);
$$;
create function tests.days_pass(booking text, days integer) returns void language sql as $$
  update private.card_charges set created_at = created_at - make_interval(days => days) where order_id = tests.fee_of(booking);
  update public.orders set created_at = created_at - make_interval(days => days) where id = tests.fee_of(booking);
  select private.charge_no_show_fees();
$$;
grant execute on all functions in schema tests to anon, authenticated;

/* -- agreed ------------------------------------------------------------------------------------------------- */

select tests.sign_out();
select results_eq(
  $$ select no_show_fee_cents, objection_minutes, words like '%If I do not come to a session that I have booked, $25.01 is charged to the same card.%within 48 hours%' from public.membership_offer_terms(tests.id('steady')) $$,
  $$ values (2501, 2880, true) $$, 'who subscribes reads what it costs not to come'
);
select results_eq(
  $$ select no_show_fee_cents, words like '%do not come%' from public.membership_offer_terms(tests.id('free of it')) $$,
  $$ values (0, false) $$, 'and nothing of it where it costs nothing'
);
select tests.as_admin();
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.subscribe('ines''s', client => 'ines', offer => 'free of it');
select is((select no_show_fee_cents from public.orders where id = tests.period_of('dana''s')), 2501, 'it is copied onto what is paid for');
update public.cancellation_policies set no_show_fee_cents = 9900 where name = 'Strict';
select public.apply_stripe_event(tests.membership_event('dana''s', 1));
select is((select no_show_fee_cents from public.orders where id = tests.period_of('dana''s')), 2501, 'more, later, binds nobody who did not agree to it');
update public.cancellation_policies set no_show_fee_cents = 2000 where name = 'Strict';
select public.apply_stripe_event(tests.membership_event('dana''s', 2));
select is((select no_show_fee_cents from public.orders where id = tests.period_of('dana''s')), 2000, 'less counts from the next period');
update public.cancellation_policies set no_show_fee_cents = 2501 where name = 'Strict';
select public.apply_stripe_event(tests.membership_event('dana''s', 3));
select tests.subscribe('omar''s', client => 'omar', offer => 'steady');

select tests.book('ahead', 'zoe', 'maria''s hour', starts_at => tests.on_day(20));
select is((select no_show_fee_cents from public.orders where id = tests.order_id('ahead')), 2501, 'every order has it among its terms');

/* -- settled -------------------------------------------------------------------------------------------------- */

select tests.passed('missed', 'dana', 'dana''s');
select tests.passed('held', 'dana', 'dana''s', 'held');
select tests.passed('unknown', 'dana', 'dana''s', 'unknown');
select tests.passed('coach away', 'dana', 'dana''s', 'coach_missing');
select tests.passed('objected', 'dana', 'dana''s');
select tests.passed('free', 'ines', 'ines''s');
select tests.book('paid', 'zoe', 'maria''s hour', starts_at => now() - interval '90 hours', status => 'completed');
select private.move_booking(tests.id('paid'), array['completed']::public.booking_status[], 'no_show_client', 'system');
select tests.know_who_came('paid', 'client_missing', is_settled => false);
select tests.sign_in_as('dana');
select public.object_to_attendance(tests.id('objected'), 'I was there by phone, all the time.');
select results_eq($$ select state::text, amount_cents from public.no_show_fee_details(tests.id('missed')) $$, $$ values ('agreed', 2501) $$, 'while it can be objected to the page says what follows');
select is_empty($$ select from public.no_show_fee_details(tests.id('held')) $$, 'nothing is said of a session that was held');
select tests.as_admin();
select is_empty('select from private.no_show_fees', 'before it is settled nothing is charged');
select tests.window_ends();
select results_eq('select booking_id from private.no_show_fees', $$ values (tests.id('missed')) $$, 'then the one that was missed is: not what was held, or unknown, missed by the coach, objected to, paid for, or agreed to be free');
select private.close_attendance(tests.id('missed')), private.decide_attendances(), private.charge_no_show_fees();
select private.make_no_show_fee(bookings) from public.bookings where id = tests.id('missed');
select is((select count(*) from private.no_show_fees), 1::bigint, 'once, however often it is said');
select results_eq(
  $$ select client_id, coach_id, status::text, session_count, amount_cents, fee_cents, no_show_fee_cents, membership_id from public.orders where id = tests.fee_of('missed') $$,
  $$ values (tests.id('dana'), tests.coach_id('maria'), 'pending', 1, 2501, 375, 0, null::uuid) $$, 'as an order of its own, with our fee'
);
select is((select order_id from public.bookings where id = tests.id('missed')), tests.id('missed period'), 'and the session keeps the order that it was booked with');
select is(
  tests.work_of('missed'),
  jsonb_build_object(
    'order_id', tests.fee_of('missed'), 'attempt', 1, 'is_to_charge', true, 'amount_cents', 2501, 'automatic_tax', false, 'currency', 'usd', 'description', 'No-show fee: steady',
    'subscription_id', 'dana''s subscription', 'payment_intent_id', null, 'checkout_session_id', null
  ), 'the card of the membership is to be charged'
);
select throws_ok($$ insert into private.no_show_fees (booking_id, order_id) values (tests.id('missed'), tests.id('missed period')) $$, '23505', null, 'a second row for a session is impossible');

select admin.settle_attendance(tests.id('objected'), 'client_missing', 'Nobody called in.');
select is(tests.fee_stands('objected'), 'due open', 'an admin who settles it against the client has it charged');
select tests.passed('objected well', 'dana', 'dana''s');
select admin.settle_attendance(tests.id('objected well'), 'held', 'The dial-in was found.');
select is(tests.fee_stands('objected well'), null, 'and one who believes them does not');

/* -- charged ---------------------------------------------------------------------------------------------------- */

select tests.answer('missed', tests.charged('missed'));
select is(tests.fee_stands('missed'), 'paid succeeded', 'once Stripe says so it is paid');
select results_eq(
  $$ select booking_id, price_cents, kept_cents, fee_cents, share_cents from public.earnings where order_id = tests.fee_of('missed') $$,
  $$ values (null::uuid, 2501, 2501, 375, 2126) $$, 'and the coach''s at once'
);
select is(tests.told('missed'), array['no_show_fee_paid', 'no_show_fee_paid (coach)'], 'both are told');
select public.apply_stripe_event(jsonb_build_object('id', 'evt_late', 'type', 'payment_intent.succeeded', 'data', jsonb_build_object('object', tests.charged('missed') || jsonb_build_object('metadata', jsonb_build_object('order_id', tests.fee_of('missed'), 'attempt', '1')))));
select is((select count(*) from public.earnings where order_id = tests.fee_of('missed')), 1::bigint, 'the webhook that says it again changes nothing');
select private.send_transfers();
select tests.make_transfers();
select is((select sum(amount_cents) from public.transfers join public.earnings on earnings.id = earning_id where order_id = tests.fee_of('missed') and transfers.status = 'succeeded'), 2126::bigint, 'it is sent like every share');
select private.release_earnings();
select is((select status::text from public.orders where id = tests.fee_of('missed')), 'released', 'and nothing more is to come of it');
select is_empty($$ select from public.earnings where booking_id = tests.id('missed') $$, 'nothing is earned by the session itself');

select tests.sign_in_as('dana');
select results_eq(
  $$ select offer_title, gross_cents, first_booking_id, membership_id, is_no_show_fee from public.billing_list() where is_no_show_fee $$,
  $$ values ('steady', 2501, tests.id('missed'), null::uuid, true) $$, 'on Billing it is a row of its own'
);
select is_empty($$ select from public.package_details(tests.fee_of('missed')) $$, 'it is no package');
select tests.sign_in_as('maria');
select results_eq(
  $$ select booking_id, paid_cents, fee_cents, share_cents, sent_cents, state::text from public.coach_earnings() where missed_booking_id = tests.id('missed') $$,
  $$ values (null::uuid, 2501, 375, 2126, 2126, 'paid') $$, 'and on Earnings'
);
select results_eq($$ select state::text from public.no_show_fee_details(tests.id('missed')) $$, $$ values ('paid') $$, 'the coach sees it on the session''s page');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.no_show_fee_details(tests.id('missed')) $$, 'and nobody else');
select throws_ok('select from private.no_show_fees', '42501', null, 'the rows are nobody''s');
select tests.as_admin();

/* -- declined -------------------------------------------------------------------------------------------------- */

select tests.answer('objected', tests.declined('objected', 'authentication_required'));
select results_eq($$ select tests.fee_stands('objected'), tests.told('objected') $$, $$ values ('overdue requires_action', array['no_show_fee_failed']) $$, 'the client is told, and nobody else');
select results_eq(
  $$ select mail -> 'booking' -> 'no_show_fee' ->> 'cents', mail -> 'booking' -> 'no_show_fee' ->> 'needs_action', (mail -> 'booking' -> 'no_show_fee' ->> 'retry_at')::timestamptz
     from (select private.mail_work(id) as mail from public.notifications where booking_id = tests.id('objected') and kind = 'no_show_fee_failed') as mails $$,
  $$ values ('2501', 'true', now() + interval '3 days') $$, 'how much, why, and when the card is tried again'
);
select tests.sign_in_as('maria');
select results_eq(
  $$ select paid_cents, share_cents, state::text, hold::text from public.coach_earnings() where missed_booking_id = tests.id('objected') $$, $$ values (0, 2126, 'pending', 'payment') $$,
  'the coach sees what it waits for'
);
select is((select pending_cents from public.coach_balance()), (select coalesce(sum(share_cents), 0)::integer from public.coach_earnings() where state = 'pending' and paid_cents > 0), 'and it is not counted before it is paid');
select is_empty($$ select from public.no_show_fee_checkout(tests.id('objected')) $$, 'nor paid by them');
select tests.sign_in_as('dana');
select results_eq(
  $$ select order_id, amount_cents, session_count, failure_code, pay_by > now() from public.no_show_fee_checkout(tests.id('objected')) $$,
  $$ values (tests.fee_of('objected'), 2501, 1, 'authentication_required', true) $$, 'the client can pay it by hand'
);
select is_empty($$ select from public.no_show_fee_checkout(tests.id('missed')) $$, 'but not what is paid');
select tests.as_admin();
select tests.days_pass('objected', 2);
select is(tests.fee_stands('objected'), 'overdue requires_action', 'for three days the card is left alone');
select tests.days_pass('objected', 1);
select is(tests.fee_stands('objected'), 'overdue requires_action open', 'then it is tried again');
select tests.answer('objected', tests.declined('objected'));
select tests.days_pass('objected', 4);
select tests.answer('objected', tests.declined('objected'));
select results_eq(
  $$ select tests.fee_stands('objected'), tests.told('objected') $$,
  $$ values ('unpaid requires_action declined declined', array['no_show_fee_failed', 'no_show_fee_failed 2', 'no_show_fee_unpaid', 'no_show_fee_unpaid (coach)']) $$,
  'after the third time it is given up, and both are told'
);
select tests.days_pass('objected', 30);
select is(tests.fee_stands('objected'), 'unpaid requires_action declined declined', 'for good');
select tests.sign_in_as('maria');
select results_eq($$ select paid_cents, share_cents, state::text from public.coach_earnings() where missed_booking_id = tests.id('objected') $$, $$ values (0, 0, 'nothing') $$, 'on Earnings it stays, as not paid');
select tests.sign_in_as('dana');
select is_empty($$ select from public.no_show_fee_checkout(tests.id('objected')) $$, 'and it can be paid no more');
select lives_ok($$ select public.request_booking_with_credit(tests.period_of('dana''s'), array[tests.on_day(25)], 'America/Chicago') $$, 'nothing else follows: sessions are booked as before');
select tests.as_admin();
select private.record_payment(tests.fee_of('objected'), 'pi_by_hand', null, 2501, 0, 'usd');
select is(tests.fee_stands('objected'), 'paid requires_action declined declined', 'what was paid by hand at the last moment counts all the same');

select tests.passed('surplus', 'dana', 'dana''s');
select tests.window_ends();
select tests.answer('surplus', tests.declined('surplus'));
select private.record_payment(tests.fee_of('surplus'), 'pi_by_hand 2', null, 2501, 0, 'usd');
select tests.days_pass('surplus', 3);
select is(tests.fee_stands('surplus'), 'paid declined', 'once it is paid by hand the card is not tried again');
select is_empty($$ select private.mail_work(id) from public.notifications where booking_id = tests.id('surplus') and kind = 'no_show_fee_failed' and private.mail_work(id) is not null $$, 'and a mail about it that has not left does not leave');

-- On a page of which nobody tells us.
create function tests.open_page(booking text, page text, ends_at timestamptz default now() + interval '3 hours') returns text language sql security definer as $$
  select public.record_checkout(tests.id('dana'), tests.fee_of(booking), page, 'https://checkout.example/' || page, ends_at);
$$;
-- By which Stripe knows a page for the same.
create function tests.key_of(booking text) returns text language sql as $$
  select concat_ws(' ', pay_by, pages_ended) from public.no_show_fee_checkout(tests.id(booking));
$$;
create temp table keys (was text);
grant all on keys to authenticated;
grant execute on all functions in schema tests to anon, authenticated;
select tests.passed('by page', 'dana', 'dana''s');
select tests.window_ends();
select tests.sign_in_as('dana');
select throws_ok($$ select tests.open_page('by page', 'cs_too_soon') $$, 'OCHRG', null, 'while a card is charged no page is made');
select tests.as_admin();
select tests.answer('by page', tests.declined('by page'));
select tests.sign_in_as('dana');
insert into keys select tests.key_of('by page');
select is(tests.open_page('by page', 'cs_1'), 'https://checkout.example/cs_1', 'afterwards one is');
select ok(tests.key_of('by page') = was, 'the same for who asks again') from keys;
select results_eq($$ select is_being_paid from public.no_show_fee_details(tests.id('by page')) $$, array[false], 'and can be paid on');
select tests.as_admin();
select tests.days_pass('by page', 3);
select is(tests.work_of('by page') ->> 'checkout_session_id', 'cs_1', 'before the card is tried again that page is closed');
select tests.sign_in_as('dana');
select is_empty($$ select from public.no_show_fee_checkout(tests.id('by page')) $$, 'and nothing is paid by hand meanwhile');
select results_eq($$ select is_being_paid from public.no_show_fee_details(tests.id('by page')) $$, array[true], 'which the session''s page says');
select tests.as_admin();
select tests.answer('by page', tests.declined('by page'));
select tests.sign_in_as('dana');
select results_eq($$ select checkout_url from public.no_show_fee_checkout(tests.id('by page')) $$, array[null::text], 'declined again, another page is needed');
select ok(tests.key_of('by page') <> was, 'which Stripe does not take for the one before') from keys;
update keys set was = tests.key_of('by page');
select tests.open_page('by page', 'cs_2', now());
select is_empty($$ select from public.no_show_fee_checkout(tests.id('by page')) $$, 'when it has ended, it is not paid again before Stripe was asked');
select tests.as_admin();
select private.reconcile_money();
select public.complete_outbox(id, '{"id": "cs_2", "payment_status": "unpaid", "is_over": true}') from private.outbox where topic = 'stripe.expire_checkout' and status = 'pending';
select tests.sign_in_as('dana');
select ok(tests.key_of('by page') <> was, 'nothing was paid there: now it can be, on yet another') from keys;
-- One is closed for a try, for which nothing is charged after all.
update keys set was = tests.key_of('by page');
select tests.open_page('by page', 'cs_halted');
select tests.as_admin();
select tests.days_pass('by page', 4);
select is(tests.work_of('by page') ->> 'checkout_session_id', 'cs_halted', 'a page is closed for a try');
select tests.answer('by page', '{"status": "not_made"}');
select tests.sign_in_as('dana');
select is_empty($$ select from public.no_show_fee_checkout(tests.id('by page')) $$, 'for which nothing is charged after all: nobody is led back to it');
select tests.as_admin();
update private.outbox set dedupe_key = dedupe_key || ' a while ago' where topic like 'stripe.%' and status = 'done';
select private.reconcile_money();
select public.complete_outbox(id, '{"id": "cs_halted", "payment_status": "unpaid", "is_over": true}') from private.outbox where topic = 'stripe.expire_checkout' and status = 'pending';
select tests.sign_in_as('dana');
select results_eq($$ select checkout_url from public.no_show_fee_checkout(tests.id('by page')) $$, array[null::text], 'it is asked about, and another is made');
select ok(tests.key_of('by page') <> was, 'which Stripe does not take for that one') from keys;
select tests.open_page('by page', 'cs_3');
select tests.as_admin();
select tests.days_pass('by page', 4);
select tests.answer('by page', '{"page": {"id": "cs_3", "payment_status": "unpaid", "is_over": false, "intent": {"status": "processing"}}}');
select is(tests.fee_stands('by page'), 'overdue declined declined not_made', 'while a bank takes days to pay, no card is charged');
update private.outbox set dedupe_key = dedupe_key || ' a while ago' where topic like 'stripe.%' and status = 'done';
select private.charge_no_show_fees();
select is(tests.work_of('by page'), null, 'nor is it tried again');
select private.reconcile_money();
select public.complete_outbox(id, '{"id": "cs_3", "payment_status": "paid", "is_over": false, "payment_intent": "pi_unheard", "amount_total": 2501, "tax_cents": 0, "currency": "usd"}') from private.outbox where topic = 'stripe.expire_checkout' and status = 'pending';
select results_eq(
  $$ select tests.fee_stands('by page'), array_agg(stripe_payment_intent_id order by created_at) from public.payments where order_id = tests.fee_of('by page') and status = 'succeeded' $$,
  $$ values ('paid declined declined not_made', array['pi_unheard']) $$, 'and what was paid there, unheard of, is the payment'
);

select tests.passed('stuck', 'omar', 'omar''s');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select tests.window_ends();
select is(tests.fee_stands('stuck'), 'due', 'while the coach is suspended nothing is charged');
select tests.days_pass('stuck', 14);
select is(tests.fee_stands('stuck'), 'unpaid', 'and after two weeks it is given up');
update public.coaches set status = 'approved' where id = tests.coach_id('maria');

select tests.passed('disputed', 'omar', 'omar''s');
select private.record_dispute(jsonb_build_object(
  'id', 'dp_1', 'status', 'needs_response', 'reason', 'general', 'amount', 20000, 'created', 1700000000,
  'payment_intent', 'pi omar''s 0', 'balance_transactions', '[]'::jsonb, 'evidence_details', '{"due_by": 1900000000}'::jsonb
));
select tests.window_ends();
select is(tests.fee_stands('disputed'), 'due', 'nor while a bank decides about money between the two');
select private.record_dispute(jsonb_build_object(
  'id', 'dp_1', 'status', 'won', 'reason', 'general', 'amount', 20000, 'created', 1700000000,
  'payment_intent', 'pi omar''s 0', 'balance_transactions', '[]'::jsonb, 'evidence_details', '{}'::jsonb
));
select private.charge_no_show_fees();
select is(tests.fee_stands('disputed'), 'due open', 'then it is');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select is(tests.work_of('disputed') ->> 'is_to_charge', 'false', 'what stands in the way when the card is about to be charged counts');
select tests.answer('disputed', '{"status": "not_made"}');
update public.coaches set status = 'approved' where id = tests.coach_id('maria');
select private.charge_no_show_fees();
select is(tests.fee_stands('disputed'), 'due open', 'and it is asked for again');
select tests.answer('disputed', tests.charged('disputed'));

/* -- given back ------------------------------------------------------------------------------------------------- */

select private.record_dispute(jsonb_build_object(
  'id', 'dp_2', 'status', 'needs_response', 'reason', 'general', 'amount', 2501, 'created', 1700000000,
  'payment_intent', 'pi_' || tests.fee_of('disputed'), 'balance_transactions', '[]'::jsonb, 'evidence_details', '{"due_by": 1900000000}'::jsonb
));
select results_eq(
  $$ select orders.status::text, private.evidence_work(disputes.id) -> 'sessions' -> 0 ->> 'status' from public.orders join public.disputes on disputes.order_id = orders.id where orders.id = tests.fee_of('disputed') $$,
  $$ values ('disputed', 'no_show_client') $$, 'a bank that asks about a fee is told of the session that was missed'
);

select throws_ok($$ select admin.waive_no_show_fee(tests.id('held'), 'Why?') $$, 'NFNON', null, 'there must be one to be waived');
select lives_ok($$ select admin.waive_no_show_fee(tests.id('missed'), ' Her flight was late. ') $$, 'an admin gives one back');
select results_eq(
  $$ select tests.fee_stands('missed'), refunds.amount_cents, earnings.share_cents, transfer_reversals.amount_cents
     from public.refunds join public.earnings using (order_id) join public.transfers on earning_id = earnings.id join public.transfer_reversals on transfer_id = transfers.id
     where order_id = tests.fee_of('missed') $$,
  $$ values ('returned succeeded', 2501, 0, 2126) $$, 'all of it, and the coach''s part is taken back'
);
select is(tests.told('missed'), array['no_show_fee_paid', 'no_show_fee_paid (coach)', 'no_show_fee_waived', 'no_show_fee_waived (coach)'], 'both are told');
select is((select words from private.no_show_fees where booking_id = tests.id('missed')), 'Her flight was late.', 'and read why');
select throws_ok($$ select admin.waive_no_show_fee(tests.id('missed'), 'Once more.') $$, 'NFWVD', null, 'once');
select is((select count(*) from private.audit_log where table_name = 'no_show_fees'), 1::bigint, 'and it is noted');

select tests.passed('waived', 'dana', 'dana''s');
select tests.window_ends();
select admin.waive_no_show_fee(tests.id('waived'), 'She had written before.');
select results_eq($$ select tests.fee_stands('waived'), tests.work_of('waived') ->> 'is_to_charge' $$, $$ values ('waived open', 'false') $$, 'one that is waived before is not charged');
select private.record_payment(tests.fee_of('waived'), 'pi_under_way', null, 2501, 0, 'usd');
select results_eq(
  $$ select orders.status::text, refunds.reason::text, refunds.amount_cents, (select count(*) from public.earnings where earnings.order_id = orders.id)
     from public.orders join public.refunds on refunds.order_id = orders.id where orders.id = tests.fee_of('waived') $$,
  $$ values ('refunded', 'paid_too_late', 2501, 0::bigint) $$, 'and what was taken at that moment goes back'
);
select tests.sign_in_as('maria');
select is((select count(*) from public.coach_earnings() where missed_booking_id = tests.id('waived')), 1::bigint, 'which is the only reason for it to be on Earnings');
select tests.as_admin();

/* -- somebody leaves ----------------------------------------------------------------------------------------------- */

select tests.subscribe('ruth''s', client => 'ruth', offer => 'steady');
select tests.passed('due when she leaves', 'ruth', 'ruth''s');
select tests.window_ends();
select tests.passed('open when she leaves', 'ruth', 'ruth''s');
select public.apply_clerk_event('msg_ruth', '{"type": "user.deleted", "data": {"id": "user_ruth"}}');
select is(tests.work_of('due when she leaves') ->> 'is_to_charge', 'false', 'a client who has left is not charged');
select is((select status::text from public.orders where id = tests.fee_of('due when she leaves')), 'expired', 'nor asked for it');
select tests.window_ends();
select is(tests.fee_stands('open when she leaves'), null, 'nor for what is settled after that');
select is(tests.told('due when she leaves'), null, 'and nobody is told');

select tests.create_profile('kay');
select tests.subscribe('kay''s', client => 'kay', offer => 'steady');
select tests.passed('at that moment', 'kay', 'kay''s');
select tests.window_ends();
update public.profiles set deleted_at = now() where id = tests.id('kay'); -- Whoever closes an account sees no fee that is made just then.
select is(tests.work_of('at that moment') ->> 'is_to_charge', 'false', 'one that is made in the moment in which she leaves is not charged');
select tests.answer('at that moment', '{"status": "not_made"}');
select private.charge_no_show_fees();
select results_eq(
  $$ select orders.status::text, ended_reason::text from private.no_show_fees join public.orders on orders.id = order_id where order_id = tests.fee_of('at that moment') $$,
  $$ values ('expired', 'account_closed') $$, 'but ends'
);
select is(tests.told('at that moment'), null, 'of which nobody hears');

select is_empty('select * from admin.money_mismatch', 'all of it adds up');

select * from finish();
rollback;
