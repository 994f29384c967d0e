/* What is said between two is reported by the other of them, and an admin takes it away or puts it back. */
begin;
select no_plan();

-- Dana writes with Maria. Zoe has to do with neither.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();

create function tests.uuid(number integer) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
$$;
/* What comes of it when somebody calls a function. */
create function tests.try(name text, what text) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    execute what;
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
create function tests.say(name text, number integer, body text) returns text language sql as $$
  select tests.try(name, format('select public.send_message(%L, %L, %L)', tests.conversation_id('dana', 'maria'), tests.uuid(number), body));
$$;
create function tests.report(name text, subject text, subject_id uuid) returns text language sql as $$
  select tests.try(name, format('select public.report(%L, %L, ''This is an insult.'')', subject, subject_id));
$$;
/* An admin decides about a thing. */
create function tests.decide(subject_id uuid, decision public.report_decision) returns void language sql as $$
  select admin.decide_report(reports.id, decision, 'It insults the other party.')
  from public.reports where reports.subject_id = decide.subject_id order by reports.created_at limit 1;
$$;

select tests.say('dana', 1, 'You are a fool');
select tests.say('maria', 2, 'Pardon?');
select tests.say('dana', 3, 'A great fool');

/* -- a message ------------------------------------------------------------------------------------------------ */

select is(tests.report('dana', 'message', tests.uuid(1)), 'RPNFD', 'nobody reports what they said');
select is(tests.report('zoe', 'message', tests.uuid(1)), 'RPNFD', 'nor what they can''t read');
select is(tests.report('maria', 'message', gen_random_uuid()), 'RPNFD', 'nor what is not there');
select is(tests.report('maria', 'message', tests.uuid(1)), 'done', 'the other party reports a message');
select is(tests.report('maria', 'message', tests.uuid(1)), 'RPTWO', 'once');

-- Taken back, it can still be looked at.
select is(tests.try('dana', format('select public.edit_message(%L, ''You are kind'')', tests.uuid(3))), 'done', 'it was changed');
select is(tests.try('dana', format('select public.delete_message(%L)', tests.uuid(3))), 'done', 'and taken back');
select is(tests.report('maria', 'message', tests.uuid(3)), 'done', 'it is reported all the same');
select results_eq(
  'select subject::text, words, author, reporter from admin.moderation_queue order by subject_id',
  $$ values
    ('message', 'You are a fool', 'Dana Example', 'Maria Example'),
    ('message', E'Before: You are kind\nBefore: A great fool', 'Dana Example', 'Maria Example') $$,
  'an admin reads what it says and said, of whom it is and who objects'
);
delete from private.message_words;
select tests.say('dana', 4, 'Sorry');
select tests.try('dana', format('select public.delete_message(%L)', tests.uuid(4)));
delete from private.message_words;
select is(tests.report('maria', 'message', tests.uuid(4)), 'RPNFD', 'of what nobody can read any more there is nothing to report');

select tests.decide(tests.uuid(1), 'keep');
select is((select body from public.messages where seq = 1), 'You are a fool', 'kept, it stays');
delete from realtime.messages;
select tests.decide(tests.uuid(1), 'remove');
select results_eq('select body, removed_at, deleted_at from public.messages where seq = 1', $$ values ('', now(), null::timestamptz) $$, 'removed, its place stays, empty');
select is((select payload ->> 'change' from realtime.messages), (select last_change::text from public.conversations), 'browsers are told');
select tests.decide(tests.uuid(1), 'remove');
select is((select count(*) from realtime.messages), 1::bigint, 'removed again nothing changes');
select is((select count(*) from public.notifications where kind = 'report_decided'), 3::bigint, 'whoever reported it is told of each');
select is(
  (select private.mail_work(id) -> 'decision' ->> 'subject' from public.notifications where kind = 'report_decided' order by version desc limit 1), 'message', 'and of what'
);
select is(tests.try('dana', format('select public.edit_message(%L, ''You are kind'')', tests.uuid(1))), 'MSDEL', 'its sender does not change it any more');
select is(tests.try('dana', format('select public.delete_message(%L)', tests.uuid(1))), 'MSDEL', 'nor take it back');
select is(tests.report('maria', 'message', tests.uuid(1)), 'RPNFD', 'nor is it reported again');
select tests.sign_in_as('dana');
select is_empty($$ select from public.message_to_change('00000000-0000-4000-8000-000000000001') $$, 'and it has no page any more');
select tests.as_admin();
select tests.decide(tests.uuid(1), 'keep');
select results_eq('select body, removed_at from public.messages where seq = 1', $$ values ('You are a fool', null::timestamptz) $$, 'thought over again, it is put back as it was');

