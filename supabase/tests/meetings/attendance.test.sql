/*
 * Who came, by hand. Each case is a session of an hour, from minute 0 to minute 60: visits as
 * [who, from, to], where who is a link's owner (dana, maria), the host, a stranger's link, a phone,
 * or an embedded visit of dana; to may be unknown.
 */
begin;
select plan(42);

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');

create temp table cases (
  name text primary key, is_read boolean, visits jsonb,
  client boolean, coach boolean, client_minutes integer, coach_minutes integer, together integer
);
insert into cases values
  ('both, all the time', true, '[["dana", 0, 60], ["maria", 0, 60]]', true, true, 60, 60, 60),
  ('both, and webhooks only', false, '[["dana", 0, 60], ["maria", 0, 60]]', true, true, 60, 60, 60),
  ('one comes early, one late', true, '[["dana", -10, 50], ["maria", 5, 60]]', true, true, 60, 55, 45),
  ('before the door opened does not count', true, '[["dana", -90, -20], ["maria", 0, 60]]', false, true, 0, 60, 0),
  ('after the end does not count', true, '[["dana", 0, 200], ["maria", 61, 90]]', true, false, 60, 0, 0),
  ('falls out and comes back', true, '[["dana", 0, 20], ["dana", 30, 60], ["maria", 10, 60]]', true, true, 50, 50, 40),
  ('two devices at once', true, '[["dana", 0, 40], ["dana", 20, 60], ["maria", 0, 60], ["host", 10, 50]]', true, true, 60, 60, 60),
  ('one visit told twice', true, '[["dana", 10, 30], ["dana", 10, 30], ["maria", 0, 30]]', true, true, 20, 30, 20),
  ('never at the same time', true, '[["dana", 0, 20], ["maria", 25, 60]]', true, true, 20, 35, 0),
  ('the coach as the host', true, '[["dana", 0, 60], ["host", 0, 60]]', true, true, 60, 60, 60),
  ('embedded', true, '[["embedded dana", 0, 30], ["maria", 0, 60]]', true, true, 30, 60, 30),
  ('the coach only', true, '[["maria", 0, 24]]', false, true, 0, 24, 0),
  ('the coach only, and webhooks only', false, '[["maria", 0, 24]]', null, true, 0, 24, 0),
  ('the client only', true, '[["dana", 2, 32]]', true, false, 30, 0, 0),
  ('nobody', true, '[]', false, false, 0, 0, 0),
  ('nobody, and webhooks only', false, '[]', null, null, 0, 0, 0),
  ('a link of somebody else', true, '[["stranger", 0, 60], ["maria", 0, 60]]', null, true, 0, 60, 0),
  ('a phone', true, '[["phone", 0, 60], ["maria", 0, 60]]', null, true, 0, 60, 0),
  ('a phone before the door opened', true, '[["phone", -60, -30], ["maria", 0, 60]]', false, true, 0, 60, 0),
  ('both, and a phone', true, '[["dana", 0, 60], ["phone", 0, 60], ["maria", 0, 60]]', true, true, 60, 60, 60),
  ('a phone only', true, '[["phone", 0, 60]]', null, null, 0, 0, 0),
  ('no end was told', true, '[["dana", 15, null], ["maria", 0, 60]]', true, true, 45, 60, 45),
  ('seconds are no minutes', true, '[["dana", 0, 0.9], ["maria", 0, 60]]', true, true, 0, 60, 0);

select tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => now() - make_interval(hours => 3 * (row_number() over ())::integer))
from cases;
select tests.open_meeting(name) from cases;
update public.meetings set host_id = 'host' where status = 'ready';
insert into private.meeting_registrants (meeting_id, profile_id, registrant_id, join_url)
select tests.meeting_id(cases.name), tests.id(who), 'r-' || who, 'https://zoom.example/' || who
from cases cross join unnest(array['dana', 'maria']) as who;

select private.record_participant(tests.meeting_id(cases.name), jsonb_build_object(
  'participant_uuid', visit.number, 'user_name', 'Somebody',
  'registrant_id', case when visit.who in ('dana', 'maria', 'stranger') then 'r-' || visit.who else '' end,
  'id', case when visit.who = 'host' then 'host' else '' end,
  'customer_key', case when visit.who = 'embedded dana' then private.customer_key(tests.id('dana')) end,
  'join_time', bookings.starts_at + visit.came * interval '1 minute',
  'leave_time', bookings.starts_at + visit.went * interval '1 minute'
))
from cases
join public.bookings on bookings.id = tests.id(cases.name)
cross join lateral (
  select number, value ->> 0 as who, (value ->> 1)::numeric as came, (value ->> 2)::numeric as went
  from jsonb_array_elements(cases.visits) with ordinality as listed (value, number)
) as visit;
update public.meetings set attendance_read_at = now() from cases where cases.is_read and meetings.id = tests.meeting_id(cases.name);

select results_eq(
  format('select client, coach, client_minutes, coach_minutes, minutes_together from private.attendance(%L)', tests.id(name)),
  format('select client, coach, client_minutes, coach_minutes, together from cases where name = %L', name),
  name
)
from cases;

