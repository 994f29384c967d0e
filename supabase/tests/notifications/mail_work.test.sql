/* What a mail says is what holds when it leaves, in the recipient's own zone. */
begin;
select plan(37);

select tests.create_profile('dana');
select tests.create_coach('maria', time_zone => 'Pacific/Honolulu');
select tests.book('session', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));

create function tests.mail(recipient text, kind text) returns jsonb language sql as $$
  select private.mail_work(notifications.id) from public.notifications
  where notifications.recipient_id = tests.id(mail.recipient) and notifications.kind = mail.kind;
$$;

/* -- told once -------------------------------------------------------------------------------------------- */

select private.notify_parties(tests.id('session'), 'booking_confirmed');
select is((select count(*) from public.notifications), 2::bigint, 'the same thing is told once to each');
select is((select count(*) from private.outbox where topic = 'mail'), 2::bigint, 'by one mail');
select private.notify(tests.id('dana'), 'booking_confirmed', tests.id('session'), tests.id('session'), version => 2);
select is((select count(*) from private.outbox where topic = 'mail'), 3::bigint, 'another version is another thing');
delete from public.notifications where version = 2;
update public.notification_kinds set is_enabled = false where kind = 'payment_returned';
select private.notify(tests.id('dana'), 'payment_returned', tests.id('session'), tests.id('session'));
select is_empty($$ select from public.notifications where kind = 'payment_returned' $$, 'what is switched off is not told');

/* -- what it says -------------------------------------------------------------------------------------------- */

select is(
  tests.mail('dana', 'booking_confirmed') - 'notification_id',
  jsonb_build_object(
    'kind', 'booking_confirmed', 'version', 1, 'created_at', now(), 'told_at', now(), 'unsubscribe_token', null, 'clerk_user_id', 'user_dana', 'email', 'dana@example.com', 'first_name', 'Dana', 'subject_id', tests.id('session'),
    'booking', jsonb_build_object(
      'booking_id', tests.id('session'), 'is_charged', true, 'answer_by', null, 'pay_by', null, 'note', '', 'party', 'client', 'time_zone', 'America/Chicago', 'session_count', 1,
      'sessions', jsonb_build_array(jsonb_build_object('booking_id', tests.id('session'), 'sequence', 0, 'starts_at', tests.on_day(3), 'ends_at', tests.on_day(3) + interval '1 hour')),
      'offer_title', 'maria''s hour', 'coach_name', 'Maria Example', 'coach_slug', 'maria', 'client_name', 'Dana Example', 'paid_cents', 10000, 'refund_cents', 0,
      'cancelled_by', null, 'cancel_reason', null, 'left_out', null,
      'moved_by', null, 'moved_from', null, 'move_reason', null, 'attendance', null, 'no_show_fee', null, 'seats', null, 'credit_of', null, 'credits_back', 0, 'full_refund_until', tests.on_day(3) - interval '1 day', 'review_until', tests.on_day(3) + interval '7 days 1 hour', 'reply_until', null, 'join_opens_minutes', 15
    )
  ),
  'the client reads it in the zone they booked in'
);
select results_eq(
  $$ select mail ->> 'email', mail #>> '{booking,party}', mail #>> '{booking,time_zone}' from tests.mail('maria', 'booking_confirmed') as mail $$,
  $$ values ('maria@example.com', 'coach', 'Pacific/Honolulu') $$,
  'the coach in the zone of the practice'
);
delete from public.profile_contacts where profile_id = tests.id('maria');
select ok(tests.mail('maria', 'booking_confirmed') @> '{"email": null, "clerk_user_id": "user_maria"}', 'where the address is not known yet, Clerk can be asked');

/* -- what no longer holds --------------------------------------------------------------------------------------- */

/* Whether a kind still holds for the client of a booking in this state. */
create function tests.holds(kind text, booking text) returns boolean language sql as $$
  insert into public.notifications (recipient_id, kind, subject_id, booking_id, version, cancelled_by)
  select tests.id('dana'), holds.kind, tests.id(booking), tests.id(booking), 9, rules.cancelled_by
  from public.notification_rules as rules where rules.kind = holds.kind limit 1
  on conflict do nothing;
  select private.mail_work(id) is not null from public.notifications where notifications.kind = holds.kind and booking_id = tests.id(booking) and version = 9;
$$;
select tests.book('cancelled', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'cancelled');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
-- Eight moves ago: a notification of this version is of the time that each has now.
update public.bookings set sequence = 8;

create temp table expectations (kind text, booking text, holds boolean);
insert into expectations values
  ('booking_confirmed', 'session', true), ('booking_confirmed', 'held', true), ('booking_confirmed', 'cancelled', false),
  ('booking_cancelled', 'session', false), ('booking_cancelled', 'cancelled', true),
  ('session_reminder', 'session', true), ('session_reminder', 'cancelled', false), ('session_reminder', 'held', false),
  ('session_soon', 'session', true), ('session_soon', 'cancelled', false), ('session_soon', 'held', false),
  ('review_invitation', 'session', false), ('review_invitation', 'held', true), ('review_invitation', 'cancelled', false);
