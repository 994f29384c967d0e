begin;
select plan(48);

-- Maria works from 9 to 12 in New York, every day; Dana and Ben want an hour with her.
select tests.create_profile(name) from unnest(array['dana', 'ben']) as name;
select tests.create_coach('maria');
update public.weekly_hours set starts_at = '09:00', ends_at = '12:00';

/* The free starts of a day in New York, as a clock in `time_zone` shows them. */
create function tests.free_times(days integer, time_zone text default 'America/New_York') returns setof text language sql stable as $$
  select to_char(starts_at at time zone time_zone, 'HH24:MI')
  from public.available_slots(tests.id('maria''s hour'), tests.on_day(days, '00:00'), tests.on_day(days, '24:00'));
$$;
/* Today's date in New York, and days after it. */
create function tests.day(days integer) returns date language sql stable as $$
  select (now() at time zone 'America/New_York')::date + days;
$$;
create function tests.offer() returns public.offers language sql stable as $$
  select offers from public.offers where offers.id = tests.id('maria''s hour');
$$;

/* -- overrides --------------------------------------------------------------------------------- */

insert into public.date_overrides (coach_id, day, starts_at, ends_at)
values (tests.coach_id('maria'), tests.day(4), '14:00', '15:30'), (tests.coach_id('maria'), tests.day(4), '18:00', '19:00'),
  (tests.coach_id('maria'), tests.day(5), null, null);
select results_eq('select tests.free_times(3)', array['09:00', '09:30', '10:00', '10:30', '11:00'], 'a day like any other has its weekday''s hours');
select results_eq('select tests.free_times(4)', array['14:00', '14:30', '18:00'], 'a date with blocks of its own has these instead');
select is_empty('select tests.free_times(5)', 'a date that is closed has none');
select is_empty(
  $$ select days from generate_series(3, 5) as days, tests.free_times(days) as free
     where not private.is_free(tests.offer(), tests.on_day(days, free::time)) $$,
  'what is shown is free'
);
select ok(not private.is_free(tests.offer(), tests.on_day(4, '09:00')), 'what the override took away is not');
select ok(not private.is_free(tests.offer(), tests.on_day(5, '09:00')), 'nor is a closed day');
select throws_ok(
  $$ insert into public.date_overrides (coach_id, day) values (tests.coach_id('maria'), tests.day(4)) $$,
  '23P01', null, 'a date is not closed and open'
);
select throws_ok(
  $$ insert into public.date_overrides (coach_id, day, starts_at, ends_at) values (tests.coach_id('maria'), tests.day(5), '09:00', '10:00') $$,
  '23P01', null, 'whichever came first'
);
select throws_ok(
  $$ insert into public.date_overrides (coach_id, day, starts_at, ends_at) values (tests.coach_id('maria'), tests.day(4), '15:00', '16:00') $$,
  '23P01', null, 'and its blocks never overlap'
);
delete from public.date_overrides;

/* -- out of office ------------------------------------------------------------------------------- */

insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at)
values (tests.coach_id('maria'), tests.day(3), '10:30', tests.day(5), '10:00');
select results_eq('select tests.free_times(3)', array['09:00', '09:30'], 'a session may end as the coach leaves');
select is_empty('select tests.free_times(4)', 'a day away is empty');
select results_eq('select tests.free_times(5)', array['10:00', '10:30', '11:00'], 'and one may start when they are back; starts keep their places');
select ok(not private.is_free(tests.offer(), tests.on_day(3, '10:00')), 'none reaches into the time away');
insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at)
values (tests.coach_id('maria'), tests.day(5), '09:00', tests.day(5), '11:00');
select results_eq('select tests.free_times(5)', array['11:00'], 'two times away may overlap');
delete from public.out_of_office;

/* -- a travel zone ---------------------------------------------------------------------------------- */

