/* "Tell me if something sooner opens": told once of what opened, never of what was free anyhow. */
begin;
select plan(47);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_coach('lena');
select tests.create_offer('second hour', coach => 'maria');
-- Maria works from ten to noon: two sessions a day.
update public.availability_settings set slot_step_minutes = 60 where coach_id = tests.coach_id('maria');
update public.weekly_hours set starts_at = '10:00', ends_at = '12:00' where coach_id = tests.coach_id('maria');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('omar''s second', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(4));
select tests.book('dana''s', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(10));
select tests.book('over', client => 'dana', offer => 'maria''s hour', status => 'completed');

/* What cron does every few seconds. */
create function tests.look() returns void language sql as $$
  select private.refresh_next_times();
  select private.tell_opened_slots();
$$;
create function tests.told(name text) returns setof timestamptz language sql security definer as $$
  select slot_openings.starts_at from public.notifications
  join private.slot_openings on slot_openings.id = notifications.subject_id
  where notifications.kind = 'slot_opened' and notifications.recipient_id = tests.id(name)
  order by slot_openings.starts_at;
$$;
create function tests.watch_of(name text) returns public.slot_watches language sql security definer as $$
  select * from public.slot_watches where client_id = tests.id(name) order by created_at desc, ended_at nulls first limit 1;
$$;
grant execute on function tests.told, tests.watch_of to authenticated;

/* -- asking ------------------------------------------------------------------------------- */

select tests.sign_in_as('zoe');
select throws_ok($$ select public.watch_booking(tests.id('dana''s')) $$, 'OBNFD', null, 'a session of somebody else is not there');
select tests.sign_in_as('maria');
select throws_ok($$ select public.watch_booking(tests.id('dana''s')) $$, 'OBNFD', null, 'a coach does not wait for themselves');
select throws_ok($$ select public.watch_offer(tests.id('maria''s hour'), current_date + 5, 'America/New_York') $$, 'OBOWN', null, 'by no way');
select tests.sign_in_as('dana');
select throws_ok($$ select public.watch_booking(tests.id('over')) $$, 'WTOVR', null, 'nothing is sooner than what was');
select lives_ok($$ select public.watch_booking(tests.id('dana''s')) $$, 'a client waits for a time before their session');
select is(public.watch_booking(tests.id('dana''s')), (tests.watch_of('dana')).id, 'asking twice is asking once');

select tests.sign_in_as('zoe');
select throws_ok($$ select public.watch_offer(tests.id('maria''s hour'), current_date + 5, 'Mars/Base') $$, 'UPZON', null, 'a day is one of a zone');
select throws_ok($$ select public.watch_offer(tests.id('maria''s hour'), current_date - 2, 'America/New_York') $$, 'WTDAY', null, 'one that is not past');
select throws_ok($$ select public.watch_offer(tests.id('maria''s hour'), current_date + 70, 'America/New_York') $$, 'WTDAY', null, 'nor too far');
select throws_ok($$ select public.watch_offer(tests.id('maria''s hour'), null, 'America/New_York') $$, 'WTDAY', null, 'nor none');
select lives_ok(
  $$ select public.watch_offer(tests.id('maria''s hour'), (now() at time zone 'America/New_York')::date + 3, 'America/New_York') $$,
  'a client without a session names a day'
);
select is((tests.watch_of('zoe')).before_at, tests.on_day(4, '00:00'), 'all of which counts');
select tests.as_admin();
select tests.create_profile('wendy');
select tests.create_offer('offer ' || number, coach => 'lena') from generate_series(1, 11) as number;
select tests.sign_in_as('wendy');
select lives_ok(
  $$ select public.watch_offer(tests.id('offer ' || number), (now() at time zone 'America/New_York')::date + 3, 'America/New_York') from generate_series(1, 10) as number $$,
  'a client waits for ten times'
);
select throws_ok($$ select public.watch_offer(tests.id('offer 11'), (now() at time zone 'America/New_York')::date + 3, 'America/New_York') $$, 'WTMNY', null, 'but not for eleven');
select tests.sign_out();
select throws_ok($$ select public.watch_booking(tests.id('dana''s')) $$, '42501', null, 'a visitor waits for nothing');
select throws_ok($$ select public.watch_offer(tests.id('maria''s hour'), current_date, 'UTC') $$, '42501', null, 'in no way');
select throws_ok($$ select public.stop_watch(tests.id('dana''s')) $$, '42501', null, 'and stops nothing');

/* -- what opens ------------------------------------------------------------------------------ */

select tests.as_admin();
select tests.look();
select is_empty($$ select tests.told('dana') $$, 'nobody is told of what is free anyhow');

