/*
 * A date has one meeting, for everybody with a seat: made with the first that is confirmed, gone
 * with the last. Who came is told of each seat for itself.
 */
begin;
select plan(36);

select tests.create_host(name) from unnest(array['host a', 'host b']) as name;
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_group_session('price clinic', coach => 'maria', seats => 5);
select tests.schedule('thursday', coach => 'maria', offer => 'price clinic');
select tests.schedule('friday', coach => 'maria', offer => 'price clinic', days => 8);

/* -- one for all ---------------------------------------------------------------------------- */

select tests.take_seat('dana''s seat', client => 'dana', date => 'thursday');
select tests.take_seat('omar''s seat', client => 'omar', date => 'thursday', is_name_shown => true);
select results_eq(
  'select booking_id, group_date_id, starts_at, ends_at from public.meetings',
  $$ values (null::uuid, tests.id('thursday'), tests.on_day(7, '12:00'), tests.on_day(7, '13:30')) $$,
  'two seats have one meeting'
);
select is(
  private.create_meeting_work(tests.meeting_id('omar''s seat')) ->> 'topic', 'price clinic with Maria Example', 'it is called as the session'
);
select tests.open_meeting('dana''s seat');
select throws_ok(
  $$ insert into public.meetings (group_date_id, starts_at, ends_at) values (tests.id('thursday'), now(), now() + interval '1 hour') $$,
  '23505', null, 'and never a second'
);
select throws_ok(
  $$ insert into public.meetings (starts_at, ends_at) values (now(), now() + interval '1 hour') $$, '23502', null, 'a meeting is of something'
);

/* -- moving and giving up ------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select public.reschedule_booking(tests.id('dana''s seat'), tests.on_day(8, '12:00'));
select tests.as_admin();
select results_eq(
  'select group_date_id, status::text from public.meetings order by starts_at',
  $$ values (tests.id('thursday'), 'ready'), (tests.id('friday'), 'pending') $$,
  'a seat that moves leaves its meeting to the others, and has one where it goes'
);
select tests.sign_in_as('dana');
select public.reschedule_booking(tests.id('dana''s seat'), tests.on_day(7, '12:00'));
select tests.as_admin();
select results_eq(
  'select group_date_id, status::text from public.meetings order by starts_at',
  $$ values (tests.id('thursday'), 'ready'), (tests.id('friday'), 'cancelled') $$,
  'and takes with it one that nobody else needs'
);
select tests.sign_in_as('omar');
select public.cancel_booking(tests.id('omar''s seat'), 4000);
select tests.as_admin();
select is((select status::text from public.meetings where group_date_id = tests.id('thursday')), 'ready', 'with one seat left, the meeting stays');
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('dana''s seat'), 4000);
select tests.as_admin();
select is((select status::text from public.meetings where group_date_id = tests.id('thursday')), 'cancelled', 'with the last it goes');

/* -- sweeps ------------------------------------------------------------------------------------------ */

select tests.take_seat('dana again', client => 'dana', date => 'thursday');
select tests.take_seat('omar again', client => 'omar', date => 'thursday', is_name_shown => true);
select tests.open_meeting('dana again');
create function tests.host_of(booking text) returns text language sql stable as $$
  select host_id from public.meetings where id = tests.meeting_id(booking);
$$;
select is(
  private.sweep_work(tests.host_of('dana again'), null) -> 'expected', '["zoom dana again"]'::jsonb, 'Zoom must have it, once'
);
select private.record_sweep(tests.host_of('dana again'), '{"found": [], "missing": ["zoom dana again"]}');
select is((select count(*) from public.meetings where group_date_id = tests.id('thursday') and status = 'pending'), 1::bigint, 'one that is gone at Zoom is made again, once');
delete from public.meetings where group_date_id = tests.id('thursday');
select private.sweep_meetings(60);
select is((select count(*) from public.meetings where group_date_id = tests.id('thursday')), 1::bigint, 'and so is one that was never planned');
select tests.open_meeting('dana again');
select private.record_meeting_move(tests.meeting_id('dana again'), '{"is_there": false, "starts_at": null}');
select is((select status::text from public.meetings where id = tests.meeting_id('omar again')), 'pending', 'or is not there to be moved');
select private.record_meeting(
  tests.meeting_id('dana again'), jsonb_build_object('zoom_meeting_id', 'zoom thursday', 'join_url', 'https://zoom.example/j/1')
);
select tests.sign_in_as('dana');
select set_eq('select group_date_id from public.meetings where status = ''ready''', array[tests.id('thursday')], 'who has a seat sees the meeting');
select tests.sign_in_as('zoe');
select is_empty('select from public.meetings', 'and nobody else');
select throws_ok($$ select public.join_meeting(tests.id('dana again')) $$, 'OBNFD', null, 'or joins it');
select tests.as_admin();

