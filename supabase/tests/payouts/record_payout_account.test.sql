/* Where coaches are paid to, as Stripe tells of it. */
begin;
select plan(21);

select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* Stripe's object of an account; complete unless something is said to be missing. */
create function tests.account(id text, coach text, transfers text default 'active', due jsonb default '[]', reason text default null, payouts boolean default true)
returns jsonb language sql as $$
  select jsonb_build_object(
    'id', account.id, 'object', 'account', 'metadata', jsonb_build_object('coach_id', tests.coach_id(coach)),
    'capabilities', jsonb_build_object('transfers', transfers), 'payouts_enabled', payouts,
    'requirements', jsonb_build_object('currently_due', due, 'disabled_reason', reason),
    'external_accounts', jsonb_build_object('data', jsonb_build_array(jsonb_build_object('bank_name', 'Example Bank', 'last4', '6789')))
  );
$$;
create function tests.status_after(account jsonb) returns text language plpgsql as $$
begin
  perform public.record_payout_account(account);
  return (select status from public.payout_accounts where stripe_account_id = account ->> 'id');
end;
$$;

/* -- how it stands ------------------------------------------------------------------------------- */

select is(tests.status_after(tests.account('acct_m', 'maria', 'inactive', '["external_account"]', payouts => false)), 'incomplete', 'something is missing');
select is((select currently_due from public.payout_accounts), array['external_account'], 'and is named');
select is(tests.status_after(tests.account('acct_m', 'maria', 'pending', payouts => false)), 'verifying', 'all is answered and Stripe looks at it');
select is(tests.status_after(tests.account('acct_m', 'maria', payouts => false)), 'verifying', 'money that could come in but not out');
select is(tests.status_after(tests.account('acct_m', 'maria')), 'active', 'all is well');
select is((select currently_due from public.payout_accounts), '{}', 'and nothing asked for');
select results_eq('select bank_name, bank_last4 from public.payout_accounts', $$ values ('Example Bank', '6789') $$, 'the bank is known');
select is(tests.status_after(tests.account('acct_m', 'maria', due => '["individual.id_number"]')), 'active', 'what is due later stops nothing yet');
select is(tests.status_after(tests.account('acct_m', 'maria', 'inactive', '["x"]', 'rejected.fraud', false)), 'rejected', 'Stripe refuses');
select is(tests.status_after(tests.account('acct_m', 'maria')), 'active', 'and changes its mind');
select is((select count(*) from public.payout_accounts), 1::bigint, 'it is one account all along');

/* -- by webhook ------------------------------------------------------------------------------------ */

select public.apply_stripe_event(jsonb_build_object(
  'id', 'evt_account', 'type', 'account.updated', 'account', 'acct_m',
  'data', jsonb_build_object('object', tests.account('acct_m', 'maria', 'inactive', '["external_account"]', 'requirements.past_due', false))
));
select is((select status::text from public.payout_accounts), 'incomplete', 'a webhook says the same');

/* -- whose it is -------------------------------------------------------------------------------------- */

select is(tests.status_after(tests.account('acct_other', 'maria')), null, 'a second account of a coach is not kept');
select is((select stripe_account_id from public.payout_accounts), 'acct_m', 'the first stands');
select is(tests.status_after('{"id": "acct_x", "metadata": {}, "capabilities": {}, "requirements": {"currently_due": []}}'), null, 'nor one of nobody');
select is((select count(*) from private.security_events where kind = 'payout_account_of_nobody'), 2::bigint, 'both are noted');

/* -- who may ------------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select is((select count(*) from public.payout_accounts), 1::bigint, 'a coach sees theirs');
select throws_ok($$ select public.record_payout_account('{}') $$, '42501', null, 'but says nothing of it');
select tests.sign_in_as('lena');
select is_empty('select from public.payout_accounts', 'another coach does not');
select tests.sign_in_as('dana');
select is_empty('select from public.payout_accounts', 'nor does a client');
select tests.sign_out();
select throws_ok('select from public.payout_accounts', '42501', null, 'nor a visitor');

select * from finish();
rollback;
