/* Either party wants to hear nothing more: nobody writes, and the other hears and is shown nothing new. */
begin;
select no_plan();

-- Dana writes with Maria and sends her a file. Zoe is a stranger, Una has not said who she is.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria');

create function tests.uuid(number integer) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
$$;
create function tests.file_name(message integer, file integer) returns text language sql stable as $$
  select tests.conversation_id('dana', 'maria') || '/' || tests.uuid(message) || '/' || tests.uuid(file);
$$;
grant execute on function tests.uuid, tests.file_name to anon, authenticated;

/* What comes of it when somebody does something about Dana's thread. */
create function tests.try(name text, what text) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    execute replace(what, 'THREAD', quote_literal(tests.conversation_id('dana', 'maria')));
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
create function tests.say(name text, number integer) returns text language sql as $$
  select tests.try(name, format('select public.send_message(THREAD, %L, ''Hello'')', tests.uuid(number)));
$$;
create function tests.block(name text) returns text language sql as $$
  select tests.try(name, 'select public.block_conversation(THREAD)');
$$;
create function tests.unblock(name text) returns text language sql as $$
  select tests.try(name, 'select public.unblock_conversation(THREAD)');
$$;
/* Puts a file there for a message that is not sent yet. */
create function tests.put(name text, file integer) returns text language sql as $$
  select tests.try(name, format(
    'insert into storage.objects (bucket_id, name, owner_id, metadata, user_metadata)
     values (''attachments'', %L, %L, ''{"mimetype": "application/pdf", "size": 2048}'', ''{"name": "Plan.pdf"}'')',
    tests.file_name(5, file), 'user_' || name
  ));
$$;
/* How many messages and files somebody reads, whether they may listen and signal, and what the thread's head says. */
create function tests.has(name text) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform set_config('realtime.topic', 'conversation:' || tests.conversation_id('dana', 'maria'), true);
  perform tests.sign_in_as(name);
  select concat_ws(' ',
    (select count(*) from public.messages), 'messages',
    (select count(*) from public.message_attachments), (select count(*) from storage.objects), 'files',
    case when exists (select from realtime.messages) then 'hears' else 'hears nothing' end,
    (select closed_because from public.conversation_details(tests.conversation_id('dana', 'maria')))
  ) into v_line;
  begin
    insert into realtime.messages (topic, extension, private)
    select current_setting('realtime.topic'), extension, true from unnest(array['broadcast', 'presence']) as extension;
    v_line := v_line || ', signals';
  exception when insufficient_privilege then
    null;
  end;
  perform tests.as_admin();
  return v_line;
end;
$$;

select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();
select is(tests.put('dana', 51), 'done', 'a file');
select is(
  tests.try('dana', format('select public.send_message(THREAD, %L, ''Look'', array[%L]::uuid[])', tests.uuid(5), tests.uuid(51))), 'done', 'is sent'
);
select is(tests.say('maria', 1), 'done', 'both write');
select is(tests.has(name), '2 messages 1 1 files hears, signals', 'and read, and hear') from unnest(array['dana', 'maria']) as name;
select is(tests.has('zoe'), '0 messages 0 0 files hears nothing', 'a stranger does not');

/* -- who may block ------------------------------------------------------------------------------------------ */

select is(tests.block('zoe'), 'MSNFD', 'a stranger blocks nobody');
select is(tests.unblock('zoe'), 'MSNFD', 'and unblocks nobody');
select is(tests.block('una'), 'UPONB', 'who has not said who they are does that first');
select is(tests.unblock('una'), 'UPONB', 'to unblock, too');
select is(tests.try('dana', 'select public.block_conversation(gen_random_uuid())'), 'MSNFD', 'a thread that is not there is not blocked');
select is_empty('select from private.conversation_blocks', 'nothing of all that was kept');

/* -- the coach blocks the client ------------------------------------------------------------------------------ */