/* -- joining -------------------------------------------------------------------------------------------- */

select tests.move_date('thursday', now() + interval '5 minutes');
select tests.sign_in_as('dana');
select results_eq(
  $$ select meeting_id, zoom_meeting_id, first_name, last_name from public.join_meeting(tests.id('dana again')) $$,
  $$ values (tests.meeting_id('dana again'), 'zoom thursday', 'Guest', '') $$,
  'who did not agree to be seen is a guest at Zoom'
);
select tests.sign_in_as('omar');
select results_eq(
  $$ select meeting_id, zoom_meeting_id, first_name, last_name from public.join_meeting(tests.id('omar again')) $$,
  $$ values (tests.meeting_id('dana again'), 'zoom thursday', 'Omar', 'Example') $$,
  'who agreed has their name there, in the same meeting'
);
select tests.sign_in_as('maria');
select results_eq(
  $$ select first_name, last_name from public.join_meeting(tests.id('dana again')) $$, $$ values ('Maria', 'Example') $$, 'the coach always has'
);
select is(public.host_meeting(tests.id('omar again')), 'zoom thursday', 'and opens it as the host, by any seat');
select results_eq(
  $$ select door_booking_id in (tests.id('dana again'), tests.id('omar again')), is_joinable from public.group_date_details(tests.id('thursday')) $$, 'values (true, true)',
  'as the page of the date has it'
);
select tests.as_admin();

/* -- who came ---------------------------------------------------------------------------------------------- */

select tests.take_seat('zoe''s seat', client => 'zoe', date => 'thursday');
select tests.move_date('thursday', now() - interval '3 hours');
select private.complete_bookings();
select is((select sessions_held from public.coach_listings where coach_id = tests.coach_id('maria')), 1, 'three seats are one session held');
select is((select count(*) from private.outbox where topic = 'zoom.read_attendance'), 1::bigint, 'Zoom''s list is read once');

insert into private.meeting_registrants (meeting_id, profile_id, registrant_id, join_url)
select tests.meeting_id('dana again'), tests.id(who), 'r-' || who, '' from unnest(array['dana', 'omar', 'maria']) as who;

/* Visits as [who, from minute, to minute]; a known person by link, or zoe by the embedded meeting. */
create function tests.visits(variadic told jsonb[]) returns jsonb language sql stable as $$
  select jsonb_build_object('visits', jsonb_agg(jsonb_build_object(
    'participant_uuid', visit ->> 0, 'registrant_id', 'r-' || (visit ->> 0),
    'customer_key', case visit ->> 0 when 'zoe' then private.customer_key(tests.id('zoe')) end,
    'join_time', now() - interval '3 hours' + (visit ->> 1)::integer * interval '1 minute',
    'leave_time', now() - interval '3 hours' + (visit ->> 2)::integer * interval '1 minute'
  ))) from unnest(told) as visit;
$$;
create function tests.outcomes() returns table (seat text, outcome text, together integer, status text) language sql stable as $$
  select fixtures.name, decisions.outcome::text, (decisions.evidence ->> 'minutes_together')::integer, bookings.status::text
  from public.attendance_decisions as decisions
  join public.bookings on bookings.id = decisions.booking_id
  join tests.fixtures on fixtures.id = bookings.id
  order by fixtures.name;
$$;

