begin;
select plan(46);

-- Maria sells an hour that is booked as "Hour" at Calendly.
select tests.create_profile(name) from unnest(array['dana', 'mallory']) as name;
select tests.create_coach('maria');
select tests.connect_calendly('maria');
insert into public.calendly_offers (lineage_id, coach_id, event_type_id)
select offers.lineage_id, offers.coach_id, calendly_event_types.id
from public.offers
join public.calendly_event_types on calendly_event_types.coach_id = offers.coach_id and calendly_event_types.name = 'Hour'
where offers.id = tests.id('maria''s hour');

create function tests.work(topic text) returns jsonb language sql as $$
  select public.outbox_work(outbox.id) from private.outbox where outbox.topic = work.topic and outbox.status = 'pending' order by outbox.id desc limit 1;
$$;
create function tests.finish(topic text, result jsonb) returns void language sql as $$
  select public.complete_outbox(outbox.id, finish.result) from private.outbox where outbox.topic = finish.topic and outbox.status = 'pending' order by outbox.id desc limit 1;
$$;
create function tests.event_statuses(booking text) returns text[] language sql as $$
  select array_agg(calendly_events.status::text order by calendly_events.status::text)
  from private.calendly_events where calendly_events.booking_id = tests.id(booking);
$$;

/* The factory books at some time and moves the booking to the one wanted: what that leaves is not the story. */
create function tests.book_there(name text, starts_at timestamptz, status public.booking_status default 'confirmed') returns void language sql as $$
  select tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => starts_at, status => status);
  delete from private.calendly_events where calendly_events.booking_id = tests.id(book_there.name) and calendly_events.status = 'cancelling';
  delete from private.outbox where outbox.topic = 'calendly.cancel_event' and outbox.status = 'pending';
$$;

/* -- a booking made here ----------------------------------------------------------------- */

select tests.book_there('first', tests.on_day(3, '10:00'));
select is(tests.event_statuses('first'), array['pending'], 'a booking that is confirmed is to be written at Calendly');
select is(tests.work('calendly.create_event') ->> 'booking_id', tests.id('first')::text, 'under its id');
select is(tests.work('calendly.create_event') ->> 'event_type_uri', 'https://api.calendly.test/event_types/maria-hour', 'as the event type that was chosen');
select is(tests.work('calendly.create_event') ->> 'email', 'dana@example.com', 'for the client');
select tests.finish('calendly.create_event', '{"event_uri": "https://c.test/e1", "invitee_uri": "https://c.test/i1"}');
select is(tests.event_statuses('first'), array['created'], 'and then is');

select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria') || jsonb_build_object('busy_times', jsonb_build_array(
  jsonb_build_object('id', 'https://c.test/e1', 'starts_at', tests.on_day(3, '10:00'), 'ends_at', tests.on_day(3, '11:00')))));
select is_empty('select from public.busy_times', 'our own event there keeps nothing busy twice');

/* -- moved and called off ---------------------------------------------------------------- */

update public.bookings set starts_at = tests.on_day(3, '12:00'), ends_at = tests.on_day(3, '13:00') where id = tests.id('first');
select is(tests.event_statuses('first'), array['cancelling', 'pending'], 'a session that is moved gets another event, and loses the first');
select is(tests.work('calendly.cancel_event') ->> 'event_uri', 'https://c.test/e1', 'which is known');
select tests.finish('calendly.cancel_event', '{"cancelled": true}');
select is(tests.event_statuses('first'), array['cancelled', 'pending'], 'and gone');

select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('first'), (select refund_cents from public.refund_quote(tests.id('first'))));
select tests.as_admin();
select is(tests.event_statuses('first'), array['cancelled', 'cancelling'], 'a session that is cancelled has none');
select is(tests.work('calendly.create_event'), null, 'one that was not made yet is not made any more');
select is(tests.work('calendly.cancel_event') ->> 'event_uri', null, 'but looked for: it may have been made, and the answer lost');
-- The worker that made it was on its way all the time.
select tests.finish('calendly.create_event', '{"event_uri": "https://c.test/e2", "invitee_uri": "https://c.test/i2"}');
select is(tests.work('calendly.cancel_event') ->> 'event_uri', 'https://c.test/e2', 'what was made too late is called off, too');

/* -- a clash ----------------------------------------------------------------------------- */

select tests.book_there('second', tests.on_day(4, '10:00'));
select tests.finish('calendly.create_event', '{"problem": "clash"}');
select is(tests.event_statuses('second'), array['clash'], 'a time that is taken there is a clash');
select is((select status::text from public.bookings where id = tests.id('second')), 'confirmed', 'our booking stands');
select set_eq($$ select recipient_id from public.notifications where kind = 'calendar_clash' $$, array[tests.id('dana'), tests.id('maria')], 'both are told');
select tests.sign_in_as('dana');
select ok(public.has_calendar_clash(tests.id('second')), 'the client sees it');
select tests.sign_in_as('maria');
select ok(public.has_calendar_clash(tests.id('second')), 'the coach sees it');
select tests.sign_in_as('mallory');
select ok(not public.has_calendar_clash(tests.id('second')), 'nobody else does');
select tests.as_admin();
update public.bookings set starts_at = tests.on_day(4, '12:00'), ends_at = tests.on_day(4, '13:00') where id = tests.id('second');
select is(tests.event_statuses('second'), array['cancelled', 'pending'], 'moving it is another try');

