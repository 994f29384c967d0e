/* Stripe's own list of movements, what it says that it holds, and the ledger beside both. */
begin;
select plan(38);

select tests.create_profile('dana');
select tests.create_coach('maria');
update private.platform_settings set books_settle_minutes = 0;

/* What dispatch tells when it has read the list: rows of id, type, source, amount, fee. */
create function tests.read_list(balance integer, variadic movements text[] default '{}') returns void language sql as $$
  select private.record_balance(jsonb_build_object(
    'until', floor(extract(epoch from now())), 'balance', read_list.balance,
    'transactions', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', part[1], 'type', part[2], 'source', nullif(part[3], ''), 'amount', part[4]::integer, 'fee', part[5]::integer,
        'net', part[4]::integer - part[5]::integer, 'reporting_category', part[2], 'created', floor(extract(epoch from now()))
      ))
      from unnest(read_list.movements) as movement
      cross join lateral string_to_array(movement, ' ') as part
    ), '[]')
  ));
$$;
create function tests.balances() returns jsonb language sql as $$
  select jsonb_object_agg(account, cents)
  from (select account, sum(amount_cents) as cents from private.ledger_entries group by account) as sums;
$$;
create function tests.findings() returns setof text language sql as $$
  select concat_ws(' ', case what when 'what Stripe says of it' then 'stripe' when 'what Stripe holds' then 'balance' else what end, stripe_id, told_cents, other_cents)
  from admin.money_mismatch order by 1;
$$;

/* -- what is read ----------------------------------------------------------------------------- */

select is(private.read_balance_work(60), jsonb_build_object('from', null, 'until', floor(extract(epoch from now()))), 'the first time, all of the list is read');
select private.read_balance();
select private.read_balance(4320);
select results_eq($$ select payload from private.outbox where topic = 'stripe.read_balance' $$, $$ values ('{"overlap_minutes": 60}'::jsonb) $$, 'once a minute at most');
select tests.read_list(0);
select is(
  private.read_balance_work(60) ->> 'from', floor(extract(epoch from now() - interval '1 hour'))::text,
  'after that from a little before where the last reading ended'
);
select is_empty('select tests.findings()', 'nothing on either side is the same on both');

/* -- a payment and its refund -------------------------------------------------------------------- */

select tests.book('session', client => 'dana', offer => 'maria''s hour');
select private.record_charge(id, '{"charge_id": "ch_1", "fee_cents": 320}') from public.payments;
select results_eq('select tests.findings()', array['stripe ch_1 0 9680'], 'a payment that Stripe''s list does not have shows');
update private.platform_settings set books_settle_minutes = 1;
select is_empty('select tests.findings()', 'once it has had the time to be there');
update private.platform_settings set books_settle_minutes = 0;
select tests.read_list(9680, 'txn_1 charge ch_1 10000 320');
select tests.read_list(9680, 'txn_1 charge ch_1 10000 320');
select is_empty('select tests.findings()', 'with the charge in the list, read twice, all adds up');

select private.request_refund(bookings, 4000, 'client_cancelled') from public.bookings where id = tests.id('session');
select private.record_refund(id, '{"id": "re_1", "status": "succeeded"}') from public.refunds;
select tests.read_list(5680, 'txn_2 refund re_1 -4000 0');
select is_empty('select tests.findings()', 'so does a refund');
select private.record_refund(id, '{"id": "re_1", "status": "failed"}') from public.refunds;
select results_eq('select tests.findings()', array['stripe re_1 -4000 0'], 'one that the bank sent back is there again in the ledger');
select tests.read_list(9680, 'txn_3 refund_failure re_1 4000 0');
select is_empty('select tests.findings()', 'and at Stripe');

/* -- what Stripe does by itself -------------------------------------------------------------------- */

select tests.read_list(4680, 'txn_4 payout po_1 -5000 0');
select is(tests.balances(), '{"bank": 5000, "client_money": -10000, "stripe_balance": 4680, "stripe_fees": 320}', 'a payout of ours moves to our bank');
select tests.read_list(9680, 'txn_5 payout_failure po_1 5000 0');
select is(tests.balances() ->> 'bank', '0', 'and back when the bank does not take it');
select tests.read_list(9480, 'txn_6 stripe_fee  -200 0');
select is(tests.balances() ->> 'stripe_fees', '520', 'a fee of no payment is one of Stripe''s, too');
select tests.read_list(9380, 'txn_7 payout po_2 -50 50');
select is(tests.balances() ->> 'stripe_fees', '570', 'so is what a payout costs');
select tests.read_list(8380, 'txn_8 reserve_transaction  -1000 0');
select is_empty('select tests.findings()', 'what Stripe sets aside is still ours');
select is((select sum(amount_cents) from private.ledger_entries), 0::bigint, 'all of it sums to zero');
select results_eq('select distinct kind::text from private.ledger_journals where order_id is null order by 1', array['payout', 'payout_failed', 'stripe_fee'], 'steps of no order');

/* -- what does not add up ---------------------------------------------------------------------------- */

select tests.read_list(8390, 'txn_9 adjustment dp_1 10 0');
select results_eq('select tests.findings()', array['stripe dp_1 10 0'], 'a movement that nothing of ours tells of shows');
select tests.read_list(9000);
select results_eq('select tests.findings()', array['balance 9000 8390', 'stripe dp_1 10 0'], 'so does a balance that is not the sum of the list');
select tests.read_list(null);
select results_eq('select tests.findings()', array['balance 9000 8390', 'stripe dp_1 10 0'], 'until one can be compared again');
update private.platform_settings set books_begin_at = now() + interval '1 second';
select is_empty('select from admin.stripe_mismatch', 'what was there before the books began does not count');
update private.platform_settings set books_begin_at = 'epoch';

