/* What somebody books at the coach's Calendly becomes a session here, once it is paid for. */
begin;
select plan(76);

-- Maria sells an hour that is booked as "Hour" at Calendly, and wants what is booked there here.
select tests.create_profile(name) from unnest(array['dana', 'ben', 'mallory']) as name;
select tests.create_coach('maria');
select tests.connect_calendly('maria');
select tests.sign_in_as('maria');
select public.save_calendly_choices('closed', 'on', jsonb_build_array(jsonb_build_object(
  'offer_id', tests.id('maria''s hour'), 'event_type_id', (select id from public.calendly_event_types where name = 'Hour'))));
select tests.as_admin();
update private.calendly_connections set intake_began_at = now() - interval '2 days';
update public.calendly_offers set chosen_at = now() - interval '1 day';

/* What a sync hands on about an invitee of Maria's calendar. */
create function tests.calendly_has(number integer, email text, starts_at timestamptz, changes jsonb default '{}', kind text default 'invitee.created')
returns void language sql as $$
  select public.take_calendly_event(tests.coach_id('maria'), jsonb_build_object('event', kind, 'payload', jsonb_build_object(
    'uri', 'https://c.test/i' || number, 'event', 'https://c.test/e' || number, 'email', email, 'name', 'Somebody There',
    'timezone', 'America/Denver', 'rescheduled', false, 'old_invitee', null, 'made_at', now(), 'reschedule_url', 'https://c.test/r' || number,
    'questions_and_answers', jsonb_build_array(jsonb_build_object('question', 'What about?', 'answer', 'A hard seller', 'position', 0)),
    'tracking', jsonb_build_object('utm_campaign', null, 'utm_content', null),
    'scheduled_event', jsonb_build_object('start_time', calendly_has.starts_at, 'end_time', calendly_has.starts_at + interval '1 hour',
      'event_type', 'https://api.calendly.test/event_types/maria-hour')
  ) || changes));
$$;
create function tests.there(number integer) returns private.calendly_bookings language sql as $$
  select calendly_bookings from private.calendly_bookings where calendly_bookings.invitee_uri = 'https://c.test/i' || number;
$$;
create function tests.here(number integer) returns public.bookings language sql as $$
  select bookings from public.bookings join private.calendly_events on calendly_events.booking_id = bookings.id
  where calendly_events.invitee_uri = 'https://c.test/i' || number;
$$;
create function tests.told(kind text) returns bigint language sql as $$
  select count(*) from public.notifications where notifications.kind = told.kind;
$$;
create function tests.guest_mails(kind text) returns bigint language sql as $$
  select count(*) from private.outbox where outbox.topic = 'mail_guest' and outbox.payload ->> 'kind' = guest_mails.kind;
$$;
create function tests.sync() returns void language sql as $$
  select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria'));
$$;

/* -- by somebody we know ------------------------------------------------------------------ */

select tests.calendly_has(1, 'Dana@Example.com', tests.on_day(3, '10:00'));
select tests.remember('dana''s', (tests.here(1)).id);
select results_eq(
  $$ select client_id, offer_id, status::text, starts_at, ends_at, client_time_zone, note from public.bookings $$,
  $$ values (tests.id('dana'), tests.id('maria''s hour'), 'held', tests.on_day(3, '10:00'), tests.on_day(3, '11:00'), 'America/Denver', 'A hard seller') $$,
  'a session is held for whoever has the address'
);
select is((tests.here(1)).hold_expires_at, now() + interval '23 hours', 'who has most of a day to pay for it');
select is((select amount_cents from public.orders), 10000, 'at the price of the offer');
select is((select recipient_id from public.notifications where kind = 'payment_asked'), tests.id('dana'), 'and is asked to');
select is_empty('select from public.busy_times', 'the session takes the time, and nothing else does');
select is((select status::text from private.calendly_events), 'created', 'its event at Calendly is known');

select tests.calendly_has(1, 'dana@example.com', tests.on_day(3, '10:00'));
select is((select count(*) from public.bookings), 1::bigint, 'found once more it is the same');
select is(tests.told('payment_asked'), 1::bigint, 'and asked for once');

select tests.pay('dana''s');
select is((tests.here(1)).status::text, 'confirmed', 'paid, it is confirmed');
select is_empty($$ select from private.outbox where topic in ('calendly.create_event', 'calendly.cancel_event') $$, 'and nothing is to be done at Calendly');

select tests.calendly_has(13, 'dana@example.com', tests.on_day(3, '12:00'), '{"old_invitee": "https://c.test/i1"}');
select is((tests.here(13)).id, tests.id('dana''s'), 'moved at Calendly it is the same session');
select tests.calendly_has(13, 'dana@example.com', tests.on_day(3, '12:00'), '{"old_invitee": "https://c.test/i1"}');
select is((select count(*) from public.bookings), 1::bigint, 'however often we hear of it');

