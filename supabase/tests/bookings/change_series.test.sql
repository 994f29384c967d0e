/* Cancelling and moving one session of a series, or that one and all that follow. */
begin;
select plan(58);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.create_host(name) from unnest(array['host 1', 'host 2']) as name;

/* Ten o'clock by Maria's clock, so many weeks after the day after tomorrow. */
create function tests.week(number integer) returns timestamptz language sql as $$
  select tests.on_day(2 + 7 * number);
$$;
create function tests.weeks(variadic numbers integer[]) returns timestamptz[] language sql as $$
  select array_agg(tests.week(number)) from unnest(numbers) as number;
$$;
create function tests.standing(series text) returns text language sql as $$
  select string_agg(bookings.status::text, ' ' order by position) || ', ' || max(orders.status::text)
  from public.bookings join public.orders on orders.id = order_id
  where order_id = tests.order_id(series || ' 1');
$$;
create function tests.starts(series text) returns timestamptz[] language sql security definer set search_path = '' as $$
  select array_agg(starts_at order by position) from public.bookings where order_id = tests.order_id(series || ' 1');
$$;
create function tests.refunded(series text) returns text[] language sql as $$
  select array_agg(bookings.position || ' ' || reason || ' ' || refunds.amount_cents order by bookings.position)
  from public.refunds join public.bookings on bookings.id = booking_id
  where refunds.order_id = tests.order_id(series || ' 1');
$$;
create function tests.mails(series text, kind text) returns bigint language sql as $$
  select count(*) from public.notifications
  where notifications.kind = mails.kind and booking_id in (select id from public.bookings where order_id = tests.order_id(series || ' 1'));
$$;
create function tests.live_meetings(series text) returns bigint language sql as $$
  select count(*) from public.meetings
  where status <> 'cancelled' and booking_id in (select id from public.bookings where order_id = tests.order_id(series || ' 1'));
$$;
grant execute on all functions in schema tests to anon, authenticated;

/* -- cancel this one -------------------------------------------------------------------------------------- */

select tests.book_series('one', 'dana', 'maria''s hour', tests.weeks(0, 1, 2));
select tests.sign_in_as('dana');
select is((select refund_cents from public.refund_quote(tests.id('one 2'))), 10000, 'one session comes back with its own price');
select is(public.cancel_booking(tests.id('one 2'), 10000, 'A closing'), 10000, 'and is cancelled');
select tests.as_admin();
select is(tests.standing('one'), 'confirmed cancelled confirmed, paid', 'the others stand');
select is(tests.refunded('one'), array['2 client_cancelled 10000'], 'only its price goes back');
select is(tests.live_meetings('one'), 2::bigint, 'only its meeting goes');
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('one 3'), 10000);
select is(public.cancel_booking(tests.id('one 1'), 10000), 10000, 'the last one, too, comes back with its own price');
select tests.as_admin();
select is(tests.refunded('one'), array['1 client_cancelled 10000', '2 client_cancelled 10000', '3 client_cancelled 10000'], 'a refund each, for the same reason and of one payment');
select is(tests.standing('one'), 'cancelled cancelled cancelled, refunded', 'the parts are the whole');

/* -- cancel this one and all that follow ---------------------------------------------------------------------- */

select tests.book_series('rest', 'dana', 'maria''s hour', tests.weeks(0, 1, 2, 3, 4));
select tests.move_booking('rest 2', now() + interval '6 hours'); -- Too late for all of it.

select tests.sign_in_as('omar');
select is_empty($$ select from public.following_refund_quotes(tests.id('rest 2')) $$, 'a stranger is told nothing');
select throws_ok($$ select public.cancel_booking(tests.id('rest 2'), 0, and_following => true) $$, 'OBNFD', null, 'and cancels nothing');
select tests.sign_out();
select throws_ok($$ select from public.following_refund_quotes(tests.id('rest 2')) $$, '42501', null, 'a visitor does not even ask');

