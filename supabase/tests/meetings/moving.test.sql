/* A booking that moves takes its Zoom meeting along, link and all, whenever its host is free then. */
begin;
select plan(30);

select tests.create_host(name) from unnest(array['host a', 'host b']) as name;
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena', 'petra']) as name;

create function tests.confirm(name text, coach text, starts_at timestamptz) returns void language sql as $$
  select tests.book(name, client => 'dana', offer => coach || '''s hour', starts_at => starts_at, status => 'held');
  select tests.pay(name);
$$;

/* As rescheduling does: the booking's own time, then its meeting. */
create function tests.reschedule(name text, starts_at timestamptz) returns void language sql as $$
  update public.bookings
  set starts_at = reschedule.starts_at, ends_at = reschedule.starts_at + (ends_at - bookings.starts_at)
  where id = tests.id(name);
  select private.move_meeting(tests.id(name));
$$;

create function tests.work(topic text, meeting_id uuid) returns bigint language sql as $$
  select count(*) from private.outbox where outbox.topic = work.topic and payload ->> 'meeting_id' = work.meeting_id::text;
$$;

select tests.confirm('session', 'maria', tests.on_day(3, '10:00'));
create temp table first_meeting as select * from public.meetings where booking_id = tests.id('session');

/* -- before Zoom has made it ------------------------------------------------------------------------------ */

select tests.reschedule('session', tests.on_day(3, '12:00'));
select results_eq(
  $$ select id, host_id, starts_at, ends_at, status from public.meetings where booking_id = tests.id('session') $$,
  $$ select id, 'host a', tests.on_day(3, '12:00'), tests.on_day(3, '13:00'), 'pending'::public.meeting_status from first_meeting $$,
  'a meeting that is not made yet just has another time'
);
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 0::bigint, 'nothing is to be moved at Zoom');
select is(private.create_meeting_work(tests.meeting_id('session')) ->> 'starts_at', to_jsonb(tests.on_day(3, '12:00')) #>> '{}', 'it is made for the new time');
select is(private.move_meeting_work(tests.meeting_id('session')), null, 'and not moved before it is there');

select private.record_meeting(
  tests.meeting_id('session'),
  jsonb_build_object('zoom_meeting_id', 'zoom session', 'join_url', 'https://zoom.example/j/1', 'starts_at', tests.on_day(3, '10:00'))
);
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 1::bigint, 'what Zoom was making for the old time meanwhile is moved');
select private.record_meeting_move(tests.meeting_id('session'), jsonb_build_object('is_there', true, 'starts_at', tests.on_day(3, '12:00')));

/* -- once it is there ---------------------------------------------------------------------------------------- */

select tests.reschedule('session', tests.on_day(4, '09:00'));
select results_eq(
  $$ select id, host_id, starts_at, zoom_meeting_id, join_url, status from public.meetings where booking_id = tests.id('session') $$,
  $$ select id, 'host a', tests.on_day(4, '09:00'), 'zoom session', 'https://zoom.example/j/1', 'ready'::public.meeting_status from first_meeting $$,
  'number, link and host stay'
);
select is(
  private.move_meeting_work(tests.meeting_id('session')),
  jsonb_build_object('zoom_meeting_id', 'zoom session', 'starts_at', tests.on_day(4, '09:00'), 'duration_minutes', 60),
  'Zoom is told the new time'
);
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 2::bigint, 'once');
select private.move_meeting(tests.id('session'));
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 2::bigint, 'and not again while it is there');

select tests.reschedule('session', tests.on_day(5, '09:00'));
select tests.reschedule('session', tests.on_day(4, '09:00'));
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 4::bigint, 'each of several moves is told, back and forth too');
select is(private.move_meeting_work(tests.meeting_id('session')) ->> 'starts_at', to_jsonb(tests.on_day(4, '09:00')) #>> '{}', 'and every one tells the last time');

select private.record_meeting_move(tests.meeting_id('session'), jsonb_build_object('is_there', true, 'starts_at', tests.on_day(5, '09:00')));
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 5::bigint, 'a call that was overtaken is made good');
select private.record_meeting_move(tests.meeting_id('session'), jsonb_build_object('is_there', true, 'starts_at', tests.on_day(4, '09:00')));
select private.record_meeting_move(tests.meeting_id('session'), null);
select is(tests.work('zoom.move_meeting', tests.meeting_id('session')), 5::bigint, 'one that was not, is not');

/* An overlap with itself is none. */
select tests.reschedule('session', tests.on_day(4, '09:30'));
select is((select host_id from public.meetings where booking_id = tests.id('session')), 'host a', 'half an hour later, too');

/* -- when the host is busy then ------------------------------------------------------------------------------- */

select tests.confirm('elsewhere', 'lena', tests.on_day(9, '09:00'));
select tests.confirm('rival', 'lena', tests.on_day(6, '09:00'));
select is((select host_id from public.meetings where booking_id = tests.id('rival')), 'host a', 'the same host has another meeting then');
select tests.reschedule('session', tests.on_day(6, '09:30'));
select results_eq(
  $$ select host_id, starts_at, zoom_meeting_id, join_url, status from public.meetings where booking_id = tests.id('session') and status <> 'cancelled' $$,
  $$ values ('host b', tests.on_day(6, '09:30'), null, null, 'pending'::public.meeting_status) $$,
  'another host takes over, with a meeting that is to be made'
);
select is(tests.work('zoom.create_meeting', tests.meeting_id('session')), 1::bigint, 'Zoom is asked to make it');
select is(
  private.delete_meeting_work((select id from first_meeting)),
  jsonb_build_object('meeting_id', (select id from first_meeting), 'host_id', 'host a', 'zoom_meeting_id', 'zoom session', 'agenda', 'Walkthrough meeting ' || (select id from first_meeting)),
  'and to delete the old one'
);
select is(private.move_meeting_work((select id from first_meeting)), null, 'which is not moved any more');
select throws_ok(
  $$ insert into public.meetings (booking_id, starts_at, ends_at) values (tests.id('session'), now(), now() + interval '1 hour') $$,
  '23505', null, 'a booking never has two meetings that are on'
);

select tests.confirm('third', 'petra', tests.on_day(7, '09:00'));
select tests.reschedule('third', tests.on_day(6, '09:15'));
select results_eq(
  $$ select host_id, starts_at, status from public.meetings where booking_id = tests.id('third') and status <> 'cancelled' $$,
  $$ values (null, tests.on_day(6, '09:15'), 'pending'::public.meeting_status) $$,
  'when all are busy it waits for a host'
);
select tests.reschedule('third', tests.on_day(8, '09:00'));
select is((select host_id from public.meetings where booking_id = tests.id('third') and status <> 'cancelled') is not null, true, 'and finds one at a quieter time');

/* -- gone at Zoom ------------------------------------------------------------------------------------------------ */

select tests.open_meeting('rival');
create temp table rival_meeting as select tests.meeting_id('rival') as id;
select private.record_meeting_move(id, '{"is_there": false}') from rival_meeting;
select isnt(tests.meeting_id('rival'), (select id from rival_meeting), 'a meeting that was gone is replaced');
select is((select status::text from public.meetings where id = tests.meeting_id('rival')), 'pending', 'by one that is to be made');
select private.record_meeting_move(id, '{"is_there": false}') from rival_meeting;
select is((select count(*) from public.meetings where booking_id = tests.id('rival')), 2::bigint, 'once');

select private.record_meeting(tests.meeting_id('rival'), '{"zoom_meeting_id": "zoom rival again", "join_url": "https://zoom.example/j/2"}');
select private.move_booking(tests.id('rival'), '{confirmed}', 'cancelled', 'coach');
select private.record_meeting_move(tests.meeting_id('rival'), '{"is_there": false}');
select is((select count(*) from public.meetings where booking_id = tests.id('rival') and status <> 'cancelled'), 0::bigint, 'a session that is off gets no other');
select lives_ok($$ select private.move_meeting(tests.id('rival')) $$, 'and has nothing to move');

/* -- the outbox knows the topic --------------------------------------------------------------------------------- */

select tests.open_meeting('third');
select tests.reschedule('third', tests.on_day(8, '11:00'));
create temp table work as select id from private.outbox where topic = 'zoom.move_meeting' order by id desc limit 1;
grant select on work to service_role;
select tests.as_service();
select is(public.outbox_work((select id from work)) ->> 'zoom_meeting_id', 'zoom third', 'dispatch asks what is to do');
select lives_ok($$ select public.complete_outbox((select id from work), '{"is_there": false}') $$, 'and says what became of it');
select tests.as_admin();
select is((select status::text from public.meetings where id = tests.meeting_id('third')), 'pending', 'which has its effect');

select * from finish();
rollback;