/* -- what is not a session here ------------------------------------------------------------ */

select tests.calendly_has(90, 'ben@example.com', tests.on_day(4, '10:00'), jsonb_build_object('made_at', now() - interval '25 hours'));
select tests.calendly_has(91, 'ben@example.com', tests.on_day(4, '11:00'), jsonb_build_object('scheduled_event', jsonb_build_object(
  'start_time', tests.on_day(4, '11:00'), 'end_time', tests.on_day(4, '11:30'), 'event_type', 'https://api.calendly.test/event_types/maria-half')));
select tests.calendly_has(92, 'ben@example.com', now() - interval '1 minute');
select tests.calendly_has(93, 'ben@example.com', tests.on_day(4, '12:00'), jsonb_build_object('tracking', jsonb_build_object('utm_content', tests.id('dana''s'))));
select is_empty($$ select from private.calendly_bookings where email = 'ben@example.com' $$,
  'what was made before the coach wanted it, is of no offer, has begun, or is the event of our own booking');
update public.offers set is_instant = false;
select tests.calendly_has(94, 'ben@example.com', tests.on_day(4, '13:00'));
update public.offers set is_instant = true;
update private.calendly_connections set intake = 'off', intake_began_at = null;
select tests.calendly_has(95, 'ben@example.com', tests.on_day(4, '14:00'));
update private.calendly_connections set intake = 'on', intake_began_at = now() - interval '2 days';
select is_empty($$ select from private.calendly_bookings where email = 'ben@example.com' $$, 'nor of a coach who wants to be asked first, or does not want it');
select tests.calendly_has(96, 'maria@example.com', tests.on_day(4, '15:00'));
select is((tests.there(96)).status::text, 'left', 'nor what a coach books with themselves');
select is((select count(*) from public.bookings), 1::bigint, 'nothing of it is a session');

/* -- by somebody we do not know ------------------------------------------------------------ */

select tests.calendly_has(2, 'nora@work.example', tests.on_day(5, '10:00'));
select is((tests.there(2)).status::text, 'waiting', 'what a stranger books waits for them');
select is((select external_id from public.busy_times), 'https://c.test/e2', 'and keeps the time busy meanwhile');
select is((select public.outbox_work(id) ->> 'email' from private.outbox where topic = 'mail_guest'), 'nora@work.example', 'they are asked in');
select tests.sync();
select is(tests.guest_mails('asked'), 1::bigint, 'once');

select tests.create_profile('nora', is_onboarded => false);
update public.profile_contacts set email = 'NORA@work.example' where profile_id = tests.id('nora');
select is((tests.there(2)).status::text, 'waiting', 'who has not said who they are has no sessions');
select tests.sign_in_as('nora');
select public.complete_profile('realtor', 'Nora', 'Example', 'TX', '', 'TX 12345', 'America/Chicago');
select tests.as_admin();
select is((tests.here(2)).client_id, tests.id('nora'), 'once they have, it is theirs');
select is((tests.here(2)).status::text, 'held', 'and waits for their payment');
select is((select public.outbox_work(id) from private.outbox where topic = 'mail_guest'), null, 'a mail that is still to leave does not');

/* -- by the link in the mail ---------------------------------------------------------------- */

select tests.calendly_has(3, 'private@home.example', tests.on_day(6, '10:00'));
select tests.remember('link', (tests.there(3)).id);
select tests.sign_out();
select results_eq(
  $$ select status::text, offer_title, price_cents, booking_id from public.calendly_booking_details(tests.id('link')) $$,
  $$ values ('waiting', 'maria''s hour', 10000, null::uuid) $$, 'whoever has the link sees what it is about'
);
select throws_ok($$ select public.claim_calendly_booking(tests.id('link')) $$, '42501', null, 'a visitor takes nothing');
select tests.sign_in_as('maria');
select throws_ok($$ select public.claim_calendly_booking(tests.id('link')) $$, 'KCNOT', null, 'nor does the coach');
select tests.sign_in_as('ben');
select lives_ok($$ select public.claim_calendly_booking(tests.id('link')) $$, 'who signs in with another address has it by the link');
select is(public.claim_calendly_booking(tests.id('link')), (select booking_id from public.calendly_booking_details(tests.id('link'))), 'twice is once');
select tests.sign_in_as('mallory');
select throws_ok($$ select public.claim_calendly_booking(tests.id('link')) $$, 'KCNFD', null, 'nobody else has it then');
select is((select booking_id from public.calendly_booking_details(tests.id('link'))), null, 'or learns which session it is');
select throws_ok($$ select public.claim_calendly_booking(gen_random_uuid()) $$, 'KCNFD', null, 'a link that was never sent leads nowhere');
select is_empty($$ select from public.calendly_booking_details(gen_random_uuid()) $$, 'and shows nothing');
select tests.as_admin();