select is((private.attendance(tests.id(cases.name))).sentence, said.sentence, cases.name || ': said')
from (values
  ('both, all the time', 'Dana Example and Maria Example were in the meeting together for 60 minutes.'),
  ('never at the same time', 'Dana Example and Maria Example were both in the meeting, but not at the same time for as long as a minute.'),
  ('the coach only', 'Maria Example was in the meeting for 24 minutes. Dana Example did not come.'),
  ('the client only', 'Dana Example was in the meeting for 30 minutes. Maria Example did not come.'),
  ('nobody', 'Nobody came to the meeting.'),
  ('a phone', 'Maria Example was in the meeting for 60 minutes. Zoom cannot tell us whether Dana Example was there, too.'),
  ('a phone only', 'Zoom cannot tell us who was in the meeting.')
) as said (name, sentence)
join cases using (name);

select is(private.minutes_in_words(1), '1 minute', 'one minute is one');
select is(private.minutes_in_words(0), 'less than a minute', 'none is less than one');
select is(private.attendance_sentence('Dana', 'Maria', true, null, 7, 0, 0), 'Dana was in the meeting for 7 minutes. Zoom cannot tell us whether Maria was there, too.', 'the coach may be the one who cannot be told');
select is_empty($$ select from private.attendance(gen_random_uuid()) $$, 'of no booking nothing is known');

/* -- by link, in another meeting ------------------------------------------------------------------------------- */

update private.meeting_registrants set profile_id = tests.id('zoe') where meeting_id = tests.meeting_id('both, all the time') and profile_id = tests.id('dana');
select is((private.attendance(tests.id('both, all the time'))).client, null, 'a link that was made for somebody else is nobody''s here');

/* -- what Zoom's list adds ---------------------------------------------------------------------------------------- */

update public.meetings set attendance_read_at = null where id = tests.meeting_id('the coach only, and webhooks only');
select is(
  private.read_attendance_work(tests.meeting_id('the coach only, and webhooks only')), '{"zoom_meeting_id": "zoom the coach only, and webhooks only"}'::jsonb, 'Zoom is asked for its list'
);
select private.record_attendance(tests.meeting_id('the coach only, and webhooks only'), null);
select is((private.attendance(tests.id('the coach only, and webhooks only'))).client, null, 'no answer tells nothing');
select private.record_attendance(tests.meeting_id('the coach only, and webhooks only'), jsonb_build_object('visits', jsonb_build_array(jsonb_build_object(
  'participant_uuid', 'list:1', 'user_name', 'Dana', 'registrant_id', 'r-dana', 'id', '',
  'join_time', bookings.starts_at, 'leave_time', bookings.starts_at + interval '12 minutes'
))))
from public.bookings where id = tests.id('the coach only, and webhooks only');
select results_eq(
  format('select client, coach, minutes_together from private.attendance(%L)', tests.id('the coach only, and webhooks only')),
  'values (true, true, 12)', 'a webhook that was lost is made good by the list'
);
select is(private.read_attendance_work(tests.meeting_id('the coach only, and webhooks only')), null, 'which is read once');

/* -- webhooks carry who came ---------------------------------------------------------------------------------------- */

select tests.book('told', client => 'dana', offer => 'maria''s hour');
select tests.open_meeting('told');
create function tests.joined(uuid text, participant jsonb) returns boolean language sql as $$
  select public.apply_zoom_event('joined ' || uuid, jsonb_build_object('event', 'meeting.participant_joined', 'payload', jsonb_build_object('object', jsonb_build_object(
    'id', 'zoom told', 'participant', jsonb_build_object('participant_uuid', uuid, 'user_name', 'X', 'join_time', now()) || participant
  ))));
$$;
grant execute on function tests.joined to service_role;
select tests.as_service();
select tests.joined('a', '{"registrant_id": "r-dana", "email": ""}');
select tests.joined('b', '{"id": "host", "participant_user_id": "host"}');
select tests.joined('c', '{"participant_user_id": "host", "id": ""}');
select tests.joined('d', '{"customer_key": "key"}');
select tests.as_admin();
select results_eq(
  $$ select participant_uuid, registrant_id, zoom_user_id, customer_key from private.meeting_participants where meeting_id = tests.meeting_id('told') order by 1 $$,
  $$ values ('a', 'r-dana', null, null), ('b', null, 'host', null), ('c', null, 'host', null), ('d', null, null, 'key') $$,
  'registrant, user of the account, and key are kept'
);
select public.apply_zoom_event('left a', '{"event": "meeting.participant_left", "payload": {"object": {"id": "zoom told", "participant": {"participant_uuid": "a", "user_name": "X", "leave_time": "2026-06-01T12:00:00Z"}}}}');
select results_eq(
  $$ select registrant_id from private.meeting_participants where participant_uuid = 'a' and meeting_id = tests.meeting_id('told') $$, array['r-dana'], 'whoever leaves without a name keeps it'
);
select throws_ok($$ update private.meeting_registrants set registrant_id = 'r-maria' where meeting_id = tests.meeting_id('nobody') $$, '23505', null, 'an id is one person''s in a meeting');

select * from finish();
rollback;
