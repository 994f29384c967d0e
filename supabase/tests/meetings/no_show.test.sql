/*
 * Who did not come: decided on clear evidence only, open to objection for 48 hours, and no money
 * moves before that is over.
 */
begin;
select plan(89);

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* A session of an hour that ended an hour ago, with visits as {who: minutes}; Zoom's list is read. */
create function tests.held(name text, visits jsonb, is_read boolean default true) returns void language plpgsql as $$
declare
  -- Some days apart, so that no two overlap before they are moved to where they are over.
  v_id uuid := tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => now() + make_interval(days => 10 + (select count(*)::integer from public.bookings)));
  v_meeting_id uuid := (select id from public.meetings where booking_id = v_id);
  v_starts_at timestamptz := now() - interval '2 hours';
begin
  perform private.record_meeting(v_meeting_id, jsonb_build_object('zoom_meeting_id', 'zoom ' || name, 'join_url', ''));
  update public.meetings set host_id = null, starts_at = v_starts_at, ends_at = v_starts_at + interval '1 hour' where id = v_meeting_id;
  update public.bookings set starts_at = v_starts_at, ends_at = v_starts_at + interval '1 hour' where id = v_id;
  perform private.complete_bookings();

  insert into private.meeting_registrants (meeting_id, profile_id, registrant_id, join_url)
  select v_meeting_id, tests.id(who), 'r-' || who, '' from unnest(array['dana', 'maria']) as who;
  if is_read then
    perform private.record_attendance(v_meeting_id, jsonb_build_object('visits', coalesce((
      select jsonb_agg(jsonb_build_object(
        'participant_uuid', visit.key, 'registrant_id', 'r-' || visit.key,
        'join_time', v_starts_at, 'leave_time', v_starts_at + visit.value::integer * interval '1 minute'
      ))
      from jsonb_each_text(visits) as visit
    ), '[]')));
  end if;
end;
$$;
create function tests.status_of(name text) returns text language sql stable security definer as $$
  select status::text from public.bookings where id = tests.id(name);
$$;
create function tests.outcome_of(name text) returns text language sql stable security definer as $$
  select outcome::text from public.attendance_decisions where booking_id = tests.id(name);
$$;
create function tests.refunds_of(name text) returns bigint language sql stable security definer as $$
  select count(*) from public.refunds where order_id = tests.order_id(name);
$$;
create function tests.told(name text, kind text) returns bigint language sql stable security definer as $$
  select count(*) from public.notifications where booking_id = tests.id(name) and notifications.kind = told.kind;
$$;
/* Whether its notice would still go out; both parties' alike. */
create function tests.is_told_still(name text) returns boolean[] language sql stable security definer as $$
  select array_agg(distinct private.is_still_true(notifications))
  from public.notifications where booking_id = tests.id(name) and kind = 'attendance_decided';
$$;
create function tests.window_ends(name text) returns void language sql as $$
  update public.attendance_decisions set objection_ends_at = now() where booking_id = tests.id(name);
$$;
grant execute on all functions in schema tests to authenticated, anon, service_role;

/* -- decided ------------------------------------------------------------------------------------------------ */

create temp table cases (name text, visits jsonb, outcome text, status text, told bigint, sentence text);
insert into cases values
  ('both came', '{"dana": 50, "maria": 60}', 'held', 'completed', 0, 'Dana Example and Maria Example were in the meeting together for 50 minutes.'),
  ('the client is missing', '{"maria": 10}', 'client_missing', 'no_show_client', 2, 'Maria Example was in the meeting for 10 minutes. Dana Example did not come.'),
  ('the coach is missing', '{"dana": 30}', 'coach_missing', 'no_show_coach', 2, 'Dana Example was in the meeting for 30 minutes. Maria Example did not come.'),
  ('too short a wait', '{"maria": 9}', 'unknown', 'completed', 2, 'Maria Example was in the meeting for 9 minutes. Dana Example did not come. A wait of less than 10 minutes decides nothing.'),
  ('nobody', '{}', 'unknown', 'completed', 2, 'Nobody came to the meeting.'),
  ('a stranger', '{"maria": 60, "stranger": 60}', 'unknown', 'completed', 2, 'Maria Example was in the meeting for 60 minutes. Zoom cannot tell us whether Dana Example was there, too.');

do $$
declare
  v_case record;
begin
  for v_case in select * from cases loop
    perform tests.held(v_case.name, v_case.visits);
  end loop;
end;
$$;

select is(tests.outcome_of(name), outcome, name) from cases;
select is(tests.status_of(name), status, name || ': the session is ' || status) from cases;
select is(tests.told(name, 'attendance_decided'), told, name || ': ' || told || ' are told') from cases;
select is((select sentence from public.attendance_decisions where booking_id = tests.id(name)), sentence, name || ': said') from cases;
select is(tests.refunds_of(name), 0::bigint, name || ': no money moves') from cases;

