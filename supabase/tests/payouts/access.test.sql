/* Nobody writes where a coach is paid to and what they are paid; each coach reads what is theirs. */
begin;
select plan(64);

select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.open_payouts(name) from unnest(array['maria', 'lena']) as name;
select tests.earn(name || ' earned', 'dana', name || '''s hour') from unnest(array['maria', 'lena']) as name;
select private.send_transfers();
select tests.make_transfers();
select private.request_refund(bookings, 1000, 'admin_cancelled') from public.bookings;
select private.record_stripe_payout('acct_' || name, jsonb_build_object('id', 'po_' || name, 'status', 'paid', 'amount', 8500, 'arrival_date', 1800000000, 'created', 1800000000))
from unnest(array['maria', 'lena']) as name;

create temp table tables as select name::regclass from unnest(array['public.payout_accounts', 'public.earnings', 'public.transfers', 'public.transfer_reversals', 'public.payouts']) as name;
grant select on tables to anon, authenticated, service_role;

select tests.sign_in_as('maria');
select set_eq('select booking_id from public.earnings', array[tests.id('maria earned')], 'a coach sees what they earned');
select is((select count(*) from public.transfers), 1::bigint, 'what they were sent');
select is((select count(*) from public.transfer_reversals), 1::bigint, 'and what is taken back');
select is((select count(*) from public.payouts), 1::bigint, 'and what went to their bank');
select tests.refuses_columns('public.payouts', 'stripe_payout_id');
select tests.refuses_columns('public.transfers', 'stripe_transfer_id', 'failure_code', 'payment_id');
select tests.refuses_columns('public.transfer_reversals', 'stripe_reversal_id', 'failure_code');
select tests.refuses_writes(name) from tables;
select tests.as_service();
select tests.refuses_writes(name) from tables;
select tests.sign_out();
select tests.refuses_writes(name) from tables;
select tests.refuses_reads(name) from tables;

select tests.sign_in_as('dana');
select is_empty('select from public.earnings', 'a client does not see what their coach earned');
select is_empty('select from public.transfers', 'was sent');
select is_empty('select from public.transfer_reversals', 'or had to give back');
select is_empty('select from public.payouts', 'nor what went to their bank');

select * from finish();
rollback;
