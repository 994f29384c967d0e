/* What Zoom recorded is for the two who agreed before, and for nobody else; anything else is deleted. */
begin;
select plan(45);

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(day))
from (values ('both', 3), ('one', 4), ('late', 5), ('early', 6)) as session (name, day);
select tests.open_meeting(name) from unnest(array['both', 'one', 'late', 'early']) as name;

create function tests.agree(who text, session text) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(who);
  perform public.agree_to_recording(tests.id(session), 1);
  perform tests.as_admin();
end;
$$;

/* As Zoom tells it: a run whose recording began some minutes from now. */
create function tests.recording_event(kind text, session text, run text, minutes integer default 5) returns jsonb language sql as $$
  select jsonb_build_object('event', 'recording.' || kind, 'payload', jsonb_build_object('object', jsonb_build_object(
    'id', 'zoom ' || session, 'uuid', run, 'start_time', now() - interval '1 day', 'duration', 52, 'total_size', 5000000000,
    'share_url', 'https://zoom.example/rec/' || run, 'password', 'typed', 'recording_play_passcode', 'pass' || run,
    'recording_files', jsonb_build_array(
      jsonb_build_object('recording_start', now() + make_interval(mins => minutes + 1)),
      jsonb_build_object('recording_start', now() + make_interval(mins => minutes))
    )
  )));
$$;
create function tests.zoom_says(kind text, session text, run text, minutes integer default 5) returns void language plpgsql as $$
begin
  perform tests.as_service();
  perform public.apply_zoom_event(format('%s %s %s', kind, run, clock_timestamp()), tests.recording_event(kind, session, run, minutes));
  perform tests.as_admin();
end;
$$;
grant execute on function tests.recording_event to service_role;
create function tests.recording_id(run text) returns uuid language sql security definer as $$
  select id from private.recordings where zoom_uuid = run;
$$;
create function tests.deletions(run text) returns bigint language sql as $$
  select count(*) from private.outbox where topic = 'zoom.delete_recording' and payload ->> 'recording_id' = tests.recording_id(run)::text;
$$;
create function tests.mails(session text) returns bigint language sql as $$
  select count(*) from public.notifications where kind = 'recording_ready' and booking_id = tests.id(session);
$$;
grant execute on function tests.recording_id to authenticated;

select tests.agree(who, session)
from (values ('dana', 'both'), ('maria', 'both'), ('dana', 'one'), ('dana', 'late'), ('maria', 'late'), ('dana', 'early'), ('maria', 'early')) as said (who, session);

/* -- both agreed ------------------------------------------------------------------------------------------- */

select tests.zoom_says('completed', 'both', 'run1');
select results_eq(
  $$ select recorded_at, duration_minutes, bytes, expires_at, removed_at from private.recordings where zoom_uuid = 'run1' $$,
  $$ values (now() + interval '5 minutes', 52, 5000000000, now() + interval '90 days 5 minutes', null::timestamptz) $$,
  'a recording is kept from when its first file began, for the days that were agreed to'
);
select is(tests.mails('both'), 2::bigint, 'both are told');
select is(tests.deletions('run1'), 0::bigint, 'and it stays at Zoom');
select tests.zoom_says('completed', 'both', 'run1');
select is((select count(*) from private.recordings), 1::bigint, 'told again it is the same');
select is(private.mail_work(notifications.id) -> 'booking' ->> 'booking_id', tests.id('both')::text, 'the mail leaves')
from public.notifications where kind = 'recording_ready' and recipient_id = tests.id('dana');

select tests.sign_in_as('dana');
select results_eq(
  $$ select recording_id, duration_minutes from public.session_recordings(tests.id('both')) $$,
  $$ values (tests.recording_id('run1'), 52) $$,
  'the client finds it'
);
select is(public.watch_recording(tests.recording_id('run1')), 'https://zoom.example/rec/run1?pwd=passrun1', 'and watches it without typing a passcode');
select tests.sign_in_as('maria');
select is(public.watch_recording(tests.recording_id('run1')), 'https://zoom.example/rec/run1?pwd=passrun1', 'and so does the coach');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.session_recordings(tests.id('both')) $$, 'a stranger finds none');
select is(public.watch_recording(tests.recording_id('run1')), null, 'and watches none');
select is(public.watch_recording(gen_random_uuid()), null, 'as if it were not there');
select tests.as_admin();

select tests.zoom_says('completed', 'both', 'run2', 30);
select is((select count(*) from private.recordings), 2::bigint, 'another run is another recording');
select is(tests.mails('both'), 2::bigint, 'of which nobody is told twice');

/* -- gone at Zoom -------------------------------------------------------------------------------------------- */

select tests.zoom_says('trashed', 'both', 'run1');
select results_eq(
  $$ select share_url, passcode, expires_at, removed_at from private.recordings where zoom_uuid = 'run1' $$,
  $$ values (null::text, null::text, null::timestamptz, now()) $$,
  'what is in Zoom''s trash has no address any more'
);
select is(tests.deletions('run1'), 0::bigint, 'and needs no deleting');
select tests.zoom_says('completed', 'both', 'run1');
select is((select share_url from private.recordings where zoom_uuid = 'run1'), null, 'a late event does not bring it back');
select tests.zoom_says('deleted', 'both', 'run3');
select tests.zoom_says('completed', 'both', 'run3');
select is((select share_url from private.recordings where zoom_uuid = 'run3'), null, 'nor one that comes after its end');
select tests.sign_in_as('dana');
select results_eq(
  $$ select recording_id from public.session_recordings(tests.id('both')) $$, $$ values (tests.recording_id('run2')) $$, 'the other one stays'
);
select is(public.watch_recording(tests.recording_id('run1')), null, 'what is gone cannot be watched');
select tests.as_admin();