select results_eq(
  $$ select evidence -> 'client', evidence -> 'coach_minutes', jsonb_array_length(evidence -> 'visits'), objection_ends_at
     from public.attendance_decisions where booking_id = tests.id('the client is missing') $$,
  $$ values ('false'::jsonb, '10'::jsonb, 1, now() + interval '48 hours') $$,
  'the evidence is kept with it, and there are 48 hours to object'
);
select results_eq(
  $$ select actor::text, detail ->> 'sentence' from public.booking_events where booking_id = tests.id('the coach is missing') and after = 'no_show_coach' $$,
  $$ values ('system', 'Dana Example was in the meeting for 30 minutes. Maria Example did not come.') $$,
  'both read why among what happened'
);
select private.decide_attendance(tests.id('the client is missing'));
select is(tests.told('the client is missing', 'attendance_decided'), 2::bigint, 'it is decided once');

select tests.sign_in_as('dana');
select throws_ok($$ select tests.review('the coach is missing') $$, 'RVEAR', null, 'a session that was missed is not reviewed');
select tests.as_admin();

/* -- when Zoom says nothing ------------------------------------------------------------------------------------ */

select tests.held('silent', '{}', is_read => false);
select is(
  (select run_after from private.outbox where topic = 'zoom.read_attendance' and payload ->> 'meeting_id' = tests.meeting_id('silent')::text),
  now() - interval '30 minutes', 'Zoom is asked half an hour after the end'
);
select private.decide_attendances();
select is(tests.outcome_of('silent'), null, 'it has a day to answer');
select tests.move_booking('silent', now() - interval '26 hours');
select private.decide_attendances();
select is(tests.outcome_of('silent'), 'unknown', 'then nothing is known, and nothing moves');

select tests.held('before the outage', '{}', is_read => false);
select tests.move_booking('before the outage', now() - interval '90 days');
select private.decide_attendances();
select is(tests.outcome_of('before the outage'), 'unknown', 'however long nothing was decided, it is decided then');
select results_eq(
  $$ select objection_ends_at from public.attendance_decisions where booking_id = tests.id('before the outage') $$,
  $$ values (now() + interval '48 hours') $$, 'and can be objected to from then on'
);
select is_empty(
  $$ select from public.bookings where is_attendance_decided <> exists (select from public.attendance_decisions where booking_id = bookings.id) $$,
  'a booking says whether it was decided'
);

-- What the transaction has read of bookings. Small tables are read whole if that is allowed.
create function tests.bookings_read() returns bigint language sql volatile as $$
  select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.bookings'::regclass;
$$;
set local enable_seqscan = off;
create temp table read_before as select tests.bookings_read() as rows;
select private.decide_attendances();
select is(tests.bookings_read() - rows, 0::bigint, 'none is read again that was decided') from read_before;
reset enable_seqscan;

/* -- nobody objects ------------------------------------------------------------------------------------------------ */

select private.decide_attendances();
select is(tests.refunds_of('the coach is missing'), 0::bigint, 'within the window no money moves');
select is(tests.is_told_still(name), array[true], name || ': a notice that waits still holds') from cases where told > 0;
select tests.window_ends(name) from cases;
select private.decide_attendances();
select private.decide_attendances();
select is(tests.is_told_still('nobody'), array[false], 'what counts as held since nobody objected is not told any more');
select results_eq(
  $$ select amount_cents, reason::text from public.refunds where order_id = tests.order_id('the coach is missing') $$,
  $$ values (10000, 'coach_no_show') $$, 'after it all goes back when the coach did not come, once'
);
select is(tests.refunds_of('the client is missing'), 0::bigint, 'and stays when the client did not');
select is(tests.refunds_of('a stranger'), 0::bigint, 'and when it is unknown');
select is((select count(*) from public.attendance_decisions where settled_at is not null), 6::bigint, 'what nobody objected to stands');

/* -- somebody objects ----------------------------------------------------------------------------------------------- */

select tests.held('disputed', '{"dana": 40}');
select tests.held('charged', '{"dana": 40, "maria": 40}');
select tests.book('to come', client => 'dana', offer => 'maria''s hour');
select tests.sign_in_as('dana');
select throws_ok($$ select public.object_to_attendance(tests.id('to come'), 'I was there all along.') $$, 'MTNDC', null, 'of a session to come nothing is decided');
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), 'I was there all along.') $$, 'MTNOB', null, 'who came has nothing to object to');
select tests.sign_in_as('zoe');
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), 'I was there all along.') $$, 'OBNFD', null, 'a stranger sees nothing to object to');
select is_empty($$ select from public.attendance_details(tests.id('disputed')) $$, 'nor what was decided');
select tests.sign_out();
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), 'I was there all along.') $$, '42501', null, 'nor does a visitor');
select throws_ok($$ select from public.attendance_details(tests.id('disputed')) $$, '42501', null, 'who cannot ask');

