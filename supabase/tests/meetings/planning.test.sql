/* Each confirmed session gets one Zoom meeting, on a host who has no other at that time. */
begin;
select plan(30);

select tests.create_host(name) from unnest(array['host a', 'host b', 'host c']) as name;
update private.meeting_hosts set is_active = false where zoom_user_id = 'host c';
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena', 'petra', 'vera']) as name;
update public.offers set title = 'Strategy hour';

/* Confirms a session without moving it, so that hosts are given out for the time it has. */
create function tests.confirm(name text, coach text, starts_at timestamptz) returns void language sql as $$
  select tests.book(name, client => 'dana', offer => coach || '''s hour', starts_at => starts_at, status => 'held');
  select tests.pay(name);
$$;
create function tests.host_of(booking text) returns text language sql as $$
  select host_id from public.meetings where booking_id = tests.id(booking);
$$;

select tests.confirm('first', 'maria', tests.on_day(3, '10:00'));
select tests.confirm('second', 'lena', tests.on_day(3, '10:30'));
select tests.confirm('third', 'petra', tests.on_day(3, '10:30'));
select tests.create_coach('nina');
select tests.confirm('never', 'nina', tests.on_day(3, '10:30'));
select tests.confirm('after', 'vera', tests.on_day(3, '11:00'));

select is(tests.host_of('first'), 'host a', 'the first host who is free');
select is(tests.host_of('second'), 'host b', 'then the next');
select is(tests.host_of('third'), null, 'when all are busy the meeting waits; who is off duty is not asked');
select is(tests.host_of('after'), 'host a', 'a host may begin when another meeting ends');
select throws_ok(
  $$ update public.meetings set host_id = 'host a' where booking_id = tests.id('third') $$, '23P01', null, 'no host has two at once, whoever writes'
);

-- Zoom counts what is made for a host in a day, wherever it lies.
update public.meetings set created_at = created_at - interval '1 day' where booking_id = tests.id('first');
select tests.confirm('next day', 'lena', tests.on_day(4, '10:00'));
select is(tests.host_of('next day'), 'host a', 'who was given fewest today is next; yesterday does not count');
select tests.confirm('day after', 'lena', tests.on_day(5, '10:00'));
select is(tests.host_of('day after'), 'host b', 'so they take turns');

/* -- what Zoom is asked --------------------------------------------------------------------------------- */

select is(
  private.create_meeting_work(tests.meeting_id('first')),
  jsonb_build_object(
    'meeting_id', tests.meeting_id('first'), 'host_id', 'host a', 'topic', 'Strategy hour with Maria Example',
    'agenda', 'Walkthrough meeting ' || tests.meeting_id('first'), 'starts_at', tests.on_day(3, '10:00'), 'duration_minutes', 60, 'is_recorded', false
  ),
  'the meeting as it should be, with our id to find it by'
);
select throws_ok(
  $$ select private.create_meeting_work(tests.meeting_id('third')) $$, 'MTHST', null, 'while nobody is free the work is put back'
);

select tests.open_meeting('first');
select results_eq(
  $$ select status, zoom_meeting_id, join_url from public.meetings where booking_id = tests.id('first') $$,
  $$ values ('ready'::public.meeting_status, 'zoom first', 'https://zoom.example/j/' || tests.meeting_id('first')) $$,
  'what Zoom answers is written down'
);
select is(private.create_meeting_work(tests.meeting_id('first')), null, 'and not asked again');
select is(private.delete_meeting_work(tests.meeting_id('first')), null, 'nor deleted while it is on');
select private.record_meeting(tests.meeting_id('first'), null);
select results_eq($$ select status::text from public.meetings where booking_id = tests.id('first') $$, array['ready'], 'nothing left to do changes nothing');
select throws_ok(
  $$ update public.meetings set status = 'ready' where booking_id = tests.id('second') $$, '23514', null, 'without an address no meeting is ready'
);

/* -- a host's day is used up -------------------------------------------------------------------------------- */

select tests.confirm('one too many', 'petra', tests.on_day(6, '10:00'));
update public.meetings set host_id = 'host a' where booking_id = tests.id('one too many');
create temp table spent_work as
select id from private.outbox where dedupe_key = 'zoom.create_meeting:' || tests.meeting_id('one too many');
select public.fail_outbox((select id from spent_work), 'zoom 429', false, 5);
select is(tests.host_of('one too many'), 'host a', 'a moment''s wait changes nothing');
select public.fail_outbox((select id from spent_work), 'connection reset', false);
select is(tests.host_of('one too many'), 'host a', 'nor an answer that got lost: the host may have the meeting');
update private.outbox set attempts = 2 where id = (select id from spent_work);
select public.fail_outbox((select id from spent_work), 'zoom 429', false, 7200);
select is(tests.host_of('one too many'), 'host a', 'not even when Zoom wants hours after that');
update private.outbox set attempts = 1 where id = (select id from spent_work);
select public.fail_outbox((select id from spent_work), 'zoom 429', false, 7200);
select is(tests.host_of('one too many'), 'host b', 'when Zoom wants hours, another host who is free takes over');
select ok((select run_after <= now() from private.outbox where id = (select id from spent_work)), 'at once');
select public.fail_outbox((select id from spent_work), 'zoom 429', false, 7200);
select is(tests.host_of('one too many'), 'host b', 'when nobody''s day has room');
select ok((select run_after > now() + interval '1 hour' from private.outbox where id = (select id from spent_work)), 'it waits');
update private.meeting_hosts set limit_ends_at = now() where zoom_user_id = 'host b';
select tests.confirm('the next', 'petra', tests.on_day(7, '10:00'));
select is(tests.host_of('the next'), 'host b', 'and the next goes to whose day has room, whoever was given more');
update private.meeting_hosts set limit_ends_at = null;
select tests.confirm('stuck', 'petra', tests.on_day(8, '10:00'));
update public.meetings set host_id = 'host a' where booking_id = tests.id('stuck');
select tests.confirm('beside it', 'lena', tests.on_day(8, '10:30'));
select public.fail_outbox(id, 'zoom 429', false, 7200) from private.outbox
where dedupe_key = 'zoom.create_meeting:' || tests.meeting_id('stuck');
select is(tests.host_of('stuck'), 'host a', 'nobody takes over who has another meeting then');
update private.meeting_hosts set limit_ends_at = null;

/* -- called off -------------------------------------------------------------------------------------------- */

select private.cancel_meeting(tests.id('second'));
select private.cancel_meeting(tests.id('second'));
select is((select count(*) from private.outbox where topic = 'zoom.delete_meeting' and payload ->> 'meeting_id' = tests.meeting_id('second')::text), 1::bigint, 'Zoom is asked once to delete it');
select is(
  private.delete_meeting_work(tests.meeting_id('second')),
  jsonb_build_object('meeting_id', tests.meeting_id('second'), 'host_id', 'host b', 'zoom_meeting_id', null, 'agenda', 'Walkthrough meeting ' || tests.meeting_id('second')),
  'to be looked for by its agenda, if its answer has not come'
);
select is(private.create_meeting_work(tests.meeting_id('second')), null, 'and not made any more');
select is(private.create_meeting_work(tests.meeting_id('third')) ->> 'host_id', 'host b', 'its host is free for who waited');

select private.cancel_meeting(tests.id('never'));
select is(private.delete_meeting_work(tests.meeting_id('never')), null, 'a meeting that never had a host is nowhere to be deleted');

select private.record_meeting(tests.meeting_id('second'), '{"zoom_meeting_id": "z2", "join_url": "https://zoom.example/z2"}');
select results_eq($$ select status::text from public.meetings where booking_id = tests.id('second') $$, array['cancelled'], 'an answer that comes after that');
select is((select count(*) from private.outbox where topic = 'zoom.delete_meeting' and payload ->> 'meeting_id' = tests.meeting_id('second')::text), 2::bigint, 'is deleted again');

select * from finish();
rollback;
