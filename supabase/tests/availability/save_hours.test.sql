begin;
select plan(32);

-- Maria is listed, Lena still builds, Sam is suspended. Dana has no practice.
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.create_coach('lena', status => 'draft');
select tests.create_coach('sam', status => 'suspended');

/* -- weekly hours --------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select lives_ok(
  $$ select public.save_weekly_hours('[
       {"weekday": 1, "starts_at": "09:00", "ends_at": "12:00"},
       {"weekday": 1, "starts_at": "12:00", "ends_at": "17:30"},
       {"weekday": 7, "starts_at": "18:00", "ends_at": "24:00"}
     ]') $$,
  'a coach sets their week; blocks may touch, and last until midnight'
);
select bag_eq(
  'select weekday::integer, starts_at::text, ends_at::text from public.weekly_hours',
  $$ values (1, '09:00:00', '12:00:00'), (1, '12:00:00', '17:30:00'), (7, '18:00:00', '24:00:00') $$,
  'it replaces the one before'
);

select throws_ok($$ select public.save_weekly_hours('[{"weekday": 1, "starts_at": "12:00", "ends_at": "09:00"}]') $$, 'OAHRS', null, 'a block ends after it starts');
select throws_ok($$ select public.save_weekly_hours('[{"weekday": 1, "starts_at": "12:00", "ends_at": "12:00"}]') $$, 'OAHRS', null, 'and not as it starts');
select throws_ok($$ select public.save_weekly_hours('[{"weekday": 8, "starts_at": "09:00", "ends_at": "12:00"}]') $$, 'OAHRS', null, 'a week has seven days');
select throws_ok($$ select public.save_weekly_hours('[{"weekday": 1, "starts_at": "9 am?", "ends_at": "12:00"}]') $$, 'OAHRS', null, 'times are times');
select throws_ok($$ select public.save_weekly_hours('[{"weekday": 1, "starts_at": "09:00", "ends_at": "25:00"}]') $$, 'OAHRS', null, 'of a day');
select throws_ok(
  $$ select public.save_weekly_hours('[
       {"weekday": 1, "starts_at": "09:00", "ends_at": "12:00"},
       {"weekday": 1, "starts_at": "11:00", "ends_at": "17:30"}
     ]') $$,
  'OAHRS', null, 'blocks do not overlap'
);
select throws_ok($$ select public.save_weekly_hours('[]') $$, 'OAHRS', null, 'a coach who can be found has hours');
select throws_ok($$ select public.save_weekly_hours(null) $$, 'OAHRS', null, 'nothing is no hours either');
select is((select count(*) from public.weekly_hours), 3::bigint, 'what is refused changes nothing');

select tests.as_admin();
select throws_ok(
  $$ insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at) values (tests.coach_id('maria'), 1, '16:00', '18:00') $$,
  '23P01', null, 'blocks never overlap, whoever writes'
);

select tests.sign_in_as('lena');
select lives_ok($$ select public.save_weekly_hours('[]') $$, 'a coach who is not listed may clear the week');
select is_empty('select from public.weekly_hours', 'and has no hours then');

/* -- settings -------------------------------------------------------------------------------- */

select lives_ok('select public.save_availability_settings(0, 15, 1)', 'the least notice, step and horizon');
select lives_ok('select public.save_availability_settings(20160, 60, 90)', 'and the most');
select results_eq(
  'select minimum_notice_minutes, slot_step_minutes, horizon_days from public.availability_settings',
  'values (20160, 60, 90)',
  'are kept'
);
select throws_ok('select public.save_availability_settings(-1, 30, 60)', 'OASET', null, 'no notice below none');
select throws_ok('select public.save_availability_settings(20161, 30, 60)', 'OASET', null, 'or over two weeks');
select throws_ok('select public.save_availability_settings(120, 7, 60)', 'OASET', null, 'no odd steps');
select throws_ok('select public.save_availability_settings(120, 30, 0)', 'OASET', null, 'no horizon of no days');
select throws_ok('select public.save_availability_settings(120, 30, 91)', 'OASET', null, 'or over 90');

/* -- who may ----------------------------------------------------------------------------------- */

select tests.sign_in_as('sam');
select throws_ok($$ select public.save_weekly_hours('[]') $$, 'OCSUS', null, 'a suspended coach changes no hours');
select throws_ok('select public.save_availability_settings(120, 30, 60)', 'OCSUS', null, 'and no settings');
select tests.sign_in_as('dana');
select throws_ok($$ select public.save_weekly_hours('[]') $$, 'OCNON', null, 'without a practice there are no hours');
select throws_ok('select public.save_availability_settings(120, 30, 60)', 'OCNON', null, 'and no settings');
select tests.sign_in_as('nobody-yet');
select throws_ok($$ select public.save_weekly_hours('[]') $$, 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select throws_ok('select public.save_availability_settings(120, 30, 60)', 'UPSGN', null, 'for settings too');
select tests.as_admin();
select tests.create_profile('una', is_onboarded => false);
select tests.sign_in_as('una');
select throws_ok($$ select public.save_weekly_hours('[]') $$, 'UPONB', null, 'who has not said who they are does that first');
select throws_ok('select public.save_availability_settings(120, 30, 60)', 'UPONB', null, 'for settings too');
select tests.sign_out();
select throws_ok($$ select public.save_weekly_hours('[]') $$, '42501', null, 'a visitor sets no hours');
select throws_ok('select public.save_availability_settings(120, 30, 60)', '42501', null, 'and no settings');

select * from finish();
rollback;
