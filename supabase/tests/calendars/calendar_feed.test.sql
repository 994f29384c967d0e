/* A private calendar address shows its person's sessions, to whoever has it, until it is ended. */
begin;
select plan(23);

select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_profile('newcomer', is_onboarded => false);
select tests.create_coach('maria');
select tests.create_coach('lena');
select tests.book('ahead', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('off', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'cancelled');
select tests.book('held', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6), status => 'held');
select tests.book('lapsed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(7), status => 'expired');
select tests.book('done', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('long ago', client => 'dana', offer => 'lena''s hour', status => 'completed');
select tests.move_booking('long ago', now() - interval '91 days');
select tests.book('zoe''s', client => 'zoe', offer => 'lena''s hour', starts_at => tests.on_day(3));
select tests.book('maria as client', client => 'maria', offer => 'lena''s hour', starts_at => tests.on_day(4));

create temp table tokens (name text, token text);
grant all on tokens to authenticated, anon;

/* -- making ------------------------------------------------------------------------------- */

select tests.sign_in_as('newcomer');
select throws_ok('select public.make_calendar_feed()', 'UPONB', null, 'one says who one is first');

select tests.sign_in_as('dana');
insert into tokens select 'dana''s first', public.make_calendar_feed();
select matches((select token from tokens), '^[A-Za-z0-9_-]{43}$', 'the secret is 32 bytes that a URL can hold');
select tests.sign_in_as('maria');
insert into tokens select 'maria''s', public.make_calendar_feed();

select tests.as_admin();
select isnt((select token from tokens where name = 'maria''s'), (select token from tokens where name = 'dana''s first'), 'each is another');
select results_eq(
  'select token_hash from public.calendar_feeds where profile_id = tests.id(''dana'')',
  'select sha256(token::bytea) from tokens where name = ''dana''''s first''',
  'what is kept is a hash'
);

/* -- reading ------------------------------------------------------------------------------ */

create function tests.feed(name text) returns table (id uuid, party public.booking_actor, status public.booking_status, sequence integer, counterpart_name text)
language sql as $$
  select feed.id, feed.party, feed.status, feed.sequence, feed.counterpart_name
  from tokens, public.calendar_feed(tokens.token) as feed where tokens.name = feed.name;
$$;
grant execute on function tests.feed to anon, authenticated;

select tests.sign_out();
select results_eq(
  $$ select * from tests.feed('dana''s first') $$,
  $$ values
    (tests.id('off'), 'client'::public.booking_actor, 'cancelled'::public.booking_status, 1, 'Maria Example'),
    (tests.id('ahead'), 'client', 'confirmed', 0, 'Maria Example'),
    (tests.id('done'), 'client', 'completed', 0, 'Maria Example') $$,
  'a visitor with the address reads what was agreed and is not long ago; holds are not in it'
);
select bag_eq(
  $$ select id, party::text, counterpart_name from tests.feed('maria''s') $$,
  $$ values (tests.id('off'), 'coach', 'Dana Example'), (tests.id('ahead'), 'coach', 'Dana Example'),
    (tests.id('done'), 'coach', 'Dana Example'), (tests.id('maria as client'), 'client', 'Lena Example') $$,
  'a coach reads both their practice and what they booked themselves'
);
select throws_ok('select * from public.calendar_feed(''wrong'')', 'UCNFD', null, 'a wrong address is none');
select throws_ok('select * from public.calendar_feed(null)', 'UCNFD', null, 'nor is no address');
select throws_ok(
  $$ select * from public.calendar_feed(encode(sha256((select token from tokens where name = 'maria''s')::bytea), 'hex')) $$,
  'UCNFD', null, 'what the database keeps opens nothing'
);

select tests.as_admin();
insert into tokens select 'tag', max(changed_at)::text from tokens, public.calendar_feed(tokens.token) where tokens.name = 'dana''s first';
select is((select token from tokens where name = 'tag')::timestamptz, now(), 'each says when it changed');

/* -- one session -------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq('select id from public.calendar_entry(tests.id(''ahead''))', array[tests.id('ahead')], 'a client has the file of a session');
select results_eq('select id from public.calendar_entry(tests.id(''long ago''))', array[tests.id('long ago')], 'whenever it was');
select is_empty('select from public.calendar_entry(tests.id(''held''))', 'but not of a hold');
select is_empty('select from public.calendar_entry(null)', 'nor of nothing');
select is_empty('select from public.calendar_entry(tests.id(''zoe''''s''))', 'nor of somebody else''s');
select tests.sign_in_as('maria');
select results_eq('select party from public.calendar_entry(tests.id(''ahead''))', array['coach'::public.booking_actor], 'and its coach has it too');

/* -- ending ------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
insert into tokens select 'dana''s second', public.make_calendar_feed();
select throws_ok($$ select * from tests.feed('dana''s first') $$, 'UCNFD', null, 'a new address ends the old one');
select isnt_empty($$ select * from tests.feed('dana''s second') $$, 'and works');
select public.revoke_calendar_feed();
select lives_ok('select public.revoke_calendar_feed()', 'ending it twice is once');
select throws_ok($$ select * from tests.feed('dana''s second') $$, 'UCNFD', null, 'it is over');
select isnt_empty($$ select * from tests.feed('maria''s') $$, 'nobody else''s is');

select tests.as_admin();
update public.profiles set deleted_at = now() where id = tests.id('maria');
select throws_ok($$ select * from tests.feed('maria''s') $$, 'UCNFD', null, 'who has left has none');
select private.forget_clerk_user('user_maria');
select is_empty('select from public.calendar_feeds', 'and nothing of it is kept');

select * from finish();
rollback;
