/* What one said can be changed for fifteen minutes and taken back at any time; the trace of both stays. */
begin;
select no_plan();

-- Dana writes with Maria. Zoe is a stranger, Una has not said who she is.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria');

create function tests.uuid(number integer) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
$$;
/* Somebody looks at Dana's thread and writes its message `number`. */
create function tests.say(name text, number integer, body text, variadic files integer[] default '{}') returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.mark_read(tests.conversation_id('dana', 'maria'), 1000);
  perform public.send_message(
    tests.conversation_id('dana', 'maria'), tests.uuid(number), body, array(select tests.uuid(file) from unnest(files) as file)
  );
  perform tests.as_admin();
end;
$$;
/* What comes of it when somebody changes a message. */
create function tests.edit(name text, number integer, body text) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    perform public.edit_message(tests.uuid(number), body);
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
/* What comes of it when somebody deletes one. */
create function tests.delete(name text, number integer) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    perform public.delete_message(tests.uuid(number));
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
/* How many messages wait for somebody: in the header, in the inbox, at the head of Dana's thread. */
create function tests.waiting_for(name text) returns integer[] language plpgsql as $$
declare
  v_counts integer[];
begin
  perform tests.sign_in_as(name);
  v_counts := array[
    (select messages from public.unread_counts()),
    (select unread_count from public.inbox()),
    (select unread_count from public.conversation_details(tests.conversation_id('dana', 'maria')))
  ];
  perform tests.as_admin();
  return v_counts;
end;
$$;

grant execute on function tests.uuid to anon, authenticated;

select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();
select tests.say('dana', 1, 'Are you free on Munday?');
select tests.say('dana', 2, 'Or later');
select tests.say('maria', 3, 'Yes');
select results_eq('select seq, change from public.messages order by seq', 'select number, number from generate_series(1::bigint, 3) as number', 'what is written is numbered twice');

/* -- changing what one said ------------------------------------------------------------------------------- */

select is(tests.edit('maria', 1, 'No'), 'MSNON', 'nobody changes what another said');
select is(tests.edit('zoe', 1, 'No'), 'MSNON', 'a stranger does not');
select is(tests.edit('dana', 9, 'No'), 'MSNON', 'which looks the same as what is not there');
select is(tests.edit('una', 1, 'No'), 'UPONB', 'who has not said who they are does that first');
select is(tests.edit('dana', 1, body), 'MSBOD', 'a message says something, in 4,000 characters') from unnest(array[' ', repeat('a', 4001)]) as body;
select is(tests.edit('dana', 1, null), 'MSBOD', 'and not nothing at all');
select is_empty('select from private.message_words', 'nothing of all that was kept');

delete from realtime.messages;
select is(tests.edit('dana', 1, ' Are you free on Monday? '), 'done', 'the sender changes it');
select results_eq(
  'select seq, change, body, edited_at is not null from public.messages order by change',
  $$ values (2::bigint, 2::bigint, 'Or later', false), (3, 3, 'Yes', false), (1, 4, 'Are you free on Monday?', true) $$,
  'it keeps its place, and is the last thing that changed'
);
select results_eq(
  $$ select topic, event, payload ->> 'id', payload ->> 'seq', payload ->> 'change' from realtime.messages $$,
  $$ values ('conversation:' || tests.conversation_id('dana', 'maria'), 'message', tests.uuid(1)::text, '1', '4') $$,
  'browsers are told, and not what it says'
);
select results_eq('select last_seq, last_change from public.conversations', 'values (3::bigint, 4::bigint)', 'the thread knows its last of both');
select results_eq('select message_id, body from private.message_words', $$ values (tests.uuid(1), 'Are you free on Munday?') $$, 'what it said before is kept');
select is(tests.edit('dana', 1, 'Are you free on Monday?'), 'done', 'the same again');
select is((select last_change from public.conversations), 4::bigint, 'is no change');

update public.messages set created_at = now() - interval '14 minutes 59 seconds' where id = tests.uuid(1);
select is(tests.edit('dana', 1, 'Are you free on Tuesday?'), 'done', 'just before a quarter of an hour it can be changed');
update public.messages set created_at = now() - interval '15 minutes' where id = tests.uuid(1);
select is(tests.edit('dana', 1, 'Are you free on Friday?'), 'MSLAT', 'from then on not');
select is(tests.edit('dana', 1, 'Are you free on Tuesday?'), 'done', 'the form sent twice is no matter');

create function tests.shown(name text) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as(name);
  select string_agg(concat_ws(' ', body, is_changeable, file_count), ', ' order by number) into v_line
  from generate_series(1, 2) as number cross join public.message_to_change(tests.uuid(number));
  perform tests.as_admin();
  return v_line;
end;
$$;
select is(tests.shown('dana'), 'Are you free on Tuesday? f 0, Or later t 0', 'its page knows');
select is(tests.shown(name), null, 'and shows it to nobody else') from unnest(array['maria', 'zoe']) as name;

