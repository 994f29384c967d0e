/* What admins see of coaches who let clients down: counted from what happened, each time anew. */
begin;
select plan(6);

select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena', 'petra']) as name;

/* A session that the coach called off so many hours before its start, so many days ago. */
create function tests.called_off(name text, coach text, hours integer, days integer, actor public.booking_actor default 'coach') returns void language plpgsql as $$
declare
  v_id uuid := tests.book(name, client => 'dana', offer => coach || '''s hour', starts_at => now() - make_interval(days => days) + make_interval(hours => hours));
begin
  perform private.move_booking(v_id, '{confirmed}', 'cancelled', actor);
  update public.booking_events set created_at = now() - make_interval(days => days) where booking_id = v_id and after = 'cancelled';
end;
$$;

select is_empty('select from admin.coach_strikes()', 'without any strikes nobody is listed');

select tests.called_off('late', 'maria', 23, 3);
select tests.called_off('in time', 'maria', 25, 5);
select tests.called_off('long ago', 'maria', 2, 181);
select tests.called_off('by the client', 'lena', 2, 7, 'client');

-- A request that nobody answered is noted by its events, whoever writes them.
select tests.book('asked', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '4 days', status => 'expired');
insert into public.booking_events (booking_id, actor, before, after) values (tests.id('asked'), 'system', 'requested', 'expired');
insert into public.booking_events (booking_id, actor, before, after) values (tests.id('asked'), 'client', 'requested', 'expired');

-- Two sessions that Petra did not come to; she objects to one.
select tests.book(name, client => 'dana', offer => 'petra''s hour', starts_at => now() - at, status => 'completed')
from (values ('missed', interval '2 days'), ('disputed', interval '3 days')) as session (name, at);
select private.move_booking(tests.id(name), '{completed}', 'no_show_coach', 'system') from unnest(array['missed', 'disputed']) as name;
insert into public.attendance_decisions (booking_id, outcome, sentence, objection_ends_at, objected_by, objection, objected_at)
values (tests.id('disputed'), 'coach_missing', '', now() + interval '1 day', 'coach', 'I was there.', now());

select results_eq(
  'select slug, late_cancellations, no_shows, unanswered_requests, strikes from admin.coach_strikes() order by slug',
  $$ values ('maria', 1, 0, 1, 2), ('petra', 0, 1, 0, 1) $$,
  'late cancellations, no-shows and unanswered requests count; the client''s doing, early ones and old ones do not'
);
select is((select last_strike_at from admin.coach_strikes() where slug = 'petra'), now() - interval '2 days', 'the last one has its day');

update public.attendance_decisions set settled_at = now(), settled_outcome = 'coach_missing' where booking_id = tests.id('disputed');
select is((select no_shows from admin.coach_strikes() where slug = 'petra'), 2, 'an objection that did not help counts');
select private.move_booking(tests.id('disputed'), '{no_show_coach}', 'completed', 'admin');
select is((select no_shows from admin.coach_strikes() where slug = 'petra'), 1, 'one that did takes it away');

select tests.sign_in_as('maria');
select throws_ok('select from admin.coach_strikes()', '42501', null, 'nobody but admins looks');

select * from finish();
rollback;