select is(tests.holds(kind, booking), holds, format('%s of a session that is %s: %s', kind, booking, case when holds then 'sent' else 'left out' end))
from expectations;

select tests.move_booking('session', now());
select is(tests.holds('session_soon', 'session'), false, 'nobody is reminded of what has begun');

select tests.sign_in_as('dana');
select tests.review('held');
select tests.as_admin();
select is(tests.holds('review_invitation', 'held'), false, 'who has reviewed is not invited to');

/* -- of a series: one mail, of all to which it happened ---------------------------------------------------------- */

/* What Dana reads of a series, by its first session: how many are named, what was paid and what comes back. */
create function tests.reads(kind text, of_session text) returns text language sql as $$
  select concat_ws(' ', jsonb_array_length(mail #> '{booking,sessions}'), mail #>> '{booking,paid_cents}', mail #>> '{booking,refund_cents}')
  from public.notifications, private.mail_work(notifications.id) as mail
  where notifications.recipient_id = tests.id('dana') and notifications.kind = reads.kind and notifications.booking_id = tests.id(of_session);
$$;
select tests.book_series('weekly', 'dana', 'maria''s hour', array(select tests.on_day(5 + 7 * week) from generate_series(0, 3) as week));
select is(tests.reads('booking_confirmed', 'weekly 1'), '4 40000 0', 'it names every session and the whole price');
select is(
  (select array_agg(told ->> 'booking_id') from public.notifications, jsonb_array_elements(private.mail_work(notifications.id) #> '{booking,sessions}') as told
   where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('weekly 1')),
  array[tests.id('weekly 1')::text, tests.id('weekly 2')::text, tests.id('weekly 3')::text, tests.id('weekly 4')::text], 'in order'
);
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('weekly 1'), 10000);
select tests.as_admin();
select is(tests.reads('booking_confirmed', 'weekly 1'), '3 30000 0', 'until it leaves, without what is called off');
select is(tests.reads('booking_cancelled', 'weekly 1'), '1 10000 10000', 'which has a mail of its own');
update public.bookings set cancelled_at = now() - interval '1 hour' where id = tests.id('weekly 1');
select tests.sign_in_as('dana');
select public.reschedule_booking(tests.id('weekly 2'), tests.on_day(13), '', true);
select tests.as_admin();
select is(tests.reads('booking_moved', 'weekly 2'), '3 30000 0', 'what moves together is told together');
update public.bookings set moved_at = now() - interval '1 hour' where id = tests.id('weekly 4');
select is(tests.reads('booking_moved', 'weekly 2'), '2 20000 0', 'and what moved at another time is not');
select tests.sign_in_as('dana');
select public.reschedule_booking(tests.id('weekly 2'), tests.on_day(12));
select tests.as_admin();
select results_eq(
  $$ select private.mail_work(id) #>> '{booking,sessions,0,booking_id}', jsonb_array_length(private.mail_work(id) #> '{booking,sessions}')
     from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_moved' and booking_id = tests.id('weekly 2') and version = 2 $$,
  $$ values (tests.id('weekly 3')::text, 1) $$, 'one that has moved again is left to its next mail'
);
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('weekly 3'), 20000, '', true);
select tests.as_admin();
select is(tests.reads('booking_cancelled', 'weekly 3'), '2 20000 20000', 'what is called off together is told together, with what comes back for it');
select is(tests.reads('booking_confirmed', 'weekly 1'), '1 10000 0', 'and what was called off is confirmed no more');

/* -- sent, or left out -------------------------------------------------------------------------------------------- */

select private.record_notice(id, '{"id": "mail_1"}') from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1;
select private.record_notice(id, null) from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1;
select results_eq(
  $$ select sent_at, skipped_at from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1 $$,
  'values (now(), null::timestamptz)',
  'what was sent stays sent'
);
select is(
  (select private.mail_work(id) from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1),
  null, 'and is not sent again'
);
select private.record_notice(id, null) from public.notifications where recipient_id = tests.id('maria') and kind = 'booking_confirmed' and booking_id = tests.id('session');
select results_eq(
  $$ select skipped_at, outbox.status, outbox.run_after from public.notifications join private.outbox on dedupe_key = 'mail:' || notifications.id
     where recipient_id = tests.id('maria') and kind = 'booking_confirmed' and booking_id = tests.id('session') $$,
  $$ values (null::timestamptz, 'pending'::private.outbox_status, now()) $$, 'what holds after all is not left out'
);
update public.notification_kinds set is_enabled = false where kind = 'booking_confirmed';
select private.record_notice(id, null) from public.notifications where recipient_id = tests.id('maria') and kind = 'booking_confirmed' and booking_id = tests.id('session');
update public.notification_kinds set is_enabled = true where kind = 'booking_confirmed';
select isnt(skipped_at, null, 'what an admin has switched off meanwhile is'), is(private.mail_work(id), null, 'and stays so')
from public.notifications where recipient_id = tests.id('maria') and kind = 'booking_confirmed' and booking_id = tests.id('session');

update public.profiles set deleted_at = now() where id = tests.id('dana');
select is(tests.holds('booking_cancelled', 'cancelled'), false, 'who left gets no mail');

select * from finish();
rollback;
