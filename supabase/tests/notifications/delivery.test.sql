/* How somebody is told: as they chose, not at night, in a digest, and in the app. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_profile('zoe');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* One notice to Dana, of a kind that nothing cancels; its id. */
create function tests.tell(kind text, channel public.notification_channel default 'mail') returns uuid language sql as $$
  delete from private.outbox;
  delete from public.notifications;
  insert into public.notifications (recipient_id, kind, channel, subject_id, booking_id)
  values (tests.id('dana'), tell.kind, tell.channel, tests.id('session'), tests.id('session'))
  returning id;
$$;
/* What becomes of a notice of a kind now. */
create function tests.decided(kind text, channel public.notification_channel default 'mail') returns text language plpgsql as $$
begin
  perform tests.tell(decided.kind, decided.channel);
  return private.decision_of(notifications) from public.notifications;
end;
$$;
/* Has a worker take all that is due and send it; how many rows it took. */
create function tests.work_off() returns bigint language plpgsql as $$
declare
  v_ids bigint[] := array(select id from public.claim_outbox(100, 60));
begin
  perform public.complete_outbox(id, case
      when public.outbox_work(id) is null then null
      when public.outbox_work(id) ? 'notices'
        then jsonb_build_object('notification_ids', jsonb_path_query_array(public.outbox_work(id), '$.notices[*].notification_id'))
      else '{"sentence": "Something happened", "path": "/sessions"}'
    end)
  from unnest(v_ids) as id;
  return cardinality(v_ids);
end;
$$;
/* What became of Dana's notices. */
create function tests.outcome() returns text language sql as $$
  select string_agg(case when sent_at is not null then 'sent' when skipped_at is not null then 'skipped' when digest_id is not null then 'in a digest' when held_at is not null then 'held' else 'waits' end, ', ' order by created_at, id)
  from public.notifications where recipient_id = tests.id('dana');
$$;
/* Quiet hours of Dana, from and until so far from now by her clock. */
create function tests.quiet(from_in interval, until_in interval) returns void language sql as $$
  update public.profiles
  set quiet_from = (date_trunc('second', now() at time zone time_zone) + from_in)::time, quiet_until = (date_trunc('second', now() at time zone time_zone) + until_in)::time
  where id = tests.id('dana');
$$;
create function tests.choose(choice jsonb) returns void language sql as $$
  select tests.sign_in_as('dana');
  select public.save_notification_settings(jsonb_build_array(choice));
  select tests.as_admin();
$$;

/* -- choices ------------------------------------------------------------------------------------------------- */

select is_empty($$ select kind from public.notification_kinds where group_name is null $$, 'every kind is in a group');
select is(tests.decided('calendar_clash'), 'send', 'without a choice it comes at once');
select tests.choose('{"group_name": "sessions", "mail": "never", "in_app": true}');
select is(tests.decided('calendar_clash'), 'skip', 'what is switched off does not come');
select is(tests.decided('calendar_clash', 'in_app'), 'send', 'by mail: it is shown in the app');
select tests.choose('{"group_name": "sessions", "mail": "at_once", "in_app": false}');
select is(tests.decided('calendar_clash', 'in_app'), 'skip', 'which can be switched off too');
select is(tests.decided('calendar_clash'), 'send', 'by itself');
select tests.choose('{"group_name": "receipts", "in_app": false}');
select is(tests.decided('attendance_objected', 'in_app'), 'skip', 'what is required need not be in the app');
insert into public.notification_preferences values (tests.id('dana'), 'receipts', 'mail', 'never');
select is(tests.decided('attendance_objected'), 'send', 'but its mail comes whatever a row says');
delete from public.notification_preferences;

