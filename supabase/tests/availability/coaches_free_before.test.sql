begin;
select plan(17);

-- Maria coaches in Texas and is free from noon, Lena in Ohio from two: both on the third day from now only.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
update public.coaches set states = '{OH}', specialties = '{luxury-homes}' where slug = 'lena';
delete from public.weekly_hours;
insert into public.date_overrides (coach_id, day, starts_at, ends_at)
select tests.coach_id(name), (tests.on_day(3) at time zone 'America/New_York')::date, opens, '18:00'
from (values ('maria', time '12:00'), ('lena', time '14:00')) as hours (name, opens);
select tests.create_offer('quick question', coach => 'maria', duration_minutes => 30);
select private.refresh_next_times();

create function tests.helpers(deadline timestamptz) returns text[] language sql stable as $$
  select coalesce(array_agg(slug), '{}') from public.coaches_free_before(deadline);
$$;
grant execute on function tests.helpers to anon;

select tests.sign_out();
select is(tests.helpers(tests.on_day(3, '16:00')), array['maria', 'lena'], 'a visitor sees who can help before a deadline, soonest first');
select is(tests.helpers(tests.on_day(3, '15:00')), array['maria', 'lena'], 'the session is over by then');
select is(tests.helpers(tests.on_day(3, '14:59')), array['maria'], 'to the minute');
select is(tests.helpers(tests.on_day(3, '12:30')), array['maria'], 'a short one may do');
select is(tests.helpers(tests.on_day(3, '12:29')), '{}', 'before that nobody can');
select is(tests.helpers(now() - interval '1 hour'), '{}', 'a deadline that has passed helps nobody');
select results_eq(
  $$ select offer_id, duration_minutes, free_starts from public.coaches_free_before(tests.on_day(3, '16:00')) where slug = 'maria' $$,
  $$ values (tests.id('quick question'), 30, array[tests.on_day(3, '12:00'), tests.on_day(3, '12:30'), tests.on_day(3, '13:00')]) $$,
  'with three times of the shortest session'
);
select is_empty(
  $$ select from public.coaches_free_before(tests.on_day(4)) as found, unnest(found.free_starts) as start
     where not exists (select from public.available_slots(found.offer_id, start, start + interval '1 second')) $$,
  'each of which can be booked'
);
select results_eq($$ select slug from public.coaches_free_before(tests.on_day(4), state => 'OH') $$, array['lena'], 'by state');
select results_eq($$ select slug from public.coaches_free_before(tests.on_day(4), specialty => 'negotiation') $$, array['maria'], 'by what it is about');
select is_empty($$ select slug from public.coaches_free_before(tests.on_day(4), specialty => 'negotiation', state => 'OH') $$, 'or both');
select is_empty($$ select slug from public.coaches_free_before(tests.on_day(4), page_number => 2) $$, 'page by page');

-- Somebody takes all of Maria's day after her next time was found.
select tests.as_admin();
insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
values (tests.coach_id('maria'), 'calendly', '1', tests.on_day(3, '12:00'), tests.on_day(3, '18:00'));
select tests.sign_out();
select is(tests.helpers(tests.on_day(4)), array['lena'], 'a coach whose time has just gone is left out');

-- Twelve more, all after Lena on their day, fill the page; Maria, whose time has gone, still has a place on it.
select tests.as_admin();
select tests.create_coach('extra' || number) from generate_series(10, 21) as number;
delete from public.weekly_hours;
insert into public.date_overrides (coach_id, day, starts_at, ends_at)
select coach.id, (tests.on_day(3) at time zone 'America/New_York')::date, '15:00', '18:00'
from public.coaches as coach where coach.slug like 'extra%';
delete from public.busy_times where external_id = '1';
select private.refresh_next_times();
insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
values (tests.coach_id('maria'), 'calendly', '1', tests.on_day(3, '12:00'), tests.on_day(3, '18:00'));
select tests.sign_out();

select is((select count(*) from public.coaches_free_before(tests.on_day(4))), 11::bigint, 'a page is of twelve, less whose time has gone');
select ok(
  (select bool_and(has_next) from public.coaches_free_before(tests.on_day(4))),
  'which does not hide that there is a page after it'
);
select is(
  (select count(distinct slug) from (
    select slug from public.coaches_free_before(tests.on_day(4))
    union all select slug from public.coaches_free_before(tests.on_day(4), page_number => 2)
  ) as seen),
  13::bigint, 'the pages together have everybody who can help'
);
select ok(
  (select not bool_or(has_next) from public.coaches_free_before(tests.on_day(4), page_number => 2)),
  'and the last one says that it is'
);

select * from finish();
rollback;