select tests.sign_in_as('omar');
select public.cancel_booking(tests.id('omar''s'), 10000);
select tests.as_admin();
select private.tell_opened_slots();
select is_empty($$ select tests.told('dana') $$, 'the calendar is looked at after it has changed');
select tests.look();
select results_eq($$ select tests.told('dana') $$, array[tests.on_day(3)], 'a session called off opens its time');
select results_eq($$ select tests.told('zoe') $$, array[tests.on_day(3)], 'to all who wait for one');
select is_empty($$ select tests.told('omar') $$, 'and to nobody else');
select is(
  (select private.mail_work(id) -> 'opening' from public.notifications where kind = 'slot_opened' and recipient_id = tests.id('dana')),
  jsonb_build_object(
    'starts_at', tests.on_day(3), 'ends_at', tests.on_day(3, '11:00'), 'time_zone', 'America/Chicago', 'booking_id', tests.id('dana''s'),
    'offer_id', tests.id('maria''s hour'), 'offer_title', 'maria''s hour', 'coach_name', 'Maria Example', 'coach_slug', 'maria'
  ),
  'the mail says which'
);

-- Somebody takes it, and lets the hold run out.
select tests.book('held', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(3), status => 'held');
select is(
  (select private.mail_work(id) from public.notifications where kind = 'slot_opened' and recipient_id = tests.id('dana')), null,
  'who comes too late is not told'
);
select tests.look();
select tests.let_hold_run_out('held');
select private.expire_holds();
select tests.look();
select results_eq($$ select tests.told('dana') $$, array[tests.on_day(3)], 'of one time a person is told once');

select tests.book('another hold', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'held');
select tests.look();
select tests.let_hold_run_out('another hold');
select private.expire_holds();
select tests.look();
select results_eq($$ select tests.told('dana') $$, array[tests.on_day(3), tests.on_day(5)], 'a hold that lapses opens its time');
select results_eq($$ select tests.told('zoe') $$, array[tests.on_day(3)], 'one after the day they named is not sooner');

update public.weekly_hours set starts_at = '09:00' where coach_id = tests.coach_id('maria');
select tests.look();
-- In the small hours that is nine o'clock today.
select results_eq(
  $$ select tests.told('dana') $$,
  $$
    select min(tests.on_day(day, '09:00'))
    from public.availability_settings cross join generate_series(0, 2) as day
    where availability_settings.coach_id = tests.coach_id('maria')
      and tests.on_day(day, '09:00') >= now() + make_interval(mins => availability_settings.minimum_notice_minutes)
    union all
    values (tests.on_day(3)), (tests.on_day(5))
  $$,
  'other hours open many: one mail tells of the soonest'
);

update public.weekly_hours set starts_at = '08:00' where coach_id = tests.coach_id('maria');
select tests.look();
select is((select count(*) from (select tests.told('dana')) as told), 3::bigint, 'three a day are enough');
update private.slot_openings set created_at = now() - interval '25 hours';
update public.weekly_hours set starts_at = '07:00' where coach_id = tests.coach_id('maria');
select tests.look();
select is((select count(*) from (select tests.told('dana')) as told), 4::bigint, 'the next day there may be more');

/* -- an end ------------------------------------------------------------------------------------ */

select tests.sign_in_as('omar');
select throws_ok($$ select public.stop_watch((tests.watch_of('dana')).id) $$, 'WTNFD', null, 'nobody stops what others wait for');
select tests.sign_in_as('zoe');
select lives_ok($$ select public.stop_watch((tests.watch_of('zoe')).id) $$, 'a client stops');
select lives_ok($$ select public.stop_watch((tests.watch_of('zoe')).id) $$, 'twice is once');
select tests.as_admin();
select is(
  (select count(*) from public.notifications where kind = 'slot_opened' and recipient_id = tests.id('zoe') and private.mail_work(id) is not null),
  0::bigint, 'and gets no mail that was on its way'
);
select tests.sign_in_as('zoe');
select lives_ok($$ select public.watch_offer(tests.id('maria''s hour'), current_date + 9, 'America/New_York') $$, 'and may begin again');
select tests.sign_in_as('maria');
select lives_ok($$ select public.archive_offer(tests.id('maria''s hour')) $$, 'the offer goes');
select tests.as_admin();
select tests.look();
select isnt((tests.watch_of('zoe')).ended_at, null, 'then there is nothing to wait for');
select is((tests.watch_of('dana')).ended_at, null, 'a session that was sold may still move');

select tests.move_booking('dana''s', tests.on_day(12));
select tests.look();
select is((tests.watch_of('dana')).before_at, tests.on_day(12), 'when it moves, its new start counts');
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('dana''s'), 10000);
select tests.as_admin();
select tests.look();
select isnt((tests.watch_of('dana')).ended_at, null, 'when it is called off, that is the end');

/* -- access -------------------------------------------------------------------------------------- */

select policies_are('public', 'slot_watches', array['Clients can view what they wait for']);
select tests.sign_in_as('dana');
select set_eq('select client_id from public.slot_watches', array[tests.id('dana')], 'a client sees what they wait for');
select tests.sign_in_as('maria');
select is_empty('select id from public.slot_watches', 'a coach does not see who waits');
select tests.refuses_columns('public.slot_watches', 'known_starts');
select tests.refuses_writes('public.slot_watches');

select * from finish();
rollback;
