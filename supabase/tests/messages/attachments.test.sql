begin;
select no_plan();

-- Dana writes with Maria, Omar with Maria as well. Zoe writes with nobody.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.sign_in_as('omar');
select public.start_conversation(tests.coach_id('maria'));
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();

create function tests.uuid(number integer) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
$$;

/* The name of file `file` of message `message` in Dana's thread. */
create function tests.file_name(message integer, file integer) returns text language sql stable as $$
  select tests.conversation_id('dana', 'maria') || '/' || tests.uuid(message) || '/' || tests.uuid(file);
$$;

/* Puts an object there as whoever asks, as Storage tries before it takes the bytes. */
create function tests.put(name text, bucket text default 'attachments', owner text default auth.jwt() ->> 'sub')
returns void language sql as $$
  insert into storage.objects (bucket_id, name, owner_id, metadata, user_metadata)
  values (bucket, name, owner, '{"mimetype": "image/png", "size": 2048}', '{"name": "Deck.png", "width": 320, "height": 200}');
$$;

/* Sends message `message` with these files, from whoever asks. */
create function tests.say(message integer, body text, variadic files integer[]) returns bigint language sql as $$
  select public.send_message(
    tests.conversation_id('dana', 'maria'), tests.uuid(message), body, array(select tests.uuid(file) from unnest(files) as file)
  );
$$;
grant execute on function tests.uuid, tests.file_name, tests.put, tests.say to anon, authenticated;

/* -- the bucket --------------------------------------------------------------------------- */

select results_eq(
  $$ select public, file_size_limit from storage.buckets where id = 'attachments' $$,
  'values (false, 10485760::bigint)', 'files are private, and of 10 MB at most'
);
select is_empty(
  $$ select from storage.buckets, unnest(allowed_mime_types) as type where id = 'attachments' and (type like '%svg%' or type like '%html%' or type like '%*%') $$,
  'no programs among them'
);
select policies_are('storage', 'objects', array[
  'Client and coach can view the bytes of their files', 'Client and coach can send files in their conversations'
]);
select policies_are('public', 'message_attachments', array['Client and coach can view the files of their conversations']);

/* -- who may put a file there ----------------------------------------------------------------- */

select tests.sign_in_as('dana');
select lives_ok($$ select tests.put(tests.file_name(1, 11)) $$, 'the client puts a file there');
select lives_ok($$ select tests.put(tests.file_name(1, 11) || '.small') $$, 'and its preview');
select lives_ok($$ select tests.put(tests.file_name(1, 12)) $$, 'and another');
select throws_ok($$ select tests.put(tests.file_name(1, 13), owner => 'user_maria') $$, '42501', null, 'not in another''s name');
select throws_ok($$ select tests.put(tests.file_name(1, 13), bucket => 'elsewhere') $$, '42501', null, 'not elsewhere');
select throws_ok(format('select tests.put(%L)', name), '42501', null, 'a name says what it is of')
from unnest(array[
  'photo.png', tests.conversation_id('dana', 'maria') || '/photo.png', tests.file_name(1, 13) || '/more',
  tests.file_name(1, 13) || '.large', '/' || tests.file_name(1, 13), upper(tests.file_name(1, 13)), ''
]) as name;
select throws_ok(
  $$ select tests.put(gen_random_uuid() || '/' || gen_random_uuid() || '/' || gen_random_uuid()) $$,
  '42501', null, 'a thread that is not there takes none'
);

select tests.sign_in_as('maria');
select lives_ok($$ select tests.put(tests.file_name(2, 21)) $$, 'so does the coach');
select tests.sign_in_as('omar');
select throws_ok($$ select tests.put(tests.file_name(1, 13)) $$, '42501', null, 'the other party of another thread does not');
select tests.sign_in_as('zoe');
select throws_ok($$ select tests.put(tests.file_name(1, 13)) $$, '42501', null, 'a stranger does not');
select tests.sign_out();
select throws_ok($$ select tests.put(tests.file_name(1, 13)) $$, '42501', null, 'nor does a visitor');

select tests.sign_in_as('dana');
select is_empty('select from storage.objects', 'what is not sent is nobody''s to read, not even who put it there');

/* -- a message and its files ---------------------------------------------------------------------- */

