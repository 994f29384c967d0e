begin;
select plan(27);

-- Maria and Lena are open around the clock, two hours' notice; Petra is paused.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_coach('petra', status => 'paused');

/* A coach's next time as the card in search shows it. */
create function tests.shown(name text) returns timestamptz language sql stable as $$
  select next_available_at from public.search_coaches() where coach_id = tests.coach_id(name);
$$;
create function tests.stored(name text) returns timestamptz language sql stable as $$
  select next_at from private.next_times where coach_id = tests.coach_id(name);
$$;
/* What it has to be: the first free time of any offer. */
create function tests.truth(name text) returns timestamptz language sql stable as $$
  select min(slot.starts_at)
  from public.offers
  cross join lateral public.available_slots(offers.id, now(), now() + interval '60 days') as slot
  where offers.coach_id = tests.coach_id(name);
$$;

select isnt(tests.truth('maria'), null, 'the file has something to look at');
select is(tests.shown('maria'), tests.truth('maria'), 'search says it before any job came by');
select private.refresh_next_times();
select is(tests.stored('maria'), tests.truth('maria'), 'and the job keeps it');
select is_empty('select from private.calendar_changes', 'with all that was noted');
select is_empty($$ select from private.next_times where coach_id = tests.coach_id('petra') $$, 'a coach who cannot be found has none');

/* -- whatever changes the calendar is seen ------------------------------------------------------ */

select tests.book('next', client => 'dana', offer => 'maria''s hour', starts_at => tests.truth('maria'), status => 'held');
select isnt(tests.truth('maria'), tests.stored('maria'), 'somebody takes the time');
select is(tests.shown('maria'), tests.truth('maria'), 'and search has the one after, at once');
select private.refresh_next_times();
select is(tests.stored('maria'), tests.truth('maria'), 'the job as well');

select tests.let_hold_run_out('next');
select private.expire_holds();
select is(tests.shown('maria'), tests.truth('maria'), 'a hold that lapses gives it back');
select private.refresh_next_times();

create function tests.changes_and_shows(description text, statement text) returns setof text language plpgsql as $$
begin
  execute statement;
  return next is(tests.shown('maria'), tests.truth('maria'), description);
  perform private.refresh_next_times();
end;
$$;
select tests.changes_and_shows('weekly hours', 'update public.weekly_hours set starts_at = ''23:00'' where coach_id = tests.coach_id(''maria'')');
select tests.changes_and_shows('a closed date', 'insert into public.date_overrides (coach_id, day) select tests.coach_id(''maria''), now()::date + days from generate_series(-1, 2) as days');
select tests.changes_and_shows('and open again', 'delete from public.date_overrides');
select tests.changes_and_shows(
  'out of office', 'insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at) values (tests.coach_id(''maria''), now()::date - 1, ''00:00'', now()::date + 12, ''24:00'')'
);
select tests.changes_and_shows('and back', 'delete from public.out_of_office');
select tests.changes_and_shows(
  'travel', 'insert into public.travel_zones (coach_id, first_day, last_day, time_zone) values (tests.coach_id(''maria''), now()::date - 1, now()::date + 3, ''Asia/Tokyo'')'
);
select tests.changes_and_shows(
  'a busy time', 'insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at) values (tests.coach_id(''maria''), ''calendly'', ''1'', now(), now() + interval ''2 days'')'
);
select tests.changes_and_shows('the notice', 'update public.availability_settings set minimum_notice_minutes = 5000');
select tests.changes_and_shows('a longer session alone', 'update public.offers set duration_minutes = 120 where coach_id = tests.coach_id(''maria'')');
select is(tests.shown('maria'), null, 'which does not fit into an hour: nothing is free');
select is(tests.stored('maria'), null, 'the job agrees');
select cmp_ok((select check_at from private.next_times where coach_id = tests.coach_id('maria')), '<=', now() + interval '15 minutes', 'and looks again before long');

/* -- time passes ------------------------------------------------------------------------------------- */

select is(
  (select check_at from private.next_times where coach_id = tests.coach_id('lena')),
  tests.stored('lena') - interval '5000 minutes',
  'a time is looked at again when its notice begins'
) from (select private.refresh_next_times()) as refreshed;
update private.next_times set next_at = now() - interval '1 hour', check_at = now() - interval '1 minute' where coach_id = tests.coach_id('lena');
select is(tests.shown('lena'), tests.truth('lena'), 'one that has passed is not shown');
update private.next_times set check_at = now() + interval '1 day' where coach_id = tests.coach_id('maria');
select private.refresh_next_times();
select is(tests.stored('lena'), tests.truth('lena'), 'and found again');
select is((select check_at from private.next_times where coach_id = tests.coach_id('maria')), now() + interval '1 day', 'nobody else''s calendar is looked at');

/* -- soonest first ------------------------------------------------------------------------------------- */

update public.weekly_hours set starts_at = '00:00' where coach_id = tests.coach_id('maria');
select private.refresh_next_times();
select results_eq(
  $$ select slug from public.search_coaches(sort => 'soonest') $$,
  $$ select slug from public.coaches where status = 'approved' order by tests.truth(slug), id $$,
  'search can be in the order of the next time'
);
update public.coaches set status = 'paused' where slug = 'lena';
select private.refresh_next_times();
select is_empty($$ select from private.next_times where coach_id = tests.coach_id('lena') $$, 'who pauses is not waited for');

select * from finish();
rollback;
