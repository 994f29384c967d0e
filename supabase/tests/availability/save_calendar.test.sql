begin;
select plan(53);

-- Maria is listed, Lena another coach, Sam is suspended. Dana has no practice.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_coach('sam', status => 'suspended');
create function tests.day(days integer) returns date language sql stable as $$
  select (now() at time zone 'America/New_York')::date + days;
$$;
grant execute on function tests.day to anon, authenticated;

/* -- weekly hours say which day is wrong ------------------------------------------------------ */

create function tests.refused_day(hours jsonb) returns text language plpgsql as $$
declare v_detail text;
begin
  perform public.save_weekly_hours(hours);
  return 'saved';
exception when sqlstate 'OAHRS' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return v_detail;
end;
$$;
grant execute on function tests.refused_day to authenticated;
select tests.sign_in_as('maria');
select is(
  tests.refused_day('[{"weekday": 2, "starts_at": "09:00", "ends_at": "12:00"}, {"weekday": 4, "starts_at": "12:00", "ends_at": "09:00"}]'),
  '4', 'a block that ends before it starts is refused with its day'
);
select is(
  tests.refused_day('[{"weekday": 5, "starts_at": "09:00", "ends_at": "12:00"}, {"weekday": 3, "starts_at": "10:00", "ends_at": "12:00"}, {"weekday": 3, "starts_at": "11:00", "ends_at": "13:00"}]'),
  '3', 'and so are two that overlap'
);
select is(tests.refused_day('[]'), '', 'a week without hours is no single day''s fault');

/* -- overrides ----------------------------------------------------------------------------------- */

select lives_ok($$ select public.save_date_override(tests.day(3), '[{"starts_at": "09:00", "ends_at": "12:00"}, {"starts_at": "20:00", "ends_at": "24:00"}]') $$, 'a date gets hours of its own');
select lives_ok($$ select public.save_date_override(tests.day(4), '[]') $$, 'or is closed');
select lives_ok($$ select public.save_date_override(tests.day(3), '[{"starts_at": "10:00", "ends_at": "11:00"}]') $$, 'which replace what it had');
select bag_eq(
  'select day, starts_at::text, ends_at::text from public.date_overrides',
  $$ values (tests.day(3), '10:00:00', '11:00:00'), (tests.day(4), null, null) $$,
  'and nothing else'
);
select throws_ok($$ select public.save_date_override(tests.day(5), '[{"starts_at": "12:00", "ends_at": "11:00"}]') $$, 'OAHRS', null, 'a block ends after it starts');
select throws_ok(
  $$ select public.save_date_override(tests.day(5), '[{"starts_at": "09:00", "ends_at": "11:00"}, {"starts_at": "10:00", "ends_at": "12:00"}]') $$,
  'OAHRS', null, 'and overlaps no other'
);
select throws_ok($$ select public.save_date_override(tests.day(-1), '[]') $$, 'OADAY', null, 'yesterday is over');
select throws_ok($$ select public.save_date_override(tests.day(367), '[]') $$, 'OADAY', null, 'and next year too far');
select throws_ok($$ select public.save_date_override(null, '[]') $$, 'OADAY', null, 'no date is none');
select lives_ok($$ select public.save_date_override(tests.day(0), '[]') $$, 'today is not');
select lives_ok($$ select public.remove_date_override(tests.day(0)), public.remove_date_override(tests.day(0)) $$, 'a date goes back to its weekday''s hours, once or twice');
select is((select count(*) from public.date_overrides), 2::bigint, 'others stay');

/* -- out of office -------------------------------------------------------------------------------- */

select lives_ok($$ select public.add_out_of_office(tests.day(3), '12:00', tests.day(5), '09:00', '  On a boat. ') $$, 'a coach goes away');
select results_eq('select note from public.out_of_office', array['On a boat.'], 'and says why');
select throws_ok($$ select public.add_out_of_office(tests.day(5), '12:00', tests.day(5), '12:00') $$, 'OAOFF', null, 'for some time');
select throws_ok($$ select public.add_out_of_office(tests.day(-3), '12:00', tests.day(-1), '12:00') $$, 'OAOFF', null, 'that is not over');
select throws_ok($$ select public.add_out_of_office(tests.day(300), '12:00', tests.day(370), '12:00') $$, 'OAOFF', null, 'nor too far ahead');
select throws_ok($$ select public.add_out_of_office(tests.day(5), null, tests.day(6), '12:00') $$, 'OAOFF', null, 'with both ends');
select throws_ok($$ select public.add_out_of_office(tests.day(5), '12:00', tests.day(6), '12:00', repeat('x', 201)) $$, 'OANOT', null, 'in few words');
select lives_ok($$ select public.add_out_of_office(tests.day(-1), '12:00', tests.day(1), '12:00') $$, 'who has left already can still say so');

select tests.as_admin();
insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at)
select tests.coach_id('maria'), tests.day(9), '09:00', tests.day(9), '10:00' from generate_series(1, 48);
select tests.sign_in_as('maria');
select throws_ok($$ select public.add_out_of_office(tests.day(5), '12:00', tests.day(6), '12:00') $$, 'OAMNY', null, 'fifty are enough');

