begin;
select plan(20);

-- Dana meets Maria. Zoe would like to.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* The same session, that many minutes before its start. */
create function tests.minutes_before(minutes integer) returns void language sql as $$
  select tests.as_admin();
  select tests.move_booking('session', now() + make_interval(mins => minutes));
  select tests.sign_in_as('dana');
$$;
grant execute on function tests.minutes_before to authenticated;

select tests.minutes_before(10);
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTPRE', null, 'before Zoom has answered there is no room');
select tests.as_admin();
select tests.open_meeting('session');

select tests.minutes_before(16);
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTEAR', null, 'sixteen minutes before, the door is closed');
select tests.minutes_before(15);
select results_eq(
  $$ select * from public.join_meeting(tests.id('session')) $$,
  $$ values (tests.meeting_id('session'), tests.id('dana'), 'zoom session', null, 'Dana', 'Example', replace(tests.id('dana')::text, '-', '')) $$,
  'fifteen minutes before, it opens; Zoom has not been asked for a link yet'
);
select throws_ok(
  $$ select public.record_registrant(tests.meeting_id('session'), tests.id('dana'), 'maria''s', 'https://zoom.example/') $$,
  '42501', null, 'nobody says by which id they are known'
);
select tests.as_service();
select is(public.record_registrant(tests.meeting_id('session'), tests.id('dana'), 'r-dana', 'https://zoom.example/dana'), 'https://zoom.example/dana', 'what Zoom made is kept');
select is(public.record_registrant(tests.meeting_id('session'), tests.id('dana'), 'r-other', 'https://zoom.example/other'), 'https://zoom.example/dana', 'the first time');
select tests.sign_in_as('dana');
select results_eq($$ select join_url from public.join_meeting(tests.id('session')) $$, array['https://zoom.example/dana'], 'and found again');
select throws_ok($$ select public.host_meeting(tests.id('session')) $$, 'OBNFD', null, 'a client cannot be the host');
select tests.minutes_before(-59);
select lives_ok($$ select public.join_meeting(tests.id('session')) $$, 'a minute before the end it is still open');
select tests.minutes_before(-60);
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTOVR', null, 'at the end it closes');

select tests.minutes_before(5);
select tests.sign_in_as('maria');
select results_eq($$ select join_url from public.join_meeting(tests.id('session')) $$, array[null::text], 'the coach does not get the client''s link');
select is(public.host_meeting(tests.id('session')), 'zoom session', 'and may open the meeting as its host');
select tests.sign_in_as('zoe');
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'OBNFD', null, 'a stranger has none');
select throws_ok($$ select public.host_meeting(tests.id('session')) $$, 'OBNFD', null, 'and cannot be the host');
select throws_ok('select public.join_meeting(gen_random_uuid())', 'OBNFD', null, 'which looks the same as what is not there');
select tests.sign_out();
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, '42501', null, 'nor has a visitor');
select throws_ok($$ select public.host_meeting(tests.id('session')) $$, '42501', null, 'who cannot be the host either');

select tests.as_admin();
update private.platform_settings set join_opens_minutes = 4;
select tests.sign_in_as('dana');
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTEAR', null, 'an admin sets when it opens');
select tests.as_admin();
select private.move_booking(tests.id('session'), '{confirmed}', 'cancelled', 'coach');
select tests.sign_in_as('dana');
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTOVR', null, 'a session that was called off has no door');
select tests.sign_in_as('maria');
select throws_ok($$ select public.host_meeting(tests.id('session')) $$, 'MTOVR', null, 'not even for the host');

select * from finish();
rollback;
