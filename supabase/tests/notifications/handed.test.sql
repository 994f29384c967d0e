/* A mail that a worker was given, of whom nothing was heard: one mail, whatever its reader does meanwhile. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* One notice to Dana, of a kind that nothing cancels, which a worker was given before it died. */
create function tests.given(kind text) returns void language plpgsql as $$
begin
  delete from public.mails;
  delete from private.outbox;
  delete from public.notifications;
  delete from private.digests;
  delete from public.notification_preferences;
  update public.profile_contacts set mail_stopped_at = null, mail_stopped_by = null;
  insert into public.notifications (recipient_id, kind, subject_id, booking_id)
  values (tests.id('dana'), given.kind, tests.id('session'), tests.id('session'));
  perform tests.take();
end;
$$;
/* Has a worker take what is due; what it is given to do. Null when that is nothing. */
create function tests.take() returns jsonb language plpgsql as $$
declare
  v_id bigint;
begin
  update private.outbox set locked_until = null, run_after = now();
  select id into strict v_id from public.claim_outbox(1, 60);
  return public.outbox_work(v_id);
end;
$$;
/* The next worker takes it and says what it did: 'mail' when it had one to send, else what became of the notice. */
create function tests.next_worker() returns text language plpgsql as $$
declare
  v_work jsonb := tests.take();
begin
  perform public.complete_outbox(id, case when v_work is not null then
      '{"mail_id": "mail_1", "subject": "Something happened"}' || jsonb_build_object('notification_ids', jsonb_path_query_array(v_work, '$.notices[*].notification_id'))
    end) from private.outbox where status = 'pending';
  return case when v_work is not null then 'mail' else (
    select string_agg(case when skipped_at is not null then 'skipped' when held_at is not null then 'held' when sent_at is not null then 'sent' else 'waits' end, ', ')
    from public.notifications
  ) end;
end;
$$;
create function tests.choose(choice jsonb) returns void language sql as $$
  select tests.sign_in_as('dana');
  select public.save_notification_settings(jsonb_build_array(choice));
  select tests.as_admin();
$$;
/* Quiet hours of Dana around now, by her clock. */
create function tests.be_quiet() returns void language sql as $$
  update public.profiles set quiet_from = (now() at time zone time_zone - interval '1 hour')::time, quiet_until = (now() at time zone time_zone + interval '1 hour')::time
  where id = tests.id('dana');
$$;
/* What Dana's log says. */
create function tests.log() returns text[] language sql as $$
  select array(select concat_ws(' ', subject, failure) from public.mails where recipient_id = tests.id('dana') order by 1);
$$;

/* -- what its reader does meanwhile --------------------------------------------------------------------------- */

select tests.given('review_received');
select results_eq('select handed_at, sent_at from public.notifications', 'values (now(), null::timestamptz)', 'it is noted that a worker has it');
select tests.choose('{"group_name": "reviews", "mail": "daily", "in_app": true}');
select is(tests.next_worker(), 'mail', 'chosen for a digest meanwhile, it is sent again under its key');
select is_empty('select from public.notifications where held_at is not null or sent_at is null', 'and is in no digest');
select is(tests.log(), array['Something happened'], 'it is one mail');

select tests.given('review_received');
select tests.be_quiet();
select is(tests.next_worker(), 'mail', 'quiet hours that were chosen meanwhile do not keep it either');
update public.profiles set quiet_from = null, quiet_until = null;

select tests.given('review_received');
select tests.choose('{"group_name": "reviews", "mail": "never", "in_app": true}');
select is(tests.next_worker(), 'skipped', 'who wants no such mails gets none after it');
select is(tests.log(), array['Reviews Unknown'], 'and reads that one may have left');

select tests.given('review_received');
update public.profile_contacts set mail_stopped_at = now(), mail_stopped_by = 'complaint';
select is(tests.next_worker(), 'skipped', 'nor who called a mail spam meanwhile');
select tests.given('booking_confirmed');
update public.profile_contacts set mail_stopped_at = now(), mail_stopped_by = 'bounce' where profile_id = tests.id('dana');
select is(tests.next_worker(), 'skipped', 'nor one whose address took none');

select tests.given('review_received');
update public.profile_contacts set email = 'dana@new.example' where profile_id = tests.id('dana');
select is(tests.take() ->> 'email', 'dana@new.example', 'to an address that changed it is sent under the same key: Resend has it, or it goes there');

/* -- a day later ------------------------------------------------------------------------------------------------ */

select tests.given('review_received');
update public.notifications set handed_at = now() - interval '22 hours';
select is(tests.next_worker(), 'mail', 'while Resend knows its key it is sent again');
select tests.given('review_received');
update public.notifications set handed_at = now() - interval '24 hours';
select is(tests.next_worker(), 'skipped', 'later it would be two mails: what can be missed is left out');
select is(tests.log(), array['Reviews Unknown'], 'and its reader finds it in their log');
select tests.given('booking_confirmed');
update public.notifications set handed_at = now() - interval '24 hours';
select is(tests.take() ->> 'kind', 'booking_confirmed', 'what can''t be missed is sent again');
select results_eq('select handed_at from public.notifications', 'values (now())', 'with a key that holds from now on');

