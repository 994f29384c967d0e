begin;
select plan(25);

select tests.create_coach('maria');
select tests.connect_calendly('maria', is_synced => false);

create function tests.free(wall_time time) returns bigint language sql as $$
  select count(*) from public.available_slots(tests.id('maria''s hour'), tests.on_day(3, wall_time), tests.on_day(3, wall_time) + interval '1 second');
$$;
grant execute on function tests.free(time) to anon;

/* -- a sync ------------------------------------------------------------------------------ */

select is((select count(*) from private.outbox where topic = 'calendly.sync'), 1::bigint, 'who connects is read at once');
create temp table work as select public.outbox_work(outbox.id) as answer from private.outbox where topic = 'calendly.sync';
select is((select answer ->> 'user_uri' from work), 'https://api.calendly.test/users/maria', 'with what is needed to ask');
select ok((select (answer ->> 'until')::timestamptz >= now() + interval '61 days' from work), 'up to where clients can see');

select private.sync_calendars();
select private.sync_calendars();
select is((select count(*) from private.outbox where topic = 'calendly.sync'), 2::bigint, 'cron asks once in ten minutes');

select ok(public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria', tests.on_day(3, '10:00'))), 'a first sync is kept');
select is(tests.free('10:00'), 0::bigint, 'what is busy there is not offered here');
select is(tests.free('09:30'), 0::bigint, 'nor what would run into it');
select is(tests.free('11:00'), 1::bigint, 'what begins when it ends is');
select tests.create_profile('dana');
select tests.sign_in_as('dana');
select throws_ok(
  $$ select public.request_booking(tests.id('maria''s hour'), tests.on_day(3, '10:00'), 'America/Phoenix') $$,
  'OBTIM', null, 'and nobody can book it'
);

select tests.as_admin();
select ok(public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria', tests.on_day(3, '15:00'))), 'the next one replaces it');
select is(tests.free('10:00'), 1::bigint, 'what was busy is free');
select is(tests.free('15:00'), 0::bigint, 'what is busy now is not');
select ok(
  not public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria', tests.on_day(3, '10:00')) || jsonb_build_object('read_at', now() - interval '1 day')),
  'one that began before the last is not kept'
);
select ok(not public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('other', tests.on_day(3, '10:00'))), 'nor one of another account');
select is(tests.free('10:00'), 1::bigint, 'and changes nothing');

/* -- a calendar that can't be read ------------------------------------------------------- */

select public.fail_calendly_sync(tests.coach_id('maria'), 'Calendly did not answer.');
select is(tests.free('10:00'), 1::bigint, 'a sync that fails closes nobody by itself');

update private.calendly_connections set last_ok_at = now() - interval '121 minutes';
select is(tests.free('10:00'), 0::bigint, 'a calendar that is unread for two hours closes who wants it so');
select is(public.calendar_unread_since(tests.id('maria''s hour')), null, 'which clients need not know');
select private.sync_calendars();
select private.sync_calendars();
select is((select count(*) from public.notifications where kind = 'calendar_stale'), 1::bigint, 'the coach is told, once');

select tests.sign_in_as('maria');
select is((select stale_since from public.calendly_connection()), now() - interval '121 minutes', 'and sees since when');
select public.save_calendly_choices('open', 'off', '[]');
select tests.sign_out();
select is(tests.free('10:00'), 1::bigint, 'who wants to stay open is');
select is(tests.free('15:00'), 0::bigint, 'with what was read last');
select is(public.calendar_unread_since(tests.id('maria''s hour')), now() - interval '121 minutes', 'and clients are told');

select tests.as_admin();
select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria') || jsonb_build_object('read_at', clock_timestamp()));
select is(public.calendar_unread_since(tests.id('maria''s hour')), null, 'until it is read again');
update private.calendly_connections set last_ok_at = now() - interval '3 hours';
select private.sync_calendars();
select is((select count(*) from public.notifications where kind = 'calendar_stale'), 2::bigint, 'the next time is told again');

select * from finish();
rollback;
