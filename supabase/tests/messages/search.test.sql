/* People find what was said in their own threads, and nothing of anyone else's. */
begin;
select no_plan();

-- Dana writes with Maria, Omar with Maria and with Lena. Zoe writes with nobody.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* Message `number` of somebody in a client's thread with a coach. */
create function tests.says(name text, client text, coach text, number integer, body text) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(client);
  perform public.start_conversation(tests.coach_id(coach));
  perform tests.sign_in_as(name);
  perform public.send_message(tests.conversation_id(client, coach), ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid, body);
  perform tests.as_admin();
  update public.messages set created_at = now() - make_interval(mins => 100 - number)
  where id = ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
end;
$$;
/* What somebody finds, with the words that are marked in brackets. */
create function tests.finds(name text, query text) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as(name);
  select string_agg(
    split_part(counterpart_name, ' ', 1) || case when is_own then '< ' else '> ' end || translate(excerpt, E'\x02\x03', '[]'), ' | ' order by ordinality
  ) into v_line
  from public.search_messages(query) with ordinality;
  perform tests.as_admin();
  return coalesce(v_line, 'nothing');
end;
$$;

select tests.says('dana', 'dana', 'maria', 1, 'How do I price a listing?');
select tests.says('maria', 'dana', 'maria', 2, 'We look at prices nearby.');
select tests.says('omar', 'omar', 'maria', 3, 'My price is wrong');
select tests.says('omar', 'omar', 'lena', 4, 'A listing without a price');

select is(tests.finds('dana', 'price'), 'Maria> We look at [prices] nearby. | Maria< How do I [price] a listing?', 'a word in all its forms, the newest first');
select is(tests.finds('maria', 'price'), 'Omar> My [price] is wrong | Dana< We look at [prices] nearby. | Dana> How do I [price] a listing?', 'a coach finds what is in theirs');
select is(tests.finds('lena', 'price'), 'Omar> A listing without a [price]', 'and in no other');
select is(tests.finds('omar', 'price listing'), 'Lena< A [listing] without a [price]', 'all words');
select is(tests.finds('omar', 'price -listing'), 'Maria< My [price] is wrong', 'or without one');
select is(tests.finds('dana', '"nearby prices"'), 'nothing', 'words in quotes stand together');
select is(tests.finds('zoe', 'price'), 'nothing', 'a stranger finds nothing');
select is(tests.finds('dana', query), 'nothing', 'nor does anybody for nothing') from unnest(array['', 'the', '"', '-', null]) as query;
select tests.says('dana', 'dana', 'maria', 95, E'A \x02forged\x03 mark');
select is(tests.finds('dana', 'mark'), 'Maria< A forged [mark]', 'marks are ours alone');

select tests.sign_in_as('dana');
select public.edit_message('00000000-0000-4000-8000-000000000095', 'Another word');
select tests.as_admin();
select is(tests.finds('dana', 'mark'), 'nothing', 'what was said before is not found');
select is(tests.finds('maria', 'another'), 'Dana> [Another] word', 'what is said now is');
select tests.sign_in_as('dana');
select public.delete_message('00000000-0000-4000-8000-000000000095');
select tests.as_admin();
select is(tests.finds('dana', 'another'), 'nothing', 'nor is what was taken back');
select is(tests.finds('dana', '-price'), 'nothing', 'not even by what it is without');

insert into public.messages (id, conversation_id, seq, change, sender_id, body)
select gen_random_uuid(), tests.conversation_id('dana', 'maria'), number, number, tests.id('dana'), 'Staging ' || number from generate_series(101, 122) as number;
select tests.says('maria', 'dana', 'maria', 96, repeat('Much else. ', 60) || 'An escrow account. ' || repeat('Much else. ', 60));
select ok(char_length(tests.finds('dana', 'escrow')) < 400 and tests.finds('dana', 'escrow') like '%[escrow] account%', 'of a long one the part is shown');
select tests.sign_in_as('dana');
select is((select count(*) from public.search_messages('staging')), 21::bigint, 'a page has twenty, and one says that there is more');
select is((select count(*) from public.search_messages('staging', 2)), 2::bigint, 'which is on the next');
select tests.sign_out();
select throws_ok($$ select public.search_messages('price') $$, '42501', null, 'a visitor does not search');

select tests.as_admin();
-- Among many: everybody's newest are not looked through until a page is full.
alter table public.messages disable trigger user;
insert into public.messages (id, conversation_id, seq, change, sender_id, body, created_at)
select gen_random_uuid(), tests.conversation_id('omar', 'lena'), number, number, tests.id('omar'), 'A roof and a word', now() + make_interval(secs => number)
from generate_series(1001, 21000) as number;
insert into public.messages (id, conversation_id, seq, change, sender_id, body, created_at)
select gen_random_uuid(), tests.conversation_id('dana', 'maria'), number, number, tests.id('dana'), 'The roof', now() - interval '1 day'
from generate_series(1001, 1003) as number;
alter table public.messages enable trigger user;
analyze public.messages;
/* How many messages are read to find a word in Dana's. */
create function tests.messages_read(query text) returns bigint language plpgsql as $$
declare
  v_before bigint;
begin
  select seq_tup_read + idx_tup_fetch into v_before from pg_stat_xact_user_tables where relid = 'public.messages'::regclass;
  perform tests.finds('dana', query);
  return (select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.messages'::regclass) - v_before;
end;
$$;
select cmp_ok(tests.messages_read('roof'), '<', 500::bigint, 'what others wrote is not looked through');
select is(tests.finds('dana', 'roof'), 'Maria< The [roof] | Maria< The [roof] | Maria< The [roof]', 'to find what is one''s own');

select * from finish();
rollback;