select is(tests.block('maria'), 'done', 'a party blocks the other');
select is(tests.block('maria'), 'done', 'a second time nothing changes');
select is(tests.say(name, 2), 'MSBLK', 'then nobody writes') from unnest(array['dana', 'maria']) as name;
select is(tests.try('dana', format('select public.edit_message(%L, ''Other words'')', tests.uuid(5))), 'MSBLK', 'or changes what they said');
select is(
  tests.try('dana', format('select public.send_message(THREAD, %L, ''Look'', array[%L]::uuid[])', tests.uuid(5), tests.uuid(51))), 'done',
  'what was sent before, sent again, is no matter'
);
select is(tests.try(name, format(
  'insert into storage.objects (bucket_id, name, owner_id) values (''attachments'', %L, %L)', tests.file_name(6, 61), 'user_' || name
)), '42501', 'nor uploads') from unnest(array['dana', 'maria']) as name;
select is(tests.has('dana'), '2 messages 0 0 files hears nothing blocked', 'who was blocked reads what was said, without files, and hears nothing');
select is(tests.has('maria'), '2 messages 1 1 files hears blocked_by_you', 'who blocked them is shut out of nothing, and signals no more');
select is(tests.try('dana', format('select public.delete_message(%L)', tests.uuid(5))), 'done', 'what one said can still be taken back');
select is(tests.unblock('dana'), 'done', 'who was blocked may ask');
select is(tests.say('dana', 2), 'MSBLK', 'but unblocks nobody');

-- Both.
select is(tests.block('dana'), 'done', 'the client blocks the coach, too');
select is(tests.unblock('maria'), 'done', 'who takes theirs back');
select is(tests.say(name, 2), 'MSBLK', 'but still nobody writes') from unnest(array['dana', 'maria']) as name;
select is(tests.has('maria'), '2 messages 0 0 files hears nothing blocked', 'the coach is shut out');
select is(tests.has('dana'), '2 messages 0 0 files hears blocked_by_you', 'the client is not any more');
select is(tests.unblock('dana'), 'done', 'until the last is taken back');
select is(tests.say(name, number), 'done', 'then both write') from (values ('dana', 2), ('maria', 3)) as wrote (name, number);
select is(tests.has('maria'), '4 messages 0 0 files hears, signals', 'and hear');

/* -- nobody owes an answer -------------------------------------------------------------------------------------- */

select is(tests.say('dana', 4), 'done', 'a question');
update public.messages set created_at = now() - interval '24 hours' where id = tests.uuid(4);
select is(tests.block('maria'), 'done', 'is not wanted');
select private.queue_due_notices();
select is_empty($$ select from public.notifications where kind = 'message_unanswered' $$, 'nobody is reminded to answer it');
select is(tests.unblock('maria'), 'done', 'once it is');
select private.queue_due_notices();
select results_eq($$ select recipient_id from public.notifications where kind = 'message_unanswered' $$, array[tests.id('maria')], 'they are');
select is(tests.block('maria'), 'done', 'and then not');
select is((select private.mail_work(id) from public.notifications where kind = 'message_unanswered'), null, 'nothing leaves');

/* -- other topics -------------------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select ok(not private.may_follow(topic) and not private.may_signal(topic), 'no other topic is a thread''s') from unnest(array[
  'conversation:', 'conversation:x', 'person:' || tests.id('maria'), tests.conversation_id('dana', 'maria')::text,
  'conversation:' || tests.conversation_id('dana', 'maria') || ':x', upper('conversation:' || tests.conversation_id('dana', 'maria')), ''
]) as topic;
select tests.refuses_reads('private.conversation_blocks');
select tests.sign_out();
select throws_ok('select public.block_conversation(gen_random_uuid())', '42501', null, 'a visitor blocks nobody');
select throws_ok('select public.unblock_conversation(gen_random_uuid())', '42501', null, 'and unblocks nobody');

select * from finish();
rollback;
