/* The money of a period is its coach's when the period is over, and nobody's sessions change that. */
begin;
select plan(15);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_membership_offer('steady', coach => 'maria');
select tests.create_membership_offer('tried', coach => 'maria', trial_days => 14);
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.begin_membership('omar''s', client => 'omar', offer => 'tried');
select public.apply_stripe_event(tests.membership_event('omar''s', 0, '{"status": "trialing"}', '{"amount_paid": 0, "payment_intent_id": null}'));

create function tests.end_periods(ago interval) returns void language sql as $$
  update public.orders
  set period_starts_at = now() - ago - interval '1 month', period_ends_at = now() - ago, credits_end_at = now() - ago
  where membership_id is not null;
$$;
create function tests.order_of(membership text) returns public.orders language sql as $$
  select * from public.orders where membership_id = tests.id(membership) order by created_at limit 1;
$$;

select private.release_earnings();
select is_empty('select from public.earnings', 'nothing is earned while the period runs');
select tests.end_periods(interval '47 hours');
select private.release_earnings();
select is_empty('select from public.earnings', 'nor while somebody can object');

-- A session of it was held: it costs nothing by itself.
update public.orders set credits_end_at = now() + interval '1 day' where id = (tests.order_of('dana''s')).id;
select tests.sign_in_as('dana');
select lives_ok(
  $$ select public.request_booking_with_credit(
       (select id from public.orders), array[date_trunc('hour', now()) + interval '5 hours'], 'America/Chicago'
     ) $$, 'a session is booked with what it gives'
);
select tests.as_admin();
select tests.remember('session', id) from public.bookings;
select is((select private.session_cents(bookings) from public.bookings where id = tests.id('session')), 0, 'which costs nothing by itself');
select tests.move_booking('session', now() - interval '5 days');
select private.complete_bookings();
select tests.know_who_came('session');
select private.release_earnings();
select is_empty('select from public.earnings', 'nor is anything earned by it');

select tests.end_periods(interval '48 hours');
select private.release_earnings();
select private.release_earnings();
select results_eq(
  'select order_id, booking_id, price_cents, kept_cents, fee_cents, share_cents from public.earnings',
  $$ values ((tests.order_of('dana''s')).id, null::uuid, 20000, 20000, 3000, 17000) $$, 'then all of the period is, once'
);
select is((select sum(amount_cents) from private.ledger_entries join private.ledger_journals on journal_id = ledger_journals.id where account = 'coach_payable'), -17000::bigint, 'and owed to the coach');
select is((tests.order_of('omar''s')).status::text, 'paid', 'a trial earns nothing');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select private.end_lapsed_credits();
select is_empty('select from public.refunds', 'what was not used by then is not paid back');
select is((select sum(sessions) from public.credit_entries where order_id = (tests.order_of('dana''s')).id), 0::bigint, 'but ends');

select tests.subscribe('zoe''s', client => 'zoe', offer => 'steady');
select private.return_payment(payments, payments.amount_cents, 'admin_cancelled') from public.payments where order_id = (tests.order_of('zoe''s')).id;
select tests.end_periods(interval '3 days');
select private.release_earnings();
select is((select count(*) from public.earnings), 1::bigint, 'nor is what was paid back');

/* -- a refund that its client's bank refused ------------------------------------------------------------------- */

select tests.create_profile('kim');
select tests.subscribe('kim''s', client => 'kim', offer => 'steady');
select private.return_payment(payments, 5000, 'admin_cancelled') from public.payments where order_id = (tests.order_of('kim''s')).id;
select private.record_refund(id, '{"id": "re_kim", "status": "failed"}') from public.refunds where order_id = (tests.order_of('kim''s')).id;
select tests.end_periods(interval '3 days');
select private.release_earnings();
create function tests.of_kim() returns table (kept integer, fee integer, share integer) language sql as $$
  select kept_cents, fee_cents, share_cents from public.earnings where order_id = (tests.order_of('kim''s')).id;
$$;
select results_eq('select * from tests.of_kim()', $$ values (15000, 2250, 12750) $$, 'what a client still waits for is not earned');
select admin.dismiss_failed_refund(refund_id, 'She wants her coach to have it.') from admin.failed_refunds;
select results_eq('select * from tests.of_kim()', $$ values (20000, 3000, 17000) $$, 'until an admin has seen to it');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select * from finish();
rollback;
