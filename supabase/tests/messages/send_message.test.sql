begin;
select no_plan();

-- Dana writes with Maria. Zoe is a stranger, Una has not said who she is, Petra paused.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach(name) from unnest(array['maria', 'petra']) as name;
update public.coaches set status = 'paused' where slug = 'petra';

/* Message number `number` of this file, from whoever asks. */
create function tests.say(number integer, body text) returns bigint language sql as $$
  select public.send_message(tests.conversation_id('dana', 'maria'), ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid, body);
$$;
grant execute on function tests.say to anon, authenticated;

/* -- a thread begins ---------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select throws_ok($$ select public.start_conversation(tests.coach_id('petra')) $$, 'OCNFD', null, 'a coach who paused is not written to');
select throws_ok('select public.start_conversation(gen_random_uuid())', 'OCNFD', null, 'nor one who is not there');
select lives_ok($$ select public.start_conversation(tests.coach_id('maria')) $$, 'a client begins a thread');
select is(public.start_conversation(tests.coach_id('maria')), tests.conversation_id('dana', 'maria'), 'and comes back to it');
select tests.sign_in_as('zoe');
select isnt(public.start_conversation(tests.coach_id('maria')), tests.conversation_id('dana', 'maria'), 'another client has another');
select tests.as_admin();
delete from public.conversations where client_id = tests.id('zoe');
select tests.sign_in_as('maria');
select throws_ok($$ select public.start_conversation(tests.coach_id('maria')) $$, 'MSOWN', null, 'nobody writes to themselves');
select tests.sign_in_as('una');
select throws_ok($$ select public.start_conversation(tests.coach_id('maria')) $$, 'UPONB', null, 'who has not said who they are does that first');
select tests.sign_in_as('nobody-yet');
select throws_ok($$ select public.start_conversation(tests.coach_id('maria')) $$, 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.sign_out();
select throws_ok($$ select public.start_conversation(tests.coach_id('maria')) $$, '42501', null, 'a visitor writes to nobody');

/* -- messages are numbered without gaps ------------------------------------------------------------- */

select tests.sign_in_as('dana');
select is(tests.say(1, ' Hello '), 1::bigint, 'the first message is number one');
select tests.sign_in_as('maria');
select is(tests.say(2, 'Hello Dana'), 2::bigint, 'the answer is two');
select tests.sign_in_as('dana');
select is(tests.say(1, 'Hello again'), 1::bigint, 'the same id again is the same message, whatever it says');
select throws_ok($$ select tests.say(3, '  ') $$, 'MSBOD', null, 'a message says something');
select throws_ok($$ select tests.say(3, repeat('a', 4001)) $$, 'MSBOD', null, 'in at most 4,000 characters');
select is(tests.say(4, repeat('a', 4000)), 3::bigint, 'and leaves no gap for those refused');
select results_eq(
  'select seq, sender_id, left(body, 10) from public.messages order by seq',
  $$ values (1::bigint, tests.id('dana'), 'Hello'), (2, tests.id('maria'), 'Hello Dana'), (3, tests.id('dana'), 'aaaaaaaaaa') $$,
  'that is the thread'
);
select results_eq('select last_seq, last_message_at from public.conversations', 'values (3::bigint, now())', 'and it knows its last');
select throws_ok($$ select public.send_message(tests.conversation_id('dana', 'maria'), null, 'Hello') $$, 'MSNID', null, 'a message has an id');
select throws_ok($$ select tests.say(3, null) $$, 'MSBOD', null, 'and words');
select throws_ok($$ select public.edit_message('00000000-0000-4000-8000-000000000001', null) $$, 'MSBOD', null, 'after it was changed, too');

select tests.sign_in_as('maria');
select throws_ok($$ select tests.say(1, 'Not mine') $$, 'MSTWO', null, 'another''s id is not taken');
select is((select last_change from public.conversations), 3::bigint, 'nor does it leave a gap');

/* -- who may ------------------------------------------------------------------------------------------ */

