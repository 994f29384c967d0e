begin;
select plan(23);

-- Dana and Maria meet; what they are reminded of depends on when, and since when that is certain.
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');
update public.bookings set confirmed_at = now() - interval '10 days';

/* What both were reminded of by a run, with the session so far ahead. */
create function tests.reminded(ahead interval) returns text[] language plpgsql as $$
declare
  v_kinds text[];
begin
  perform tests.move_booking('session', now() + ahead);
  delete from private.outbox where topic = 'mail';
  delete from public.notifications;
  perform private.send_reminders();
  select array_agg(distinct kind || case when notified = 2 then '' else ' to one only' end) into v_kinds
  from (select kind, count(distinct recipient_id) as notified from public.notifications where kind like 'reminder%' group by kind) as told;
  return v_kinds;
end;
$$;

select is(tests.reminded('24:00:01'), null, 'a second before the day nobody is reminded');
select is(tests.reminded('24:00:00'), array['reminder_24h'], 'a day before, both are');
select is(tests.reminded('12:00:01'), array['reminder_24h'], 'a run that is late still reminds');
select is(tests.reminded('12:00:00'), null, 'but not half a day late');
select is(tests.reminded('00:15:01'), null, 'a second before the quarter of an hour nobody is reminded');
select is(tests.reminded('00:15:00'), array['reminder_15m'], 'a quarter of an hour before, both are');
select is(tests.reminded('00:07:31'), array['reminder_15m'], 'a run that is late still reminds');
select is(tests.reminded('00:07:30'), null, 'but not when it is as good as begun');
select is(tests.reminded('-00:01:00'), null, 'nor after that');

/* -- never twice --------------------------------------------------------------------------------------- */

select is(tests.reminded('00:15:00'), array['reminder_15m'], 'a first run reminds');
select private.send_reminders();
select private.send_reminders();
select is((select count(*) from public.notifications where kind = 'reminder_15m'), 2::bigint, 'further runs do not');
select is((select count(*) from private.outbox where topic = 'mail'), 2::bigint, 'there is one mail to each');

-- One booking stands for one of each state, whichever way it may have come there.
alter table public.bookings disable trigger bookings__keep_to_transitions;

/* -- never what is not confirmed -------------------------------------------------------------------------- */

select isnt(private.mail_work(id), null, 'a reminder leaves while the session is on')
from public.notifications where recipient_id = tests.id('dana');
update public.bookings set status = 'cancelled', cancelled_by = 'client';
select is(private.mail_work(id), null, 'and not once it was cancelled, though it was due')
from public.notifications where recipient_id = tests.id('dana');
select is(tests.reminded('00:15:00'), null, 'a cancelled session is not reminded of');
update public.bookings set status = 'held', cancelled_by = null, hold_expires_at = now();
select is(tests.reminded('00:15:00'), null, 'nor one that is not paid');
update public.bookings set status = 'completed';
select is(tests.reminded('00:15:00'), null, 'nor one that is over');
update public.bookings set status = 'confirmed';

/* -- never of what they have just done ---------------------------------------------------------------------- */

update public.bookings set confirmed_at = now() - interval '1 hour';
select is(tests.reminded('23:30:00'), array['reminder_24h'], 'who booked a day and a half hour ahead is reminded');
select is(tests.reminded('22:59:59'), null, 'who booked less than a day ahead is not told a day before');
update public.bookings set confirmed_at = now() - interval '1 minute';
select is(tests.reminded('00:14:00'), array['reminder_15m'], 'who booked a quarter of an hour ahead is reminded of that');
select is(tests.reminded('00:13:59'), null, 'who booked later is not');

/* -- as admins like it ----------------------------------------------------------------------------------------- */

update public.bookings set confirmed_at = now() - interval '10 days';
update public.notification_kinds set is_enabled = false where kind = 'reminder_24h';
select is(tests.reminded('24:00:00'), null, 'a reminder that is switched off is not sent');
update public.notification_kinds set minutes_before_start = 60 where kind = 'reminder_15m';
select is(tests.reminded('01:00:00'), array['reminder_15m'], 'one that is moved is sent when it should be');

select * from finish();
rollback;
