/* Who waits for an answer and since when, whatever is taken back meanwhile. */
begin;
select no_plan();

-- Dana, Omar and Zoe write with Maria, who writes with Lena as a client.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* Somebody writes, so many minutes ago. Returns the message. */
create function tests.writes(name text, client text, coach text, minutes_ago integer) returns uuid language plpgsql as $$
declare
  v_id uuid := gen_random_uuid();
begin
  perform tests.sign_in_as(client);
  perform public.start_conversation(tests.coach_id(coach));
  perform tests.sign_in_as(name);
  perform public.send_message(tests.conversation_id(client, coach), v_id, 'Hello');
  perform tests.as_admin();
  update public.messages set created_at = now() - make_interval(mins => minutes_ago) where id = v_id;
  update public.conversations set last_message_at = now() - make_interval(mins => minutes_ago) where id = tests.conversation_id(client, coach);
  perform private.note_owed(tests.conversation_id(client, coach));
  return v_id;
end;
$$;
create function tests.delete(name text, message_id uuid) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.delete_message(message_id);
  perform tests.as_admin();
end;
$$;
/* The inbox of somebody in its order, with the minutes that each waits. */
create function tests.inbox_of(name text, only_waiting boolean default false) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as(name);
  select string_agg(concat_ws(' ', split_part(lower(counterpart_name), ' ', 1), (extract(epoch from now() - waiting_since) / 60)::integer), ', ' order by ordinality) into v_line
  from public.inbox(1, only_waiting) with ordinality;
  perform tests.as_admin();
  return coalesce(v_line, 'nobody');
end;
$$;

select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();
select is(tests.inbox_of('maria'), 'dana', 'where nothing was said nobody waits');
select is(tests.inbox_of('maria', true), 'nobody', 'so nobody is among those who do');

select tests.remember('first', tests.writes('dana', 'dana', 'maria', 90));
select tests.remember('second', tests.writes('dana', 'dana', 'maria', 60));
select is(tests.inbox_of('maria'), 'dana 90', 'who writes waits from the first of their messages');
select is(tests.inbox_of('dana'), 'maria', 'the other owes nothing');
select is(tests.inbox_of('dana', true), 'nobody', 'so nobody waits for them');

select tests.delete('dana', tests.id('first'));
select is(tests.inbox_of('maria'), 'dana 60', 'what was taken back asks nothing');
select tests.remember('answer', tests.writes('maria', 'dana', 'maria', 30));
select is(tests.inbox_of('maria'), 'dana', 'once answered nobody waits');
select is(tests.inbox_of('dana'), 'maria 30', 'but the coach');
select tests.delete('maria', tests.id('answer'));
select is(tests.inbox_of('maria'), 'dana 60', 'an answer that was taken back is none');
select tests.delete('dana', tests.id('second'));
select is(tests.inbox_of('maria'), 'dana', 'where nothing stands nobody waits');
select results_eq('select owed_by, owed_at from public.conversations', 'values (null::public.booking_actor, null::timestamptz)', 'nor is anything owed');

-- An admin takes one away, and puts it back.
select tests.remember('third', tests.writes('dana', 'dana', 'maria', 20));
select private.remove_message(tests.id('third'), true);
select is(tests.inbox_of('maria', true), 'nobody', 'what was removed asks nothing');
select private.remove_message(tests.id('third'), false);
select is(tests.inbox_of('maria', true), 'dana 20', 'until it is put back');

/* -- the filter -------------------------------------------------------------------------------------------- */

select tests.writes('omar', 'omar', 'maria', 40);
select tests.writes('zoe', 'zoe', 'maria', 10);
select tests.writes('maria', 'zoe', 'maria', 5);
select tests.writes('lena', 'maria', 'lena', 15);
select is(tests.inbox_of('maria'), 'zoe, lena 15, dana 20, omar 40', 'all threads, the newest first');
select is(tests.inbox_of('maria', true), 'omar 40, dana 20, lena 15', 'those who wait, the longest first, whoever coaches');
select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select is(tests.inbox_of('maria', true), 'dana 20, omar 40, lena 15', 'but a member before all');
select is(tests.inbox_of('maria'), 'dana 20, zoe, lena 15, omar 40', 'in the whole inbox, too');

