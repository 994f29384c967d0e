/* Zoom delivers more than once and in any order. Whatever the order, the rows are the same. */
begin;
select plan(10);

select tests.create_profile('dana');
select tests.create_coach('maria');

create temp table deliveries as
select row_number() over () as number, array[a, b, c, d] as positions
from generate_series(1, 4) as a, generate_series(1, 4) as b, generate_series(1, 4) as c, generate_series(1, 4) as d
where a not in (b, c, d) and b not in (c, d) and c <> d;
grant select on deliveries to service_role;

select tests.book('session ' || number, client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(2 + number::integer)) from deliveries;
select tests.open_meeting('session ' || number) from deliveries;

create function tests.zoom_event(booking text, step bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'event', (array['meeting.started', 'meeting.participant_joined', 'meeting.participant_left', 'meeting.ended'])[step],
    'payload', jsonb_build_object('object', jsonb_build_object('id', 'zoom ' || booking) || (array[
      '{"start_time": "2026-06-01T12:00:00Z"}',
      '{"participant": {"participant_uuid": "uuid-1", "user_name": "Dana", "join_time": "2026-06-01T12:01:00Z"}}',
      '{"participant": {"participant_uuid": "uuid-1", "user_name": "Dana", "leave_time": "2026-06-01T12:59:00Z"}}',
      '{"start_time": "2026-06-01T12:00:00Z", "end_time": "2026-06-01T13:00:00Z"}'
    ]::jsonb[])[step])
  );
$$;
grant execute on function tests.zoom_event to service_role;

select tests.as_service();
select public.apply_zoom_event(format('%s %s', number, step), tests.zoom_event('session ' || number, step))
from deliveries
cross join generate_series(1, 2) as delivery
cross join lateral unnest(positions) with ordinality as event (step, turn)
order by number, turn, delivery;

select tests.as_admin();
select results_eq(
  'select count(*)::integer, started_at, ended_at from public.meetings group by started_at, ended_at',
  $$ values (24, '2026-06-01T12:00:00Z'::timestamptz, '2026-06-01T13:00:00Z'::timestamptz) $$,
  'in each of 24 orders a meeting begins and ends when it did'
);
select results_eq(
  'select count(*)::integer, participant_uuid, display_name, joined_at, left_at from private.meeting_participants group by 2, 3, 4, 5',
  $$ values (24, 'uuid-1', 'Dana', '2026-06-01T12:01:00Z'::timestamptz, '2026-06-01T12:59:00Z'::timestamptz) $$,
  'and a visit has both its halves, once'
);

/* -- again, and what is not ours ------------------------------------------------------------------------ */

select tests.as_service();
select ok(not public.apply_zoom_event('1 1', tests.zoom_event('session 1', 1)), 'an event is new once');
select public.apply_zoom_event('later start', jsonb_set(tests.zoom_event('session 1', 1), '{payload,object,start_time}', '"2026-06-01T12:30:00Z"'));
select public.apply_zoom_event('earlier end', jsonb_set(tests.zoom_event('session 1', 4), '{payload,object,end_time}', '"2026-06-01T12:20:00Z"'));
select public.apply_zoom_event('rejoined', jsonb_set(tests.zoom_event('session 1', 2), '{payload,object,participant,participant_uuid}', '"uuid-2"'));
select lives_ok($$ select public.apply_zoom_event('not ours', tests.zoom_event('somebody else''s', 2)) $$, 'a meeting that is not ours has no effect');
select lives_ok($$ select public.apply_zoom_event('echo', '{"event": "meeting.updated", "payload": {"object": {"id": "zoom session 1"}}}') $$, 'nor has an echo of our own calls');

select tests.as_admin();
select results_eq(
  $$ select started_at, ended_at from public.meetings where booking_id = tests.id('session 1') $$,
  $$ values ('2026-06-01T12:00:00Z'::timestamptz, '2026-06-01T13:00:00Z'::timestamptz) $$,
  'the earliest start and the latest end stand'
);
select is((select count(*) from private.meeting_participants where meeting_id = tests.meeting_id('session 1')), 2::bigint, 'who comes again has another row');
select is((select count(*) from private.meeting_participants), 25::bigint, 'nobody else has');

select tests.sign_in_as('dana');
select throws_ok($$ select public.apply_zoom_event('x', '{}') $$, '42501', null, 'people cannot send events');
select tests.sign_out();
select throws_ok($$ select public.apply_zoom_event('x', '{}') $$, '42501', null, 'nor can visitors');

select * from finish();
rollback;