-- Put back when its words are gone.
select tests.decide(tests.uuid(1), 'remove');
delete from private.message_words;
select tests.decide(tests.uuid(1), 'keep');
select isnt((select removed_at from public.messages where seq = 1), null, 'what is purged can''t be put back');

/* -- its files --------------------------------------------------------------------------------------------------- */

insert into storage.objects (bucket_id, name, owner_id, metadata, user_metadata)
select 'attachments', tests.conversation_id('dana', 'maria') || '/' || tests.uuid(6) || '/' || tests.uuid(61), 'user_dana',
  '{"mimetype": "application/pdf", "size": 2048}', '{"name": "Insult.pdf"}';
select is(
  tests.try('dana', format('select public.send_message(%L, %L, '''', array[%L]::uuid[])', tests.conversation_id('dana', 'maria'), tests.uuid(6), tests.uuid(61))),
  'done', 'a file alone'
);
select is(tests.report('maria', 'message', tests.uuid(6)), 'done', 'is reported');
select is((select words from admin.moderation_queue where subject_id = tests.uuid(6)), 'Files: Insult.pdf', 'by its name');
select tests.decide(tests.uuid(6), 'remove');
select tests.sign_in_as('maria');
select is_empty('select from storage.objects', 'removed, nobody reads it');
select is_empty('select from public.message_attachments', 'or knows of it');
select is((select messages from public.unread_counts()), 0, 'and there is nothing to read');
select tests.as_admin();
select tests.decide(tests.uuid(6), 'keep');
select tests.sign_in_as('maria');
select isnt_empty('select from storage.objects', 'put back, it is there');
select tests.as_admin();

/* -- a whole conversation ------------------------------------------------------------------------------------------- */

select is(tests.report('zoe', 'conversation', tests.conversation_id('dana', 'maria')), 'RPNFD', 'a stranger does not report a thread');
select is(tests.report('maria', 'conversation', tests.conversation_id('dana', 'maria')), 'done', 'a party does');
select is(tests.report('dana', 'conversation', tests.conversation_id('dana', 'maria')), 'done', 'either');
select results_eq(
  $$ select author, words like '%Maria Example: Pardon?%' from admin.moderation_queue where subject = 'conversation' order by author $$,
  $$ values ('Dana Example', true), ('Maria Example', true) $$,
  'an admin reads the last of it, and whom it is about'
);
select tests.decide(tests.conversation_id('dana', 'maria'), 'remove');
select is(tests.say(name, 7, 'Hello'), 'MSBLK', 'closed, nobody writes') from unnest(array['dana', 'maria']) as name;
select is(tests.report('maria', 'conversation', tests.conversation_id('dana', 'maria')), 'RPNFD', 'nor reports it again');
select tests.decide(tests.conversation_id('dana', 'maria'), 'keep');
select is(tests.say('maria', 7, 'Hello'), 'done', 'opened again they do');

-- What comes after a decision is reported again, and decided with what went before.
select is(tests.report('maria', 'conversation', tests.conversation_id('dana', 'maria')), 'done', 'after a decision it can be reported again');
select is(tests.report('maria', 'conversation', tests.conversation_id('dana', 'maria')), 'RPTWO', 'once until that is decided, too');
select results_eq(
  $$ select author, times_reported from admin.moderation_queue where subject = 'conversation' $$,
  $$ values ('Dana Example', 3::bigint) $$, 'an admin reads it in the queue'
);
select admin.decide_report(
  (select report_id from admin.moderation_queue where subject = 'conversation'), 'remove', 'It insults the other party.'
);
select is_empty($$ select from admin.moderation_queue where subject = 'conversation' $$, 'until it is decided');
select results_eq(
  $$ select profiles.first_name from public.notifications join public.profiles on profiles.id = notifications.recipient_id
     join public.reports on reports.id = notifications.subject_id and reports.subject = 'conversation'
     where notifications.kind = 'report_decided' and notifications.version > 3 order by 1 $$,
  array['Dana', 'Maria'], 'each who reported it is told once, however often they did'
);
select admin.decide_report(
  (select id from public.reports where subject = 'conversation' order by created_at limit 1), 'keep', 'It is about a session.'
);

-- Where the other has said nothing there is nothing to report.
select tests.sign_in_as('zoe');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();
select is(tests.report('zoe', 'conversation', tests.conversation_id('zoe', 'maria')), 'RPNFD', 'silence is not reported');

select * from finish();
rollback;