select tests.sign_in_as('maria');
select throws_ok($$ select public.object_to_attendance(tests.id('charged'), 'I was there all along.') $$, 'MTNOB', null, 'the coach of a session that was held has nothing to object to');
select tests.sign_in_as('dana');
select results_eq(
  $$ select outcome::text, may_object from public.attendance_details(tests.id('charged')) $$, $$ values ('held', true) $$, 'its client may'
);
select lives_ok($$ select public.object_to_attendance(tests.id('charged'), 'She left after five minutes.') $$, 'and does');
select tests.sign_in_as('maria');
select results_eq(
  $$ select outcome::text, may_object from public.attendance_details(tests.id('disputed')) $$, $$ values ('coach_missing', true) $$, 'the coach may'
);
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), ' No way. ') $$, 'MTWRD', null, 'in some words');
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), repeat('x', 2001)) $$, 'MTWRD', null, 'but not too many');
select lives_ok($$ select public.object_to_attendance(tests.id('disputed'), ' I dialled in from my car, the line was bad. ') $$, 'and does');
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), 'And another thing, about the line.') $$, 'MTTWO', null, 'once');
select results_eq(
  $$ select objection, objected_by::text, may_object from public.attendance_details(tests.id('disputed')) $$,
  $$ values ('I dialled in from my car, the line was bad.', 'coach', false) $$, 'it is kept'
);
select tests.sign_in_as('dana');
select results_eq($$ select objection from public.attendance_details(tests.id('disputed')) $$, array['I dialled in from my car, the line was bad.'], 'the other party reads it');
select tests.as_admin();
select is(tests.told('disputed', 'attendance_objected'), 2::bigint, 'both are told');
select tests.window_ends('disputed');
select private.decide_attendances();
select is(tests.refunds_of('disputed'), 0::bigint, 'no money moves while it is looked at');

/* -- an admin settles ------------------------------------------------------------------------------------------------- */

select admin.settle_attendance(tests.id('disputed'), 'held', 'Her dial-in was found.');
select is(tests.status_of('disputed'), 'completed', 'the session was held after all');
select is(tests.refunds_of('disputed'), 0::bigint, 'and stays paid');
select is(tests.told('disputed', 'attendance_settled'), 2::bigint, 'both are told');
select is(tests.is_told_still('disputed'), array[false], 'and no longer that the coach was missing');
select results_eq(
  $$ select action, before ->> 'outcome', after ->> 'outcome', after ->> 'reason' from private.audit_log where table_name = 'attendance_decisions' $$,
  $$ values ('settled', 'coach_missing', 'held', 'Her dial-in was found.') $$, 'and it is written down who did what'
);
select throws_ok($$ select admin.settle_attendance(tests.id('disputed'), 'coach_missing', 'No.') $$, 'MTSTD', null, 'once');
select throws_ok($$ select admin.settle_attendance(gen_random_uuid(), 'held', 'No.') $$, 'MTNDC', null, 'of what was decided');
select tests.sign_in_as('maria');
select throws_ok($$ select public.object_to_attendance(tests.id('disputed'), 'I still have something to say.') $$, 'MTLAT', null, 'then it is over');
select tests.as_admin();

select tests.held('unclear', '{"maria": 60, "stranger": 60}');
select tests.sign_in_as('dana');
select lives_ok($$ select public.object_to_attendance(tests.id('unclear'), 'She never came, that was my assistant.') $$, 'what is unknown either may object to');
select tests.as_admin();
select admin.settle_attendance(tests.id('unclear'), 'coach_missing', 'The other one in the room was not the coach.');
select is(tests.status_of('unclear'), 'no_show_coach', 'an admin may find that the coach was missing');
select is(tests.refunds_of('unclear'), 1::bigint, 'then all goes back at once');

/* -- the state machine ---------------------------------------------------------------------------------------------------- */

select throws_ok($$ select private.move_booking(tests.id('both came'), '{completed}', 'no_show_coach', 'client') $$, 'OBMOV', null, 'no party says that the other was missing');

/* -- access ----------------------------------------------------------------------------------------------------------------- */

select tests.book('elsewhere', client => 'omar', offer => 'lena''s hour', status => 'completed');
insert into public.attendance_decisions (booking_id, outcome, sentence, objection_ends_at) values (tests.id('elsewhere'), 'held', '', now());
select policies_are('public', 'attendance_decisions', array['Client and coach can view what was decided about their bookings']);
select tests.sign_in_as('omar');
select results_eq('select booking_id from public.attendance_decisions', $$ values (tests.id('elsewhere')) $$, 'a party sees theirs');
select tests.refuses_writes('public.attendance_decisions');
select tests.sign_in_as('zoe');
select is_empty('select from public.attendance_decisions', 'a stranger sees none');
select tests.sign_out();
select tests.refuses_reads('public.attendance_decisions');

select * from finish();
rollback;
