begin;
select plan(44);

-- Maria sells an hour, which Dana has booked. Lena is a coach too, Sam suspended, Una unknown.
select tests.create_profile('dana');
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_coach('sam', status => 'suspended');
select tests.book('booked', client => 'dana', offer => 'maria''s hour');

create function tests.sell(title text default 'Strategy hour', description text default '', minutes integer default 60, cents integer default 10000)
returns uuid language sql as $$
  select public.make_offer(title, description, minutes, cents);
$$;
create function tests.change(offer text, title text default 'Longer hour', description text default '', minutes integer default 90, cents integer default 15000)
returns uuid language sql as $$
  select public.change_offer(tests.id(offer), title, description, minutes, cents);
$$;
grant execute on function tests.sell, tests.change to anon, authenticated;

/* -- making ------------------------------------------------------------------------------ */

select tests.sign_in_as('lena');
select throws_ok($$ select tests.sell(title => ' ab ') $$, 'OFTIT', null, 'a title has 3 characters');
select throws_ok($$ select tests.sell(title => repeat('a', 81)) $$, 'OFTIT', null, 'and at most 80');
select throws_ok($$ select tests.sell(description => repeat('a', 601)) $$, 'OFDES', null, 'a description has at most 600');
select throws_ok($$ select tests.sell(minutes => 10) $$, 'OFLEN', null, 'a session lasts 15 minutes');
select throws_ok($$ select tests.sell(minutes => 245) $$, 'OFLEN', null, 'and at most 240');
select throws_ok($$ select tests.sell(minutes => 47) $$, 'OFLEN', null, 'in steps of 5');
select throws_ok($$ select tests.sell(cents => 499) $$, 'OFPRI', null, 'and costs $5');
select throws_ok($$ select tests.sell(cents => 500001) $$, 'OFPRI', null, 'and at most $5,000');

select lives_ok($$ select tests.sell(title => ' Short call ', minutes => 15, cents => 500) $$, 'the least that can be sold');
select lives_ok($$ select tests.sell(title => repeat('a', 80), description => repeat('a', 600), minutes => 240, cents => 500000) $$, 'and the most');
select isnt_empty($$ select from public.offers where title = 'Short call' and version = 1 and currency = 'usd' $$, 'are on sale');
select results_eq('select from_price_cents from public.coach_listings where coach_id = tests.coach_id(''lena'')', array[500], 'search knows the new least price');

select lives_ok('select tests.sell() from generate_series(1, 9)', 'twelve offers at a time');
select throws_ok('select tests.sell()', 'OFMNY', null, 'and not thirteen');

/* -- changing: what was bought never does --------------------------------------------------- */

select tests.sign_in_as('maria');
select throws_ok($$ select tests.change('maria''s hour', title => 'x') $$, 'OFTIT', null, 'a change is checked like a new offer');
select throws_ok($$ select tests.change('maria''s hour', description => repeat('a', 601)) $$, 'OFDES', null, 'its description');
select throws_ok($$ select tests.change('maria''s hour', minutes => 1) $$, 'OFLEN', null, 'its length');
select throws_ok($$ select tests.change('maria''s hour', cents => 1) $$, 'OFPRI', null, 'its price');

select lives_ok($$ select tests.change('maria''s hour') $$, 'a coach changes an offer');
select results_eq(
  'select version, title, duration_minutes, price_cents, archived_at is null from public.offers where coach_id = tests.coach_id(''maria'') order by version',
  $$ values (1, 'maria''s hour', 60, 10000, false), (2, 'Longer hour', 90, 15000, true) $$,
  'a new version is on sale, the old one is kept'
);
select is((select count(distinct lineage_id) from public.offers where coach_id = tests.coach_id('maria')), 1::bigint, 'they are versions of one thing');
select throws_ok($$ select tests.change('maria''s hour') $$, 'OFGON', null, 'a version that is gone is not changed again');
select results_eq(
  'select offer_id, amount_cents from public.orders',
  $$ values (tests.id('maria''s hour'), 10000) $$,
  'the order keeps what was bought and its price'
);

select tests.as_admin();
select throws_ok(
  $$ insert into public.offers (coach_id, lineage_id, version, title, duration_minutes, price_cents)
     select coach_id, lineage_id, 3, title, 60, 10000 from public.offers where id = tests.id('maria''s hour') $$,
  '23505', null, 'no two versions of one thing are on sale, whoever writes'
);

/* -- taking off sale ---------------------------------------------------------------------------- */

select tests.create_offer('second', coach => 'maria');
select tests.sign_in_as('maria');
select lives_ok($$ select public.archive_offer(tests.id('second')) $$, 'a coach takes an offer off sale');
select throws_ok($$ select public.archive_offer(tests.id('second')) $$, 'OFGON', null, 'once');
select throws_ok(
  $$ select public.archive_offer(id) from public.offers where title = 'Longer hour' $$,
  'OFLST', null, 'a coach who can be found keeps one'
);
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, 'OFGON', null, 'and does not touch another''s');
select throws_ok($$ select tests.change('lena''s hour') $$, 'OFGON', null, 'nor changes it');

/* -- who may -------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select throws_ok('select tests.sell()', 'OCNON', null, 'without a practice nothing is sold');
select throws_ok($$ select tests.change('lena''s hour') $$, 'OCNON', null, 'changed');
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, 'OCNON', null, 'or taken off sale');
select tests.sign_in_as('sam');
select throws_ok('select tests.sell()', 'OCSUS', null, 'a suspended coach sells nothing');
select throws_ok($$ select tests.change('sam''s hour') $$, 'OCSUS', null, 'changes nothing');
select throws_ok($$ select public.archive_offer(tests.id('sam''s hour')) $$, 'OCSUS', null, 'and takes nothing off sale');
select tests.sign_in_as('una');
select throws_ok('select tests.sell()', 'UPONB', null, 'who has not said who they are does that first');
select throws_ok($$ select tests.change('lena''s hour') $$, 'UPONB', null, 'before a change');
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, 'UPONB', null, 'or an end');
select tests.sign_in_as('nobody-yet');
select throws_ok('select tests.sell()', 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select throws_ok($$ select tests.change('lena''s hour') $$, 'UPSGN', null, 'before a change');
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, 'UPSGN', null, 'or an end');
select tests.sign_out();
select throws_ok('select tests.sell()', '42501', null, 'a visitor sells nothing');
select throws_ok($$ select tests.change('lena''s hour') $$, '42501', null, 'changes nothing');
select throws_ok($$ select public.archive_offer(tests.id('lena''s hour')) $$, '42501', null, 'and takes nothing off sale');

select * from finish();
rollback;