select tests.sign_in_as('maria');
select results_eq(
  $$ select session_id, refund_cents from public.following_refund_quotes(tests.id('rest 3')) $$,
  $$ values (tests.id('rest 3'), 10000), (tests.id('rest 4'), 10000), (tests.id('rest 5'), 10000) $$, 'the coach sees what comes back of each'
);
select tests.sign_in_as('dana');
select results_eq(
  $$ select session_id, refund_cents from public.following_refund_quotes(tests.id('rest 2')) $$,
  $$ values (tests.id('rest 2'), 5000), (tests.id('rest 1'), 10000), (tests.id('rest 3'), 10000), (tests.id('rest 4'), 10000), (tests.id('rest 5'), 10000) $$,
  'and so does the client, by how soon each is'
);
select public.cancel_booking(tests.id('rest 4'), 10000);
select throws_ok(
  $$ select public.cancel_booking(tests.id('rest 2'), 45000, and_following => true) $$, 'OBQTE', null, 'another amount than they saw is not what they agreed to'
);
select is(public.cancel_booking(tests.id('rest 2'), 35000, 'Moving away', true), 35000, 'the sum is what they saw');
select tests.as_admin();
select is(tests.standing('rest'), 'cancelled cancelled cancelled cancelled cancelled, paid', 'all that were still to come are cancelled');
select is(
  tests.refunded('rest'),
  array['1 client_cancelled 10000', '2 client_cancelled 5000', '3 client_cancelled 10000', '4 client_cancelled 10000', '5 client_cancelled 10000'],
  'each with its own refund'
);
select is((select count(*) from public.notifications where kind = 'booking_cancelled' and booking_id = tests.id('rest 2')), 2::bigint, 'and both parties get one mail');
select is(tests.mails('rest', 'booking_cancelled'), 4::bigint, 'besides those of the one before');
select is(tests.live_meetings('rest'), 0::bigint, 'no meeting is left');
select is((select count(distinct dedupe_key) from private.outbox join public.refunds on payload ->> 'refund_id' = refunds.id::text where refunds.order_id = tests.order_id('rest 1')), 5::bigint, 'Stripe is asked for each refund');
select tests.sign_in_as('dana');
select throws_ok($$ select public.cancel_booking(tests.id('rest 2'), 0, and_following => true) $$, 'OBNCX', null, 'a second time there is nothing to cancel');
select tests.as_admin();

select tests.book_series('by coach', 'dana', 'maria''s hour', tests.weeks(0, 1, 2));
select tests.move_booking('by coach 1', now() - interval '2 hours');
select private.complete_bookings();
select tests.sign_in_as('maria');
select is(public.cancel_booking(tests.id('by coach 2'), 20000, 'Ill', true), 20000, 'when the coach cancels all that follow all of it comes back');
select tests.as_admin();
select is(tests.standing('by coach'), 'completed cancelled cancelled, paid', 'what was held is paid for');
select tests.sign_in_as('maria');
select results_eq(
  $$ select paid_cents, refunded_cents, fee_cents, share_cents from public.coach_earnings() where booking_id in (tests.id('by coach 1'), tests.id('by coach 2')) order by starts_at $$,
  $$ values (10000, 0, 1500, 8500), (10000, 10000, 0, 0) $$, 'and earned'
);
select tests.as_admin();
select private.refund_missed_session(bookings) from public.bookings where id = tests.id('by coach 1');
select is(tests.refunded('by coach'), array['1 coach_no_show 10000', '2 coach_cancelled 10000', '3 coach_cancelled 10000'], 'a session that the coach missed gives back its price');

select tests.book_series('by admin', 'dana', 'maria''s hour', tests.weeks(0, 1, 2));
select is(admin.cancel_booking(tests.id('by admin 2'), 'Asked by phone.', true), 20000, 'an admin can do it, too');
select is(tests.standing('by admin'), 'confirmed cancelled cancelled, paid', 'from a session on');
select admin.cancel_booking(tests.id('by admin 1'), 'And the first.');

/* -- move this one ------------------------------------------------------------------------------------------------ */

select tests.book_series('moving', 'dana', 'maria''s hour', tests.weeks(0, 1, 2, 3));
update public.orders set client_moves = 20 where id = tests.order_id('moving 1');
select tests.sign_in_as('dana');
select public.reschedule_booking(tests.id('moving 2'), tests.week(1) + interval '1 day');
select is(tests.starts('moving'), array[tests.week(0), tests.week(1) + interval '1 day', tests.week(2), tests.week(3)], 'one moves alone');

/* -- move this one and all that follow -------------------------------------------------------------------------------- */

select tests.sign_in_as('omar');
select is_empty($$ select from public.following_moves(tests.id('moving 2'), tests.week(1)) $$, 'a stranger is told nothing');
select throws_ok($$ select public.reschedule_booking(tests.id('moving 2'), tests.week(1), and_following => true) $$, 'OBNFD', null, 'and moves nothing');
select tests.sign_out();
select throws_ok($$ select from public.following_moves(tests.id('moving 2'), tests.week(1)) $$, '42501', null, 'a visitor does not even ask');
select tests.as_admin();

