/* Each confirmed session gets one Zoom meeting, on a host who has no other at that time. */
begin;
select plan(21);

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
