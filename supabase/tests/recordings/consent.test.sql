/* A session is recorded when both parties agreed before it starts, and Zoom is told so each time it changes. */
begin;
select plan(35);

select tests.create_host('host');
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');
select tests.book('held', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'held');
select tests.open_meeting('session');

/* Who agrees to what; as the party themselves. */
create function tests.agree(who text, session text, version integer default 1) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(who);
  perform public.agree_to_recording(tests.id(session), version);
  perform tests.as_admin();
end;
$$;
create function tests.revoke(who text, session text) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(who);
  perform public.revoke_recording(tests.id(session));
  perform tests.as_admin();
end;
$$;
create function tests.told(session text) returns bigint language sql as $$
  select count(*) from private.outbox where topic = 'zoom.set_recording' and payload ->> 'meeting_id' = tests.meeting_id(session)::text;
$$;
create function tests.asks_for(session text) returns boolean language sql as $$
  select (private.set_recording_work(tests.meeting_id(session)) ->> 'is_recorded')::boolean;
$$;

/* -- one agrees ---------------------------------------------------------------------------------------- */

select is(tests.asks_for('session'), false, 'nothing is recorded by itself');
select tests.sign_in_as('dana');
select results_eq(
  $$ select terms_version, keep_days, agreed_at, has_counterpart_agreed, is_open from public.recording_details(tests.id('session')) $$,
  $$ values (1, 90, null::timestamptz, false, true) $$,
  'a party is asked, and nobody has agreed'
);
select isnt((select terms from public.recording_details(tests.id('session'))), '', 'they read what it means');
select tests.as_admin();
select tests.agree('dana', 'session');
select tests.agree('dana', 'session');
select results_eq(
  $$ select booking_id, profile_id, terms_version, agreed_at, revoked_at from private.recording_consents $$,
  $$ values (tests.id('session'), tests.id('dana'), 1, now(), null::timestamptz) $$,
  'who, when and to what is written down, once'
);
select is(tests.asks_for('session'), false, 'that one agreed records nothing');
select is(tests.told('session'), 0::bigint, 'so Zoom is not told');
select is(private.agreed_recording_days(tests.id('session'), now()), null, 'nothing is agreed');

/* -- both agree ----------------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select results_eq(
  $$ select agreed_at, has_counterpart_agreed from public.recording_details(tests.id('session')) $$,
  $$ values (null::timestamptz, true) $$,
  'the other sees that they have, and has not by that'
);
select tests.as_admin();
select tests.agree('maria', 'session');
select is(tests.asks_for('session'), true, 'once both agreed it is recorded');
select is(tests.told('session'), 1::bigint, 'and Zoom is told');
select tests.agree('maria', 'session');
select is(tests.told('session'), 1::bigint, 'once');
select is(private.agreed_recording_days(tests.id('session'), now()), 90, 'and kept for the days that they read of');
select is(private.agreed_recording_days(tests.id('session'), now() - interval '1 second'), null, 'not what began before they agreed');

/* -- it moves -------------------------------------------------------------------------------------------- */

select private.lock_booking(tests.id('session'));
update public.bookings set starts_at = tests.on_day(6), ends_at = tests.on_day(6, '11:00') where id = tests.id('session');
select private.move_meeting(tests.id('session'));
select is(tests.asks_for('session'), true, 'a session that moves is recorded as before');
select private.replace_meeting(tests.id('session'));
select is(private.create_meeting_work(tests.meeting_id('session')) ->> 'is_recorded', 'true', 'and so is a meeting that takes the place of another');

/* -- taken back while Zoom makes it ------------------------------------------------------------------------ */

select tests.revoke('dana', 'session');
select results_eq(
  $$ select profile_id, revoked_at from private.recording_consents order by revoked_at nulls last $$,
  $$ values (tests.id('dana'), now()), (tests.id('maria'), null) $$,
  'that it was taken back is written down, too'
);
select is(tests.told('session'), 0::bigint, 'a meeting that is not there yet cannot be told');
select private.record_meeting(tests.meeting_id('session'), '{"zoom_meeting_id": "z2", "join_url": "https://zoom.example/z2", "is_recorded": true}');
select is(tests.told('session'), 1::bigint, 'but is told as soon as it is');
select is(tests.asks_for('session'), false, 'not to record');
select private.record_recording_setting(tests.meeting_id('session'), '{"is_recorded": false}');
select private.record_recording_setting(tests.meeting_id('session'), null);
select is(tests.told('session'), 1::bigint, 'what Zoom was told as it is needs no more telling');
select private.record_recording_setting(tests.meeting_id('session'), '{"is_recorded": true}');
select is(tests.told('session'), 2::bigint, 'a call that was overtaken is made good');
select tests.revoke('dana', 'session');
select is(tests.told('session'), 2::bigint, 'taking back what was taken back changes nothing');

select tests.agree('dana', 'session');
select is((select count(*) from private.recording_consents where profile_id = tests.id('dana')), 2::bigint, 'who agrees again has another row');
select is(tests.told('session'), 3::bigint, 'and Zoom is told again');
select tests.revoke('maria', 'session');
select is(tests.told('session'), 4::bigint, 'either may take it back');

/* Found again at Zoom by its mark, of which nobody knows how it was made. */
select private.record_meeting(tests.meeting_id('session'), '{"zoom_meeting_id": "z2", "join_url": "https://zoom.example/z2"}');
select is(tests.told('session'), 5::bigint, 'what is not known is told');

/* -- other terms -------------------------------------------------------------------------------------------- */

insert into private.recording_terms (version, words, keep_days) values (2, 'Shorter.', 30);
select throws_ok($$ select tests.agree('maria', 'session', 1) $$, 'RCTRM', null, 'nobody agrees to terms that they did not read');
select tests.as_admin();
select tests.agree('maria', 'session', 2);
select is(private.agreed_recording_days(tests.id('session'), now()), 30, 'of two terms the shorter counts');
select tests.sign_in_as('dana');
select results_eq(
  $$ select terms_version, keep_days from public.recording_details(tests.id('session')) $$, $$ values (1, 90) $$, 'each reads what they agreed to'
);

/* -- when it can be said --------------------------------------------------------------------------------------- */

select throws_ok($$ select public.agree_to_recording(tests.id('held'), 2) $$, 'RCSTA', null, 'not before it is confirmed');
select is((select is_open from public.recording_details(tests.id('held'))), false, 'nor is anybody asked');
select tests.as_admin();
select tests.move_booking('session', now());
select tests.sign_in_as('dana');
select throws_ok($$ select public.revoke_recording(tests.id('session')) $$, 'RCSTA', null, 'not once it has started');
select throws_ok($$ select public.agree_to_recording(tests.id('session'), 2) $$, 'RCSTA', null, 'one way or the other');
select tests.as_admin();
select throws_ok(
  $$ insert into private.recording_consents (booking_id, profile_id, terms_version) values (tests.id('session'), tests.id('dana'), 2) $$,
  '23505', null, 'nobody has agreed twice at a time, whoever writes'
);
select tests.move_booking('session', now() + interval '1 day');
select private.move_booking(tests.id('session'), '{confirmed}', 'cancelled', 'coach');
select tests.sign_in_as('dana');
select throws_ok($$ select public.agree_to_recording(tests.id('session'), 2) $$, 'RCSTA', null, 'nor of a session that is off');

select * from finish();
rollback;