select tests.book('in the way', client => 'omar', offer => 'maria''s hour', starts_at => tests.week(3) + interval '2 hours');
select tests.sign_in_as('dana');
select results_eq(
  $$ select session_id, moved_from, starts_at, is_free from public.following_moves(tests.id('moving 2'), tests.week(1) + interval '2 hours') $$,
  $$ values (tests.id('moving 2'), tests.week(1) + interval '1 day', tests.week(1) + interval '2 hours', true),
       (tests.id('moving 3'), tests.week(2), tests.week(2) - interval '22 hours', true),
       (tests.id('moving 4'), tests.week(3), tests.week(3) - interval '22 hours', true) $$,
  'all move by as much, and it is shown before'
);
select results_eq(
  $$ select starts_at, is_free from public.following_moves(tests.id('moving 3'), tests.week(2) + interval '2 hours') $$,
  $$ values (tests.week(2) + interval '2 hours', true), (tests.week(3) + interval '2 hours', false) $$, 'with what is not free'
);
select throws_ok(
  $$ select public.reschedule_booking(tests.id('moving 3'), tests.week(2) + interval '2 hours', and_following => true) $$, 'OBDAT',
  format('Nothing is moved, because not every new time is free: %s.',
    to_char((tests.week(3) + interval '2 hours') at time zone (select time_zone from public.profiles where id = tests.id('dana')), 'FMDay, FMMonth FMDD "at" FMHH12:MI AM')),
  'then nothing moves, and what is in the way is named'
);
select is(tests.starts('moving'), array[tests.week(0), tests.week(1) + interval '1 day', tests.week(2), tests.week(3)], 'not one of them');

select lives_ok($$ select public.reschedule_booking(tests.id('moving 1'), tests.week(1), 'A week later', true) $$, 'each may take the place of the next');
select is(tests.starts('moving'), array[tests.week(1), tests.week(2) + interval '1 day', tests.week(3), tests.week(4)], 'later by a week');
select tests.as_admin();
select is((select count(*) from public.notifications where kind = 'booking_moved' and booking_id = tests.id('moving 1')), 2::bigint, 'both get one mail');
select is(tests.mails('moving', 'booking_moved'), 4::bigint, 'besides those of the one before');
select is((select array_agg(starts_at order by starts_at) from public.meetings where booking_id in (select id from public.bookings where order_id = tests.order_id('moving 1')) and status <> 'cancelled'), array[tests.week(1), tests.week(2) + interval '1 day', tests.week(3), tests.week(4)], 'the meetings come along');
select is((select array_agg(detail ->> 'reason') from public.booking_events where detail ->> 'reason' = 'A week later'), array_fill('A week later'::text, array[4]), 'each is noted');
select is(private.returned_cents(tests.order_id('moving 1')), 0, 'and no money moves');
select tests.sign_in_as('maria');
select lives_ok($$ select public.reschedule_booking(tests.id('moving 1'), tests.week(0), and_following => true) $$, 'and back, by the coach');
select is(tests.starts('moving'), array[tests.week(0), tests.week(1) + interval '1 day', tests.week(2), tests.week(3)], 'earlier by a week');
select is((select sum(refund_cents) from public.following_refund_quotes(tests.id('moving 1'))), 40000::bigint, 'what the coach moved comes back until it starts');
select throws_ok($$ select public.reschedule_booking(tests.id('moving 1'), tests.week(0), and_following => true) $$, 'OBTIM', null, 'the time they have is no other');

select results_eq(
  $$ select distinct starts_at from public.move_slots(tests.id('moving 1'), tests.week(1) + interval '1 day', tests.week(1) + interval '1 day 1 minute', true) $$,
  $$ values (tests.week(1) + interval '1 day') $$, 'the times to choose from include those of what moves along'
);
select is_empty(
  $$ select from public.move_slots(tests.id('moving 1'), tests.week(1) + interval '1 day', tests.week(1) + interval '1 day 1 minute') $$, 'and not when it moves alone'
);
select tests.as_admin();

/* -- the limits of each ------------------------------------------------------------------------------------------------- */

