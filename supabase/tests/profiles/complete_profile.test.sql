begin;
select plan(22);

-- Dana sells houses, Leo lends, Maria only coaches; none has said so yet.
select tests.create_profile(name, is_onboarded => false) from unnest(array['dana', 'leo', 'maria']) as name;

/* What a form sends, with one field another than it should be. */
create function tests.complete(
  kind public.profile_kind default 'realtor',
  first_name text default 'Dana',
  last_name text default 'Reyes',
  home_state text default 'TX',
  credential_number text default 'TX-0700',
  time_zone text default 'America/Chicago'
) returns void language sql as $$
  select public.complete_profile(kind, first_name, last_name, home_state, 'Reyes Realty', credential_number, time_zone);
$$;
grant execute on function tests.complete to anon, authenticated;

select tests.sign_in_as('dana');
select throws_ok($$ select tests.complete(first_name => ' ') $$, 'UPNAM', null, 'a blank first name is refused');
select throws_ok($$ select tests.complete(last_name => '') $$, 'UPNAM', null, 'a blank last name is refused');
select throws_ok($$ select tests.complete(first_name => repeat('a', 81)) $$, 'UPNAM', null, 'a name over 80 characters is refused');
select throws_ok($$ select tests.complete(home_state => 'XX') $$, 'UPSTA', null, 'an unknown state is refused');
select throws_ok($$ select tests.complete(home_state => null) $$, 'UPSTA', null, 'no state is refused');
select throws_ok($$ select tests.complete(time_zone => 'EST') $$, 'UPZON', null, 'an abbreviation is no time zone');
select throws_ok($$ select tests.complete(time_zone => 'Mars/Olympus') $$, 'UPZON', null, 'nor is an invention');
select throws_ok($$ select tests.complete(credential_number => '') $$, 'UPLIC', null, 'a realtor gives a licence number');
select throws_ok($$ select tests.complete(credential_number => '<script>') $$, 'UPLIC', null, 'of letters, digits, dots and dashes');
select throws_ok($$ select tests.complete(kind => 'loan_officer', credential_number => 'TX-0700') $$, 'UPNML', null, 'a loan officer gives digits');
select throws_ok($$ select tests.complete(kind => 'loan_officer', credential_number => null) $$, 'UPNML', null, 'and does give them');

select lives_ok($$ select tests.complete(home_state => 'tx', credential_number => 'tx-0700') $$, 'a realtor can say who they are');
select lives_ok($$ select tests.complete(first_name => repeat('a', 80), last_name => repeat('a', 80)) $$, 'a name has up to 80 characters');
select lives_ok($$ select tests.complete(last_name => 'Reyes-Cole') $$, 'and change it');
select results_eq(
  $$ select kind, first_name, last_name, home_state, company, time_zone, onboarded_at from public.profiles $$,
  $$ values ('realtor'::public.profile_kind, 'Dana', 'Reyes-Cole', 'TX', 'Reyes Realty', 'America/Chicago', now()) $$,
  'what they said is kept'
);
select results_eq(
  'select kind, state, number from public.credentials',
  $$ values ('state_license'::public.credential_kind, 'TX', 'TX-0700') $$,
  'the licence is entered once'
);

select tests.sign_in_as('leo');
select lives_ok($$ select tests.complete(kind => 'loan_officer', credential_number => ' 1234567 ') $$, 'a loan officer can say who they are');
select results_eq(
  'select kind, state, number from public.credentials',
  $$ values ('nmls'::public.credential_kind, null, '1234567') $$,
  'their id belongs to no state'
);

select tests.sign_in_as('maria');
select lives_ok($$ select tests.complete(kind => 'coach', credential_number => null) $$, 'a coach needs no licence');
select is_empty('select from public.credentials', 'and has none');

select tests.sign_in_as('nobody-yet');
select throws_ok('select tests.complete()', 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.sign_out();
select throws_ok('select tests.complete()', '42501', null, 'a visitor cannot call it');

select * from finish();
rollback;
