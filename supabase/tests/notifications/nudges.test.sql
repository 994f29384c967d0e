/* What comes with time, beside reminders: each due once, and untrue once what cancels it has come. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_profile('zoe');
select tests.create_coach('maria');

/* Who is told by a kind after a run, how many minutes after its moment, and whether it still holds. */
create function tests.nudged(kind text) returns text[] language plpgsql as $$
begin
  perform private.queue_due_notices();
  return array(
    select concat_ws(' ', fixtures.name, notifications.offset_minutes, case when private.mail_work(notifications.id) is null then 'but untrue' end)
    from public.notifications join tests.fixtures on fixtures.id = notifications.recipient_id
    where notifications.kind = nudged.kind order by 1
  );
end;
$$;
/* A session that ended so long ago. */
create function tests.held(name text, client text, ago interval) returns uuid language sql as $$
  select tests.book(held.name, held.client, 'maria''s hour', now() - held.ago - interval '1 hour', 'completed');
$$;

/* -- a review ------------------------------------------------------------------------------------------------ */

select tests.held('reviewable', 'dana', '2 days');
select tests.held('too late', 'zoe', '3 days');
select is(tests.nudged('review_reminder'), array['dana 2880'], 'two days after a session its client is reminded of the review');
select is(tests.nudged('review_reminder'), array['dana 2880'], 'once');
select tests.move_booking('reviewable', now() - interval '6 days 1 hour');
select tests.move_booking('too late', now() - interval '10 days');
select is(tests.nudged('review_reminder'), array['dana 2880', 'dana 8640'], 'and on the sixth day');
select tests.sign_in_as('dana');
select tests.review('reviewable');
select tests.as_admin();
select is(tests.nudged('review_reminder'), array['dana 2880 but untrue', 'dana 8640 but untrue'], 'unless it is written');

insert into public.notification_rules (event, kind, recipient, channel, offset_minutes, cancelled_by)
values ('session_ends', 'review_invitation', 'client', 'mail', 0, 'reviewed');
select tests.held('ends now', 'zoe', '0 minutes');
delete from public.notifications where kind = 'review_invitation';
select is(tests.nudged('review_invitation'), array['zoe 0'], 'what is due when a session ends is told then');
delete from public.notification_rules where event = 'session_ends';
select tests.move_booking('ends now', now() - interval '30 days');

/* -- the next session ----------------------------------------------------------------------------------------- */

select tests.move_booking('reviewable', now() - interval '7 days 1 hour');
select is(tests.nudged('next_session'), array['dana 10080'], 'a week after the last session the client is asked for the next');
select is(tests.nudged('next_session'), array['dana 10080'], 'once');
select tests.book('asked for', client => 'dana', offer => 'maria''s hour', status => 'held');
select is(tests.nudged('next_session'), array['dana 10080 but untrue'], 'unless one is held');
select tests.let_hold_run_out('asked for');
select is(tests.nudged('next_session'), array['dana 10080'], 'and not run out');
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();
update public.conversations set closed_at = now() where id = tests.conversation_id('dana', 'maria');
select is(tests.nudged('next_session'), array['dana 10080 but untrue'], 'nor where their thread was closed');
update public.conversations set closed_at = null;
select tests.sign_in_as('dana');
select public.block_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select is(tests.nudged('next_session'), array['dana 10080 but untrue'], 'or one has blocked the other');
select tests.sign_in_as('dana');
select public.unblock_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select tests.held('later', 'dana', '1 day');
select is(tests.nudged('next_session'), array['dana 10080 but untrue'], 'or one was held since');
delete from public.notifications;
select is(tests.nudged('next_session'), '{}', 'then nobody is asked');
select tests.move_booking('later', now() - interval '7 days 2 hours');
update public.coaches set status = 'paused' where slug = 'maria';
select is(tests.nudged('next_session'), '{}', 'nor is somebody whose coach takes nobody');
update public.coaches set status = 'approved' where slug = 'maria';

/* -- an answer -------------------------------------------------------------------------------------------------- */

/* Somebody wrote so long ago. */
create function tests.wrote(name text, ago interval) returns void language plpgsql as $$
declare
  v_id uuid := gen_random_uuid();
begin
  perform tests.sign_in_as(name);
  perform public.send_message(tests.conversation_id('dana', 'maria'), v_id, 'Hello');
  perform tests.as_admin();
  update public.messages set created_at = now() - ago where id = v_id;
end;
$$;
select tests.wrote('dana', '25 hours');
select tests.wrote('dana', '24 hours');
select is(tests.nudged('message_unanswered'), array['maria 1440'], 'a day after a message whoever owes the answer is reminded, once of messages in a row');
select is((select version from public.notifications where kind = 'message_unanswered'), 1, 'from the first');
update public.coaches set status = 'suspended' where slug = 'maria';
select is(tests.nudged('message_unanswered'), array['maria 1440 but untrue'], 'not where nobody may write');
update public.coaches set status = 'approved' where slug = 'maria';
select is(tests.nudged('message_unanswered'), array['maria 1440'], 'once');
select is(
  (select private.mail_work(id) -> 'conversation' from public.notifications where kind = 'message_unanswered'),
  jsonb_build_object('conversation_id', tests.conversation_id('dana', 'maria'), 'counterpart_name', 'Dana Example'), 'of whom'
);
select tests.wrote('maria', '24 hours');
select is(tests.nudged('message_unanswered'), array['dana 1440', 'maria 1440 but untrue'], 'who has answered waits for an answer');
select tests.wrote('dana', '1 minute');
select is(tests.nudged('message_unanswered'), array['dana 1440 but untrue', 'maria 1440 but untrue'], 'until it comes');
select is(
  (select private.mail_work(id) from public.notifications where kind = 'message_unanswered' and recipient_id = tests.id('dana')), null, 'then nobody is reminded'
);

-- What was taken back asks and answers nothing.
delete from public.notifications where kind = 'message_unanswered';
update public.messages set body = '', deleted_at = now() where seq in (1, 4);
select is(tests.nudged('message_unanswered'), array['dana 1440'], 'an answer that was taken back is none');
update public.messages set body = 'Hello', deleted_at = null where seq = 4;
select private.remove_message(messages.id, true) from public.messages where seq = 4;
delete from public.notifications where kind = 'message_unanswered' and recipient_id = tests.id('dana');
select is(tests.nudged('message_unanswered'), array['dana 1440'], 'nor is one that an admin removed');
select private.remove_message(messages.id, false) from public.messages where seq = 4;
update public.messages set body = '', deleted_at = now() where seq = 3;
select is(tests.nudged('message_unanswered'), array['dana 1440 but untrue', 'maria 1440'], 'and what follows a message that was taken back waits');
select is((select version from public.notifications where kind = 'message_unanswered' and recipient_id = tests.id('maria')), 2, 'from where it begins');

-- Somebody leaves.
select is(tests.nudged('message_unanswered'), array['dana 1440 but untrue', 'maria 1440'], 'she owes Dana an answer');
select private.forget_clerk_user('user_dana');
select is(private.mail_work(id), null, 'but owes none to somebody who has left')
from public.notifications where kind = 'message_unanswered' and recipient_id = tests.id('maria');
delete from public.notifications where kind = 'message_unanswered';
select is(tests.nudged('message_unanswered'), '{}', 'and is not reminded of it from then on');

select * from finish();
rollback;