-- Twenty changes a minute, which leave as many words behind.
insert into private.message_words (message_id, body) select tests.uuid(2), 'More' from generate_series(1, 18);
select is(tests.edit('dana', 2, 'Or much later'), 'MSFST', 'nobody changes it without end');
update private.message_words set created_at = now() - interval '1 minute';
select is(tests.edit('dana', 2, 'Or much later'), 'done', 'a minute later they can go on');
delete from private.message_words;

/* -- taking it back ----------------------------------------------------------------------------------------- */

select is(tests.waiting_for('maria'), array[0, 0, 0], 'who answers has read');
select tests.say('dana', 4, 'Never mind');
select tests.say('dana', 5, 'Sorry');
select is(tests.waiting_for('maria'), array[2, 2, 2], 'two wait');
select is(tests.delete('maria', 4), 'MSNON', 'nobody deletes what another said');
select is(tests.delete('zoe', 4), 'MSNON', 'a stranger does not');
select is(tests.delete('una', 4), 'UPONB', 'nor who has not said who they are');
update public.messages set created_at = now() - interval '1 year' where id = tests.uuid(4);
delete from realtime.messages;
select is(tests.delete('dana', 4), 'done', 'the sender does, whenever it was');
select results_eq(
  'select seq, body, deleted_at is not null from public.messages where seq >= 4 order by seq',
  $$ values (4::bigint, '', true), (5, 'Sorry', false) $$,
  'its place stays, empty'
);
select is((select payload ->> 'change' from realtime.messages), (select last_change::text from public.conversations), 'browsers are told');
select results_eq('select message_id, body from private.message_words', $$ values (tests.uuid(4), 'Never mind') $$, 'what it said is kept');
select is(tests.waiting_for('maria'), array[1, 1, 1], 'what is deleted is nothing to read');
select is(tests.delete('dana', 4), 'MSDEL', 'it is deleted once');
select tests.sign_in_as('dana');
select is_empty('select from public.message_to_change(tests.uuid(4))', 'and has no page any more');
select tests.as_admin();
select is(tests.edit('dana', 4, 'Never mind'), 'MSDEL', 'and not changed any more');
select is(tests.delete('dana', 5), 'done', 'the last of them');
select is(tests.waiting_for('maria'), array[0, 0, 0], 'leaves nothing to read');
select tests.sign_in_as('maria');
select results_eq('select last_body, last_is_deleted from public.inbox()', $$ values ('', true) $$, 'the inbox says that it was deleted');
select tests.refuses_reads('private.message_words');
select tests.as_admin();
select is(
  (select private.mail_work(notifications.id) from public.notifications where kind = 'message_received' and recipient_id = tests.id('maria') order by version desc limit 1),
  null, 'and nobody is mailed that one waits'
);

/* -- with files ------------------------------------------------------------------------------------------------ */

insert into storage.objects (bucket_id, name, owner_id, metadata, user_metadata)
select 'attachments', tests.conversation_id('dana', 'maria') || '/' || tests.uuid(6) || '/' || tests.uuid(61), 'user_dana',
  '{"mimetype": "image/png", "size": 2048}', '{"name": "Deck.png", "width": 320, "height": 200}';
select tests.say('dana', 6, 'Look', 61);
select is(tests.edit('dana', 6, ''), 'done', 'beside a file there need be no words');
delete from private.message_words;
select is(tests.delete('dana', 6), 'done', 'with a message');
select is_empty('select from public.message_attachments', 'its files go');
select isnt_empty($$ select from private.outbox where dedupe_key = 'storage.remove_files:' || tests.uuid(6) $$, 'bytes and all');
select is_empty('select from private.message_words', 'where there were no words none are kept');
select tests.sign_in_as('maria');
select is_empty('select from storage.objects', 'nobody reads them meanwhile');
select tests.as_admin();

/* -- without end nothing is counted or kept ---------------------------------------------------------------------- */

insert into public.messages (id, conversation_id, seq, change, sender_id, body)
select gen_random_uuid(), tests.conversation_id('dana', 'maria'), number, number, tests.id('dana'), 'More' from generate_series(1001, 1150) as number;
update public.conversations set last_seq = 1150, last_change = 1150;
select is(tests.waiting_for('maria'), array[100, 100, 100], 'of a thread a hundred are counted');

insert into private.message_words (message_id, body, created_at)
values (tests.uuid(1), 'Old', now() - interval '91 days'), (tests.uuid(1), 'Younger', now() - interval '89 days'), (tests.uuid(3), 'Maria''s', now());
select private.purge_message_words();
select bag_eq('select body from private.message_words', array['Younger', 'Maria''s'], 'after 90 days words that were taken back go');
select private.forget_clerk_user('user_dana');
select results_eq('select body from private.message_words', array['Maria''s'], 'who leaves takes theirs with them');

/* -- a visitor ---------------------------------------------------------------------------------------------------- */

select tests.sign_out();
select throws_ok($$ select public.edit_message(gen_random_uuid(), 'Hi') $$, '42501', null, 'a visitor changes nothing');
select throws_ok('select public.message_to_change(gen_random_uuid())', '42501', null, 'looks at none before');
select throws_ok('select public.delete_message(gen_random_uuid())', '42501', null, 'nor deletes');

select * from finish();
rollback;