select private.alert_money_mismatch();
select private.alert_money_mismatch();
select bag_eq(
  $$ select detail ->> 'what', (detail ->> 'times')::integer from private.security_events where kind = 'money_mismatch' $$,
  $$ values ('what Stripe says of it', 1), ('what Stripe holds', 1) $$, 'the admins are told, once a day and finding'
);
select is(public.outbox_work(id), null, 'by mail, if there is an address') from private.outbox where topic = 'mail_admins' and payload ->> 'what' = 'what Stripe says of it';
update private.platform_settings set admins_email = 'books@walkthrough.example';
select is(
  public.outbox_work(id), '{"kind": "money_mismatch", "email": "books@walkthrough.example", "what": "what Stripe says of it", "times": 1, "about": ["dp_1"]}',
  'which names Stripe''s ids and nobody'
) from private.outbox where topic = 'mail_admins' and payload ->> 'what' = 'what Stripe says of it';

select throws_ok('delete from private.balance_transactions', 'LGFIX', null, 'what Stripe listed is never changed');
select is_empty(
  $$ select role, target from unnest(array['anon', 'authenticated', 'service_role']) as role
     cross join unnest(array['private.balance_transactions', 'private.balance_readings', 'admin.stripe_sources', 'admin.stripe_mismatch']) as target
     where has_any_column_privilege(role, target, 'select, insert, update, references') $$,
  'no role of the API reads or writes any of it'
);

/* -- money that is of no row of ours ------------------------------------------------------------------ */

create function tests.odd() returns setof text language sql as $$ select finding from tests.findings() as finding where finding like '% %_odd %' $$;
create function tests.odd_refund() returns jsonb language sql as $$ select '{"id": "re_odd", "payment_intent": "pi_odd", "charge": "ch_odd", "amount": 12000, "status": "succeeded", "metadata": {}}'::jsonb $$;
create function tests.refusal(call text) returns text language plpgsql as $$
begin
  execute call;
  return null;
exception when others then
  return sqlstate;
end;
$$;
create temp table before as select tests.balances() as balances;
select tests.read_list(null, 'txn_10 charge ch_odd 12000 378', 'txn_11 refund re_odd -12000 0');
select bag_eq('select tests.odd()', array['stripe ch_odd 11622 0', 'stripe re_odd -12000 0'], 'a payment that was not what its order costs, and was given back in the dashboard, shows twice');
select throws_ok('select private.record_stripe_refund(tests.odd_refund())', 'ORLTR', null, 'and its refund waits for a payment that is never known');
select throws_ok($$ select admin.take_in_money('ch_odd', ' ') $$, 'LGWHY', null, 'an admin who writes it down says why');
select is(admin.take_in_money('ch_odd', 'Not what it cost, and given back.'), 1, 'and has taken in the payment');
select lives_ok('select private.record_stripe_refund(tests.odd_refund())', 'whose refund waits for nothing then');
select is(admin.take_in_money('re_odd', 'Not what it cost, and given back.'), 1, 'which is taken in like it');
select is_empty('select tests.odd()', 'then nothing of it shows');
select is(
  tests.balances(),
  before.balances || jsonb_build_object('stripe_balance', (before.balances ->> 'stripe_balance')::integer - 378, 'stripe_fees', (before.balances ->> 'stripe_fees')::integer + 378),
  'what is left of it is what Stripe took'
) from before;
select results_eq(
  $$ select row_id, actor = session_user, after ->> 'reason' from private.audit_log where action = 'taken_in' order by id $$,
  $$ select id, true, 'Not what it cost, and given back.' from unnest(array['ch_odd', 're_odd']) as id $$, 'who wrote it down, and why, is kept'
);
select tests.read_list(null, 'txn_12 adjustment ch_1 5 0');
select results_eq(
  $$ select tests.refusal(format('select admin.take_in_money(%L, %L)', id, 'Why not.')) from unnest(array['ch_odd', 'ch_nowhere', 'ch_1']) as id $$,
  array['LGNON', 'LGNON', 'LGNON'], 'twice, what is not there, and what a row of ours tells of is not taken in'
);

/* -- a dispute that nobody told us of ----------------------------------------------------------------- */

select private.record_balance('{"until": 1, "balance": null, "transactions": [], "disputes": ["dp_new"]}');
select private.record_balance('{"until": 1, "balance": null, "transactions": [], "disputes": ["dp_new"]}');
select results_eq(
  $$ select payload from private.outbox where topic = 'stripe.read_dispute' and dedupe_key = 'stripe.read_dispute:dp_new' $$,
  $$ values ('{"stripe_dispute_id": "dp_new"}'::jsonb) $$, 'one in Stripe''s list that we do not know is read, once'
);
insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
select order_id, id, 'dp_known', 'warning_closed', 'general', 100, now() from public.payments limit 1;
select private.record_balance('{"until": 1, "balance": null, "transactions": [], "disputes": ["dp_known"]}');
select is_empty($$ select from private.outbox where payload = '{"stripe_dispute_id": "dp_known"}' $$, 'one that we know is not');

select * from finish();
rollback;
