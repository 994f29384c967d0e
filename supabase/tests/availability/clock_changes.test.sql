/*
 * Both nights on which clocks change, for a coach who works through them. Their dates are
 * fixed and may be far ahead, so the horizon's limit is lifted for this file.
 */
begin;
select plan(12);

select tests.create_coach('maria');
select tests.create_offer('half hour', coach => 'maria', duration_minutes => 30);
alter table public.availability_settings drop constraint availability_settings_horizon;
update public.availability_settings set horizon_days = 3000;
update public.weekly_hours set starts_at = '00:00', ends_at = '06:00';

/* The next New York midnight before clocks go `forward` or back: second Sunday of March, first of November. */
create temp table nights as
select change, min(midnight) as midnight
from (
  select case when lead(midnight) over (order by day) - midnight < interval '24 hours' then 'forward' else 'back' end as change,
    midnight, lead(midnight) over (order by day) - midnight as length
  from (
    select day, (day::date + time '00:00') at time zone 'America/New_York' as midnight
    from generate_series(now()::date + 2, now()::date + 500, interval '1 day') as day
  ) as days
) as lengths
where length <> interval '24 hours'
group by change;

create temp table slots as
select change, midnight, slot.*
from nights
cross join lateral public.available_slots(tests.id('maria''s hour'), midnight, midnight + interval '12 hours') as slot;

select set_eq('select change from nights', array['forward', 'back'], 'the file looks at both changes');
select results_eq(
  'select count(*)::integer from slots where change = ''forward''', array[9],
  'midnight to six is five hours when clocks go forward: nine starts for an hour'
);
select results_eq('select count(*)::integer from slots where change = ''back''', array[13], 'and seven hours when they go back: thirteen');
select is_empty('select from slots where ends_at - starts_at <> interval ''1 hour''', 'every one of them is an hour long');
select is_empty('select starts_at from slots group by starts_at having count(*) > 1', 'and none is offered twice');
select is_empty(
  $$ select starts_at from slots where to_char(starts_at at time zone 'America/New_York', 'HH24:MI') between '02:00' and '02:59' and change = 'forward' $$,
  'none starts in the hour that does not exist'
);
select results_eq(
  $$ select to_char(max(ends_at) at time zone 'America/New_York', 'HH24:MI') from slots group by change $$, array['06:00', '06:00'],
  'and the last ends at six by the coach''s clock'
);
select is_empty(
  $$ select starts_at from slots, public.offers where offers.id = tests.id('maria''s hour') and not private.is_offered(offers, slots.starts_at) $$,
  'every time that is offered can be booked'
);

/* -- a block that ends where the clock skips a time, or shows it twice --------------------------------- */

update public.weekly_hours set ends_at = '01:30';
insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
select coach_id, weekday, '01:30', '02:30' from public.weekly_hours;

create temp table split as
select change, slot.*
from nights
cross join lateral public.available_slots(tests.id('half hour'), midnight, midnight + interval '12 hours') as slot;

select is_empty('select starts_at from split group by starts_at having count(*) > 1', 'two blocks that meet in it offer no time twice');
select is_empty(
  'select a.starts_at from split as a join split as b on a.starts_at < b.starts_at and b.starts_at < a.ends_at where a.starts_at + interval ''30 minutes'' > b.starts_at',
  'nor two times that overlap'
);
select is_empty(
  $$ select starts_at from split where (ends_at at time zone 'America/New_York')::time not between '00:30' and '02:30' $$,
  'and none that the coach''s clock shows outside the hours'
);
select results_eq('select count(*) > 0 from split group by change', array[true, true], 'on both nights there are some');

select * from finish();
rollback;
