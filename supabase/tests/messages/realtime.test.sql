begin;
select plan(32);

-- Dana and Maria have a thread; Zoe listens at doors.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select public.send_message(tests.conversation_id('dana', 'maria'), '00000000-0000-4000-8000-00000000000a', 'Not for the wire');

select tests.as_admin();
select results_eq(
  $$ select topic, event, private, payload ->> 'id', payload ->> 'seq', payload ->> 'change' from realtime.messages $$,
  $$ values ('conversation:' || tests.conversation_id('dana', 'maria'), 'message', true, '00000000-0000-4000-8000-00000000000a', '1', '1') $$,
  'a message tells the private channel of its thread its id and number'
);
select is_empty($$ select from realtime.messages where payload::text like '%wire%' $$, 'but not what it says');

select set_eq(
  $$ select policyname::text from pg_policies where schemaname = 'realtime' $$,
  array['People can listen to their conversations and their notices', 'Client and coach can signal in their conversation'],
  'these are the rights to channels'
);

select policy_roles_are('realtime', 'messages', name, array['authenticated'], name || ': who signed in')
from unnest(array['People can listen to their conversations and their notices', 'Client and coach can signal in their conversation']) as name;

-- Realtime sets the topic and asks as the person who wants to listen or to signal.
select set_config('realtime.topic', 'conversation:' || tests.conversation_id('dana', 'maria'), true);
prepare signal(text) as
  insert into realtime.messages (topic, extension, private) values (current_setting('realtime.topic'), $1, true);

select tests.sign_in_as('dana');
select isnt_empty('select from realtime.messages', 'the client may listen');
select lives_ok($$ execute signal('broadcast') $$, 'and say that they are typing');
select lives_ok($$ execute signal('presence') $$, 'and that they are there');
select throws_ok($$ execute signal('postgres_changes') $$, '42501', null, 'and nothing else');

select tests.sign_in_as('maria');
select isnt_empty('select from realtime.messages', 'the coach may listen');
select lives_ok($$ execute signal('broadcast') $$, 'and say that they are typing');

select tests.sign_in_as('zoe');
select is_empty('select from realtime.messages', 'a stranger may not listen');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'nor signal');

select tests.sign_out();
select is_empty('select from realtime.messages', 'a visitor may not listen');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'nor signal');

-- The policy is asked before an event has a name: a party can say any in the thread's channel, whatever it claims. That changes
-- no row, and browsers take it for a reason to look at those.
select tests.sign_in_as('dana');
select lives_ok(format($$
  insert into realtime.messages (topic, extension, event, private) values (current_setting('realtime.topic'), 'broadcast', %L, true)
$$, event), 'a party can forge ' || event) from unnest(array['message', 'read', 'activity']) as event;
select results_eq('select last_seq, last_change from public.conversations', 'values (1::bigint, 1::bigint)', 'which is nothing but noise');

-- Who may not write in it does not show that they are there.
select tests.as_admin();
update public.conversations set closed_at = now();
select tests.sign_in_as('dana');
select isnt_empty('select from realtime.messages', 'a party of a closed thread may listen');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'and not say that they type');
select throws_ok($$ execute signal('presence') $$, '42501', null, 'nor that they are there');
select tests.as_admin();
update public.conversations set closed_at = null;
select tests.sign_in_as('dana');
select lives_ok($$ execute signal('presence') $$, 'until it is open again');

select tests.sign_in_as('dana');
select set_config('realtime.topic', 'conversation:somebody-else', true);
select is_empty('select from realtime.messages', 'a party of one thread may not listen to another');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'nor signal in it');


-- A person's own channel.
select set_config('realtime.topic', 'person:' || tests.id('dana'), true);
select isnt_empty('select from realtime.messages', 'a person may listen to what they are told');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'but nobody speaks there');
select throws_ok($$ execute signal('presence') $$, '42501', null, 'or shows that they are there');
select tests.sign_in_as('maria');
select is_empty('select from realtime.messages', 'the other party may not listen to it');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'nor signal');
select tests.sign_out();
select is_empty('select from realtime.messages', 'nor may a visitor');
select throws_ok($$ execute signal('broadcast') $$, '42501', null, 'nor signal');

select * from finish();
rollback;
