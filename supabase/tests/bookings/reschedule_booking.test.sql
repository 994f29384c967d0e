/* A session moves to another time: by whom, until when, how often; what stays and what follows. */
begin;
select plan(57);

-- Dana has sessions with Maria, in three days and at other distances. Lena coaches as well; Zoe looks on.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('session', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('other', client => 'zoe', offer => 'maria''s hour', starts_at => tests.on_day(3, '12:00'));
select tests.book('over', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('begun', client => 'dana', offer => 'maria''s hour', starts_at => now());
select tests.book('near', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '23 hours 59 minutes');
select tests.book('held', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6), status => 'held');

/* -- what is refused ------------------------------------------------------------------------------ */

select tests.sign_out();
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(4)) $$, '42501', null, 'a visitor moves nothing');
select throws_ok($$ select public.move_terms(tests.id('session')) $$, '42501', null, 'nor reads what they may');
select throws_ok($$ select public.move_slots(tests.id('session'), now(), now() + interval '1 day') $$, '42501', null, 'nor where to');
select tests.sign_in_as('zoe');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(4)) $$, 'OBNFD', null, 'a stranger moves nothing');
select throws_ok($$ select public.reschedule_booking(gen_random_uuid(), tests.on_day(4)) $$, 'OBNFD', null, 'which looks the same as what is not there');
select is_empty($$ select from public.move_terms(tests.id('session')) $$, 'a stranger reads no terms');
select is_empty($$ select from public.move_slots(tests.id('session'), now(), now() + interval '9 days') $$, 'and no times');
select throws_ok($$ select admin.reschedule_booking(tests.id('session'), tests.on_day(4), '') $$, '42501', null, 'nobody moves as an admin over the API');

select tests.sign_in_as('dana');
select throws_ok(format($$ select public.reschedule_booking(tests.id(%L), tests.on_day(4)) $$, booking), 'OBNMV', null, format('what is %s is not moved', booking))
from unnest(array['over', 'begun', 'held']) as booking;
select throws_ok($$ select public.reschedule_booking(tests.id('near'), tests.on_day(4)) $$, 'OBNMV', null, 'a client does not move what is less than a day away');
select results_eq($$ select refusal is null, moves_left from public.move_terms(tests.id('near')) $$, $$ values (false, 2) $$, 'and reads so before');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(3)) $$, 'OBTIM', null, 'the time it has is no other time');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(4, '10:07')) $$, 'OBTIM', null, 'nor is one that is not offered');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), now() - interval '1 day') $$, 'OBTIM', null, 'nor one that is past');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), null) $$, 'OBTIM', null, 'nor none at all');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(3, '11:30')) $$, 'OBTKN', null, 'a time that somebody has is taken');
select tests.as_admin();
insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
values (tests.coach_id('maria'), 'calendly', 'dentist', tests.on_day(5, '10:00'), tests.on_day(5, '10:15'));
select tests.sign_in_as('dana');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(5)) $$, 'OBTIM', null, 'one at which the coach is busy elsewhere is not offered');
select results_eq($$ select starts_at from public.bookings where id = tests.id('session') $$, $$ values (tests.on_day(3)) $$, 'all the while it stays where it was');

/* -- the times to choose from -------------------------------------------------------------------------- */

select results_eq(
  $$ select starts_at from public.move_slots(tests.id('session'), tests.on_day(3, '09:00'), tests.on_day(3, '14:00')) $$,
  $$ values (tests.on_day(3, '09:00')), (tests.on_day(3, '09:30')), (tests.on_day(3, '10:30')), (tests.on_day(3, '11:00')), (tests.on_day(3, '13:00')), (tests.on_day(3, '13:30')) $$,
  'its own time counts as free, but for the one start it has'
);
select is_empty($$ select from public.move_slots(tests.id('session'), tests.on_day(5, '09:30'), tests.on_day(5, '10:15')) $$, 'not at which the coach is busy');
select results_eq(
  $$ select refusal, move_until, moves_left, full_until from public.move_terms(tests.id('session'), tests.on_day(4)) $$,
  $$ values (null::text, tests.on_day(3) - interval '1 day', 2, tests.on_day(4) - interval '1 day') $$,
  'a client reads until when, how often, and what follows'
);