insert into public.travel_zones (coach_id, first_day, last_day, time_zone)
values (tests.coach_id('maria'), tests.day(4), tests.day(4), 'America/Los_Angeles');
select results_eq(
  $$ select tests.free_times(4, 'America/Los_Angeles') $$, array['09:00', '09:30', '10:00', '10:30', '11:00'],
  'away from home, hours are wall time there'
);
select results_eq('select tests.free_times(5)', array['09:00', '09:30', '10:00', '10:30', '11:00'], 'and at home again the next day');
select results_eq(
  $$ select time_zone, lower(during), upper(during) from private.zone_spans(tests.coach_id('maria'), tstzrange(tests.on_day(4), tests.on_day(7))) order by during $$,
  $$ values
       ('America/Los_Angeles', tests.day(4)::timestamp at time zone 'America/Los_Angeles', tests.day(5)::timestamp at time zone 'America/Los_Angeles'),
       ('America/New_York', tests.day(5)::timestamp at time zone 'America/Los_Angeles', 'infinity') $$,
  'a trip is from midnight to midnight there'
);
insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at)
values (tests.coach_id('maria'), tests.day(4), '00:00', tests.day(4), '10:00');
select results_eq($$ select tests.free_times(4, 'America/Los_Angeles') $$, array['10:00', '10:30', '11:00'], 'out of office is wall time there, too');
delete from public.out_of_office;
select throws_ok(
  $$ insert into public.travel_zones (coach_id, first_day, last_day, time_zone) values (tests.coach_id('maria'), tests.day(2), tests.day(4), 'Europe/London') $$,
  '23P01', null, 'nobody is in two zones on one day'
);
delete from public.travel_zones;

/* -- buffers ------------------------------------------------------------------------------------------ */

update public.availability_settings set slot_step_minutes = 15, buffer_before_minutes = 15, buffer_after_minutes = 30;
update public.weekly_hours set starts_at = '08:00', ends_at = '14:00';
select tests.book('first', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3, '10:00'));
select results_eq(
  'select tests.free_times(3)', array['08:00', '08:15', '08:30', '11:30', '11:45', '12:00', '12:15', '12:30', '12:45', '13:00'],
  'neighbors share a buffer: between two sessions is the longer one, not both'
);
select ok(private.is_free(tests.offer(), tests.on_day(3, '08:30')), 'half an hour before the next is enough');
select ok(not private.is_free(tests.offer(), tests.on_day(3, '08:45')), 'a quarter is not');
select tests.sign_in_as('ben');
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(3, '11:15'), 'America/Chicago') $$,
  'OBTKN', null, 'a time that somebody came too close to is taken'
);
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(3, '03:00'), 'America/Chicago') $$,
  'OBTIM', null, 'one outside the hours was never open'
);
select lives_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(3, '11:30'), 'America/Chicago') $$,
  'and what is shown can be booked'
);
select tests.as_admin();
delete from public.booking_events where booking_id in (select id from public.bookings where client_id = tests.id('ben'));
delete from public.bookings where client_id = tests.id('ben');

insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
values (tests.coach_id('maria'), 'calendly', 'dentist', tests.on_day(4, '10:00'), tests.on_day(4, '11:00'));
select results_eq(
  'select tests.free_times(4)', array['08:00', '08:15', '08:30', '11:15', '11:30', '11:45', '12:00', '12:15', '12:30', '12:45', '13:00'],
  'to an entry of another calendar the session keeps its own: after it ends, before it starts'
);
select tests.sign_in_as('ben');
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(4, '11:00'), 'America/Chicago') $$,
  'OBTIM', null, 'and cannot be booked within it'
);
select tests.as_admin();
delete from public.busy_times;

/* -- a booking that moves is not in its own way --------------------------------------------------------- */

select ok(not private.is_free(tests.offer(), tests.on_day(3, '10:15')), 'where a session is, no other can be');
select ok(private.is_free(tests.offer(), tests.on_day(3, '10:15'), except_booking_ids => array[tests.id('first')]), 'but it can move a little itself');
select tests.book('second', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(3, '12:00'));
select ok(not private.is_free(tests.offer(), tests.on_day(3, '11:00'), except_booking_ids => array[tests.id('first')]), 'not too close to another');
update public.offers set archived_at = now() where id = tests.id('maria''s hour');
select ok(private.is_free(tests.offer(), tests.on_day(3, '10:15'), except_booking_ids => array[tests.id('first')]), 'also when what was sold is off sale');
update public.offers set archived_at = null where id = tests.id('maria''s hour');
update public.availability_settings set buffer_before_minutes = 0, buffer_after_minutes = 0, slot_step_minutes = 60;

