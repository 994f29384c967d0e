begin;
select plan(27);

-- Dana asked Maria three things and Petra one. Zoe is a stranger.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'petra']) as name;
/* What is left after reading Dana's thread with Maria so far. */
create function tests.read_until(seq bigint) returns integer language sql as $$
  select public.mark_read(tests.conversation_id('dana', 'maria'), seq);
  select messages from public.unread_counts();
$$;
grant execute on function tests.read_until to anon, authenticated;

select tests.sign_in_as('dana');
select public.send_message(public.start_conversation(tests.coach_id('petra')), gen_random_uuid(), 'Hello Petra');
select public.send_message(public.start_conversation(tests.coach_id('maria')), gen_random_uuid(), body)
from unnest(array['One', 'Two', 'Three']) as body;
select tests.as_admin();
update public.conversations set last_message_at = now() - interval '1 hour' where id = tests.conversation_id('dana', 'petra');

select tests.sign_in_as('dana');
select is((select messages from public.unread_counts()), 0, 'what one says oneself is read');
select results_eq(
  'select counterpart_name, coach_slug, party, last_body, last_is_own, unread_count from public.inbox()',
  $$ values ('Maria Example', 'maria', 'client', 'Three', true, 0), ('Petra Example', 'petra', 'client', 'Hello Petra', true, 0) $$,
  'the newest thread is first'
);

select tests.sign_in_as('maria');
select is((select messages from public.unread_counts()), 3, 'what another says is not');
select results_eq(
  'select conversation_id, counterpart_name, party, last_is_own, unread_count from public.inbox()',
  $$ values (tests.conversation_id('dana', 'maria'), 'Dana Example', 'coach', false, 3) $$,
  'a coach sees their threads alone'
);
select results_eq(
  $$ select party, counterpart_name, last_seq, last_read_seq, counterpart_read_seq from public.conversation_details(tests.conversation_id('dana', 'maria')) $$,
  $$ values ('coach', 'Dana Example', 3::bigint, 0::bigint, 3::bigint) $$,
  'and how far both have read'
);

select is(tests.read_until(-5), 3, 'nobody reads backwards from nothing');
select is(tests.read_until(2), 1, 'reading two leaves one');
select is(tests.read_until(1), 1, 'nobody unreads');
select is(tests.read_until(99), 0, 'nobody reads what is not there yet');
select results_eq('select last_read_seq from public.conversation_reads where profile_id = tests.id(''maria'')', array[3::bigint], 'past the last is the last');

select public.send_message(tests.conversation_id('dana', 'maria'), gen_random_uuid(), 'Four');
select is((select messages from public.unread_counts()), 0, 'an answer is read by who wrote it');
select tests.sign_in_as('dana');
select is((select messages from public.unread_counts()), 1, 'and not by the other');
select results_eq(
  $$ select party, coach_id, coach_slug, counterpart_name, last_seq, last_read_seq, counterpart_read_seq
     from public.conversation_details(tests.conversation_id('dana', 'maria')) $$,
  $$ values ('client', tests.coach_id('maria'), 'maria', 'Maria Example', 4::bigint, 3::bigint, 4::bigint) $$,
  'the client sees the same from the other side'
);

/* -- mail, five minutes later and only while unread ------------------------------------------------------- */

select tests.as_admin();
create temp view mails as
select notifications.*
from public.notifications join private.outbox on outbox.payload ->> 'notification_id' = notifications.id::text and outbox.run_after = notifications.run_after
where kind = 'message_received';
select results_eq(
  $$ select subject_id, version, run_after from mails where recipient_id = tests.id('maria') $$,
  $$ values (tests.conversation_id('dana', 'maria'), 1, now() + interval '5 minutes') $$,
  'three messages in a row are one mail, in five minutes'
);
select results_eq($$ select version from mails where recipient_id = tests.id('dana') $$, array[4], 'the answer is one of its own, named by where it begins');
select is((select private.mail_work(id) from mails where recipient_id = tests.id('maria')), null, 'what was read meanwhile is not mailed');
select isnt((select private.mail_work(id) from mails where recipient_id = tests.id('dana')), null, 'what was not, is');

select tests.sign_in_as('dana');
select public.mark_read(tests.conversation_id('dana', 'maria'), 4);
select tests.sign_in_as('maria');
select public.send_message(tests.conversation_id('dana', 'maria'), gen_random_uuid(), body) from unnest(array['Five', 'Six']) as body;
select tests.as_admin();
select results_eq($$ select version from mails where recipient_id = tests.id('dana') order by version $$, array[4, 5], 'the next run of unread messages is another mail');

/* -- who may ------------------------------------------------------------------------------------------------ */

select tests.sign_in_as('zoe');
select is((select messages from public.unread_counts()), 0, 'a stranger has nothing to read');
select is_empty('select from public.inbox()', 'no threads');
select is_empty($$ select from public.conversation_details(tests.conversation_id('dana', 'maria')) $$, 'sees no head of one');
select throws_ok('select tests.read_until(1)', 'MSNFD', null, 'and marks nothing');
select throws_ok('select public.mark_read(gen_random_uuid(), 1)', 'MSNFD', null, 'which looks the same as what is not there');
select tests.sign_out();
select throws_ok('select public.unread_counts()', '42501', null, 'a visitor does not count');
select throws_ok('select public.inbox()', '42501', null, 'look');
select throws_ok($$ select public.conversation_details(tests.conversation_id('dana', 'maria')) $$, '42501', null, 'open');
select throws_ok('select tests.read_until(1)', '42501', null, 'or mark');

select * from finish();
rollback;