/* -- the client moves ---------------------------------------------------------------------------------- */

select lives_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(3, '10:30'), ' The seller is late ') $$, 'a client moves it, also into a part of its own time');
select tests.as_admin();
select results_eq(
  $$ select status, starts_at, ends_at, sequence, moved_by, moved_at from public.bookings where id = tests.id('session') $$,
  $$ values ('confirmed'::public.booking_status, tests.on_day(3, '10:30'), tests.on_day(3, '11:30'), 1, 'client'::public.booking_actor, now()) $$,
  'it is as long as before, and calendars must learn of it'
);
select results_eq(
  $$ select actor, actor_id, before, after, (detail ->> 'from')::timestamptz, (detail ->> 'to')::timestamptz, detail ->> 'reason' from public.booking_events where booking_id = tests.id('session') order by id desc limit 1 $$,
  $$ values ('client'::public.booking_actor, tests.id('dana'), 'confirmed'::public.booking_status, 'confirmed'::public.booking_status, tests.on_day(3), tests.on_day(3, '10:30'), 'The seller is late') $$,
  'it is noted by whom, from when, to when and why'
);
select results_eq($$ select status::text from public.orders where id = tests.order_id('session') $$, array['paid'], 'the payment stays');
select is_empty($$ select from public.refunds where order_id = tests.order_id('session') $$, 'and nothing goes back');
select results_eq(
  $$ select starts_at, ends_at from public.meetings where booking_id = tests.id('session') and status <> 'cancelled' $$,
  $$ values (tests.on_day(3, '10:30'), tests.on_day(3, '11:30')) $$,
  'the meeting comes along'
);
select set_eq(
  $$ select recipient_id from public.notifications where kind = 'booking_moved' and booking_id = tests.id('session') and version = 2 $$,
  array[tests.id('dana'), tests.id('maria')],
  'both are told'
);
select results_eq(
  $$ select (work #>> '{booking,sessions,0,starts_at}')::timestamptz, (work -> 'booking' ->> 'moved_from')::timestamptz, work -> 'booking' ->> 'move_reason', work #>> '{booking,sessions,0,sequence}'
     from public.notifications cross join lateral (select private.mail_work(notifications.id) as work) as mail where kind = 'booking_moved' and recipient_id = tests.id('maria') $$,
  $$ values (tests.on_day(3, '10:30'), tests.on_day(3), 'The seller is late', '1') $$,
  'with the time it had and the time it has'
);
select isnt_empty(
  $$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(3, '09:30'), tests.on_day(3, '09:31')) $$,
  'the time it had is free again'
);

select tests.sign_in_as('dana');
select lives_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(4)) $$, 'a second time');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(6, '15:00')) $$, 'OBNMV', null, 'but not a third');
select is((select moves_left from public.move_terms(tests.id('session'))), 0, 'none is left');
select is((select is_movable from public.session_details(tests.id('session'))), false, 'and the page offers none');
select tests.as_admin();
select is(private.mail_work(id), null, 'a mail of the first move that has not left is out of date')
from public.notifications where kind = 'booking_moved' and version = 2 and recipient_id = tests.id('dana');

/* -- the coach moves ----------------------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select results_eq($$ select refusal, moves_left from public.move_terms(tests.id('near')) $$, $$ values (null::text, null::integer) $$, 'a coach may until the start, any number of times');
select lives_ok($$ select public.reschedule_booking(tests.id('near'), tests.on_day(4, '15:00'), 'The dentist') $$, 'and does');
select lives_ok($$ select public.reschedule_booking(tests.id('near'), tests.on_day(4, '16:00')) $$, 'once more');
select lives_ok($$ select public.reschedule_booking(tests.id('near'), tests.on_day(4, '17:00')) $$, 'and again');
select throws_ok($$ select public.reschedule_booking(tests.id('begun'), tests.on_day(4)) $$, 'OBNMV', null, 'but not what has begun');
select tests.sign_in_as('lena');
select throws_ok($$ select public.reschedule_booking(tests.id('session'), tests.on_day(7)) $$, 'OBNFD', null, 'another coach is a stranger');

/* -- an admin moves -------------------------------------------------------------------------------------- */

