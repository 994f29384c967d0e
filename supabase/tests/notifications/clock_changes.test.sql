/*
 * Nights and mornings around the two days on which clocks change (in 2026, 8 March and 1 November at two in the
 * United States): they are those of the reader's clock, an hour shorter or longer.
 */
begin;
select no_plan();

select tests.create_profile('dana');
update public.profiles set time_zone = 'America/New_York' where id = tests.id('dana');

/* When it stops being quiet for Dana at a moment, if it is. */
create function tests.quiet(at timestamptz, quiet_from time default '22:00', quiet_until time default '07:30') returns timestamptz language sql as $$
  update public.profiles set quiet_from = quiet.quiet_from, quiet_until = quiet.quiet_until where id = tests.id('dana');
  select private.quiet_until(profiles, quiet.at) from public.profiles where id = tests.id('dana');
$$;

select is(tests.quiet('2026-03-08 02:59:59Z'), null, 'before the night that loses an hour it is not quiet');
select is(tests.quiet('2026-03-08 03:00Z'), '2026-03-08 11:30Z'::timestamptz, 'it begins at ten, and ends at half past seven by the new time');
select is(tests.quiet('2026-03-08 11:29:59Z'), '2026-03-08 11:30Z'::timestamptz, 'to the second');
select is(tests.quiet('2026-03-08 11:30Z'), null, 'and no later');
select is(tests.quiet('2026-11-01 02:00Z'), '2026-11-01 12:30Z'::timestamptz, 'the night that has an hour twice ends as late by the clock');
select is(tests.quiet('2026-11-01 12:29:59Z'), '2026-11-01 12:30Z'::timestamptz, 'to the second');
select is(tests.quiet('2026-11-01 12:30Z'), null, 'and no later either');
select is(tests.quiet('2026-03-08 06:59Z', '22:00', '02:30'), '2026-03-08 07:30Z'::timestamptz, 'what should end at a time that there is not ends as long after two');
select is(tests.quiet('2026-11-01 05:10Z', '01:00', '01:30'), '2026-11-01 06:30Z'::timestamptz, 'what ends at a time that comes twice ends at the second');
select ok(tests.quiet(at) > at, format('at %s nothing is put off to a time that was', at))
from generate_series('2026-11-01 02:00Z'::timestamptz, '2026-11-01 12:00Z', interval '30 minutes') as at;

select is(private.last_morning('America/New_York', 'daily', '2026-03-08 11:59:59Z'), '2026-03-07 13:00Z'::timestamptz, 'before eight by the new time the last digest was yesterday''s');
select is(private.last_morning('America/New_York', 'daily', '2026-03-08 12:00Z'), '2026-03-08 12:00Z'::timestamptz, 'at eight by the new time it is today''s');
select is(private.last_morning('America/New_York', 'daily', '2026-11-01 12:59:59Z'), '2026-10-31 12:00Z'::timestamptz, 'and so it is when clocks go back');
select is(private.last_morning('America/New_York', 'daily', '2026-11-01 13:00Z'), '2026-11-01 13:00Z'::timestamptz, 'an hour later by the sun');
select is(private.last_morning('America/New_York', 'weekly', '2026-03-09 11:59:59Z'), '2026-03-02 13:00Z'::timestamptz, 'a week over the change begins on Monday at eight');
select is(private.last_morning('America/New_York', 'weekly', '2026-03-09 12:00Z'), '2026-03-09 12:00Z'::timestamptz, 'and ends on Monday at eight');
select is(private.last_morning('America/Phoenix', 'daily', '2026-03-08 15:00Z'), '2026-03-08 15:00Z'::timestamptz, 'where clocks stay, nothing changes');

select * from finish();
rollback;
