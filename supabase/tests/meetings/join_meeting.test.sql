begin;
select plan(11);

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
select is(public.join_meeting(tests.id('session')), 'https://zoom.example/j/' || tests.meeting_id('session'), 'fifteen minutes before, it opens');
select tests.minutes_before(-59);
select lives_ok($$ select public.join_meeting(tests.id('session')) $$, 'a minute before the end it is still open');
select tests.minutes_before(-60);
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTOVR', null, 'at the end it closes');

select tests.minutes_before(5);
select tests.sign_in_as('maria');
select is(public.join_meeting(tests.id('session')), 'https://zoom.example/j/' || tests.meeting_id('session'), 'the coach has the same address');
select tests.sign_in_as('zoe');
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'OBNFD', null, 'a stranger has none');
select throws_ok('select public.join_meeting(gen_random_uuid())', 'OBNFD', null, 'which looks the same as what is not there');
select tests.sign_out();
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, '42501', null, 'nor has a visitor');

select tests.as_admin();
update private.platform_settings set join_opens_minutes = 4;
select tests.sign_in_as('dana');
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTEAR', null, 'an admin sets when it opens');
select tests.as_admin();
select private.move_booking(tests.id('session'), '{confirmed}', 'cancelled', 'coach');
select tests.sign_in_as('dana');
select throws_ok($$ select public.join_meeting(tests.id('session')) $$, 'MTOVR', null, 'a session that was called off has no door');

select * from finish();
rollback;
