/* What "My sessions", a session's page and the coach's clients show. */
begin;
select plan(27);

-- Dana and Omar are Maria's clients. Zoe is nobody's.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('coming', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('later', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5));
select tests.book('checkout', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(4), status => 'held');
select tests.book('abandoned', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6), status => 'held');
select tests.let_hold_run_out('abandoned');
select tests.book('held long ago', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '30 days', status => 'completed');
select tests.book('held', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '2 days', status => 'completed');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(8));

create function tests.sessions(party public.booking_actor, is_past boolean) returns table (name text, status public.booking_status, counterpart text)
language sql security definer as $$
  select fixtures.name, list.status, list.counterpart_name
  from public.session_list(sessions.party, sessions.is_past) with ordinality as list
  join tests.fixtures on fixtures.id = list.booking_id
  order by ordinality;
$$;
grant execute on function tests.sessions to anon, authenticated;

/* -- lists -------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq(
  $$ select * from tests.sessions('client', false) $$,
  $$ values ('coming', 'confirmed'::public.booking_status, 'Maria Example'), ('checkout', 'held', 'Maria Example'), ('later', 'confirmed', 'Maria Example') $$,
  'a client sees what comes, the soonest first, with the coach''s name'
);
select results_eq(
  $$ select name, status from tests.sessions('client', true) $$,
  $$ values ('abandoned', 'expired'::public.booking_status), ('held', 'completed'), ('held long ago', 'completed') $$,
  'and what was, the latest first; a hold that ran out was, at once'
);
select is_empty($$ select * from tests.sessions('coach', false) $$, 'who has no practice has no sessions as a coach');
select is_empty($$ select * from tests.sessions('admin', false) $$, 'there are two parties to a session');

select tests.sign_in_as('maria');
select results_eq(
  $$ select name, counterpart from tests.sessions('coach', false) $$,
  $$ values ('coming', 'Dana Example'), ('later', 'Dana Example'), ('omar''s', 'Omar Example') $$,
  'a coach sees what comes, without open checkouts'
);
select is_empty($$ select * from tests.sessions('client', false) $$, 'and is no client');
select results_eq($$ select name from tests.sessions('coach', true) $$, array['held', 'held long ago'], 'and what was, without abandoned ones');

select tests.sign_in_as('zoe');
select is_empty($$ select * from tests.sessions('client', false) $$, 'a stranger sees nothing');

-- Twenty to a page, and one more to say that there is a next.
select tests.as_admin();
select tests.book('number ' || number, client => 'zoe', offer => 'maria''s hour', starts_at => tests.on_day(20 + number)) from generate_series(1, 22) as number;
select tests.sign_in_as('zoe');
select is((select count(*) from public.session_list('client')), 21::bigint, 'a full page has one row more');
select is((select count(*) from public.session_list('client', false, 2)), 2::bigint, 'the next has the rest');
select is((select count(*) from public.session_list('client', false, 0)), 21::bigint, 'there is no page before the first');

/* -- one session ----------------------------------------------------------------------------------- */

select is_empty($$ select from public.session_details(tests.id('coming')) $$, 'a stranger sees no session of others');
select tests.sign_in_as('dana');
select results_eq(
  $$ select party, status, time_zone, counterpart_name, amount_cents, refunded_cents, order_status, is_joinable, is_reviewable, is_cancellable
     from public.session_details(tests.id('coming')) $$,
  $$ values ('client'::public.booking_actor, 'confirmed'::public.booking_status, 'America/New_York', 'Maria Example', 10000, 0, 'paid'::public.order_status, false, false, true) $$,
  'a client sees their session'
);
select results_eq(
  $$ select is_reviewable, is_cancellable from public.session_details(tests.id('held')) $$, 'values (true, false)', 'a session of two days ago can be reviewed'
);
select results_eq(
  $$ select is_reviewable from public.session_details(tests.id('held long ago')) $$, 'values (false)', 'one of a month ago no more'
);
select results_eq($$ select status::text, is_cancellable from public.session_details(tests.id('abandoned')) $$, $$ values ('expired', false) $$, 'a hold that ran out is over');
select tests.sign_in_as('maria');
select results_eq(
  $$ select party, counterpart_name, is_reviewable from public.session_details(tests.id('held')) $$,
  $$ values ('coach'::public.booking_actor, 'Dana Example', true) $$,
  'the coach sees it too, and can say how the client was'
);

-- At the instant on which something changes.
select tests.as_admin();
select tests.move_booking('later', now());
select tests.sign_in_as('dana');
select results_eq($$ select is_cancellable from public.session_details(tests.id('later')) $$, 'values (false)', 'what begins is not cancelled');
select tests.as_admin();
select tests.move_booking('later', now() - interval '1 hour');
select tests.sign_in_as('dana');
select is_empty($$ select from tests.sessions('client', false) where name = 'later' $$, 'what ends does not come any more');
select tests.as_admin();
select tests.move_booking('held long ago', now() - interval '7 days' - interval '1 hour');
select tests.sign_in_as('dana');
select results_eq($$ select is_reviewable from public.session_details(tests.id('held long ago')) $$, 'values (false)', 'a week after the end the review''s time is over');
select tests.review('held');
select results_eq($$ select is_reviewable from public.session_details(tests.id('held')) $$, 'values (false)', 'and a review is written once');

-- The door opens 15 minutes before and closes with the session.
select tests.as_admin();
create temp table doors as
select minutes, private.is_joinable(moved) as is_open
from unnest(array[16, 15, 0, -59, -60]) as minutes
cross join lateral (
  select (jsonb_populate_record(bookings, jsonb_build_object(
    'starts_at', now() + make_interval(mins => minutes), 'ends_at', now() + make_interval(mins => minutes + 60)
  ))).*
  from public.bookings where id = tests.id('coming')
) as moved;
select results_eq(
  'select minutes, is_open from doors order by minutes desc',
  'values (16, false), (15, true), (0, true), (-59, true), (-60, false)',
  'the meeting''s door opens 15 minutes before and closes at the end'
);

/* -- the coach's clients ------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select results_eq(
  $$ select client_name, sessions_held, next_starts_at, last_starts_at from public.coach_clients() where client_name <> 'Zoe Example' $$,
  $$ values ('Omar Example', 0, tests.on_day(8), null::timestamptz), ('Dana Example', 2, tests.on_day(3), now() - interval '2 days') $$,
  'a coach sees their clients'
);
select tests.sign_in_as('dana');
select is_empty('select from public.coach_clients()', 'who has no practice has no clients');

/* -- who may -------------------------------------------------------------------------------------------- */

select tests.sign_out();
select throws_ok($$ select public.session_list('client') $$, '42501', null, 'a visitor has no sessions');
select throws_ok($$ select public.session_details(tests.id('coming')) $$, '42501', null, 'and sees none');
select throws_ok('select public.coach_clients()', '42501', null, 'nor clients');

select * from finish();
rollback;
