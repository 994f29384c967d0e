begin;
select plan(22);

-- Maria works from 9 to 12 in New York, every day; Dana wants an hour with her.
select tests.create_profile('dana');
select tests.create_coach('maria');
update public.weekly_hours set starts_at = '09:00', ends_at = '12:00';

/* The free starts of a day, as Maria's clock shows them. */
create function tests.free_times(offer text, days integer) returns setof text language sql stable as $$
  select to_char(starts_at at time zone 'America/New_York', 'HH24:MI')
  from public.available_slots(tests.id(offer), tests.on_day(days, '00:00'), tests.on_day(days, '24:00'));
$$;
grant execute on function tests.free_times to anon, authenticated;

select tests.sign_out();
select results_eq($$ select tests.free_times('maria''s hour', 3) $$, array['09:00', '09:30', '10:00', '10:30', '11:00'], 'an hour fits five times from 9 to 12');
select results_eq(
  $$ select ends_at - starts_at from public.available_slots(tests.id('maria''s hour'), tests.on_day(3, '09:00'), tests.on_day(3, '09:01')) $$,
  array[interval '1 hour'],
  'each lasts as long as the offer'
);

select is_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(3, '08:00'), tests.on_day(3, '09:00')) $$,
  'a window ends before its end'
);

/* -- what is taken ----------------------------------------------------------------------------- */

select tests.as_admin();
select tests.book('taken', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3, '10:00'));
select tests.sign_out();
select results_eq($$ select tests.free_times('maria''s hour', 3) $$, array['09:00', '11:00'], 'a taken time is not free, what touches it is');

select tests.as_admin();
select tests.book('open checkout', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3, '11:00'), status => 'held');
select tests.sign_out();
select results_eq($$ select tests.free_times('maria''s hour', 3) $$, array['09:00'], 'nor is one that somebody is paying for');

select tests.as_admin();
select tests.let_hold_run_out('open checkout');
select private.move_booking(tests.id('taken'), '{confirmed}', 'cancelled', 'coach');
select tests.sign_out();
select results_eq(
  $$ select tests.free_times('maria''s hour', 3) $$, array['09:00', '09:30', '10:00', '10:30', '11:00'],
  'a hold that ran out is free at once, before any job came by, and so is what was cancelled'
);

select tests.as_admin();
insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
values (tests.coach_id('maria'), 'calendly', 'dentist', tests.on_day(3, '09:45'), tests.on_day(3, '10:30'));
select tests.sign_out();
select results_eq($$ select tests.free_times('maria''s hour', 3) $$, array['10:30', '11:00'], 'nor is a time at which the coach is busy elsewhere');
select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(3, '10:00'), 'America/Chicago') $$,
  'OBTIM', null, 'which cannot be booked either'
);
select tests.as_admin();
delete from public.busy_times;

/* -- notice, horizon, window --------------------------------------------------------------------- */

select tests.as_admin();
update public.availability_settings set minimum_notice_minutes = 0, horizon_days = 5, slot_step_minutes = 60;
select tests.sign_out();
select results_eq($$ select tests.free_times('maria''s hour', 3) $$, array['09:00', '10:00', '11:00'], 'the step is the coach''s');
select isnt_empty($$ select tests.free_times('maria''s hour', 4) $$, 'until the horizon there are times');
select is_empty($$ select tests.free_times('maria''s hour', 6) $$, 'past it there are none');
select is_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), now() - interval '2 days', now() + interval '2 days') where starts_at < now() $$,
  'nor in the past'
);
select is_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(4), tests.on_day(3)) $$,
  'nor in a window that ends before it begins'
);

select tests.as_admin();
update public.availability_settings set minimum_notice_minutes = 4320, horizon_days = 90;
select tests.sign_out();
select is_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), now(), now() + interval '9 days') where starts_at < now() + interval '3 days' $$,
  'the notice keeps times away'
);
select isnt_empty($$ select tests.free_times('maria''s hour', 4) $$, 'until it is over');
select is_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), now(), now() + interval '80 days') where starts_at > now() + interval '62 days' $$,
  'nobody asks for more than 62 days at a time'
);

/* -- a coach's page: the next few, as a choice of days ------------------------------------------- */

select tests.as_admin();
update public.availability_settings set minimum_notice_minutes = 120, slot_step_minutes = 30;
select tests.create_offer('half hour', coach => 'maria', duration_minutes => 30);
select tests.create_coach('petra', status => 'paused');
select tests.sign_out();
select set_eq(
  $$ select offer_id, count(*), max(per_day) from (
       select offer_id, count(*) over (partition by offer_id, (starts_at at time zone 'America/New_York')::date) as per_day
       from public.next_slots(tests.coach_id('maria'))
     ) as times group by offer_id $$,
  $$ values (tests.id('maria''s hour'), 6::bigint, 2::bigint), (tests.id('half hour'), 6, 2) $$,
  'a visitor sees six times of each offer, at most two of a day'
);
select is_empty(
  $$ select next.starts_at from public.next_slots(tests.coach_id('maria'), 40) as next
     where not exists (
       select from public.available_slots(next.offer_id, next.starts_at, next.starts_at + interval '1 second') as free where free.starts_at = next.starts_at
     ) $$,
  'each of which can be booked'
);
select is_empty($$ select from public.next_slots(tests.coach_id('petra')) $$, 'and none of a coach who paused');

/* -- what is not on sale --------------------------------------------------------------------------- */

select tests.as_admin();
select tests.create_offer('old', coach => 'maria');
update public.offers set archived_at = now() where id = tests.id('old');
select tests.sign_out();
select is_empty($$ select tests.free_times('old', 4) $$, 'an offer that is gone has no times');
select is_empty('select from public.available_slots(gen_random_uuid(), now(), now() + interval ''9 days'')', 'nor has one that never was');
select tests.as_admin();
update public.coaches set status = 'paused' where slug = 'maria';
select tests.sign_out();
select is_empty($$ select tests.free_times('maria''s hour', 4) $$, 'nor has a coach who paused');

select * from finish();
rollback;