select tests.sign_in_as('dana');
select throws_ok($$ select public.save_notification_settings('[{"group_name": "receipts", "mail": "never", "in_app": true}]') $$, 'NTREQ', 'Bookings and money: we have to send you these in writing.', 'what the law wants in writing can''t be switched off');
select throws_ok($$ select public.save_notification_settings('[{"group_name": "receipts", "mail": "weekly", "in_app": true}]') $$, 'NTREQ', null, 'nor wait');
select throws_ok($$ select public.save_notification_settings('[{"group_name": "sessions", "mail": "daily", "in_app": true}]') $$, 'NTDIG', 'Your sessions: these cannot wait for a summary.', 'a reminder does not wait for a digest');
select throws_ok($$ select public.save_notification_settings('[{"group_name": "news", "mail": "daily", "in_app": true}]') $$, 'NTCHO', null, 'there is no other group');
select throws_ok($$ select public.save_notification_settings('[{"group_name": "reviews", "mail": "hourly", "in_app": true}]') $$, 'NTCHO', null, 'and no other choice');
select throws_ok($$ select public.save_notification_settings('[]', '22:00') $$, 'NTQUI', null, 'quiet hours have two ends');
select throws_ok($$ select public.save_notification_settings('[]', '22:00', '22:00') $$, 'NTQUI', null, 'which differ');
select throws_ok($$ select public.save_notification_settings('[{"group_name": "reviews", "mail": "daily"}, {"group_name": "reviews", "in_app": true}]') $$, 'NTCHO', null, 'nor of one group two');
select lives_ok($$ select public.save_notification_settings('[{"group_name": "reviews", "mail": "daily", "in_app": false}]', '22:00', '07:30') $$, 'what goes together is kept');
select results_eq(
  $$ select group_name, mail, in_app, quiet_from, quiet_until from public.notification_settings() where group_name in ('receipts', 'reviews') $$,
  $$ values ('receipts', 'at_once'::public.notification_delivery, true, '22:00'::time, '07:30'::time), ('reviews', 'daily', false, '22:00', '07:30') $$,
  'and read again'
);
select lives_ok($$ select public.save_notification_settings('[{"group_name": "reviews", "mail": "weekly", "in_app": null}, {"group_name": "receipts"}]', '22:00', '07:30') $$, 'what is null is left out');
select results_eq($$ select mail, in_app from public.notification_settings() where group_name = 'reviews' $$, $$ values ('weekly'::public.notification_delivery, false) $$, 'and stays as it was');
select is_empty($$ select from public.notification_settings() where group_name = 'practice' $$, 'a client is not asked about a practice');
select tests.sign_in_as('maria');
select isnt_empty($$ select from public.notification_settings() where group_name = 'practice' $$, 'a coach is');
select tests.as_admin();

/* -- quiet hours ------------------------------------------------------------------------------------------------- */

select tests.quiet('-1 hour', '1 hour');
select is(private.quiet_until(profiles, now()), date_trunc('second', now() + interval '1 hour'), 'it is quiet until they end') from public.profiles where id = tests.id('dana');
select is(tests.decided('calendar_clash'), 'wait', 'what is not urgent waits');
select is(tests.decided('calendar_clash', 'in_app'), 'send', 'in the app there is no night');
select tests.tell('calendar_clash');
select is(tests.work_off(), 1::bigint, 'a worker that takes it');
select is(tests.outcome(), 'waits', 'does not send it');
select results_eq(
  'select status, run_after, attempts from private.outbox', $$ values ('pending'::private.outbox_status, date_trunc('second', now() + interval '1 hour'), 0) $$,
  'it is taken again when they end'
);
select tests.quiet('-2 hours', '-1 hour');
select is(tests.decided('calendar_clash'), 'send', 'before and after them it comes');
select tests.quiet('1 hour', '-1 hour');
select is(tests.decided('calendar_clash'), 'send', 'and so it does when they are longer than the day between');
select tests.quiet('0 hours', '1 hour');
select is(tests.decided('calendar_clash'), 'wait', 'their first moment is quiet');
update public.notification_kinds set is_urgent = true where kind = 'calendar_clash';
select is(tests.decided('calendar_clash'), 'send', 'what is urgent comes at night');
update public.notification_kinds set is_urgent = false where kind = 'calendar_clash';
select is(array(select kind from public.notification_kinds where is_urgent), array['session_soon'], 'that is a session within the hour');
update public.profiles set quiet_from = null, quiet_until = null;

/* -- digests ------------------------------------------------------------------------------------------------------ */

select tests.choose('{"group_name": "reviews", "mail": "daily", "in_app": true}');
select tests.tell('review_received');
select tests.work_off();
select is(tests.outcome(), 'held', 'what somebody wants in a digest is held');
select private.queue_digests();
select is(tests.outcome(), 'held', 'until the morning');
select is(tests.work_off(), 0::bigint, 'and nobody works on it');

/* Moves the moment since when Dana's notices are held, from her last morning. */
create function tests.held(since interval, delivery public.notification_delivery default 'daily') returns void language sql as $$
  update public.notifications set held_at = private.last_morning(time_zone, held.delivery, now()) + since
  from public.profiles where profiles.id = recipient_id and held_at is not null;
  select private.queue_digests();
