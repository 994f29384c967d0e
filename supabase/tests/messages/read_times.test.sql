/* When one has read what the other wrote: kept once, told to the other, and to nobody where one has blocked the other. */
begin;
select no_plan();

-- Dana writes with Maria. Zoe is a stranger.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();

create function tests.say(name text) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.send_message(tests.conversation_id('dana', 'maria'), gen_random_uuid(), 'Hello');
  perform tests.as_admin();
end;
$$;
create function tests.read_until(name text, seq bigint) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.mark_read(tests.conversation_id('dana', 'maria'), read_until.seq);
  perform tests.as_admin();
end;
$$;
/* Time passes: what was read so far was read that many hours ago. */
create function tests.hours_ago(hours integer) returns void language sql as $$
  update public.conversation_reads set read_at = now() - make_interval(hours => hours) where read_at = now();
  delete from realtime.messages where event = 'read';
$$;
/* What somebody is told of how far the other has read, and how many hours ago. */
create function tests.receipt(name text) returns text language plpgsql as $$
declare
  v_receipt text;
begin
  perform tests.sign_in_as(name);
  select counterpart_read_seq || coalesce(', ' || extract(epoch from now() - counterpart_read_at)::integer / 3600 || ' hours ago', '')
  into v_receipt
  from public.conversation_details(tests.conversation_id('dana', 'maria'));
  perform tests.as_admin();
  return v_receipt;
end;
$$;
create temp view told as
select payload from realtime.messages
where event = 'read' and topic = 'conversation:' || tests.conversation_id('dana', 'maria') and private;
/* What the thread's browsers were told since the last time. */
create function tests.told() returns text language sql as $$
  with gone as (delete from realtime.messages where event = 'read' returning payload ->> 'seq' as seq)
  select string_agg(seq, ', ' order by seq) from gone;
$$;

select tests.say('dana');
select tests.say('dana');
select is(tests.receipt('dana'), '0', 'nothing is read yet');
select is(tests.receipt('maria'), '2', 'what one wrote oneself is not a reading of anything');
select is(tests.told(), null, 'and tells of none');

select tests.read_until('maria', 1);
select results_eq(
  $$ select payload - 'id' from told $$, $$ values (jsonb_build_object('seq', 1)) $$, 'a reading tells the private channel its number, no words'
);
select is(tests.told(), '1', 'once');
select tests.hours_ago(5);
select is(tests.receipt('dana'), '1, 5 hours ago', 'the other is told how far, and when');
select tests.read_until('maria', 1);
select is(tests.receipt('dana'), '1, 5 hours ago', 'reading it again is no other reading');
select tests.read_until('maria', 2);
select is(tests.told(), '2', 'one more is one more');
select tests.hours_ago(4);
select is(tests.receipt('dana'), '2, 4 hours ago', 'at its own time');

select tests.say('maria');
select is(tests.receipt('dana'), '3, 4 hours ago', 'who writes has read no more than before');
select is(tests.told(), null, 'and nothing is told of it');
select is(tests.receipt('maria'), '2', 'the answer is not read yet');
select tests.say('dana');
select is(tests.receipt('maria'), '2', 'nor who writes while it waits to be read: they may have begun before');
select is(tests.told(), null, 'which is told to nobody');
select tests.read_until('dana', 4);
select is(tests.receipt('maria'), '4, 0 hours ago', 'until they do read it');
select is(tests.told(), '4', 'which is told');
select tests.hours_ago(3);

select tests.sign_in_as('dana');
select public.delete_message((select id from public.messages where seq = 4));
select tests.as_admin();
select tests.read_until('maria', 4);
select is(tests.receipt('dana'), '4, 4 hours ago', 'what was taken back is nothing to read');
select is(tests.receipt('zoe'), null, 'a stranger is told nothing');
select tests.sign_in_as('maria');
select is_empty($$ select from public.conversation_reads where profile_id <> tests.id('maria') $$, 'nobody reads it from the table');

-- Whoever blocked whom.
select public.block_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select is(tests.receipt(name), '0', 'in a blocked thread neither is told of the other') from unnest(array['dana', 'maria']) as name;
update public.conversation_reads set last_read_seq = 1 where profile_id = tests.id('dana');
select tests.read_until('dana', 4);
select is(tests.told(), null, 'nor does its channel tell');
select tests.hours_ago(2);
select tests.sign_in_as('maria');
select public.unblock_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select is(tests.receipt('maria'), '4, 2 hours ago', 'until nobody is blocked any more');

-- Who writes on and on is not looked for in all of it, each time.
select tests.sign_in_as('zoe');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();
alter table public.messages disable trigger user;
insert into public.messages (id, conversation_id, seq, change, sender_id, body)
select gen_random_uuid(), tests.conversation_id('zoe', 'maria'), number, number, tests.id('zoe'), 'Hello' from generate_series(1, 5000) as number;
alter table public.messages enable trigger user;
analyze public.messages;
select private.note_read(tests.conversation_id('zoe', 'maria'), tests.id('zoe'), 4999);
/* How many messages are read by noting that one more is. */
create function tests.messages_read() returns bigint language plpgsql as $$
declare
  v_before bigint;
begin
  select seq_tup_read + idx_tup_fetch into v_before from pg_stat_xact_user_tables where relid = 'public.messages'::regclass;
  perform private.note_read(tests.conversation_id('zoe', 'maria'), tests.id('zoe'), 5000);
  return (select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.messages'::regclass) - v_before;
end;
$$;
select cmp_ok(tests.messages_read(), '<', 20::bigint, 'only what is new is looked through');

select * from finish();
rollback;