select private.record_attendance(tests.meeting_id('dana again'), tests.visits('["dana", 0, 80]', '["zoe", 30, 90]', '["maria", 0, 60]'));
select results_eq(
  'select * from tests.outcomes()',
  $$ values ('dana again', 'held', 60, 'completed'), ('omar again', 'client_missing', 0, 'no_show_client'), ('zoe''s seat', 'held', 30, 'completed') $$,
  'each seat is told by its own client''s time with the coach, and the others are nobody unknown'
);
select is(
  (select sentence from public.attendance_decisions where booking_id = tests.id('omar again')),
  'Maria Example was in the meeting for 60 minutes. Omar Example did not come.', 'the sentence names the two of a seat alone'
);
select results_eq(
  $$ select visit ->> 'party' from public.attendance_decisions cross join jsonb_array_elements(evidence -> 'visits') as visit where booking_id = tests.id('omar again') $$,
  array['coach'], 'and its evidence has no visit of another'
);
select tests.sign_in_as('dana');
select set_eq('select booking_id from public.attendance_decisions', array[tests.id('dana again')], 'nobody reads of another seat');
select tests.as_admin();

delete from public.attendance_decisions;
delete from private.meeting_participants;
update public.meetings set attendance_read_at = null;
update public.bookings set status = 'completed' where id = tests.id('omar again');
select private.record_attendance(tests.meeting_id('dana again'), tests.visits('["dana", 0, 80]', '["omar", 0, 4]'));
select results_eq(
  'select * from tests.outcomes()',
  $$ values ('dana again', 'coach_missing', 0, 'no_show_coach'), ('omar again', 'unknown', 0, 'completed'), ('zoe''s seat', 'unknown', 0, 'completed') $$,
  'a coach who did not come is missed by who waited for them'
);
update public.bookings set status = 'no_show_coach' where id = tests.id('zoe''s seat');
select results_eq('select no_shows, strikes from admin.coach_strikes()', 'values (1, 1)', 'and it is one strike, whatever the seats');

delete from public.attendance_decisions;
delete from private.meeting_participants;
update public.meetings set attendance_read_at = null;
update public.bookings set status = 'completed' where status = 'no_show_coach';
select private.record_attendance(tests.meeting_id('dana again'), tests.visits('["dana", 0, 80]', '["phone", 0, 80]', '["maria", 0, 80]'));
select results_eq(
  'select * from tests.outcomes()',
  $$ values ('dana again', 'held', 80, 'completed'), ('omar again', 'unknown', 0, 'completed'), ('zoe''s seat', 'unknown', 0, 'completed') $$,
  'whoever is missing may be the one on the phone'
);

/* -- told once -------------------------------------------------------------------------------------------------- */

select tests.take_seat('dana on friday', client => 'dana', date => 'friday');
select tests.take_seat('omar on friday', client => 'omar', date => 'friday');
update public.bookings set confirmed_at = now() - interval '3 days' where group_date_id = tests.id('friday');
select tests.move_date('friday', now() + interval '23 hours');
select private.queue_due_notices();
select private.queue_due_notices();
select bag_eq(
  $$ select recipient_id from public.notifications where kind = 'session_reminder' $$, array[tests.id('dana'), tests.id('omar'), tests.id('maria')],
  'each is reminded of a date, and its coach once'
);
select results_eq(
  $$ select mail #>> '{booking,seats,taken}', mail #>> '{booking,seats,total}'
     from public.notifications cross join private.mail_work(notifications.id) as mail
     where kind = 'booking_confirmed' and recipient_id = tests.id('maria') and booking_id = tests.id('omar on friday') $$,
  $$ values ('2', '5') $$, 'a mail says how many seats are taken'
);
select results_eq(
  $$ select id, is_group_date, counterpart_name from private.calendar_entries(tests.id('maria')) where starts_at > now() $$,
  $$ values (tests.id('friday'), true, 'a group') $$, 'the coach''s calendar has the date once'
);
select results_eq(
  $$ select id, is_group_date, counterpart_name from private.calendar_entries(tests.id('dana')) where starts_at > now() $$,
  $$ values (tests.id('dana on friday'), false, 'Maria Example') $$, 'a client''s has their seat'
);

/* -- somebody leaves ----------------------------------------------------------------------------------------------- */

select private.leave_sessions(tests.id('maria'));
select results_eq(
  $$ select status::text from public.bookings where group_date_id = tests.id('friday') $$, array['cancelled', 'cancelled'], 'a coach who leaves calls their dates off'
);
select is((select status::text from public.meetings where group_date_id = tests.id('friday') order by created_at desc limit 1), 'cancelled', 'with their meetings');
select isnt((select called_off_at from public.group_dates where id = tests.id('friday')), null, 'and nobody can take a seat any more');

select * from finish();
rollback;