select tests.as_admin();
select lives_ok($$ select admin.reschedule_booking(tests.id('session'), tests.on_day(7), 'Asked by phone') $$, 'an admin moves what nobody else may');
select results_eq($$ select moved_by::text, sequence from public.bookings where id = tests.id('session') $$, $$ values ('admin', 3) $$, 'and it is noted so');
select throws_ok($$ select admin.reschedule_booking(gen_random_uuid(), tests.on_day(7), '') $$, 'OBNMV', null, 'but not what is not there');

/* -- what comes back afterwards --------------------------------------------------------------------------- */

select tests.move_booking('session', now() + interval '1 hour');
select tests.sign_in_as('dana');
select results_eq(
  $$ select refund_cents, full_until = (select starts_at from public.bookings where id = tests.id('session')) from public.refund_quote(tests.id('session')) $$,
  $$ values (10000, true) $$,
  'who did not choose the time gets all of it back until the start'
);

-- A coach whose policy lets a session be moved until the start.
select tests.as_admin();
select tests.book('late', client => 'dana', offer => 'lena''s hour', starts_at => now() + interval '5 hours');
update public.orders set client_move_minutes = 0 where id in (tests.order_id('late'));
select tests.sign_in_as('dana');
select is((select full_until from public.move_terms(tests.id('late'), tests.on_day(9))), null, 'who moves in the time of half a refund reads that no full one follows');
select lives_ok($$ select public.reschedule_booking(tests.id('late'), tests.on_day(9)) $$, 'moves it a week ahead');
select results_eq(
  $$ select refund_cents, full_until <= now(), partial_until = tests.on_day(9) - interval '4 hours' from public.refund_quote(tests.id('late')) $$,
  $$ values (5000, true, true) $$,
  'and gets no more than half back, then as before'
);
select tests.as_admin();
select tests.move_booking('late', now() + interval '1 hour');
select tests.sign_in_as('dana');
select is((select refund_cents from public.refund_quote(tests.id('late'))), 0, 'counted from the new start');
select lives_ok($$ select public.reschedule_booking(tests.id('late'), tests.on_day(9)) $$, 'who moves it when nothing comes back');
select results_eq($$ select refund_cents, full_until <= now(), partial_until <= now() from public.refund_quote(tests.id('late')) $$, $$ values (0, true, true) $$, 'gets nothing back');
select is(public.cancel_booking(tests.id('late'), 0), 0, 'also by cancelling it');

/* -- reminded anew ---------------------------------------------------------------------------------------- */

select tests.as_admin();
select tests.book('reminded', client => 'zoe', offer => 'lena''s hour', starts_at => now() + interval '24 hours');
update public.bookings set confirmed_at = now() - interval '9 days' where id = tests.id('reminded');
select private.queue_due_notices();
select tests.sign_in_as('lena');
select public.reschedule_booking(tests.id('reminded'), tests.on_day(8));
select tests.as_admin();
select is(private.mail_work(id), null, 'a reminder of the old time that has not left does not leave')
from public.notifications where kind = 'session_reminder' and booking_id = tests.id('reminded') and recipient_id = tests.id('zoe');
select tests.move_booking('reminded', now() + interval '23 hours');
select private.queue_due_notices();
select is((select count(*) from public.notifications where kind = 'session_reminder' and booking_id = tests.id('reminded')), 2::bigint, 'who was told of the new time a moment ago is not reminded of it');
update public.bookings set moved_at = now() - interval '1 day' where id = tests.id('reminded');
select private.queue_due_notices();
select private.queue_due_notices();
select results_eq(
  $$ select version, count(*) from public.notifications where kind = 'session_reminder' and booking_id = tests.id('reminded') group by version order by version $$,
  $$ values (1, 2::bigint), (2, 2::bigint) $$,
  'others are, once'
);

select * from finish();
rollback;
