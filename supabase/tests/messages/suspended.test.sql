/* Whose practice is suspended writes to nobody, and what they wrote is hidden; who left is not written to. */
begin;
select no_plan();

-- Dana writes with Maria, who writes with Lena as a client.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

create function tests.uuid(number integer) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
$$;
grant execute on function tests.uuid to anon, authenticated;
/* What comes of it when somebody does something, and what they are told if it is refused. */
create function tests.try(name text, what text) returns text language plpgsql as $$
declare
  v_answer text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    execute what;
  exception when others then
    v_answer := sqlstate || ' ' || sqlerrm;
  end;
  perform tests.as_admin();
  return v_answer;
end;
$$;
create function tests.say(name text, client text, coach text, number integer, body text, files text default '{}') returns text language sql as $$
  select tests.try(name, format('select public.send_message(%L, %L, %L, %L)', tests.conversation_id(client, coach), tests.uuid(number), body, files));
$$;
/* What somebody reads of Dana's thread, finds and has, and why they may not write. */
create function tests.has(name text) returns text language plpgsql as $$
declare
  v_line text;
  v_thread uuid := tests.conversation_id('dana', 'maria');
begin
  perform tests.sign_in_as(name);
  select concat_ws(', ',
    (select string_agg(body, ' ' order by seq) from public.messages where conversation_id = v_thread),
    (select count(*) from public.message_attachments) || ' ' || (select count(*) from storage.objects) || ' files',
    (select count(*) from public.search_messages('plan')) || ' found',
    (select last_body || case when last_is_deleted then '(gone)' else '' end || ' ' || unread_count from public.inbox() where conversation_id = v_thread),
    (select closed_because from public.conversation_details(v_thread))
  ) into v_line;
  perform tests.as_admin();
  return v_line;
end;
$$;

select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.sign_in_as('maria');
select public.start_conversation(tests.coach_id('lena'));
select tests.as_admin();
insert into storage.objects (bucket_id, name, owner_id, metadata, user_metadata)
select 'attachments', tests.conversation_id('dana', 'maria') || '/' || tests.uuid(2) || '/' || tests.uuid(21), 'user_maria',
  '{"mimetype": "application/pdf", "size": 2048}', '{"name": "Plan.pdf"}';
select is(tests.say('dana', 'dana', 'maria', 1, 'Plans?'), 'done', 'a client asks');
select is(tests.say('maria', 'dana', 'maria', 2, 'This plan.', array[tests.uuid(21)]::text), 'done', 'a coach answers');
select is(tests.has('dana'), 'Plans? This plan., 1 1 files, 2 found, This plan. 1', 'the client reads it');

select admin.suspend_coach('maria', 'Sells leads to clients.');
select is(
  tests.say('maria', 'dana', 'maria', 3, 'Hello?'), 'MSBLK Your practice is suspended: you can write to nobody. Write to support to have it looked at.',
  'suspended, a coach writes nothing more'
);
select is(tests.say('dana', 'dana', 'maria', 4, 'Hello?'), 'MSBLK This coach is suspended: nothing more can be written here.', 'nor is written to');
select matches(tests.try('maria', format('select public.edit_message(%L, ''Call me'')', tests.uuid(2))), '^MSBLK', 'nor changes what they wrote');
select matches(tests.try('maria', format('select public.prepare_message(%L, %L)', tests.conversation_id('dana', 'maria'), tests.uuid(3))), '^MSBLK', 'or sends files');
select is(tests.has('dana'), 'Plans?, 0 0 files, 1 found, (gone) 0, suspended', 'what they wrote is hidden from the client');
select is(tests.has('maria'), 'Plans? This plan., 1 1 files, 2 found, This plan. 1, suspended', 'and not from them');
select tests.sign_in_as('dana');
select is(public.start_conversation(tests.coach_id('maria')), tests.conversation_id('dana', 'maria'), 'an enquiry leads to what is there');
select tests.as_admin();

-- As a client of somebody else they are as anybody.
select is(tests.say('maria', 'maria', 'lena', 5, 'A plan?'), 'done', 'a suspended coach may ask another for help');
select tests.sign_in_as('lena');
select results_eq('select body from public.messages', array['A plan?'], 'who reads it');
select tests.as_admin();