update public.orders set client_moves = 2 where id = tests.order_id('moving 1');
select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.reschedule_booking(tests.id('moving 1'), tests.week(0) + interval '3 hours', and_following => true) $$, 'OBNMV',
  format('Nothing is moved, because you cannot move every session that follows: %s.',
    to_char((tests.week(1) + interval '1 day') at time zone (select time_zone from public.profiles where id = tests.id('dana')), 'FMDay, FMMonth FMDD "at" FMHH12:MI AM')),
  'one that was moved as often as may be keeps the rest in place, and is named'
);
select tests.as_admin();
select tests.move_booking('moving 1', now() + interval '3 hours');
select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.reschedule_booking(tests.id('moving 1'), tests.week(0), and_following => true) $$, 'OBNMV',
  'It is too close to the start to move this session. You can still cancel it, or write to each other.', 'nor does one that is too close'
);
select tests.as_admin();
select admin.cancel_booking(tests.id('in the way'), 'Out of the way.');
update public.availability_settings set max_sessions_per_week = 1;
select tests.sign_in_as('maria');
select lives_ok($$ select public.reschedule_booking(tests.id('moving 3'), tests.week(3), and_following => true) $$, 'a limit of one a week does not keep them from following each other');
select tests.as_admin();
update public.availability_settings set max_sessions_per_week = null;

/* -- over the clock changes ------------------------------------------------------------------------------------------------ */

select results_eq(
  $$ select zone, week, start at time zone zone
     from unnest(array['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/St_Johns']) as zone
     cross join lateral (values (timestamp '2027-03-01 09:00'), (timestamp '2027-10-01 09:00')) as first (local)
     cross join lateral private.weekly_starts(first.local at time zone zone, zone, 12) as weekly (week, start)
     where start at time zone zone <> first.local + make_interval(weeks => week) $$,
  'select ''''::text, 0, now()::timestamp where false', 'twelve weeks over either change keep the wall time'
);
select is((select count(distinct start - lag) from (select start, lag(start) over (order by start) as lag from private.weekly_starts(timestamp '2027-03-01 09:00' at time zone 'America/New_York', 'America/New_York', 4) as weekly (week, start)) as steps where lag is not null), 2::bigint, 'though one of them is an hour shorter');
select results_eq(
  $$ select start at time zone 'America/New_York' from private.weekly_starts(timestamp '2027-03-07 02:30' at time zone 'America/New_York', 'America/New_York', 3) as weekly (week, start) $$,
  $$ values (timestamp '2027-03-07 02:30'), ('2027-03-14 03:30'), ('2027-03-21 02:30') $$, 'a wall time that is skipped comes later that day, and only then'
);
select results_eq(
  $$ select start from private.weekly_starts('2027-11-07 05:30+00', 'America/New_York', 2) as weekly (week, start) $$,
  $$ values (timestamptz '2027-11-07 05:30+00'), ('2027-11-14 06:30+00') $$, 'the first of two equal wall times is the one that was chosen'
);

alter table public.availability_settings drop constraint availability_settings_horizon;
update public.availability_settings set horizon_days = 3000, minimum_notice_minutes = 0;
create temp table changes as
select change, min(day) - 8 as first_day
from (
  select day::date,
    case when ((day::date + 1)::timestamp at time zone 'America/New_York') - (day::date::timestamp at time zone 'America/New_York') < interval '24 hours' then 'forward' else 'back' end as change
  from generate_series(now()::date + 60, now()::date + 460, interval '1 day') as day
  where ((day::date + 1)::timestamp at time zone 'America/New_York') - (day::date::timestamp at time zone 'America/New_York') <> interval '24 hours'
) as days
group by change;
grant select on changes to authenticated;
select tests.book_series(change, 'dana', 'maria''s hour', array(
  select starts_at from public.series_dates(tests.id('maria''s hour'), (first_day + time '09:00') at time zone 'America/New_York', 3)
)) from changes;
select set_eq(
  $$ select change, position, (starts_at at time zone 'America/New_York') - first_day from changes, public.bookings where order_id = tests.order_id(change || ' 1') $$,
  $$ select change, week + 1, make_interval(days => 7 * week, hours => 9) from unnest(array['forward', 'back']) as change, generate_series(0, 2) as week $$,
  'a series booked over either change is at nine each week by the coach''s clock'
);
select tests.sign_in_as('maria');
select public.reschedule_booking(tests.id(change || ' 1'), (first_day + 2 + time '14:30') at time zone 'America/New_York', '', true) from changes;
select tests.as_admin();
select set_eq(
  $$ select change, position, (starts_at at time zone 'America/New_York') - first_day as at, ends_at - starts_at as length from changes, public.bookings where order_id = tests.order_id(change || ' 1') $$,
  $$ select change, week + 1, make_interval(days => 2 + 7 * week, hours => 14, mins => 30), interval '1 hour' from unnest(array['forward', 'back']) as change, generate_series(0, 2) as week $$,
  'and moved, at half past two, two days later, on both sides of it'
);

select * from finish();
rollback;
