begin;
select plan(27);

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
  perform private.queue_due_notices();
  select array_agg(distinct kind || case when notified = 2 then '' else ' to one only' end) into v_kinds
  from (select kind, count(distinct recipient_id) as notified from public.notifications where kind in ('session_reminder', 'session_soon') group by kind) as told;
  return v_kinds;
end;
$$;

select is(tests.reminded('24:00:01'), null, 'a second before the day nobody is reminded');
select is(tests.reminded('24:00:00'), array['session_reminder'], 'a day before, both are');
select is(tests.reminded('12:00:01'), array['session_reminder'], 'a run that is late still reminds');
select is(tests.reminded('12:00:00'), null, 'but not half a day late');
select is(tests.reminded('00:15:01'), null, 'a second before the quarter of an hour nobody is reminded');
select is(tests.reminded('00:15:00'), array['session_soon'], 'a quarter of an hour before, both are');
select is(tests.reminded('00:07:31'), array['session_soon'], 'a run that is late still reminds');
select is(tests.reminded('00:07:30'), null, 'but not when it is as good as begun');
select is(tests.reminded('-00:01:00'), null, 'nor after that');

/* -- never twice --------------------------------------------------------------------------------------- */

select is(tests.reminded('00:15:00'), array['session_soon'], 'a first run reminds');
select private.queue_due_notices();
select private.queue_due_notices();
select is((select count(*) from public.notifications where kind = 'session_soon'), 2::bigint, 'further runs do not');
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
select is(tests.reminded('23:30:00'), array['session_reminder'], 'who booked a day and a half hour ahead is reminded');
select is(tests.reminded('22:59:59'), null, 'who booked less than a day ahead is not told a day before');
update public.bookings set confirmed_at = now() - interval '1 minute';
select is(tests.reminded('00:14:00'), array['session_soon'], 'who booked a quarter of an hour ahead is reminded of that');
select is(tests.reminded('00:13:59'), null, 'who booked later is not');

/* -- as admins like it ----------------------------------------------------------------------------------------- */

update public.bookings set confirmed_at = now() - interval '10 days';
update public.notification_rules set is_enabled = false where event = 'session_starts' and offset_minutes = -1440 and recipient = 'coach';
select is(tests.reminded('24:00:00'), array['session_reminder to one only'], 'a rule that is switched off tells nobody');
update public.notification_kinds set is_enabled = false where kind = 'session_reminder';
select is(tests.reminded('24:00:00'), null, 'nor does any rule of a kind that is');
update public.notification_kinds set is_enabled = true where kind = 'session_reminder';
update public.notification_rules set offset_minutes = -60 where event = 'session_starts' and offset_minutes = -15;
select is(tests.reminded('01:00:00'), array['session_soon'], 'one that is moved is sent when it should be');

insert into public.notification_rules (event, kind, recipient, channel, offset_minutes, cancelled_by)
values ('session_starts', 'session_reminder', 'client', 'mail', -120, 'session_off');
select is(tests.reminded('02:00:00'), array['session_reminder to one only'], 'a third reminder is a row');
select tests.move_booking('session', now() + interval '2 hours');
update public.notifications set offset_minutes = -1440 where offset_minutes = -120;
select private.queue_due_notices();
select is((select count(*) from public.notifications where kind = 'session_reminder'), 2::bigint, 'which comes beside the first, by the same words');
update public.notification_rules set offset_minutes = -150 where offset_minutes = -120;
select private.queue_due_notices();
select private.queue_due_notices();
select is((select count(*) from public.notifications where offset_minutes = -150), 1::bigint, 'and whose moment can be moved');

select * from finish();
rollback;