/* -- a digest --------------------------------------------------------------------------------------------------- */

/* A digest to Dana with a review and a nudge, which a worker was given before it died. */
create function tests.given_digest() returns void language plpgsql as $$
begin
  perform tests.given('review_received');
  delete from private.outbox;
  with digest as (insert into private.digests (recipient_id) values (tests.id('dana')) returning id)
  update public.notifications set digest_id = digest.id, held_at = now(), handed_at = null from digest;
  insert into public.notifications (recipient_id, kind, subject_id, booking_id, digest_id, held_at)
  select recipient_id, 'credits_ending', subject_id, booking_id, digest_id, held_at from public.notifications;
  delete from private.outbox;
  insert into private.outbox (topic, dedupe_key, payload) select 'mail_digest', 'mail_digest:' || id, jsonb_build_object('digest_id', id) from private.digests;
  perform tests.take();
end;
$$;
select tests.given_digest();
select isnt(handed_at, null, 'a digest is noted, too') from private.digests;
select tests.be_quiet();
select is(tests.next_worker(), 'mail', 'and sent again in quiet hours');
update public.profiles set quiet_from = null, quiet_until = null;
select tests.given_digest();
select tests.choose('{"group_name": "reviews", "mail": "never", "in_app": true}');
select is(jsonb_array_length(tests.take() -> 'notices'), 1, 'what is not wanted any more is not in it the next time');
select tests.choose('{"group_name": "suggestions", "mail": "never", "in_app": true}');
select is(tests.next_worker(), 'skipped, skipped', 'none of it, none is sent');
select is(tests.log(), array['A summary Unknown'], 'and its reader finds it in their log');
select tests.given_digest();
update private.digests set handed_at = now() - interval '24 hours';
select is(tests.next_worker(), 'skipped, skipped', 'a day later it is left out');
delete from public.notification_preferences;
select tests.given_digest();
update private.digests set handed_at = null;
select tests.choose('{"group_name": "reviews", "mail": "never", "in_app": true}');
select tests.take();
delete from public.notification_preferences;
select is(jsonb_array_length(tests.take() -> 'notices'), 1, 'what was left out when it was given first stays out, wanted again or not');

/* -- what Resend says ------------------------------------------------------------------------------------------- */

select tests.given('review_received');
select public.fail_outbox(id, 'too many', retry_after_seconds => 60) from private.outbox;
select results_eq('select handed_at from public.notifications', 'values (null::timestamptz)', 'one that Resend wants later has not left');
select tests.choose('{"group_name": "reviews", "mail": "daily", "in_app": true}');
select is(tests.next_worker(), 'held', 'and waits for a digest');
select tests.given('review_received');
select public.fail_outbox(id, 'no such address', is_permanent => true) from private.outbox;
select is(tests.log(), array['Reviews Refused'], 'nor has one that it refuses');
select tests.given('review_received');
select public.fail_outbox(id, 'cut off') from private.outbox;
select tests.take();
select public.fail_outbox(id, 'too many', retry_after_seconds => 60) from private.outbox;
select results_eq('select handed_at from public.notifications', 'values (now())', 'after a call that was cut off nobody knows');
create temp table contacts as select * from public.profile_contacts where profile_id = tests.id('dana');
delete from public.profile_contacts where profile_id = tests.id('dana');
select tests.given('review_received');
select results_eq('select handed_at from public.notifications', 'values (null::timestamptz)', 'without an address there is nothing to send yet');
insert into public.profile_contacts select * from contacts;

/* -- given up ---------------------------------------------------------------------------------------------------- */

/* The twelfth worker that was given what is in the outbox dies, and another looks for work. */
create function tests.twelfth_dies() returns void language sql as $$
  update private.outbox set attempts = 12, locked_until = now();
  select public.claim_outbox(10, 30);
$$;
select tests.given('review_received');
select tests.twelfth_dies();
select is(tests.log(), array['Reviews Unknown'], 'a mail on which twelve workers died is in its person''s log');
select tests.twelfth_dies();
select is(tests.log(), array['Reviews Unknown'], 'once');
update private.outbox set status = 'pending', attempts = 0;
select is(tests.next_worker(), 'mail', 'tried again by an admin');
select is(tests.log(), array['Something happened'], 'it is one that was sent');
select tests.given_digest();
select tests.twelfth_dies();
select is(tests.log(), array['A summary Unknown'], 'so is a digest');
select tests.given('review_received');
update public.notifications set channel = 'in_app';
update private.outbox set topic = 'in_app';
select tests.twelfth_dies();
select is(tests.log(), '{}', 'a notice in the app is no mail');

select * from finish();
rollback;
