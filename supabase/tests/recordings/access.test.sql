begin;
select plan(51);

select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

create temp table hidden as
select name::regclass as name from unnest(array['private.recording_terms', 'private.recording_consents', 'private.recordings']) as name;
grant select on hidden to anon, authenticated;

select policies_are('private', 'recording_terms', array['Nobody reads recording terms over the API']);
select policies_are('private', 'recording_consents', array['Nobody reads recording consents over the API']);
select policies_are('private', 'recordings', array['Nobody reads recordings over the API']);

select tests.sign_in_as('dana');
select tests.refuses_reads(name) from hidden;
select tests.refuses_writes(name) from hidden;

select tests.sign_in_as('maria');
select tests.refuses_reads(name) from hidden;
select tests.refuses_writes(name) from hidden;

/* A stranger gets what a session that does not exist gives. */
select tests.sign_in_as('zoe');
select tests.refuses_reads(name) from hidden;
select throws_ok($$ select public.agree_to_recording(tests.id('session'), 1) $$, 'OBNFD', null, 'a stranger agrees to nothing');
select throws_ok($$ select public.revoke_recording(tests.id('session')) $$, 'OBNFD', null, 'nor takes anything back');
select throws_ok($$ select public.agree_to_recording(gen_random_uuid(), 1) $$, 'OBNFD', null, 'as with a session that is not there');
select is_empty($$ select from public.recording_details(tests.id('session')) $$, 'a stranger is not asked');

select tests.sign_out();
select tests.refuses_reads(name) from hidden;
select tests.refuses_writes(name) from hidden;
select throws_ok($$ select public.agree_to_recording(tests.id('session'), 1) $$, '42501', null, 'visitors agree to nothing');
select throws_ok($$ select public.revoke_recording(tests.id('session')) $$, '42501', null, 'nor take anything back');
select throws_ok($$ select public.recording_details(tests.id('session')) $$, '42501', null, 'are not asked');
select throws_ok($$ select public.session_recordings(tests.id('session')) $$, '42501', null, 'find no recordings');
select throws_ok($$ select public.watch_recording(gen_random_uuid()) $$, '42501', null, 'and watch none');

select * from finish();
rollback;