select throws_ok($$ select tests.say(1, 'Look', 11, 12, 99) $$, 'MSGON', null, 'a file that is not there is not sent');
select throws_ok($$ select tests.say(1, 'Look', 11, 11) $$, 'MSGON', null, 'none is there twice');
select throws_ok($$ select tests.say(3, 'Look', 11) $$, 'MSGON', null, 'a file is of one message');
select throws_ok($$ select tests.say(2, 'Look', 21) $$, 'MSGON', null, 'and of who put it there');
select throws_ok($$ select tests.say(1, 'Look', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) $$, 'MSTEN', null, 'a message takes ten');
select throws_ok($$ select tests.say(1, ' ', variadic '{}') $$, 'MSBOD', null, 'without any it says something');
select throws_ok(
  $$ select public.send_message(tests.conversation_id('dana', 'maria'), gen_random_uuid(), ' ', null) $$, 'MSBOD', null, 'also without saying that there is none'
);
select throws_ok($$ select tests.say(1, repeat('a', 4001), 11) $$, 'MSBOD', null, 'in at most 4,000 characters');
select is_empty('select from public.messages', 'then there is no message either');

select is(tests.say(1, '', 12, 11), 1::bigint, 'with files it may say nothing');
select results_eq(
  'select id, message_id, position, name, content_type, size_bytes, width, height from public.message_attachments order by position',
  $$ values
    (tests.uuid(12), tests.uuid(1), 1::smallint, 'Deck.png', 'image/png', 2048, 320::smallint, 200::smallint),
    (tests.uuid(11), tests.uuid(1), 2::smallint, 'Deck.png', 'image/png', 2048, 320::smallint, 200::smallint) $$,
  'they are there in order, with what Storage found'
);
select is(tests.say(1, 'Again', 11), 1::bigint, 'the same message again is the same');
select is((select count(*) from public.message_attachments), 2::bigint, 'with the same files');
select throws_ok($$ select tests.put(tests.file_name(1, 14)) $$, '42501', null, 'a message that is sent takes no more');

-- What was uploaded long ago may be gone any moment.
select tests.put(tests.file_name(4, 41));
select tests.as_admin();
update storage.objects set created_at = now() - interval '12 hours' where name = tests.file_name(4, 41);
select tests.sign_in_as('dana');
select throws_ok($$ select tests.say(4, 'Late', 41) $$, 'MSGON', null, 'a file of yesterday is chosen again');

-- As many as an hour's messages can carry.
select tests.as_admin();
insert into storage.objects (bucket_id, name, owner_id)
select 'attachments', tests.file_name(5, number), 'user_dana' from generate_series(1001, 1400) as number;
select tests.sign_in_as('dana');
select throws_ok($$ select tests.put(tests.file_name(5, 51)) $$, '42501', null, 'and not without end');
select tests.as_admin();
select tests.sign_in_as('maria');
select lives_ok($$ select tests.put(tests.file_name(6, 61)) $$, 'what one sends takes nothing from the other');
select tests.sign_in_as('dana');
select tests.as_admin();
update storage.objects set created_at = now() - interval '61 minutes' where name like '%/' || tests.uuid(5) || '/%';
select tests.sign_in_as('dana');
select lives_ok($$ select tests.put(tests.file_name(5, 51)) $$, 'an hour later they can go on');

/* -- who may read -------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select set_eq('select name from storage.objects', array[tests.file_name(1, 11), tests.file_name(1, 11) || '.small', tests.file_name(1, 12)], 'the sender reads what was sent');
select tests.refuses_writes('public.message_attachments');
select is_empty($$ update storage.objects set name = tests.file_name(9, 9) returning 1 $$, 'and changes nothing of it');
select set_config('storage.allow_delete_query', 'true', true);
select is_empty($$ delete from storage.objects returning 1 $$, 'nor deletes it');

select tests.sign_in_as('maria');
select set_eq('select name from storage.objects', array[tests.file_name(1, 11), tests.file_name(1, 11) || '.small', tests.file_name(1, 12)], 'so does the other party');
select set_eq('select id from public.message_attachments', array[tests.uuid(11), tests.uuid(12)], 'and who it is');

select tests.sign_in_as('omar');
select is_empty('select from storage.objects', 'the other party of another thread reads none');
select is_empty('select from public.message_attachments', 'and does not know of them');
-- The id of another's file under a name of one's own leads nowhere.
select lives_ok(
  $$ select tests.put(tests.conversation_id('omar', 'maria') || '/' || tests.uuid(6) || '/' || tests.uuid(11)) $$, 'a name of one''s own'
);
select is_empty('select from storage.objects', 'is not a way to another''s file');
select tests.sign_in_as('maria');
select is((select count(*) from storage.objects), 3::bigint, 'nor to put another file in its place');

select tests.sign_in_as('zoe');
select is_empty('select from storage.objects', 'a stranger reads none');
select is_empty('select from public.message_attachments', 'and does not know of them');
select tests.sign_out();
select is_empty('select from storage.objects', 'nor does a visitor');
select tests.refuses_reads('public.message_attachments');

/* -- what no row may say ----------------------------------------------------------------------------- */

