/* Putting memberships on sale, agreeing to their renewal, and beginning one. */
begin;
select plan(44);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_profile('nina', is_onboarded => false);
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* -- on sale ------------------------------------------------------------------------------------ */

select tests.sign_in_as('maria');
select lives_ok(
  $$ select public.make_membership_offer('Two a month', 'Steady work.', 60, 20000, 'month', 2, 14) $$, 'a coach puts a membership on sale'
);
select results_eq(
  $$ select kind::text, billing_interval::text, sessions_a_month, trial_days, version from public.offers where title = 'Two a month' $$,
  $$ values ('membership', 'month', 2, 14, 1) $$, 'with what it gives and costs'
);
select throws_ok($$ select public.make_membership_offer('Hi', '', 60, 20000, 'month', 2, 0) $$, 'OFTIT', null, 'its name is as long as any offer''s');
select throws_ok($$ select public.make_membership_offer('Much', '', 60, 400, 'month', 2, 0) $$, 'OFPRI', null, 'so is its price');
select throws_ok(format($$ select public.make_membership_offer('Much', '', 60, 20000, 'month', %s, 0) $$, sessions), 'OFMEM', null, format('not %s sessions', sessions))
from unnest(array['0', '21', 'null']) as sessions;
select throws_ok(format($$ select public.make_membership_offer('Much', '', 60, 20000, 'month', 2, %s) $$, days), 'OFMEM', null, format('not %s days', days))
from unnest(array['-1', '31', 'null']) as days;
select lives_ok(
  $$ select public.change_membership_offer(id, 'Three a month', '', 60, 30000, 'month', 3, 0) from public.offers where title = 'Two a month' $$,
  'it is changed as any offer is'
);
select results_eq(
  $$ select title, version, archived_at is not null from public.offers where kind = 'membership' order by version $$,
  $$ values ('Two a month', 1, true), ('Three a month', 2, false) $$, 'by its next version'
);
select throws_ok(
  $$ select public.change_offer(id, 'Four', '', 60, 30000) from public.offers where title = 'Three a month' $$, 'OFGON', null,
  'not into something else'
);
select throws_ok(
  $$ select public.change_membership_offer(tests.id('maria''s hour'), 'Four', '', 60, 30000, 'month', 3, 0) $$, 'OFGON', null,
  'nor something else into it'
);
select tests.sign_in_as('lena');
select throws_ok(
  $$ select public.change_membership_offer(id, 'Mine', '', 60, 30000, 'month', 3, 0) from public.offers where title = 'Three a month' $$,
  'OFGON', null, 'nor another''s'
);
select tests.sign_in_as('dana');
select throws_ok($$ select public.make_membership_offer('Two a month', '', 60, 20000, 'month', 2, 14) $$, 'OCNON', null, 'only a coach sells one');

/* -- what is agreed to ---------------------------------------------------------------------------- */

select tests.as_admin();
select tests.create_membership_offer('steady', coach => 'maria', trial_days => 14);
select tests.create_membership_offer('yearly', coach => 'maria', price_cents => 199900, billing_interval => 'year');
select tests.create_membership_offer('other', coach => 'lena', trial_days => 7);

select tests.sign_out();
select matches(words, 'The first 14 days cost nothing. Then \$200.00 is charged to my card every month, until I cancel.', 'the words say what it costs and when')
from public.membership_offer_terms(tests.id('steady'));
select matches(words, '\$1,999.00 is charged to my card today and then every year', 'without a trial from today on')
from public.membership_offer_terms(tests.id('yearly'));
select is_empty($$ select from public.membership_offer_terms(tests.id('maria''s hour')) $$, 'there are none of what is no membership');

select tests.sign_in_as('dana');
select throws_ok($$ select public.begin_membership(tests.id('steady'), '') $$, 'MBAGR', null, 'without agreeing nothing begins');
select throws_ok($$ select public.begin_membership(tests.id('steady'), null) $$, 'MBAGR', null, 'in no way');
select throws_ok($$ select public.begin_membership(tests.id('steady'), repeat('0', 64)) $$, 'MBTRM', null, 'nor when something else was agreed to');
select is_empty($$ select from public.membership_consents $$, 'and nothing is written down');