$$;
select is((select extract(hour from private.last_morning('Pacific/Honolulu', 'daily', now()) at time zone 'Pacific/Honolulu')), 8::numeric, 'the morning is at eight, by the reader''s clock');
select is((select to_char(private.last_morning('Asia/Tokyo', 'weekly', now()) at time zone 'Asia/Tokyo', 'ID HH24')), '1 08', 'and on Monday for a week''s');
select tests.held('0 seconds');
select is(tests.outcome(), 'held', 'what came at eight waits for tomorrow''s');
select tests.held('-1 second');
select is(tests.outcome(), 'in a digest', 'what came before is in this morning''s');
select private.queue_digests();
select is((select count(*) from private.outbox where topic = 'mail_digest'), 1::bigint, 'once');
insert into public.notifications (recipient_id, kind, subject_id, booking_id, held_at, created_at)
select tests.id('dana'), 'review_reminder', tests.id('session'), tests.id('session'), now() - interval '8 days', now() - interval '8 days';
delete from private.outbox where topic = 'mail';
select private.queue_digests();
select is((select count(*) from private.digests), 2::bigint, 'what comes later is in another');
select tests.quiet('-1 hour', '1 hour');
select tests.work_off();
select is(tests.outcome(), 'in a digest, in a digest', 'a digest waits for the end of quiet hours');
update public.profiles set quiet_from = null, quiet_until = null;
update private.outbox set run_after = now();
select tests.choose('{"group_name": "reviews", "mail": "weekly", "in_app": true}');
select results_eq(
  $$ select jsonb_array_length(work -> 'notices'), work ->> 'email', work #>> '{notices,0,kind}' from private.outbox, public.outbox_work(id) as work where topic = 'mail_digest' order by 3 $$,
  $$ values (1, 'dana@example.com', 'review_received'), (1, 'dana@example.com', 'review_reminder') $$, 'and says each'
);
select tests.work_off();
select is(tests.outcome(), 'sent, sent', 'then each is sent');
select is((select attempts from private.outbox where topic = 'mail_digest' limit 1), 1, 'by one attempt, of which waiting was none');

select tests.tell('review_received');
select tests.work_off();
select tests.held('0 seconds', 'weekly');
select is(tests.outcome(), 'held', 'a week''s digest waits for Monday');
select tests.held('-1 second', 'weekly');
select is(tests.outcome(), 'in a digest', 'and has what came before');
select tests.choose('{"group_name": "reviews", "mail": "never", "in_app": true}');
select tests.work_off();
select is(tests.outcome(), 'skipped', 'what is not wanted any more is left out, and the digest with it');

/* -- in the app --------------------------------------------------------------------------------------------------- */

delete from realtime.messages;
select tests.tell('calendar_clash', 'in_app');
select is((select topic from private.outbox), 'in_app', 'a notice in the app takes the same way');
select tests.work_off();
select results_eq(
  'select sentence, path, sent_at, read_at from public.notifications', $$ values ('Something happened', '/sessions', now(), null::timestamptz) $$, 'and is kept with its words'
);
select is((select result from private.outbox), '{}'::jsonb, 'which are kept nowhere else');
select results_eq(
  $$ select topic, event, private, payload ->> 'notices', payload::text like '%happened%' from realtime.messages $$,
  $$ values ('person:' || tests.id('dana'), 'unread', true, '1', false) $$, 'their browsers are told how many are unread, not what'
);
create table tests.shown as select id from public.notifications;
grant select on tests.shown to authenticated;
select tests.sign_in_as('dana');
select is((select notices from public.unread_counts()), 1, 'which the header shows');
select tests.sign_in_as('zoe');
select is((select notices from public.unread_counts()), 0, 'to them alone');
prepare read as select public.read_notice(id) from tests.shown;
select throws_ok('execute read', 'NTNFD', null, 'a stranger reads none of it');
select public.mark_notices_read(now());
select tests.sign_in_as('dana');
select public.mark_notices_read(now() - interval '1 second');
select is((select notices from public.unread_counts()), 1, 'what came after the page was seen is not taken for read');
select results_eq('execute read', array['/sessions'], 'who opens one is led on');
select is((select notices from public.unread_counts()), 0, 'and has read it');
select tests.as_admin();
update public.notifications set read_at = null;
select tests.sign_in_as('dana');
select public.mark_notices_read(now());
select is((select notices from public.unread_counts()), 0, 'all at once too');
select tests.as_admin();
select tests.tell('calendar_clash', 'in_app');
select tests.work_off();
update public.notifications set sentence = 'Dana Example asks for a session', recipient_id = tests.id('maria');
select private.forget_clerk_user('user_dana');
select is((select sentence from public.notifications where sentence is not null), 'A former member asks for a session', 'who leaves is not named any more');

select * from finish();
rollback;
