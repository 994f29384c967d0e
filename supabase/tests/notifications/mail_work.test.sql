/* What a mail says is what holds when it leaves, in the recipient's own zone. */
begin;
select plan(27);

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
    'kind', 'booking_confirmed', 'version', 1, 'created_at', now(), 'clerk_user_id', 'user_dana', 'email', 'dana@example.com', 'first_name', 'Dana', 'subject_id', tests.id('session'),
    'booking', jsonb_build_object(
      'booking_id', tests.id('session'), 'sequence', 0, 'is_charged', true, 'answer_by', null, 'pay_by', null, 'note', '', 'party', 'client', 'time_zone', 'America/Chicago', 'starts_at', tests.on_day(3), 'ends_at', tests.on_day(3) + interval '1 hour',
      'offer_title', 'maria''s hour', 'coach_name', 'Maria Example', 'client_name', 'Dana Example', 'paid_cents', 10000, 'refund_cents', 0,
      'cancelled_by', null, 'cancel_reason', null,
      'moved_by', null, 'moved_from', null, 'move_reason', null, 'attendance', null, 'seats', null, 'full_refund_until', tests.on_day(3) - interval '1 day'
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
  insert into public.notifications (recipient_id, kind, subject_id, booking_id, version)
  values (tests.id('dana'), kind, tests.id(booking), tests.id(booking), 9) on conflict do nothing;
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
  ('reminder_24h', 'session', true), ('reminder_24h', 'cancelled', false), ('reminder_24h', 'held', false),
  ('reminder_15m', 'session', true), ('reminder_15m', 'cancelled', false), ('reminder_15m', 'held', false),
  ('review_invitation', 'session', false), ('review_invitation', 'held', true), ('review_invitation', 'cancelled', false);
select is(tests.holds(kind, booking), holds, format('%s of a session that is %s: %s', kind, booking, case when holds then 'sent' else 'left out' end))
from expectations;

select tests.move_booking('session', now());
select is(tests.holds('reminder_15m', 'session'), false, 'nobody is reminded of what has begun');

select tests.sign_in_as('dana');
select public.write_review(tests.id('held'), 5, 'Clear, kind and to the point.');
select tests.as_admin();
select is(tests.holds('review_invitation', 'held'), false, 'who has reviewed is not invited to');

/* -- sent, or left out -------------------------------------------------------------------------------------------- */

select private.record_mail(id, '{"id": "mail_1"}') from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1;
select private.record_mail(id, null) from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1;
select results_eq(
  $$ select sent_at, skipped_at from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1 $$,
  'values (now(), null::timestamptz)',
  'what was sent stays sent'
);
select is(
  (select private.mail_work(id) from public.notifications where recipient_id = tests.id('dana') and kind = 'booking_confirmed' and booking_id = tests.id('session') and version = 1),
  null, 'and is not sent again'
);
select private.record_mail(id, null) from public.notifications where recipient_id = tests.id('maria') and kind = 'booking_confirmed' and booking_id = tests.id('session');
select is(tests.mail('maria', 'booking_confirmed'), null, 'nor is what was left out');

update public.profiles set deleted_at = now() where id = tests.id('dana');
select is(tests.holds('booking_cancelled', 'cancelled'), false, 'who left gets no mail');

select * from finish();
rollback;