/* -- not paid -------------------------------------------------------------------------------- */

update public.bookings set hold_expires_at = now() where id = (tests.here(3)).id;
select private.expire_holds();
select is((tests.here(3)).status::text, 'expired', 'what is not paid for in time is off');
select is(
  (select public.outbox_work(id) - 'coach_id' - 'user_uri' - 'booking_id' - 'starts_at' from private.outbox where topic = 'calendly.cancel_event'),
  '{"event_uri": "https://c.test/e3", "email": "ben@example.com", "is_unpaid": true}', 'at Calendly, too'
);
select set_eq($$ select recipient_id from public.notifications where kind = 'booking_unpaid' $$, array[tests.id('ben'), tests.id('maria')], 'both are told');

select tests.calendly_has(4, 'late@home.example', tests.on_day(7, '10:00'));
update private.calendly_bookings set pay_by = now() where id = (tests.there(4)).id;
select tests.remember('late', (tests.there(4)).id);
select tests.sign_in_as('mallory');
select is((select status::text from public.calendly_booking_details(tests.id('late'))), 'lapsed', 'so is what found nobody, the moment its time is over');
select throws_ok($$ select public.claim_calendly_booking(tests.id('late')) $$, 'KCOVR', null, 'whoever comes then');
select tests.as_admin();
select private.lapse_calendly_bookings();
select is((tests.there(4)).status::text, 'lapsed', 'then cron says so');
select is((select public.outbox_work(id) ->> 'event_uri' from private.outbox where topic = 'calendly.cancel_booking'), 'https://c.test/e4', 'it is called off at Calendly');
select is(tests.guest_mails('lapsed'), 1::bigint, 'and they are told');
select tests.calendly_has(4, 'late@home.example', tests.on_day(7, '10:00'));
select is((tests.there(4)).status::text, 'lapsed', 'until it is gone there it stays off here');

update private.calendly_bookings set starts_at = now() - interval '31 days 1 hour', ends_at = now() - interval '31 days' where id = (tests.there(4)).id;
select private.lapse_calendly_bookings();
select is_empty($$ select from private.calendly_bookings where email = 'late@home.example' $$, 'after a month it is forgotten');

/* -- called off and moved there, before it is paid ------------------------------------------- */

select tests.calendly_has(5, 'ben@example.com', tests.on_day(8, '10:00'));
select tests.remember('ben''s', (tests.here(5)).id);
select tests.calendly_has(6, 'ben@example.com', tests.on_day(8, '15:00'), '{"old_invitee": "https://c.test/i5"}');
select results_eq(
  $$ select id, status::text, ends_at from public.bookings where id = (tests.here(6)).id $$,
  $$ values (tests.id('ben''s'), 'held', tests.on_day(8, '16:00')) $$, 'a hold that is moved at Calendly moves along'
);
select tests.calendly_has(5, 'ben@example.com', tests.on_day(8, '10:00'), '{"rescheduled": true, "new_invitee": "https://c.test/i6"}', 'invitee.canceled');
select is((tests.here(6)).status::text, 'held', 'the other half of its move changes nothing');
select is((select count(*) from public.bookings where client_id = tests.id('ben') and status = 'held'), 1::bigint, 'it is one session');
select tests.calendly_has(6, 'ben@example.com', tests.on_day(8, '15:00'), '{"cancellation": {"canceler_type": "host", "reason": "Ill"}}', 'invitee.canceled');
select results_eq(
  $$ select status::text, cancelled_by::text, cancel_reason from public.bookings where id = tests.id('ben''s') $$,
  $$ values ('cancelled', 'coach', 'Ill') $$, 'what its coach calls off there is cancelled'
);
select is_empty($$ select from private.calendly_events where status = 'cancelling' and event_uri = 'https://c.test/e6' $$, 'and nothing is sent back to Calendly');
select tests.pay('ben''s');
select is((select status::text from public.bookings where id = tests.id('ben''s')), 'cancelled', 'a payment that is too late brings it not back');
select is((select reason::text from public.refunds where order_id = tests.order_id('ben''s')), 'paid_too_late', 'but goes back');

select tests.calendly_has(7, 'guest@home.example', tests.on_day(9, '10:00'));
select tests.calendly_has(8, 'guest@home.example', tests.on_day(9, '15:00'), '{"old_invitee": "https://c.test/i7"}');
select is((tests.there(8)).status::text, 'waiting', 'what waits for its person moves, too');
select is((select count(*) from private.calendly_bookings where email = 'guest@home.example'), 1::bigint, 'and stays one');
select tests.calendly_has(8, 'guest@home.example', tests.on_day(9, '15:00'), '{"cancellation": {"canceler_type": "invitee"}}', 'invitee.canceled');
select is((tests.there(8)).status::text, 'cancelled', 'or is off');