select tests.finish('calendly.create_event', '{"problem": "plan"}');
select is((select plan::text from private.calendly_connections), 'free', 'an account that may not be booked this way is on the free plan');
select is((select recipient_id from public.notifications where kind = 'calendly_plan'), tests.id('maria'), 'the coach is told');
select tests.sign_in_as('maria');
select results_eq('select booking_id, problem from public.calendly_unwritten()', $$ values (tests.id('second'), 'plan') $$, 'and sees which session is not there');
select tests.sign_in_as('dana');
select is_empty('select from public.calendly_unwritten()', 'nobody else does');
select tests.as_admin();
select private.retry_calendly_events(tests.coach_id('maria'));
select is(tests.event_statuses('second'), array['cancelled', 'failed'], 'while the plan is what it is nothing is tried');
select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria'));
select is(tests.event_statuses('second'), array['cancelled', 'pending'], 'the sync that finds another plan has it tried again');
select is(tests.work('calendly.create_event') ->> 'booking_id', tests.id('second')::text, 'by a worker');
select tests.finish('calendly.create_event', '{"problem": "location"}');
select is((select recipient_id from public.notifications where kind = 'calendly_location'), tests.id('maria'), 'who may find something else');
select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria'));
select tests.finish('calendly.create_event', '{"problem": "location"}');
select is((select count(*) from public.notifications where kind = 'calendly_location'), 1::bigint, 'told once');
select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria'));
select tests.finish('calendly.create_event', '{"event_uri": "https://c.test/e22", "invitee_uri": "https://c.test/i22"}');
select is(tests.event_statuses('second'), array['cancelled', 'created'], 'until it is there');
select tests.sign_in_as('maria');
select is_empty('select from public.calendly_unwritten()', 'and the coach sees nothing any more');
select tests.as_admin();
select is((select problem from private.calendly_events where event_uri = 'https://c.test/e22'), null, 'nothing is left of it');
update private.calendly_connections set plan = 'free';

select tests.book_there('third', tests.on_day(5, '10:00'));
select is(tests.event_statuses('third'), null, 'and nothing more is written there');

/* -- what stays -------------------------------------------------------------------------- */

update private.calendly_connections set plan = 'paid';
select tests.book_there('fourth', tests.on_day(6, '10:00'));
select tests.finish('calendly.create_event', '{"event_uri": "https://c.test/e4", "invitee_uri": "https://c.test/i4"}');
select private.move_booking(tests.id('fourth'), '{confirmed}', 'completed', 'system');
select is(tests.event_statuses('fourth'), array['created'], 'a session that took place keeps its event');
update public.calendly_event_types set duration_minutes = 45;
select tests.book_there('fifth', tests.on_day(7, '10:00'));
select is(tests.event_statuses('fifth'), null, 'an event type whose length is wrong by now is left alone');

/* -- a held time is looked at once more --------------------------------------------------- */

select tests.book_there('sixth', tests.on_day(8, '10:00'), status => 'held');
select is((tests.work('calendly.check_hold') ->> 'starts_at')::timestamptz, tests.on_day(8, '10:00'), 'a time that is held is looked at in the calendar');
select tests.finish('calendly.check_hold', '{"busy_times": []}');
select is((select status::text from public.bookings where id = tests.id('sixth')), 'held', 'one that is free stays held');
select tests.book_there('seventh', tests.on_day(9, '10:00'), status => 'held');
select tests.finish('calendly.check_hold', jsonb_build_object('busy_times', jsonb_build_array(
  jsonb_build_object('id', 'dentist', 'starts_at', tests.on_day(9, '10:30'), 'ends_at', tests.on_day(9, '11:30')))));
select is((select status::text from public.bookings where id = tests.id('seventh')), 'expired', 'one that is taken is let go before anybody pays');
select is((select count(*) from public.busy_times where external_id = 'dentist'), 1::bigint, 'and not offered again');
select tests.book_there('eighth', tests.on_day(10, '10:00'));
select is(tests.work('calendly.check_hold'), null, 'one that is paid for is not looked at');
select tests.finish('calendly.check_hold', jsonb_build_object('busy_times', jsonb_build_array(
  jsonb_build_object('id', 'late', 'starts_at', tests.on_day(10, '10:30'), 'ends_at', tests.on_day(10, '11:30')))));
select is((select status::text from public.bookings where id = tests.id('eighth')), 'confirmed', 'and stands, whatever the answer was');

/* -- a series -------------------------------------------------------------------------------- */

update public.calendly_event_types set duration_minutes = 60 where name = 'Hour';
select tests.book_series('weekly', 'dana', 'maria''s hour', array[tests.on_day(20, '10:00'), tests.on_day(27, '10:00')]);
select is(tests.event_statuses('weekly 1') || tests.event_statuses('weekly 2'), array['pending', 'pending'], 'each session of a series is written at Calendly');

select tests.book_series('checked', 'dana', 'maria''s hour', array[tests.on_day(21, '10:00'), tests.on_day(28, '10:00')], 'held');
select is((select count(*) from private.outbox where topic = 'calendly.check_hold' and payload ->> 'booking_id' in (tests.id('checked 1')::text, tests.id('checked 2')::text)), 2::bigint, 'each of its times is looked at while it is held');
select private.record_hold_check(tests.id('checked 2'), jsonb_build_object('busy_times', jsonb_build_array(
  jsonb_build_object('id', 'busy then', 'starts_at', tests.on_day(28, '10:15'), 'ends_at', tests.on_day(28, '10:30')))));
select results_eq(
  $$ select status::text from public.bookings where order_id = tests.order_id('checked 1') $$, array['expired', 'expired'],
  'and if one is taken there nobody pays for any of them'
);

select tests.sign_in_as('maria');
select public.disconnect_calendly();
select tests.as_admin();
select tests.book_there('ninth', tests.on_day(11, '10:00'));
select is(tests.event_statuses('ninth'), null, 'without a connection nothing happens');
select is((select count(*) from private.outbox where topic = 'calendly.check_hold' and payload ->> 'booking_id' = tests.id('ninth')::text), 0::bigint, 'at all');

select * from finish();
rollback;