/* -- not both had agreed --------------------------------------------------------------------------------------- */

select tests.zoom_says('completed', 'one', 'alone');
select results_eq(
  $$ select share_url, passcode, removed_at from private.recordings where zoom_uuid = 'alone' $$,
  $$ values (null::text, null::text, now()) $$,
  'when one had not agreed its address is not even kept'
);
select is(tests.mails('one'), 0::bigint, 'nobody is told');
select is(tests.deletions('alone'), 1::bigint, 'it is deleted at Zoom');
select results_eq(
  $$ select detail from private.security_events where kind = 'recorded_without_consent' $$,
  $$ select jsonb_build_object('meeting_id', tests.meeting_id('one'), 'recording_id', tests.recording_id('alone')) $$,
  'and noted'
);
select is(private.delete_recording_work(tests.recording_id('alone')), '{"zoom_uuid": "alone"}', 'by the id of its run');
select is(private.delete_recording_work(tests.recording_id('run2')), null, 'what is kept is not deleted');
select tests.zoom_says('completed', 'one', 'alone');
select is(tests.deletions('alone'), 1::bigint, 'once');
select tests.sign_in_as('dana');
select is_empty($$ select from public.session_recordings(tests.id('one')) $$, 'who had agreed alone finds nothing');
select is(public.watch_recording(tests.recording_id('alone')), null, 'and watches nothing');
select tests.as_admin();

select tests.zoom_says('completed', 'late', 'before', -1);
select is((select removed_at from private.recordings where zoom_uuid = 'before'), now(), 'what began before both agreed is not kept either');

/* Both met early, and one thought better of it before the start. */
select tests.zoom_says('completed', 'early', 'early run');
select tests.sign_in_as('maria');
select public.revoke_recording(tests.id('early'));
select tests.as_admin();
select is((select share_url from private.recordings where zoom_uuid = 'early run'), null, 'what was taken back goes');
select is(tests.deletions('early run'), 1::bigint, 'at Zoom, too');
select is(private.mail_work(notifications.id), null, 'and a mail that has not left does not')
from public.notifications where kind = 'recording_ready' and booking_id = tests.id('early') and recipient_id = tests.id('dana');

select lives_ok($$ select tests.zoom_says('completed', 'somebody else''s', 'foreign') $$, 'a meeting that is not ours has no effect');
select lives_ok($$ select tests.zoom_says('deleted', 'somebody else''s', 'foreign') $$, 'whatever is said of it');
select is(tests.recording_id('foreign'), null, 'and leaves no row');

/* -- a group session ------------------------------------------------------------------------------------------------ */

select tests.create_group_session('clinic', coach => 'maria');
select tests.schedule('thursday', coach => 'maria', offer => 'clinic', days => 9);
select tests.take_seat('seat', client => 'zoe', date => 'thursday');
select tests.open_meeting('seat');
select tests.sign_in_as('zoe');
select is_empty($$ select from public.recording_details(tests.id('seat')) $$, 'nobody is asked about a group session');
select throws_ok($$ select public.agree_to_recording(tests.id('seat'), 1) $$, 'RCGRP', 'Group sessions are not recorded.', 'and nobody can agree');
select tests.as_admin();
update public.meetings set status = 'pending', zoom_meeting_id = null where group_date_id = tests.id('thursday');
select is(private.create_meeting_work(id) ->> 'is_recorded', 'false', 'its meeting is made without')
from public.meetings where group_date_id = tests.id('thursday');
update public.meetings set status = 'ready', zoom_meeting_id = 'zoom seat' where group_date_id = tests.id('thursday');
select tests.zoom_says('completed', 'seat', 'group run');
select is(tests.deletions('group run'), 1::bigint, 'and what somebody recorded of it is deleted');

/* -- the days are over --------------------------------------------------------------------------------------------- */

update private.recordings set expires_at = now() where zoom_uuid = 'run2';
select tests.sign_in_as('dana');
select is(public.watch_recording(tests.recording_id('run2')), null, 'a recording ends with its last day, before any job comes by');
select is_empty($$ select from public.session_recordings(tests.id('both')) $$, 'and is not listed');
select tests.as_admin();
select private.expire_recordings();
select is(tests.deletions('run2'), 1::bigint, 'then it is deleted');
select is((select share_url from private.recordings where zoom_uuid = 'run2'), null, 'here as well');

/* -- somebody leaves -------------------------------------------------------------------------------------------------- */

select tests.zoom_says('completed', 'both', 'run4');
select private.forget_recordings(tests.id('zoe'));
select isnt((select share_url from private.recordings where zoom_uuid = 'run4'), null, 'a stranger who leaves takes nothing along');
select private.forget_clerk_user('user_maria');
select is((select share_url from private.recordings where zoom_uuid = 'run4'), null, 'a party who leaves takes their recordings along');

select * from finish();
rollback;
