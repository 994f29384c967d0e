/* What Resend tells of mails: it is in the log, and ends mail to an address that takes none, or wants none. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_profile('zoe');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* An event as Resend sends it, of a mail to Dana that was written so long ago, and told so many seconds after. */
create function tests.resend(type text, email_id text default 'mail_1', "to" text default 'dana@example.com', data jsonb default '{}', seconds integer default 5, written interval default '10 minutes') returns jsonb language sql as $$
  select jsonb_build_object(
    'type', 'email.' || resend.type, 'created_at', now() - written + make_interval(secs => seconds),
    'data', jsonb_build_object('email_id', email_id, 'to', jsonb_build_array("to"), 'from', 'Walkthrough <sessions@walkthrough.example>', 'subject', 'Hello Dana', 'created_at', now() - written) || data
  );
$$;
create function tests.bounce(type text default 'Permanent') returns jsonb language sql as $$
  select jsonb_build_object('bounce', jsonb_build_object('type', bounce.type, 'subType', 'General', 'message', 'No dana@example.com here.'));
$$;
create function tests.stopped(name text default 'dana') returns text language sql security definer as $$
  select mail_stopped_by::text from public.profile_contacts where profile_id = tests.id(stopped.name);
$$;
create function tests.decided(kind text, channel public.notification_channel default 'mail') returns text language plpgsql as $$
begin
  delete from private.outbox;
  delete from public.notifications where not exists (select from public.mails where notification_id = notifications.id);
  insert into public.notifications (recipient_id, kind, channel, subject_id, booking_id)
  values (tests.id('dana'), decided.kind, decided.channel, gen_random_uuid(), tests.id('session'));
  return private.decision_of(notifications) from public.notifications where not exists (select from public.mails where notification_id = notifications.id);
end;
$$;
create function tests.told(event_id text, event jsonb) returns boolean language plpgsql as $$
declare
  v_is_new boolean;
begin
  perform tests.as_service();
  v_is_new := public.apply_resend_event(told.event_id, told.event);
  perform tests.as_admin();
  return v_is_new;
end;
$$;
grant execute on function tests.resend, tests.bounce, tests.stopped to service_role, authenticated, anon;

/* -- the log -------------------------------------------------------------------------------------------------- */

insert into public.notifications (recipient_id, kind, subject_id) values (tests.id('dana'), 'calendar_stale', tests.id('session'));
select ok(tests.told('msg_0', tests.resend('delivered', seconds => 7)), 'Resend is faster than our worker');
select private.record_mail(recipient_id, kind, id, null, '{"mail_id": "mail_1", "subject": "Hello"}') from public.notifications where kind = 'calendar_stale';
select results_eq($$ select delivered_at, bounced_at from public.mails $$, $$ values (now() - interval '10 minutes' + interval '7 seconds', null::timestamptz) $$, 'and is heard once the mail is written down');
select ok(not tests.told('msg_0', tests.resend('delivered', seconds => 1)), 'a second delivery of an event is none');
select ok(tests.told('msg_1', tests.resend('delivered', seconds => 9)), 'a second event of the kind');
select ok(tests.told('msg_2', tests.resend('delivery_delayed', seconds => 3)), 'and an older one, late');
select results_eq($$ select delivered_at, delayed_at from public.mails $$, $$ values (now() - interval '10 minutes' + interval '7 seconds', now() - interval '10 minutes' + interval '3 seconds') $$, 'each has the moment at which it was first so');
select ok(tests.told('msg_3', tests.resend('opened')), 'what does not concern us is noted');
select ok(tests.told('msg_4', tests.resend('delivered', email_id => 'another')), 'so is what became of a mail that is none of a person');
select is((select count(*) from private.webhook_events where provider = 'resend' and payload::text ~* 'dana'), 0::bigint, 'nothing of what is kept names anybody');
select is(tests.stopped(), null, 'and mail goes on');

/* -- a bounce ------------------------------------------------------------------------------------------------- */