/* -- a clash ----------------------------------------------------------------------------------- */

select tests.calendly_has(10, 'ben@example.com', tests.on_day(3, '12:30'));
select is((tests.there(10)).status::text, 'clash', 'a time of ours is not given twice');
select is((tests.here(13)).status::text, 'confirmed', 'ours stands');
select set_eq($$ select recipient_id from public.notifications where kind = 'calendar_clash' $$, array[tests.id('dana'), tests.id('maria')], 'both its parties are told');
select is(tests.guest_mails('clash'), 1::bigint, 'and whoever booked there');
select tests.sign_in_as('dana');
select ok(public.has_calendar_clash(tests.id('dana''s')), 'the client sees it');
select tests.sign_in_as('maria');
select ok(public.has_calendar_clash(tests.id('dana''s')), 'the coach sees it');
select tests.as_admin();
select is((select count(*) from public.orders where client_id = tests.id('ben') and status = 'pending'), 0::bigint, 'nothing is to be paid for it');
select tests.calendly_has(12, 'stranger@home.example', tests.on_day(3, '11:30'));
select is((tests.there(12)).status::text, 'clash', 'nor asked a stranger to pay for');
select is(tests.guest_mails('clash'), 2::bigint, 'who is told, too');
select tests.move_booking('dana''s', tests.on_day(3, '16:00'));
select tests.sync();
select is((tests.here(10)).status::text, 'held', 'once the time is free the next sync makes a session of it');
select tests.calendly_has(11, 'ben@example.com', tests.on_day(3, '16:30'), '{"old_invitee": "https://c.test/i10"}');
select is((tests.there(11)).status::text, 'clash', 'moved, unpaid, into another session it is a clash again');
select is((select count(*) from public.bookings where client_id = tests.id('ben') and status in ('held', 'confirmed')), 0::bigint, 'and no session');
select is((select array_agg(distinct booking_id) from public.notifications where kind = 'booking_unpaid'), (select array_agg((calendly_bookings).booking_id) from private.calendly_bookings where email = 'private@home.example'), 'which is no fault of who has not paid');

-- A date of a group session, with nobody on a seat.
select tests.create_group_session('clinic', coach => 'maria');
select tests.schedule('clinic at ten', coach => 'maria', offer => 'clinic', days => 11);
select tests.calendly_has(14, 'ben@example.com', (select starts_at from public.group_dates));
select tests.calendly_has(15, 'other@home.example', (select starts_at from public.group_dates));
select is((tests.there(14)).status::text, 'clash', 'nor is the time of a group session given away');
select is((tests.there(15)).status::text, 'clash', 'or asked a stranger to pay for');
select is(tests.guest_mails('clash'), 5::bigint, 'both are told');
update private.calendly_bookings set status = 'cancelled' where invitee_uri in ('https://c.test/i14', 'https://c.test/i15');

select tests.sign_in_as('maria');
select bag_eq(
  $$ select status::text, name from public.calendly_bookings_unpaid() $$,
  $$ values ('clash', 'Somebody There'), ('waiting', 'Somebody There'), ('linked', 'Nora Example') $$,
  'the coach sees what is not paid for, and what clashes'
);
select tests.sign_in_as('dana');
select is_empty('select from public.calendly_bookings_unpaid()', 'nobody else does');
select tests.as_admin();

/* -- from the coach's page ----------------------------------------------------------------------- */

select is_empty('select from public.calendly_links(tests.coach_id(''maria''))', 'a page leads to Calendly only if its coach wants it');
update private.calendly_connections set intake = 'page', last_ok_at = now();
select tests.sign_out();
select results_eq(
  $$ select offer_id, scheduling_url from public.calendly_links(tests.coach_id('maria')) $$,
  $$ values (tests.id('maria''s hour'), 'https://calendly.test/maria/hour') $$, 'then anybody finds what they chose'
);
select tests.as_admin();
update private.calendly_connections set last_ok_at = now() - interval '3 hours';
select is_empty('select from public.calendly_links(tests.coach_id(''maria''))', 'but not while it can''t be read, and they are closed then');
update private.calendly_connections set when_stale = 'open';
select isnt_empty('select from public.calendly_links(tests.coach_id(''maria''))', 'unless they stay open');

/* -- the coach turns away ---------------------------------------------------------------------- */

select tests.sign_in_as('maria');
select public.disconnect_calendly();
select tests.as_admin();
select is((tests.there(11)).status::text, 'left', 'of an account that is taken away nothing waits any more');

select * from finish();
rollback;
