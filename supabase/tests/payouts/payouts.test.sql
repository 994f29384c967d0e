/* What goes from a coach's account to their bank, as Stripe tells of it. */
begin;
select plan(12);

select tests.create_coach('maria');
select tests.open_payouts('maria');

create function tests.payout_event(event_id text, status text, account text default 'acct_maria', failure text default null) returns boolean language sql as $$
  select public.apply_stripe_event(jsonb_build_object(
    'id', event_id, 'type', 'payout.updated', 'account', account,
    'data', jsonb_build_object('object', jsonb_build_object(
      'id', 'po_1', 'status', status, 'amount', 8500, 'arrival_date', 1800057600, 'created', 1799900000, 'failure_code', failure
    ))
  ));
$$;
create function tests.payouts() returns table (status text, amount integer, arrives_on date, failure text) language sql as $$
  select status::text, amount_cents, arrives_on, failure_code from public.payouts;
$$;

select tests.payout_event('evt_1', 'in_transit');
select results_eq('select * from tests.payouts()', $$ values ('in_transit', 8500, '2027-01-16'::date, null) $$, 'a payout is on its way');
select is((select coach_id from public.payouts), tests.coach_id('maria'), 'to the coach whose account it is');
select tests.payout_event('evt_2', 'paid');
select results_eq('select status from tests.payouts()', array['paid'], 'and arrives');
select tests.payout_event('evt_3', 'in_transit');
select results_eq('select status from tests.payouts()', array['paid'], 'what comes late undoes nothing');
select is((select count(*) from public.notifications where kind = 'payout_failed'), 0::bigint, 'there is nothing to tell');
select tests.payout_event('evt_4', 'failed', failure => 'account_closed');
select tests.payout_event('evt_5', 'failed', failure => 'account_closed');
select results_eq('select status, failure from tests.payouts()', $$ values ('failed', 'account_closed') $$, 'a bank may send it back later');
select is((select count(*) from public.notifications where kind = 'payout_failed' and recipient_id = tests.id('maria')), 1::bigint, 'the coach is told, once');
select is((select count(*) from private.outbox where topic = 'mail'), 1::bigint, 'by mail');
select tests.payout_event('evt_6', 'paid');
select results_eq('select status from tests.payouts()', array['failed'], 'and it stays so');

select tests.payout_event('evt_7', 'paid', 'acct_unknown');
select is((select count(*) from private.security_events where kind = 'payout_of_nobody'), 1::bigint, 'one of an unknown account is noted');
select tests.payout_event('evt_8', 'paid', null);
select is((select count(*) from private.security_events where kind = 'payout_of_nobody'), 1::bigint, 'one of our own is no coach''s');
select is((select count(*) from public.payouts), 1::bigint, 'neither is kept here');

select * from finish();
rollback;
