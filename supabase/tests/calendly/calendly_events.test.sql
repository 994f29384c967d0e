begin;
select plan(28);

-- Dana has a session with Maria that is at Calendly, too.
select tests.create_profile(name) from unnest(array['dana', 'ben']) as name;
select tests.create_coach('maria');
select tests.connect_calendly('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5, '10:00'));
insert into private.calendly_events (booking_id, event_type_uri, status, starts_at, event_uri, invitee_uri)
values (tests.id('session'), 'https://c.test/types/t', 'created', tests.on_day(5, '10:00'), 'https://c.test/e1', 'https://c.test/i1');

/* What Calendly delivers about an invitee of Maria's calendar. */
create function tests.calendly_says(kind text, number integer, starts_at timestamptz, changes jsonb default '{}') returns boolean language sql as $$
  select public.apply_calendly_event(
    kind || ':' || number || ':' || coalesce(changes ->> 'rescheduled', '') || coalesce(changes ->> 'retry', ''),
    jsonb_build_object('event', kind, 'payload', jsonb_build_object(
      'uri', 'https://c.test/i' || number, 'event', 'https://c.test/e' || number, 'rescheduled', false, 'old_invitee', null,
      'scheduled_event', jsonb_build_object('start_time', calendly_says.starts_at, 'event_type', 'https://c.test/types/t',
        'event_memberships', jsonb_build_array(jsonb_build_object('user', 'https://api.calendly.test/users/maria')))
    ) || changes)
  );
$$;
create function tests.starts(booking text) returns timestamptz language sql as $$
  select bookings.starts_at from public.bookings where bookings.id = tests.id(booking);
$$;

/* -- a reschedule, in one order and in the other ------------------------------------------ */

select ok(tests.calendly_says('invitee.canceled', 1, tests.on_day(5, '10:00'), '{"rescheduled": true}'), 'the cancellation of a reschedule is taken');
select is((select status::text from public.bookings where id = tests.id('session')), 'confirmed', 'and calls nothing off');
select ok(tests.calendly_says('invitee.created', 2, tests.on_day(5, '14:00'), '{"old_invitee": "https://c.test/i1"}'), 'the new invitee is taken');
select is(tests.starts('session'), tests.on_day(5, '14:00'), 'and moves the session');
select ok(not tests.calendly_says('invitee.created', 2, tests.on_day(5, '14:00'), '{"old_invitee": "https://c.test/i1"}'), 'a second delivery is none');
select ok(tests.calendly_says('invitee.created', 2, tests.on_day(5, '14:00'), '{"old_invitee": "https://c.test/i1", "retry": "again"}'), 'and one that we could not tell from another');
select is(tests.starts('session'), tests.on_day(5, '14:00'), 'changes nothing');

select tests.calendly_says('invitee.created', 3, tests.on_day(6, '10:00'), '{"old_invitee": "https://c.test/i2"}');
select tests.calendly_says('invitee.canceled', 2, tests.on_day(5, '14:00'), '{"rescheduled": true}');
select is(tests.starts('session'), tests.on_day(6, '10:00'), 'the other way round it is the same');
select is_empty('select from public.refunds', 'no money moves');
select is((select array_agg(status::text order by status::text) from private.calendly_events), array['cancelled', 'cancelled', 'created'], 'one event stands');
select is_empty($$ select from private.outbox where topic in ('calendly.create_event', 'calendly.cancel_event') $$, 'and nothing is sent back to Calendly');
select is((select count(*) from public.booking_events where booking_id = tests.id('session') and before = 'confirmed' and after = 'confirmed'), 2::bigint, 'both moves are noted');
select ok(exists (select from public.notifications where booking_id = tests.id('session') and kind = 'booking_moved'), 'and told');

/* -- into somebody else's session ---------------------------------------------------------- */

select tests.book('ben''s', client => 'ben', offer => 'maria''s hour', starts_at => tests.on_day(7, '10:00'));
select lives_ok($$ select tests.calendly_says('invitee.created', 4, tests.on_day(7, '10:30'), '{"old_invitee": "https://c.test/i3"}') $$, 'a move into another session is no error');
select is(tests.starts('session'), tests.on_day(6, '10:00'), 'ours stays where it is');
select is((select status::text from private.calendly_events where event_uri = 'https://c.test/e4'), 'clash', 'it is a clash');
select is((select count(*) from public.notifications where kind = 'calendar_clash' and booking_id = tests.id('session')), 2::bigint, 'which both are told');
select tests.sign_in_as('dana');
select ok(public.has_calendar_clash(tests.id('session')), 'and see');
select tests.as_admin();
update private.calendly_events set status = 'created' where event_uri = 'https://c.test/e4';

/* -- a cancellation ------------------------------------------------------------------------ */

select tests.calendly_says('invitee.canceled', 9, tests.on_day(6, '10:00'), '{"cancellation": {"canceler_type": "host", "reason": "Ill"}}');
select is((select status::text from public.bookings where id = tests.id('session')), 'confirmed', 'what is none of ours is left alone');
select tests.calendly_says('invitee.canceled', 4, tests.on_day(6, '10:00'), '{"cancellation": {"canceler_type": "host", "reason": "Ill"}}');
select results_eq(
  $$ select status::text, cancelled_by::text, cancel_reason from public.bookings where id = tests.id('session') $$,
  $$ values ('cancelled', 'coach', 'Ill') $$, 'a session that its coach calls off there is off here'
);
select is((select sum(amount_cents) from public.refunds), 10000::bigint, 'with all that was paid on its way back');
select is_empty($$ select from private.outbox where topic = 'calendly.cancel_event' $$, 'and nothing is sent back to Calendly');
select tests.calendly_says('invitee.canceled', 4, tests.on_day(6, '10:00'), '{"cancellation": {"canceler_type": "host"}, "retry": "again"}');
select is((select count(*) from public.refunds), 1::bigint, 'once');
select tests.calendly_says('invitee.created', 5, tests.on_day(8, '10:00'), '{"old_invitee": "https://c.test/i4"}');
select is((select status::text from public.bookings where id = tests.id('session')), 'cancelled', 'a move that comes after that changes nothing');

/* -- what others book ---------------------------------------------------------------------- */

delete from private.outbox where topic = 'calendly.sync';
select tests.calendly_says('invitee.created', 6, tests.on_day(9, '10:00'));
select is((select count(*) from private.outbox where topic = 'calendly.sync'), 1::bigint, 'what others book there has the calendar read at once');
select is((select count(*) from public.bookings), 2::bigint, 'and is no session of ours');

select tests.sign_in_as('maria');
select public.disconnect_calendly();
select tests.as_admin();
select ok(tests.calendly_says('invitee.created', 7, now()), 'of an account that is no longer connected nothing is done');
select is((select count(*) from private.outbox where topic = 'calendly.sync'), 1::bigint, 'nothing at all');

select * from finish();
rollback;
