begin;
select plan(16);

-- Dana and Maria each have a private calendar address.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.sign_in_as('dana');
select public.make_calendar_feed();
select tests.sign_in_as('maria');
select public.make_calendar_feed();

select policies_are('public', 'calendar_feeds', array['People can view since when they have a calendar address']);

select results_eq('select profile_id from public.calendar_feeds', array[tests.id('maria')], 'Maria sees hers');
select tests.refuses_columns('public.calendar_feeds', 'token_hash');
select tests.refuses_writes('public.calendar_feeds');

select tests.sign_in_as('dana');
select results_eq('select profile_id from public.calendar_feeds', array[tests.id('dana')], 'and Dana hers');

select tests.sign_in_as('zoe');
select is_empty('select profile_id from public.calendar_feeds', 'a stranger sees none');

select tests.sign_out();
select tests.refuses_columns('public.calendar_feeds', 'profile_id');
select tests.refuses_writes('public.calendar_feeds');
select throws_ok('select public.make_calendar_feed()', '42501', null, 'a visitor makes none');
select throws_ok('select public.revoke_calendar_feed()', '42501', null, 'and ends none');
select throws_ok('select private.calendar_token_hash(''x'')', '42501', null, 'nobody asks for hashes');
select throws_ok('select private.calendar_entries(tests.id(''dana''))', '42501', null, 'nor for somebody''s calendar by their id');

select * from finish();
rollback;