-- Where nobody may write nobody can answer.
select tests.sign_in_as('maria');
select public.block_conversation(tests.conversation_id('omar', 'maria'));
select tests.as_admin();
select is(tests.inbox_of('maria', true), 'dana 20, lena 15', 'who was blocked does not wait');
select is(tests.inbox_of('maria'), 'dana 20, zoe, lena 15, omar', 'nor is said to among all');
select tests.sign_in_as('maria');
select public.block_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select is(tests.inbox_of('maria'), 'zoe, lena 15, dana, omar', 'a member who was blocked does not come first');
select tests.sign_in_as('maria');
select public.unblock_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
update public.conversations set closed_at = now() where id = tests.conversation_id('maria', 'lena');
select is(tests.inbox_of('maria'), 'dana 20, zoe, lena, omar', 'nor does anybody wait in what we closed');
update public.conversations set closed_at = null;

/* -- pages ---------------------------------------------------------------------------------------------------- */

select tests.create_profile('client-' || number) from generate_series(1, 31) as number;
insert into public.conversations (coach_id, client_id, owed_by, owed_at)
select tests.coach_id('lena'), tests.id('client-' || number), 'coach', now() - make_interval(mins => number) from generate_series(1, 31) as number;
select tests.sign_in_as('lena');
select is((select count(*) from public.inbox(1, true)), 31::bigint, 'a page has thirty, and one says that there is more');
select is((select count(*) from public.inbox(2, true)), 1::bigint, 'which is on the next');
select is((select count(*) from public.inbox(2)), 2::bigint, 'of all there is one more');
select tests.sign_out();
select throws_ok('select public.inbox(1, true)', '42501', null, 'a visitor has none');

-- Why nobody may write is asked of what is shown, not of all threads.
select tests.as_admin();
select tests.create_profile('client-' || number) from generate_series(32, 150) as number;
insert into public.conversations (coach_id, client_id, owed_by, owed_at)
select tests.coach_id('lena'), tests.id('client-' || number), 'coach', now() - make_interval(mins => number) from generate_series(32, 150) as number;
/* How often blocks are looked up for Lena's inbox: twice for a thread. */
create function tests.lookups(only_waiting boolean) returns bigint language plpgsql as $$
declare
  v_before bigint;
begin
  select seq_scan + idx_scan into v_before from pg_stat_xact_user_tables where relid = 'private.conversation_blocks'::regclass;
  perform tests.inbox_of('lena', only_waiting);
  return (select seq_scan + idx_scan from pg_stat_xact_user_tables where relid = 'private.conversation_blocks'::regclass) - v_before;
end;
$$;
select cmp_ok(tests.lookups(false), '<', 100::bigint, 'the inbox looks up its page');
select cmp_ok(tests.lookups(true), '<', 100::bigint, 'so does that of those who wait');

-- Nobody answers somebody who has left.
select private.forget_clerk_user('user_client-150');
select tests.sign_in_as('lena');
select is(
  (select waiting_since from public.inbox(6) where conversation_id = tests.conversation_id('client-150', 'lena')), null, 'who has left does not wait'
);
select is_empty(
  $$ select from public.inbox(1, true) where conversation_id = tests.conversation_id('client-150', 'lena') $$, 'nor is among those who do'
);

/* -- a long thread ---------------------------------------------------------------------------------------------- */

select tests.as_admin();
-- Ten thousand messages in turns. Whoever writes waits for who notes it: under the thread's lock.
alter table public.messages disable trigger user;
insert into public.messages (id, conversation_id, seq, change, sender_id, body)
select gen_random_uuid(), tests.conversation_id('client-1', 'lena'), number, number,
  case number % 2 when 1 then tests.id('client-1') else tests.id('lena') end, 'Hello'
from generate_series(1, 10000) as number;
alter table public.messages enable trigger user;
analyze public.messages;
/* How many messages are read by noting who owes an answer in it. */
create function tests.messages_read() returns bigint language plpgsql as $$
declare
  v_before bigint;
begin
  select seq_tup_read + idx_tup_fetch into v_before from pg_stat_xact_user_tables where relid = 'public.messages'::regclass;
  perform private.note_owed(tests.conversation_id('client-1', 'lena'));
  return (select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.messages'::regclass) - v_before;
end;
$$;
select cmp_ok(tests.messages_read(), '<', 20::bigint, 'of a long thread its end is read, not all of it');
select results_eq(
  $$ select owed_by::text from public.conversations where id = tests.conversation_id('client-1', 'lena') $$, array['client'], 'which says who owes an answer'
);

select * from finish();
rollback;
