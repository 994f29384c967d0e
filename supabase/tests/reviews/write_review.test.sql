begin;
select plan(21);

-- Dana had sessions with Maria at several times. Zoe had none.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('coming', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('cancelled', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'cancelled');
select tests.book('a week ago', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '7 days' - interval '1 hour', status => 'completed');
select tests.book('almost', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '7 days' - interval '1 hour' + interval '1 second', status => 'completed');

create function tests.review(booking text, rating integer default 5, body text default 'Clear, kind and to the point.') returns uuid language sql as $$
  select public.write_review(tests.id(booking), rating, body);
$$;
grant execute on function tests.review to anon, authenticated;

select tests.sign_in_as('dana');
select throws_ok($$ select tests.review('coming') $$, 'RVEAR', null, 'what has not been is not reviewed');
select throws_ok($$ select tests.review('cancelled') $$, 'RVEAR', null, 'nor what was cancelled');
select throws_ok($$ select tests.review('a week ago') $$, 'RVLAT', null, 'nor what ended a week ago');
select throws_ok($$ select tests.review('held', 0) $$, 'RVRAT', null, 'there is no star below one');
select throws_ok($$ select tests.review('held', 6) $$, 'RVRAT', null, 'or above five');
select throws_ok($$ select tests.review('held', null) $$, 'RVRAT', null, 'or none');
select throws_ok($$ select tests.review('held', body => 'Nice.') $$, 'RVBOD', null, 'a review has 20 characters');
select throws_ok($$ select tests.review('held', body => repeat('a', 2001)) $$, 'RVBOD', null, 'and at most 2,000');

select lives_ok($$ select tests.review('held') $$, 'the client of a session that was held reviews it');
select results_eq(
  'select coach_id, author_name, rating::integer, body from public.reviews',
  $$ values (tests.coach_id('maria'), 'Dana E.', 5, 'Clear, kind and to the point.') $$,
  'with first name and initial'
);
select throws_ok($$ select tests.review('held', 1, 'On second thought, not so good.') $$, 'RVTWO', null, 'once');
select lives_ok($$ select tests.review('almost') $$, 'a second before the week is over is in time');

select tests.as_admin();
select results_eq(
  $$ select recipient_id, booking_id from public.notifications where kind = 'review_received' order by created_at limit 1 $$,
  $$ values (tests.id('maria'), tests.id('held')) $$,
  'the coach is told'
);
select is((select count(*) from public.notifications where kind = 'review_received'), 2::bigint, 'of each');
select throws_ok(
  $$ insert into public.reviews (booking_id, coach_id, author_id, author_name, rating, body) values (tests.id('held'), tests.coach_id('maria'), tests.id('dana'), 'D', 1, repeat('a', 20)) $$,
  '23505', null, 'a session is reviewed once, whoever writes'
);

select tests.sign_in_as('maria');
select throws_ok($$ select tests.review('held') $$, 'OBNFD', null, 'the coach does not review');
select tests.sign_in_as('zoe');
select throws_ok($$ select tests.review('held') $$, 'OBNFD', null, 'nor does a stranger');
select throws_ok($$ select public.write_review(gen_random_uuid(), 5, 'Clear, kind and to the point.') $$, 'OBNFD', null, 'which looks the same as what is not there');
select tests.sign_in_as('una');
select throws_ok($$ select tests.review('held') $$, 'UPONB', null, 'who has not said who they are does that first');
select tests.sign_in_as('nobody-yet');
select throws_ok($$ select tests.review('held') $$, 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.sign_out();
select throws_ok($$ select tests.review('held') $$, '42501', null, 'nor does a visitor');

select * from finish();
rollback;