select tests.as_admin();
select lives_ok($$ select tests.begin_membership('dana''s', client => 'dana', offer => 'steady') $$, 'who agrees begins');
select tests.sign_in_as('dana');
select results_eq(
  $$ select words_sha256 = encode(sha256(convert_to(words, 'UTF8')), 'hex'), version, agreed_at = now(), words like '%“steady” with Maria Example renews by itself%'
     from public.membership_consents $$,
  $$ values (true, 2, true, true) $$, 'what they read is written down, word for word'
);
select results_eq(
  $$ select status::text, trial_days from public.memberships $$, $$ values ('incomplete', 14) $$, 'and it waits for its payment'
);
select is_empty($$ select from public.membership_list() $$, 'of which no page speaks');

/* -- the payment page ------------------------------------------------------------------------------ */

select results_eq(
  $$ select attempt, stripe_price_id, email, checkout_url, trial_days from public.membership_checkout(tests.id('dana''s')) $$,
  $$ values (1, 'price steady', 'dana@example.com', null, 14) $$, 'what the payment page needs'
);
select throws_ok($$ select public.record_membership_checkout(tests.id('dana'), tests.id('dana''s'), 1, 'cs_0', 'https://stripe.example/0') $$, '42501', null, 'which is the site''s to name');
select tests.as_service();
select public.record_membership_checkout(tests.id('dana'), tests.id('dana''s'), 1, 'cs_1', 'https://stripe.example/1');
select public.record_membership_checkout(tests.id('dana'), tests.id('dana''s'), 1, 'cs_2', 'https://stripe.example/2');
select tests.as_admin();
select tests.begin_membership('again', client => 'dana', offer => 'steady');
select tests.sign_in_as('dana');
select results_eq(
  $$ select attempt, checkout_url from public.membership_checkout(tests.id('again')) $$,
  $$ values (1, 'https://stripe.example/1') $$, 'beginning again leads to the page that is open'
);
select is(tests.id('again'), tests.id('dana''s'), 'of the same membership');
select tests.as_admin();
select tests.begin_membership('yearly instead', client => 'dana', offer => 'yearly');
select tests.sign_in_as('dana');
select results_eq(
  $$ select attempt, checkout_url, trial_days from public.membership_checkout(tests.id('yearly instead')) $$,
  $$ values (2, null, 0) $$, 'for another offer there is another page'
);
select tests.as_service();
select public.record_membership_checkout(tests.id('dana'), tests.id('dana''s'), 1, 'cs_3', 'https://stripe.example/3');
select tests.sign_in_as('dana');
select is((select checkout_url from public.membership_checkout(tests.id('dana''s'))), null, 'and what is said of the one before is late');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.membership_checkout(tests.id('dana''s')) $$, 'a stranger sees nothing of it');
select tests.as_service();
select public.record_membership_checkout(tests.id('zoe'), tests.id('dana''s'), 2, 'cs_3', 'https://stripe.example/3');
select tests.as_admin();
select is((select checkout_url from public.memberships where id = tests.id('dana''s')), null, 'and no page is named in their name');
select tests.sign_in_as('dana');
select throws_ok($$ select public.record_stripe_price(tests.id('steady'), 'price_cheap') $$, '42501', null, 'nor can anybody name a price');

/* -- who cannot ------------------------------------------------------------------------------------ */

select throws_ok(
  $$ select public.begin_membership(tests.id('maria''s hour'), 'x') $$, 'OFGON', null, 'a session is no membership'
);
select tests.sign_in_as('maria');
select throws_ok($$ select public.begin_membership(tests.id('steady'), 'x') $$, 'OBOWN', null, 'nobody subscribes to themselves');
select tests.sign_in_as('nina');
select throws_ok($$ select public.begin_membership(tests.id('steady'), 'x') $$, 'UPONB', null, 'nor without saying who they are');
select tests.sign_out();
select throws_ok($$ select public.begin_membership(tests.id('steady'), 'x') $$, '42501', null, 'nor as a visitor');

select tests.as_admin();
select public.apply_stripe_event(tests.membership_event('dana''s'));
select tests.sign_in_as('dana');
select throws_ok($$ select public.begin_membership(tests.id('steady'), 'x') $$, 'MBTWO', null, 'there is one for each coach at a time');
select is_empty($$ select from public.membership_checkout(tests.id('dana''s')) $$, 'one that has begun has no payment page');
select is((select membership_id from public.membership_offer_terms(tests.id('steady'))), tests.id('dana''s'), 'the page to subscribe leads to it');
select lives_ok($$ select public.begin_membership(tests.id('other'), (select words_sha256 from public.membership_offer_terms(tests.id('other')))) $$, 'another coach is another matter');

select * from finish();
rollback;
