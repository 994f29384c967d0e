/* What was mailed to somebody, and what became of it. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_profile('zoe');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* A notice to somebody that a worker has sent as the mail of this id; its row in the outbox. */
create function tests.mailed(name text, resend_id text, subject text default 'Confirmed: your session', kind text default 'calendar_clash') returns bigint language plpgsql as $$
declare
  v_notification_id uuid;
  v_outbox_id bigint;
begin
  insert into public.notifications (recipient_id, kind, subject_id, booking_id)
  values (tests.id(mailed.name), mailed.kind, gen_random_uuid(), tests.id('session')) returning id into v_notification_id;
  select id into v_outbox_id from private.outbox where dedupe_key = 'mail:' || v_notification_id;
  perform public.complete_outbox(v_outbox_id, jsonb_build_object('mail_id', mailed.resend_id, 'subject', mailed.subject));
  return v_outbox_id;
end;
$$;

delete from private.outbox;
delete from public.notifications;
create temp table sent as select tests.mailed('dana', 'mail_1') as outbox_id;
select results_eq($$ select recipient_id, kind, subject, resend_id, sent_at from public.mails $$, $$ values (tests.id('dana'), 'calendar_clash', 'Confirmed: your session', 'mail_1', now()) $$, 'a mail that was sent is in the log');
update private.outbox set status = 'pending', done_at = null;
update public.notifications set sent_at = null;
select lives_ok($$ select public.complete_outbox((select outbox_id from sent), '{"mail_id": "mail_1", "subject": "Again"}') $$, 'told twice');
select is((select count(*) from public.mails), 1::bigint, 'it is there once');
select tests.mailed('dana', null, 'Sent before');
select isnt_empty($$ select from public.mails where resend_id is null and subject = 'Sent before' $$, 'one that Resend had already is there too');

insert into public.notifications (recipient_id, kind, channel, subject_id, booking_id) values (tests.id('dana'), 'calendar_clash', 'in_app', tests.id('session'), tests.id('session'));
select public.complete_outbox(id, '{"sentence": "Something", "path": "/sessions"}') from private.outbox where topic = 'in_app';
select is((select count(*) from public.mails), 2::bigint, 'what is shown in the app is no mail');

with digest as (insert into private.digests (recipient_id) values (tests.id('dana')) returning id)
update public.notifications set digest_id = digest.id, sent_at = null, held_at = now() from digest where notifications.channel = 'mail' and notifications.id = (select notification_id from public.mails where resend_id = 'mail_1');
select private.record_digest(id, jsonb_build_object('mail_id', 'mail_d', 'subject', 'Two things', 'notification_ids', '[]'::jsonb)) from private.digests;
select results_eq($$ select subject, kind from public.mails where resend_id = 'mail_d' $$, $$ values ('Two things', 'digest') $$, 'a digest is a mail of its own');

/* -- refused -------------------------------------------------------------------------------------------------- */

insert into public.notifications (recipient_id, kind, subject_id, booking_id) values (tests.id('zoe'), 'calendar_clash', tests.id('session'), tests.id('session'));
create temp table refused as select id from private.outbox where topic = 'mail' and status = 'pending';
update private.outbox set attempts = 1 where id = (select id from refused);
select public.fail_outbox(id, 'busy') from refused;
select is_empty($$ select from public.mails where recipient_id = tests.id('zoe') $$, 'one that is tried again is not there yet');
select public.fail_outbox(id, 'no such address', is_permanent => true) from refused;
select results_eq($$ select kind, subject, failure, resend_id from public.mails where recipient_id = tests.id('zoe') $$, $$ values ('calendar_clash', 'Your sessions', 'Refused', null::text) $$, 'one that Resend refuses is, by what it is about');
update private.outbox set status = 'pending' where id = (select id from refused);
select public.fail_outbox(id, 'still no such address', is_permanent => true) from refused;
select is((select count(*) from public.mails where recipient_id = tests.id('zoe')), 1::bigint, 'refused again it is there once');
update private.outbox set status = 'pending' where id = (select id from refused);
select public.complete_outbox(id, '{"mail_id": "mail_r", "subject": "Is this time still free?"}') from refused;
select results_eq($$ select subject, failure, resend_id from public.mails where recipient_id = tests.id('zoe') $$, $$ values ('Is this time still free?', null::text, 'mail_r') $$, 'sent after all it is one that was sent');
with digest as (insert into private.digests (recipient_id) values (tests.id('zoe')) returning id)
insert into private.outbox (topic, dedupe_key, payload) select 'mail_digest', 'mail_digest:' || id, jsonb_build_object('digest_id', id) from digest;
select public.fail_outbox(id, 'no such address', is_permanent => true) from private.outbox where topic = 'mail_digest' and status = 'pending';
select results_eq($$ select subject, failure from public.mails where recipient_id = tests.id('zoe') and kind = 'digest' $$, $$ values ('A summary', 'Refused') $$, 'so is a digest');
delete from public.mails where recipient_id = tests.id('zoe');

/* -- who sees it --------------------------------------------------------------------------------------------- */

select tests.mailed('zoe', 'mail_z');
select tests.sign_in_as('dana');
select is((select count(*) from public.mails), 3::bigint, 'people see what was mailed to them');
select set_eq('select recipient_id from public.mails', array[tests.id('dana')], 'and nobody else''s');
select tests.refuses_writes('public.mails');
select tests.sign_out();
select tests.refuses_reads('public.mails');
select tests.as_admin();
select hasnt_column('public', 'mails', name, format('the log has no %s', name)) from unnest(array['email', 'to', 'html', 'text', 'body']) as name;

/* -- somebody leaves ------------------------------------------------------------------------------------------ */

select tests.mailed('maria', 'mail_m', 'Confirmed: an hour with Dana Example');
insert into public.conversations (client_id, coach_id) values (tests.id('dana'), tests.coach_id('maria')) on conflict do nothing;
select private.forget_clerk_user('user_dana');
select is((select subject from public.mails where resend_id = 'mail_m'), 'Confirmed: an hour with A former member', 'their name goes from what the other was mailed');

select * from finish();
rollback;