select tests.as_admin();
select throws_ok($$ update public.message_attachments set name = '' $$, '23514', null, 'a file has a name');
select throws_ok($$ update public.message_attachments set name = repeat('x', 256) $$, '23514', null, 'of a length that fits');
select throws_ok($$ update public.message_attachments set width = null $$, '23514', null, 'a preview has both sides');
select throws_ok($$ update public.message_attachments set width = 0 $$, '23514', null, 'and is seen');
select throws_ok($$ update public.message_attachments set position = 1 $$, '23505', null, 'two are not at one place');

/* -- what is left over -------------------------------------------------------------------------------- */

select bag_eq('select private.leftover_files(null)', array[]::text[], 'for a day nothing goes');
update storage.objects set created_at = now() - interval '25 hours';
insert into storage.objects (bucket_id, name, created_at) values ('attachments', 'odd', now() - interval '2 days');
select is(
  (select count(*) from private.leftover_files(null)),
  (select count(*) - 3 from storage.objects where bucket_id = 'attachments'), 'then all goes that was never sent'
);
select is_empty(
  $$ select private.leftover_files(null) intersect select unnest(array[tests.file_name(1, 11), tests.file_name(1, 11) || '.small', tests.file_name(1, 12)]) $$,
  'and nothing that was'
);
select private.remove_leftover_files();
select private.remove_leftover_files();
select is((select count(*) from private.outbox where topic = 'storage.remove_files'), 1::bigint, 'Storage is asked to, once');
select is(
  (select jsonb_array_length(public.outbox_work(id) -> 'names') from private.outbox where topic = 'storage.remove_files'),
  (select count(*)::integer from private.leftover_files(null)), 'and told which'
);

/* -- a person leaves ------------------------------------------------------------------------------------ */

select tests.sign_in_as('maria');
select tests.put(tests.file_name(7, 71));
select tests.say(7, 'Mine', 71);
select tests.as_admin();
select private.forget_clerk_user('user_dana');
select results_eq('select id from public.message_attachments', $$ values (tests.uuid(71)) $$, 'their files go, the other''s stay');
select set_eq('select id from public.messages', array[tests.uuid(1), tests.uuid(7)], 'and their messages');
select bag_eq(
  $$ select jsonb_array_elements_text(public.outbox_work(id) -> 'names') from private.outbox
     where dedupe_key = 'storage.remove_files:' || tests.uuid(1) $$,
  array[tests.file_name(1, 11), tests.file_name(1, 11) || '.small', tests.file_name(1, 12)],
  'bytes and all'
);
select tests.sign_in_as('maria');
select set_eq('select name from storage.objects', array[tests.file_name(7, 71)], 'and are nobody''s from then on');

select tests.as_admin();
select set_config('storage.allow_delete_query', 'true', true);
delete from storage.objects where name like '%' || tests.uuid(1) || '/%';
select is(
  (select public.outbox_work(id) from private.outbox where dedupe_key = 'storage.remove_files:' || tests.uuid(1)), null,
  'once they are gone there is nothing left to do'
);

select tests.as_admin();
select is(private.safe_file_name(said, type), safe, format('%s of %s is saved as %s', said, type, safe))
from (values
  ('Deck.png', 'image/png', 'Deck.png'), ('Deck.PNG', 'image/png', 'Deck.PNG'), ('Porch.jpeg', 'image/jpeg', 'Porch.jpeg'),
  ('setup.exe', 'application/pdf', 'setup.exe.pdf'), ('setup.pdf.exe', 'application/pdf', 'setup.pdf.exe.pdf'),
  ('../../etc/passwd', 'text/plain', 'passwd.txt'), (E'C:\\\\Temp\\\\run.bat', 'text/csv', 'run.bat.csv'),
  ('', 'application/pdf', 'file.pdf'), (null, 'image/gif', 'file.gif'), (E'a\nb.pdf', 'application/pdf', 'ab.pdf'),
  ('.pdf', 'application/pdf', '.pdf'), (repeat('x', 300), 'text/plain', repeat('x', 190) || '.txt'), ('x.html', 'unknown', 'x.html.txt')
) as cases (said, type, safe);

select * from finish();
rollback;
