/* A thread of two who have nothing to do with each other any more is for reading, until the client comes back. */
begin;
select no_plan();

-- Dana writes with Maria: so far an enquiry.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* What comes of it when somebody writes in Dana's thread with Maria; nothing of it stays. */
create function tests.writes(name text) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    perform public.send_message(tests.conversation_id('dana', 'maria'), gen_random_uuid(), 'Hello');
    raise exception 'undo' using errcode = 'ZZZZZ';
  exception when others then
    v_code := case sqlstate when 'ZZZZZ' then 'done' else sqlstate end;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
/* What comes of it when Dana writes to Maria from her page. */
create function tests.enquires() returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as('dana');
  begin
    perform public.start_conversation(tests.coach_id('maria'));
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
/* Nothing was written or opened for so long. */
create function tests.rest(ago interval) returns void language sql as $$
  update public.conversations set opened_at = now() - ago, last_message_at = now() - ago;
$$;

select tests.sign_in_as('dana');
select public.send_message(public.start_conversation(tests.coach_id('maria')), gen_random_uuid(), 'Do you take on lenders?');
select tests.as_admin();

/* -- an enquiry ------------------------------------------------------------------------------------------- */

select tests.rest('89 days 23 hours');
select is(tests.writes(name), 'done', 'for ninety days both may go on') from unnest(array['dana', 'maria']) as name;
select tests.rest('90 days');
select is(tests.writes(name), 'MSRDO', 'then neither') from unnest(array['dana', 'maria']) as name;
select tests.sign_in_as('maria');
select is((select closed_because from public.conversation_details(tests.conversation_id('dana', 'maria'))), 'over', 'the page says so');
select is((select count(*) from public.messages), 1::bigint, 'what was said is there to read');
select results_eq(
  $$ select private.may_follow(topic), private.may_signal(topic)
     from (select 'conversation:' || tests.conversation_id('dana', 'maria') as topic) as thread $$,
  'values (true, false)', 'its live topic is for listening, too'
);
select lives_ok($$ select public.block_conversation(tests.conversation_id('dana', 'maria')) $$, 'and the other can be blocked');
select is(public.start_conversation(tests.coach_id('lena')) is not null, true, 'what a coach asks another is a thread of its own');
select lives_ok($$ select public.unblock_conversation(tests.conversation_id('dana', 'maria')) $$, 'or not');
select tests.as_admin();
update public.conversations set last_message_at = now() - interval '1 day';
select is(tests.writes('maria'), 'done', 'it goes by the last message');

/* -- opened again -------------------------------------------------------------------------------------------- */

select tests.rest('1 year');
update public.coaches set status = 'paused' where slug = 'maria';
select is(tests.enquires(), 'OCNFD', 'a coach who paused is not written to again');
update public.coaches set status = 'approved' where slug = 'maria';
select is(tests.enquires(), 'done', 'the client enquires again');
select is(tests.writes(name), 'done', 'and both write') from unnest(array['dana', 'maria']) as name;
select results_eq(
  $$ select opened_at = now(), created_at = now() from public.conversations where id = tests.conversation_id('dana', 'maria') $$,
  'values (true, true)', 'in the same thread'
);

-- Ten a day, new or old.
select tests.rest('1 year');
select tests.create_coach('coach-' || number) from generate_series(1, 10) as number;
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('coach-' || number)) from generate_series(1, 10) as number;
select tests.as_admin();
select is(tests.enquires(), 'MSLIM', 'opened again counts as opened');
select tests.rest('1 year');

-- One that nobody wrote in.
update public.conversations set last_message_at = null;
select is(tests.writes('dana'), 'MSRDO', 'silence is over, too');
update public.conversations set opened_at = now() - interval '1 day';
select is(tests.writes('dana'), 'done', 'once it was opened long ago');
select tests.rest('1 year');

/* -- a session ------------------------------------------------------------------------------------------------- */

select tests.book('another''s', client => 'omar', offer => 'maria''s hour');
select tests.book('elsewhere', client => 'dana', offer => 'lena''s hour');
select tests.rest('1 year');
select is(tests.writes('dana'), 'MSRDO', 'neither another''s session nor one with another coach counts');
select tests.book('session', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '5 days');
select tests.rest('1 year');
select is(tests.writes('maria'), 'done', 'a session to come opens it');
select tests.move_booking('session', now() - interval '90 days 59 minutes');
select is(tests.writes('maria'), 'done', 'for ninety days after its end');
select tests.move_booking('session', now() - interval '90 days 1 hour');
select is(tests.writes('maria'), 'MSRDO', 'and not longer');
delete from public.meetings where booking_id = tests.id('session');

/* -- a membership ------------------------------------------------------------------------------------------------ */

select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.rest('1 year');
update public.orders set credits_end_at = now() where credits_end_at is not null;
select is(tests.writes('dana'), 'done', 'a member writes');
update public.memberships set status = 'paused';
select is(tests.writes('dana'), 'done', 'while it is paused, too');
update public.memberships set status = 'ended', ended_at = now();
select is(tests.writes('dana'), 'MSRDO', 'and not when it has ended');

/* -- credits ------------------------------------------------------------------------------------------------------ */

select tests.create_package('four', coach => 'maria');
select tests.buy_package('dana''s four', client => 'dana', package => 'four');
select tests.rest('1 year');
select is(tests.writes('dana'), 'done', 'who has sessions to book writes');
update public.orders set credits_end_at = now() where id = tests.id('dana''s four');
select is(tests.writes('dana'), 'MSRDO', 'and not when they are gone by');

select * from finish();
rollback;