select tests.sign_in_as('zoe');
select throws_ok($$ select tests.say(5, 'Hi') $$, 'MSNFD', null, 'a stranger says nothing');
select throws_ok($$ select public.send_message(gen_random_uuid(), gen_random_uuid(), 'Hi') $$, 'MSNFD', null, 'which looks the same as what is not there');
select tests.sign_in_as('una');
select throws_ok($$ select tests.say(5, 'Hi') $$, 'UPONB', null, 'who has not said who they are does that first');
select tests.sign_in_as('nobody-yet');
select throws_ok($$ select tests.say(5, 'Hi') $$, 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.sign_out();
select throws_ok($$ select tests.say(5, 'Hi') $$, '42501', null, 'nor does a visitor');

/* -- asked before files are looked at ---------------------------------------------------------------------- */

select tests.as_admin();
/* What comes of it when somebody asks to send message `number` of this file. */
create function tests.prepares(name text, number integer) returns text language plpgsql as $$
declare
  v_answer text;
begin
  perform tests.sign_in_as(name);
  v_answer := coalesce(
    public.prepare_message(tests.conversation_id('dana', 'maria'), ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid)::text,
    'go on'
  );
  perform tests.as_admin();
  return v_answer;
exception when others then
  perform tests.as_admin();
  return sqlstate;
end;
$$;
select is(tests.prepares('dana', 5), 'go on', 'a party may write');
select is(tests.prepares('dana', 4), '3', 'what is sent is not sent again');
select is(tests.prepares('maria', 4), 'go on', 'by its sender');
select is(tests.prepares('zoe', 5), 'MSNFD', 'a stranger may not');
select is(tests.prepares('una', 5), 'UPONB', 'nor who has not said who they are');
select is(tests.prepares('dana', null), 'MSNID', 'without an id there is nothing to send');
update public.conversations set closed_at = now();
select is(tests.prepares('dana', 5), 'MSBLK', 'where nobody writes nobody uploads');
update public.conversations set closed_at = null;
select is((select count(*) from public.messages), 3::bigint, 'asking sends nothing');
select tests.sign_out();
select throws_ok('select public.prepare_message(gen_random_uuid(), gen_random_uuid())', '42501', null, 'a visitor does not ask');

/* -- not too fast --------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select lives_ok('select tests.say(100 + number, ''More'') from generate_series(1, 18) as number', 'twenty a minute');
select throws_ok($$ select tests.say(200, 'One more') $$, 'MSFST', null, 'and not twenty-one');
select throws_ok($$ select public.prepare_message(tests.conversation_id('dana', 'maria'), gen_random_uuid()) $$, 'MSFST', null, 'which is said before files are sent');
select lives_ok($$ select tests.say(118, 'Again') $$, 'a retry of what was sent is no more');
select tests.sign_in_as('maria');
select lives_ok($$ select tests.say(201, 'Slow down') $$, 'the other may still answer');
select tests.as_admin();
update public.messages set created_at = now() - interval '1 minute' where sender_id = tests.id('dana');
select tests.sign_in_as('dana');
select lives_ok($$ select tests.say(200, 'One more') $$, 'a minute later they can go on');

-- Ten new threads a day.
select tests.as_admin();
select tests.create_coach(name) from unnest(array['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) as name;
select tests.sign_in_as('dana');
select lives_ok(
  $$ select public.start_conversation(tests.coach_id(name)) from unnest(array['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) as name $$, 'ten new threads a day'
);
select throws_ok($$ select public.start_conversation(tests.coach_id('j')) $$, 'MSLIM', null, 'and not eleven');
select lives_ok($$ select public.start_conversation(tests.coach_id('a')) $$, 'an old one is not new');
select throws_ok(
  $$ select public.send_message(tests.conversation_id('dana', 'a'), '00000000-0000-4000-8000-000000000001', 'Hello') $$,
  'MSTWO', null, 'a message belongs to one thread'
);
select tests.as_admin();
update public.conversations set opened_at = now() - interval '1 day' where client_id = tests.id('dana');
select tests.sign_in_as('dana');
select lives_ok($$ select public.start_conversation(tests.coach_id('j')) $$, 'a day later they can go on');

select * from finish();
rollback;