update public.coaches set status = 'approved' where slug = 'maria';
select is(tests.has('dana'), 'Plans? This plan., 1 1 files, 2 found, This plan. 1', 'once it is lifted, all is back');
select is(tests.say(name, 'dana', 'maria', number, 'Good.'), 'done', 'and both write') from (values ('dana', 6), ('maria', 7)) as wrote (name, number);

-- Who leaves was not sent away.
select private.forget_clerk_user('user_maria');
select is(tests.say('dana', 'dana', 'maria', 8, 'Are you there?'), 'MSBLK This coach has left: nothing more can be written here.', 'who left is not written to');
select matches(tests.has('dana'), '^Plans\? This plan\. Good\. Good\., .*, left$', 'and what they wrote stays');

select is(
  tests.say('lena', 'maria', 'lena', 9, 'Are you there?'), 'MSBLK This client has left: nothing more can be written here.', 'nor is a client who left'
);
select tests.sign_in_as('lena');
select results_eq(
  $$ select closed_because from public.conversation_details(tests.conversation_id('maria', 'lena')) $$, array['left'], 'which the page says'
);
select tests.as_admin();

-- Nor does who was sent away come back by leaving.
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('lena'));
select tests.as_admin();
select tests.say('lena', 'dana', 'lena', 10, 'The plan of another client.');
/* What Dana reads of Lena. */
create function tests.reads_lena() returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as('dana');
  select concat_ws(', ',
    (select string_agg(body, ' ') from public.messages where conversation_id = tests.conversation_id('dana', 'lena')),
    (select count(*) from public.search_messages('another')) || ' found',
    (select messages from public.unread_counts()) || ' unread',
    (select closed_because from public.conversation_details(tests.conversation_id('dana', 'lena')))
  ) into v_line;
  perform tests.as_admin();
  return v_line;
end;
$$;
select is(tests.reads_lena(), 'The plan of another client., 1 found, 3 unread', 'what a coach wrote is read');
select admin.suspend_coach('lena', 'Tells of other clients.');
select is(tests.reads_lena(), '0 found, 2 unread, suspended', 'suspended, it is hidden');
select private.forget_clerk_user('user_lena');
select is(tests.reads_lena(), '0 found, 2 unread, suspended', 'and stays so when they leave');
select is(tests.say('dana', 'dana', 'lena', 11, 'Hello?'), 'MSBLK This coach is suspended: nothing more can be written here.', 'which is said');
update public.coaches set suspended_at = null where id = tests.coach_id('lena');
select is(tests.reads_lena(), 'The plan of another client., 1 found, 3 unread, left', 'until an admin lifts it');
select isnt_empty(
  $$ select from private.audit_log where row_id = tests.coach_id('lena')::text and before ->> 'suspended_at' is not null and after ->> 'suspended_at' is null $$,
  'of which the audit log knows'
);
select admin.suspend_coach('former-coach-' || tests.coach_id('lena'), 'More has come out.');
select is(tests.reads_lena(), '0 found, 2 unread, suspended', 'who has left can be suspended, too');

-- What is hidden is asked of each thread, not of each message.
select tests.create_coach('nina');
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('nina'));
select tests.as_admin();
insert into public.messages (id, conversation_id, seq, change, sender_id, body)
select gen_random_uuid(), tests.conversation_id('dana', 'nina'), number, number, tests.id('nina'), 'Staging' from generate_series(1, 150) as number;
update public.conversations set last_seq = 150 where id = tests.conversation_id('dana', 'nina');
/* How often coaches are looked up for what Dana asks. */
create function tests.lookups(what text) returns bigint language plpgsql as $$
declare
  v_before bigint;
begin
  perform tests.sign_in_as('dana');
  select seq_scan + idx_scan into v_before from pg_stat_xact_user_tables where relid = 'public.coaches'::regclass;
  execute what;
  v_before := (select seq_scan + idx_scan from pg_stat_xact_user_tables where relid = 'public.coaches'::regclass) - v_before;
  perform tests.as_admin();
  return v_before;
end;
$$;
select cmp_ok(tests.lookups('select * from public.unread_counts()'), '<', 30::bigint, 'unread ones are counted without looking each up');
-- A page of 21 looks up who wrote.
select cmp_ok(tests.lookups('select * from public.search_messages(''staging'')'), '<', 60::bigint, 'so are those that are found');

select * from finish();
rollback;