select tests.sign_out();
select bag_eq(
  $$ select starts_at, ends_at, note from public.out_of_office_notes(tests.coach_id('maria'), tests.on_day(2), tests.on_day(4)) $$,
  $$ values (tests.on_day(3, '12:00'), tests.on_day(5, '09:00'), 'On a boat.') $$,
  'a visitor reads when and why, of the days they look at'
);
select is_empty($$ select from public.out_of_office_notes(tests.coach_id('sam'), now(), now() + interval '9 days') $$, 'of listed coaches');
select tests.as_admin();
select tests.remember('boat', (select id from public.out_of_office where note = 'On a boat.'));
select tests.sign_in_as('lena');
select lives_ok($$ select public.remove_out_of_office(tests.id('boat')) $$, 'another coach removes nothing');
select tests.sign_in_as('maria');
select isnt_empty($$ select from public.out_of_office where id = tests.id('boat') $$, 'of hers');
select lives_ok($$ select public.remove_out_of_office(tests.id('boat')), public.remove_out_of_office(tests.id('boat')) $$, 'she herself does, once or twice');
select is_empty($$ select from public.out_of_office where id = tests.id('boat') $$, 'and is back');

/* -- travel ------------------------------------------------------------------------------------------ */

select lives_ok($$ select public.add_travel_zone(tests.day(10), tests.day(12), 'Europe/London') $$, 'a coach travels');
select throws_ok($$ select public.add_travel_zone(tests.day(12), tests.day(14), 'Asia/Tokyo') $$, 'OATRP', null, 'to one place a day');
select throws_ok($$ select public.add_travel_zone(tests.day(22), tests.day(20), 'Asia/Tokyo') $$, 'OATRP', null, 'and ends where the trip does');
select throws_ok($$ select public.add_travel_zone(tests.day(-9), tests.day(-3), 'Asia/Tokyo') $$, 'OATRP', null, 'not in the past');
select throws_ok($$ select public.add_travel_zone(tests.day(20), tests.day(21), 'Tokyo') $$, 'UPZON', null, 'in a zone with a name');
select tests.as_admin();
select tests.remember('london', (select id from public.travel_zones));
select tests.sign_in_as('lena');
select public.remove_travel_zone(tests.id('london'));
select tests.sign_in_as('maria');
select isnt_empty('select from public.travel_zones', 'nobody else calls it off');
select public.remove_travel_zone(tests.id('london'));
select is_empty('select from public.travel_zones', 'but she');

/* -- buffers and limits --------------------------------------------------------------------------------- */

select lives_ok('select public.save_availability_settings(120, 30, 60, 120, 0, 24, 100)', 'buffers and limits at their ends');
select results_eq(
  'select buffer_before_minutes, buffer_after_minutes, max_sessions_per_day, max_sessions_per_week from public.availability_settings',
  'values (120, 0, 24, 100)', 'are kept'
);
select throws_ok('select public.save_availability_settings(120, 30, 60, 121, 0)', 'OASET', null, 'no longer buffer');
select throws_ok('select public.save_availability_settings(120, 30, 60, 0, -5)', 'OASET', null, 'or one before it begins');
select throws_ok('select public.save_availability_settings(120, 30, 60, 0, 0, 0)', 'OASET', null, 'no limit of none');
select throws_ok('select public.save_availability_settings(120, 30, 60, 0, 0, 1, 0)', 'OASET', null, 'a week either');

/* -- the preview ------------------------------------------------------------------------------------------ */

select results_eq(
  'select count(*)::integer, min(day), max(day) from public.availability_preview()', 'values (14, tests.day(0), tests.day(13))',
  'a coach sees two weeks from today'
);
select results_eq(
  $$ select has_override, is_away, cardinality(free_starts) from public.availability_preview() where day in (tests.day(3), tests.day(4)) order by day $$,
  'values (true, false, 1), (true, false, 0)', 'as clients will'
);
select bag_eq(
  $$ select start from public.availability_preview(), unnest(free_starts) as start $$,
  $$ select starts_at from public.available_slots(tests.id('maria''s hour'), now(), tests.on_day(14, '00:00')) $$,
  'to the minute'
);
select tests.sign_in_as('dana');
select is_empty('select from public.availability_preview()', 'who has no practice sees none');

/* -- who may ------------------------------------------------------------------------------------------------ */

select throws_ok($$ select public.save_date_override(tests.day(3), '[]') $$, 'OCNON', null, 'without a practice there are no dates');
select tests.sign_in_as('sam');
select throws_ok($$ select public.add_travel_zone(tests.day(3), tests.day(3), 'Asia/Tokyo') $$, 'OCSUS', null, 'a suspended coach plans nothing');
select tests.sign_out();
select throws_ok($$ select public.save_date_override(tests.day(3), '[]') $$, '42501', null, 'and a visitor');
select throws_ok($$ select public.add_out_of_office(tests.day(3), '09:00', tests.day(3), '10:00') $$, '42501', null, 'does');
select throws_ok($$ select public.add_travel_zone(tests.day(3), tests.day(3), 'Asia/Tokyo') $$, '42501', null, 'even');
select throws_ok('select from public.availability_preview()', '42501', null, 'less');

select * from finish();
rollback;
