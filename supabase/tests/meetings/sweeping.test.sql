/* What Zoom has and what we have drift apart when either side forgets. A sweep finds and mends it. */
begin;
select plan(29);

select tests.create_host(name) from unnest(array['host a', 'host b']) as name;
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena', 'petra']) as name;

create function tests.confirm(name text, coach text, starts_at timestamptz) returns void language sql as $$
  select tests.book(name, client => 'dana', offer => coach || '''s hour', starts_at => starts_at, status => 'held');
  select tests.pay(name);
  update private.outbox set status = 'done', done_at = now() where topic like 'zoom.%';
$$;
create function tests.host_of(booking text) returns text language sql as $$
  select host_id from public.meetings where id = tests.meeting_id(booking);
$$;
/* What Zoom's list says of a meeting of ours. */
create function tests.listed(booking text, minutes_later integer default 0, zoom_meeting_id text default null) returns jsonb language sql as $$
  select jsonb_build_object(
    'meeting_id', meetings.id, 'zoom_meeting_id', coalesce(listed.zoom_meeting_id, 'zoom ' || listed.booking), 'join_url', 'https://zoom.example/j/9',
    'starts_at', date_trunc('second', meetings.starts_at) + make_interval(mins => minutes_later), 'duration_minutes', 60
  )
  from public.meetings where id = tests.meeting_id(listed.booking);
$$;
create function tests.found(host text, variadic meetings jsonb[]) returns void language sql as $$
  select private.record_sweep(host, jsonb_build_object('found', to_jsonb(meetings), 'missing', '[]'::jsonb));
$$;
create function tests.missing(host text, zoom_meeting_id text) returns void language sql as $$
  select private.record_sweep(host, jsonb_build_object('found', '[]'::jsonb, 'missing', jsonb_build_array(zoom_meeting_id)));
$$;
create function tests.orphans() returns bigint language sql as $$
  select count(*) from private.outbox where topic = 'zoom.delete_orphan';
$$;

select tests.confirm('soon', 'maria', tests.on_day(1, '10:00'));
select tests.confirm('later', 'lena', tests.on_day(9, '10:00'));
select tests.open_meeting('soon');
select tests.open_meeting('later');

/* -- what Zoom is asked ------------------------------------------------------------------------------------ */

select private.sweep_meetings(2);
select private.sweep_meetings();
select results_eq(
  $$ select payload from private.outbox where topic = 'zoom.sweep' order by payload ->> 'host_id' $$,
  $$ values ('{"host_id": "host a", "days": 2}'::jsonb), ('{"host_id": "host b", "days": 2}') $$,
  'each host''s list is read, not twice at a time'
);
select is(
  private.sweep_work('host a', 2),
  jsonb_build_object('host_id', 'host a', 'mark', 'Walkthrough meeting ', 'from', current_date, 'to', current_date + 2, 'expected', jsonb_build_array('zoom soon')),
  'each hour for the sessions of the next days'
);
select is(private.sweep_work('host b', 2) -> 'expected', '[]', 'not for those after');
select is(
  private.sweep_work('host b', null),
  '{"host_id": "host b", "mark": "Walkthrough meeting ", "from": null, "to": null, "expected": ["zoom later"]}', 'each night for all'
);

/* -- all is well ---------------------------------------------------------------------------------------------- */

select tests.found('host a', tests.listed('soon'));
select tests.found('host b', tests.listed('later'));
select private.record_sweep('host a', null);
select is_empty('select from private.meeting_repairs', 'what agrees is left alone');
select is_empty($$ select from private.outbox where topic like 'zoom.%' and status = 'pending' and topic <> 'zoom.sweep' $$, 'and nothing is asked of Zoom');

/* -- at Zoom, of nothing that is on ---------------------------------------------------------------------------- */

select tests.found('host a', jsonb_build_object('meeting_id', gen_random_uuid(), 'zoom_meeting_id', 'stray', 'starts_at', now(), 'duration_minutes', 60));
select results_eq(
  $$ select payload from private.outbox where topic = 'zoom.delete_orphan' $$,
  $$ values ('{"host_id": "host a", "zoom_meeting_id": "stray"}'::jsonb) $$,
  'a meeting with our mark that we do not know is deleted'
);
select is(private.delete_orphan_work('host a', 'stray') ->> 'zoom_meeting_id', 'stray', 'by its number');
select is(private.delete_orphan_work('host a', 'zoom soon'), null, 'unless it is one of ours by then');

select tests.found('host a', tests.listed('soon', zoom_meeting_id => 'twin'));
select is(tests.orphans(), 2::bigint, 'so is a second meeting for the same session');
select tests.found('host b', jsonb_set(tests.listed('soon'), '{zoom_meeting_id}', '"elsewhere"'));
select is(tests.orphans(), 3::bigint, 'and one on a host who has it no more');

select private.cancel_meeting(tests.id('soon'));
select tests.found('host a', tests.listed('soon'));
select is(tests.orphans(), 3::bigint, 'one that is about to be deleted is left to that');
update private.outbox set status = 'failed' where topic = 'zoom.delete_meeting';
select tests.found('host a', tests.listed('soon'));
select is(tests.orphans(), 4::bigint, 'one whose deletion was given up is not');

/* -- gone at Zoom ------------------------------------------------------------------------------------------------ */

create temp table gone as select tests.meeting_id('later') as id;
select tests.missing('host a', 'zoom later');
select is(tests.meeting_id('later'), (select id from gone), 'what another host has is not missing');
select tests.missing('host b', 'zoom later');
select isnt(tests.meeting_id('later'), (select id from gone), 'a meeting that is gone at Zoom is replaced');
select results_eq(
  $$ select booking_id, starts_at, status from public.meetings where id = tests.meeting_id('later') $$,
  $$ values (tests.id('later'), tests.on_day(9, '10:00'), 'pending'::public.meeting_status) $$,
  'for the same session'
);
select is((select count(*) from private.outbox where topic = 'zoom.create_meeting' and payload ->> 'meeting_id' = tests.meeting_id('later')::text), 1::bigint, 'Zoom is asked to make it');
select tests.missing('host b', 'zoom later');
select is((select count(*) from public.meetings where booking_id = tests.id('later')), 2::bigint, 'once');

/* -- an answer that was lost --------------------------------------------------------------------------------------- */

select tests.found(tests.host_of('later'), tests.listed('later', zoom_meeting_id => 'made'));
select is((select status::text from public.meetings where id = tests.meeting_id('later')), 'pending', 'what is being made is left to that');
update private.outbox set status = 'failed' where topic = 'zoom.create_meeting' and status = 'pending';
select tests.found(tests.host_of('later'), tests.listed('later', zoom_meeting_id => 'made'));
select is((select zoom_meeting_id from public.meetings where id = tests.meeting_id('later') and status = 'ready'), 'made', 'when that was given up, what it made is taken');

/* -- at another time -------------------------------------------------------------------------------------------------- */

select tests.found(tests.host_of('later'), tests.listed('later', 30, 'made'));
select is((select count(*) from private.outbox where topic = 'zoom.move_meeting' and payload ->> 'meeting_id' = tests.meeting_id('later')::text), 1::bigint, 'Zoom is told our time');
select tests.found(tests.host_of('later'), tests.listed('later', 30, 'made'));
select is((select count(*) from private.outbox where topic = 'zoom.move_meeting'), 1::bigint, 'not again while that is under way');
update private.outbox set status = 'done', done_at = now() where topic = 'zoom.move_meeting';
select tests.move_booking('later', now() - interval '2 hours');
select tests.found(tests.host_of('later'), tests.listed('later', 30, 'made'));
select is((select count(*) from private.outbox where topic = 'zoom.move_meeting'), 1::bigint, 'what is over stays as it was');

select bag_eq(
  'select kind::text from private.meeting_repairs',
  array['unknown_here', 'unknown_here', 'unknown_here', 'unknown_here', 'gone_at_zoom', 'answer_lost', 'other_time'],
  'admins see what was found'
);

/* -- what our own rows tell ---------------------------------------------------------------------------------------------- */

delete from private.meeting_repairs;
select tests.confirm('third', 'petra', tests.on_day(3, '10:00'));
create temp table given_up as select tests.meeting_id('third') as id;
update private.outbox set status = 'failed', done_at = null where topic = 'zoom.create_meeting';
select private.sweep_meetings(2);
select isnt(tests.meeting_id('third'), (select id from given_up), 'a meeting whose making was given up is planned again');
delete from public.meetings where booking_id = tests.id('third');
select private.sweep_meetings(2);
select results_eq(
  $$ select status::text from public.meetings where booking_id = tests.id('third') $$, array['pending'], 'a session without any gets one'
);
select tests.open_meeting('third');
update public.bookings set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' where id = tests.id('third');
select private.sweep_meetings(2);
select is((select starts_at from public.meetings where id = tests.meeting_id('third')), tests.on_day(3, '11:00'), 'a meeting at another time than its session follows it');
select bag_eq($$ select kind::text from private.meeting_repairs where booking_id = tests.id('third') $$, array['not_planned', 'not_planned', 'other_time'], 'which admins see, too');

select tests.as_service();
select throws_ok('select private.sweep_meetings()', '42501', null, 'only jobs sweep');

select * from finish();
rollback;