/* -- limits ----------------------------------------------------------------------------------------------- */

update public.availability_settings set max_sessions_per_day = 3;
select isnt_empty('select tests.free_times(3)', 'below the limit there are times');
update public.availability_settings set max_sessions_per_day = 2;
select is_empty('select tests.free_times(3)', 'a full day has none');
select isnt_empty('select tests.free_times(4)', 'the next has');
select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(3, '08:00'), 'America/Chicago') $$,
  'OBTIM', null, 'nor can it be booked'
);
select tests.as_admin();
select ok(private.is_free(tests.offer(), tests.on_day(3, '08:00'), except_booking_ids => array[tests.id('first')]), 'a session of that day may move within it');
select private.move_booking(tests.id('second'), '{confirmed}', 'cancelled', 'client');
select isnt_empty('select tests.free_times(3)', 'what was called off does not count');
select tests.book('third', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(3, '12:00'), status => 'held');
select is_empty('select tests.free_times(3)', 'what is being paid for does');
alter table public.bookings disable trigger bookings__keep_to_transitions;
update public.bookings set status = 'requested', answer_by = now() + interval '1 hour' where id = tests.id('third');
select is_empty('select tests.free_times(3)', 'so does what the coach is asked for');
update public.bookings set answer_by = now() where id = tests.id('third');
select isnt_empty('select tests.free_times(3)', 'until the time to answer is over, before any job came by');
update public.bookings set status = 'held', answer_by = null where id = tests.id('third');
alter table public.bookings enable trigger bookings__keep_to_transitions;
select tests.let_hold_run_out('third');
select isnt_empty('select tests.free_times(3)', 'until it lapses, at once');
update public.bookings set status = 'confirmed', hold_expires_at = null where id = tests.id('third');
select private.move_booking(tests.id('third'), '{confirmed}', 'completed', 'system');
select is_empty('select tests.free_times(3)', 'a session that is over was one of that day');

-- The Monday after next week, so that all seven days are ahead and within the horizon.
create function tests.weekday(weekday integer) returns integer language sql stable as $$
  select 14 - extract(isodow from tests.day(0))::integer + weekday;
$$;
update public.availability_settings set max_sessions_per_day = null, max_sessions_per_week = 2;
select tests.book('sunday', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(tests.weekday(0), '10:00'));
select tests.book('monday', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(tests.weekday(1), '10:00'));
select isnt_empty('select tests.free_times(tests.weekday(2))', 'Sunday and Monday are of two weeks');
select tests.book('friday', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(tests.weekday(5), '10:00'));
select is_empty('select tests.free_times(days) from generate_series(tests.weekday(1), tests.weekday(7)) as days', 'a full week has no times, Monday to Sunday');
select isnt_empty('select tests.free_times(tests.weekday(8))', 'the Monday after has');
select isnt_empty('select tests.free_times(tests.weekday(0))', 'and so has the Sunday before');

-- Nine in the evening in New York is the next day in London.
update public.availability_settings set max_sessions_per_week = null, max_sessions_per_day = 1;
update public.weekly_hours set starts_at = '00:00', ends_at = '24:00';
select tests.book('late', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(30, '21:00'));
select results_eq(
  'select count(*)::integer from generate_series(29, 31) as days, tests.free_times(days) as free group by days order by days', array[24, 24],
  'a limit counts days of the coach''s calendar'
);
insert into public.travel_zones (coach_id, first_day, last_day, time_zone)
values (tests.coach_id('maria'), tests.day(29), tests.day(33), 'Europe/London');
select results_eq(
  $$ select min(starts_at), max(starts_at) from public.available_slots(
       tests.id('maria''s hour'), tests.day(30)::timestamp at time zone 'Europe/London', tests.day(32)::timestamp at time zone 'Europe/London') $$,
  $$ values (tests.day(30)::timestamp at time zone 'Europe/London', (tests.day(31)::timestamp - interval '1 hour') at time zone 'Europe/London') $$,
  'and of the one where the coach is'
);
delete from public.travel_zones;

select * from finish();
rollback;