select tests.told('msg_5', tests.resend('bounced', data => tests.bounce('Transient')));
select is((select failure from public.mails), 'Transient', 'a bounce that may pass is in the log');
select is(tests.stopped(), null, 'and stops nothing');
select is(tests.decided('calendar_clash'), 'send', 'nothing at all');
update public.mails set failure = null;
select tests.told('msg_6', tests.resend('complained'));
select is(tests.stopped(), 'complaint', 'a complaint');
select is(tests.decided('calendar_clash'), 'skip', 'stops what need not come');
select is(tests.decided('attendance_objected'), 'send', 'not what has to');
select is(tests.decided('calendar_clash', 'in_app'), 'send', 'nor what is shown in the app');
select isnt((select complained_at from public.mails), null, 'and is in the log');

insert into public.notification_preferences values (tests.id('dana'), 'receipts', 'in_app', 'never');
select is(tests.decided('attendance_objected', 'in_app'), 'skip', 'what is mailed need not be in the app');
select tests.told('msg_7', tests.resend('bounced', "to" => 'Dana <DANA@example.com>', data => tests.bounce()));
select is(tests.stopped(), 'bounce', 'a bounce for good');
select is(tests.decided('calendar_clash'), 'skip', 'stops what need not come');
select is(tests.decided('attendance_objected'), 'skip', 'and what has to: it can''t arrive');
select is(tests.decided('attendance_objected', 'in_app'), 'send', 'that is shown in the app, whatever was chosen');
select is(tests.stopped('zoe'), null, 'another address is not concerned');
select tests.told('msg_8', tests.resend('complained'));
select is(tests.stopped(), 'bounce', 'a complaint after it makes nothing easier');

/* -- and the way out ------------------------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select results_eq($$ select mail_stopped_by::text from public.unread_counts() $$, array['bounce'], 'every page is told why');
select lives_ok($$ select public.confirm_mail_address() $$, 'the person says that the address is right');
select is(tests.stopped(), null, 'and mail goes on');
select tests.sign_in_as('zoe');
select lives_ok($$ select public.confirm_mail_address() $$, 'to say so of an address without trouble');
select tests.as_admin();
select is((select mail_confirmed_at from public.profile_contacts where profile_id = tests.id('zoe')), null, 'is nothing');
select is(tests.decided('calendar_clash'), 'send', 'as before');
select tests.told('msg_9', tests.resend('bounced', data => tests.bounce(), written => '1 second'));
select is(tests.stopped(), null, 'late news of a mail of before stops nothing');
select tests.told('msg_10', tests.resend('suppressed', written => '-1 second'));
select is(tests.stopped(), 'bounce', 'a mail of after does: Resend writes there no more');

select tests.as_service();
select public.sync_clerk_user(jsonb_build_object(
  'id', 'user_dana', 'updated_at', (extract(epoch from now() + interval '1 minute') * 1000)::bigint, 'primary_email_address_id', 'i1',
  'email_addresses', jsonb_build_array(jsonb_build_object('id', 'i1', 'email_address', address, 'verification', jsonb_build_object('status', 'verified')))
)) from unnest(array['dana@example.com']) as address;
select is(tests.stopped(), 'bounce', 'news of the same address changes nothing');
select public.sync_clerk_user(jsonb_build_object(
  'id', 'user_dana', 'updated_at', (extract(epoch from now() + interval '2 minutes') * 1000)::bigint, 'primary_email_address_id', 'i1',
  'email_addresses', jsonb_build_array(jsonb_build_object('id', 'i1', 'email_address', 'dana@new.example', 'verification', jsonb_build_object('status', 'verified')))
));
select is(tests.stopped(), null, 'another address is written to');
select tests.as_admin();
select tests.told('msg_11', tests.resend('bounced', data => tests.bounce(), written => '-5 minutes'));
select is(tests.stopped(), null, 'whatever becomes of mails to the old one');

select tests.sign_out();
select tests.refuses_columns('public.profile_contacts', 'mail_stopped_at', 'mail_stopped_by');
select throws_ok('select public.confirm_mail_address()', '42501', null, 'a visitor has nothing to confirm');

select * from finish();
rollback;
