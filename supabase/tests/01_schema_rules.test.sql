/*
 * The rules every table and function keeps, as queries: each says nothing while all is well.
 * A new table or function is covered the day it is made.
 */
begin;
select plan(26);

/* Ours: what the migrations make, not the platform. */
create temp view our_tables as
select pg_class.oid, pg_class.oid::regclass::text as name, pg_class.relname, pg_class.relrowsecurity
from pg_class
where pg_class.relkind in ('r', 'p')
  and pg_class.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'admin'::regnamespace);

create temp view our_functions as
select pg_proc.*, pg_proc.oid::regprocedure::text as name
from pg_proc
where pg_proc.pronamespace in ('public'::regnamespace, 'private'::regnamespace, 'admin'::regnamespace);

create temp view our_policies as
select * from pg_policies where schemaname in ('public', 'private', 'admin', 'realtime', 'storage');

/* -- tables ------------------------------------------------------------------------------ */

select is_empty('select name from our_tables where not relrowsecurity', 'row level security is on for every table');

select is_empty(
  $$ select name from our_tables where not exists (select from pg_policy where polrelid = our_tables.oid) $$,
  'every table says who may read it, be it nobody'
);
select is_empty(
  $$ select name from our_tables where obj_description(oid, 'pg_class') is null $$,
  'every table has a comment'
);
select is_empty(
  $$ select name, attname
     from our_tables
     join pg_attribute on attrelid = our_tables.oid and attnum > 0 and not attisdropped
     where atttypid = 'timestamp'::regtype $$,
  'every timestamp has a time zone'
);
select is_empty(
  $$ select name, attname
     from our_tables
     join pg_attribute on attrelid = our_tables.oid and attnum > 0 and not attisdropped
     where (attname like '%\_at') <> (atttypid in ('timestamptz'::regtype, 'time'::regtype))
       and attname not in ('hold_expires_at', 'answer_by', 'pay_by', 'run_after', 'locked_until', 'window_started', 'quiet_from', 'quiet_until') $$,
  'what is named _at is an instant, or a time of day, and nothing else is'
);
select is_empty(
  $$ select name, attname
     from our_tables
     join pg_attribute on attrelid = our_tables.oid and attnum > 0 and not attisdropped
     where (attname like '%\_cents') and atttypid <> 'integer'::regtype or atttypid in ('money'::regtype, 'float4'::regtype, 'float8'::regtype) $$,
  'money is whole cents'
);
select is_empty(
  $$ select name from our_tables where not exists (select from pg_constraint where conrelid = our_tables.oid and contype = 'p') $$,
  'every table has a primary key'
);
select is_empty(
  $$ select constraints.conrelid::regclass, constraints.conname
     from pg_constraint as constraints
     join our_tables on our_tables.oid = constraints.conrelid
     where constraints.contype = 'f'
       and not exists (
         select from pg_index
         where pg_index.indrelid = constraints.conrelid
           and pg_index.indpred is null
           and (pg_index.indkey::smallint[])[0:cardinality(constraints.conkey) - 1] @> constraints.conkey
       ) $$,
  'every foreign key has an index that begins with it'
);
select is_empty(
  $$ select name, conname from pg_constraint join our_tables on our_tables.oid = conrelid
     where conname not like relname || '\_%' $$,
  'every constraint is named after its table'
);
select is_empty(
  $$ select name, indexrelid::regclass from pg_index join our_tables on our_tables.oid = indrelid
     where (select relname from pg_class where pg_class.oid = indexrelid) not like our_tables.relname || '\_%' $$,
  'and so is every index'
);
select is_empty('select viewname from pg_views where schemaname in (''public'', ''private'')', 'there is no view that could read with its owner''s rights');

/* -- policies ---------------------------------------------------------------------------- */

select is_empty($$ select policyname from our_policies where roles && '{public}' $$, 'every policy names its roles');
select is_empty($$ select policyname from our_policies where permissive <> 'PERMISSIVE' $$, 'every policy gives; none takes away');
select is_empty(
  $$ select policyname from our_policies where cmd in ('UPDATE', 'ALL') and with_check is null $$,
  'every policy that lets change rows looks at what they become'
);
select is_empty($$ select policyname from our_policies where cmd = 'ALL' $$, 'a policy is for one command');
select is_empty(
  $$ select schemaname, tablename, cmd, role
     from our_policies cross join unnest(roles) as role
     group by schemaname, tablename, cmd, role having count(*) > 1 $$,
  'a table has one policy for each role and command'
);
select is_empty(
  $$ select policyname from our_policies
     where policyname !~ '^(Anyone|People|Coaches|Clients|Client and coach) can (view|listen|signal|send) .+|^Nobody reads .+' $$,
  'a policy''s name is a sentence that says who may do what'
);
select bag_eq(
  $$ select tablename::text, role::text from our_policies cross join unnest(roles) as role where schemaname = 'public' $$,
  $$ select relname::text, role from our_tables cross join unnest(array['anon', 'authenticated']) as role
     where our_tables.oid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
       and has_any_column_privilege(role, our_tables.oid, 'select') $$,
  'who holds a right to read a public table has a policy for it, and nobody else'
);
select is_empty(
  $$ select policyname from our_policies where schemaname = 'private' and qual is distinct from 'false' $$,
  'private tables show nothing to anyone'
);

/* -- functions --------------------------------------------------------------------------- */

select is_empty(
  $$ select name from our_functions where prosrc ~ '[.]id::text = ' $$,
  'an id that came as text is read as one (uuid_or_null), so that its index finds the row'
);

select is_empty(
  $$ select name from our_functions where not ('search_path=""' = any (coalesce(proconfig, '{}'))) $$,
  'every function pins search_path to nothing'
);
select is_empty(
  $$ select name from our_functions where prosecdef and pg_get_functiondef(oid) ~* 'set_config|set\s+(local\s+)?role' $$,
  'no function that runs with its owner''s rights changes who is asking'
);
select is_empty(
  $$ select name from our_functions where prorettype = 'trigger'::regtype and proname !~ '^tg_[a-z_]+__[a-z_]+$' $$,
  'trigger functions are named for table and task'
);
select is_empty(
  $$ select proname from our_functions where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype $$,
  'and are not offered by the API'
);
select is_empty(
  $$ select name from our_functions join pg_language on pg_language.oid = prolang where lanname not in ('sql', 'plpgsql') $$,
  'functions are written in SQL and PL/pgSQL'
);

-- Each has a sentence in its header that says why. A new one is added here on purpose, or is a mistake.
select bag_eq(
  $$ select name from our_functions where prosecdef $$,
  array[
    'add_out_of_office(date,time without time zone,date,time without time zone,text)',
    'add_travel_zone(date,date,text)',
    'apply_calendly_event(text,jsonb)',
    'apply_clerk_event(text,jsonb)',
    'apply_resend_event(text,jsonb)',
    'confirm_mail_address()',
    'apply_stripe_event(jsonb)',
    'apply_zoom_event(text,jsonb)',
    'accept_request(uuid,uuid[],text)',
    'asked_sessions(uuid)',
    'agree_to_recording(uuid,integer)',
    'archive_offer(uuid)',
    'availability_preview()',
    'attendance_details(uuid)',
    'available_slots(uuid,timestamp with time zone,timestamp with time zone)',
    'begin_membership(uuid,text)',
    'billing_list(integer,integer)',
    'calendar_unread_since(uuid)',
    'calendly_booking_details(uuid)',
    'calendly_bookings_unpaid()',
    'calendly_connection()',
    'calendly_links(uuid)',
    'calendly_unwritten()',
    'calendar_entry(uuid)',
    'calendar_feed(text)',
    'call_off_date(uuid,text)',
    'buy_in_instalments(uuid,text,text)',
    'instalment_offer_terms(uuid)',
    'stop_plan(uuid)',
    'no_show_fee_checkout(uuid)',
    'no_show_fee_details(uuid)',
    'no_show_fee_terms(uuid)',
    'plan_details(uuid)',
    'plan_parts(uuid)',
    'buy_package(uuid,text)',
    'package_details(uuid)',
    'package_history(uuid)',
    'package_list()',
    'sold_packages(uuid[],uuid)',
    'cancel_booking(uuid,integer,text,boolean,integer)',
    'cancel_membership(uuid)',
    'change_membership_offer(uuid,text,text,integer,integer,billing_interval,integer,integer)',
    'change_membership_plan(uuid,uuid,text)',
    'change_offer(uuid,text,text,integer,integer,boolean,integer,integer,integer,integer,integer)',
    'checkout_details(uuid)',
    'calendly_events_ahead(uuid)',
    'claim_calendly_booking(uuid)',
    'claim_calendly_token(uuid,text)',
    'claim_outbox(integer,integer)',
    'coach_balance()',
    'coach_clients(integer)',
    'coach_dates(timestamp with time zone,timestamp with time zone)',
    'coach_earnings(integer,integer)',
    'coach_progress()',
    'coaches_free_before(timestamp with time zone,text,text,integer)',
    'coming_dates(uuid)',
    'complete_outbox(bigint,jsonb)',
    'complete_profile(profile_kind,text,text,text,text,text,text)',
    'connect_calendly(uuid,text,text,text,text,text,text,integer)',
    'conversation_details(uuid)',
    'conversation_events(uuid,bigint,bigint)',
    'coupon_list()',
    'block_conversation(uuid)',
    'delete_answer(uuid)',
    'delete_message(uuid)',
    'edit_message(uuid,text)',
    'end_coupon(uuid)',
    'make_coupon(text,integer,integer,date,integer,integer,boolean,integer)',
    'credit_slots(uuid,timestamp with time zone,timestamp with time zone)',
    'date_seats(uuid)',
    'decline_request(uuid,text)',
    'disconnect_calendly()',
    'ensure_profile()',
    'end_package(uuid,integer,text)',
    'fail_calendly_refresh(uuid,uuid,boolean)',
    'fail_calendly_sync(uuid,text)',
    'fail_outbox(bigint,text,boolean,integer)',
    'following_moves(uuid,timestamp with time zone)',
    'following_refund_quotes(uuid)',
    'group_date_details(uuid)',
    'host_meeting(uuid)',
    'has_calendar_clash(uuid)',
    'inbox(integer,boolean)',
    'join_meeting(uuid)',
    'keep_membership(uuid)',
    'make_calendar_feed()',
    'make_group_session(text,text,integer,integer,integer)',
    'make_intro_call(text,text,integer)',
    'make_membership_offer(text,text,integer,integer,billing_interval,integer,integer)',
    'make_offer(text,text,integer,integer,boolean)',
    'make_package(text,text,integer,integer,integer,integer,boolean,integer,integer)',
    'mark_read(uuid,bigint)',
    'message_to_change(uuid)',
    'membership_begun(uuid)',
    'membership_checkout(uuid)',
    'membership_decision(uuid)',
    'membership_list(uuid)',
    'membership_offer_terms(uuid)',
    'membership_plans(uuid)',
    'move_slots(uuid,timestamp with time zone,timestamp with time zone,boolean)',
    'move_terms(uuid,timestamp with time zone)',
    'out_of_office_notes(uuid,timestamp with time zone,timestamp with time zone)',
    'object_to_attendance(uuid,text)',
    'outbox_work(bigint)',
    'own_stripe_customer()',
    'pause_membership(uuid)',
    'platform_terms()',
    'prepare_message(uuid,uuid)',
    'private.current_coach_id()',
    'private.current_coaches_of_client()',
    'private.current_counterpart_ids()',
    'private.current_profile_id()',
    'private.dispatch_outbox()',
    'private.is_hidden(uuid,uuid,uuid)',
    'private.may_follow(text)',
    'private.may_read_attachment(uuid)',
    'private.may_read_file(text)',
    'private.may_send_file(text)',
    'private.may_signal(text)',
    'private.require_coach()',
    'private.require_profile()',
    'private.tg_coach_facts__refresh_listing()',
    'private.tg_bookings__keep_to_transitions()',
    'private.tg_calendar__note_change()',
    'private.tg_coaches__note_calendar_change()',
    'private.tg_coaches__refresh_listing()',
    'private.tg_coaches__status_changed()',
    'private.tg_conversation_reads__broadcast()',
    'private.tg_credit_entries__never_below_zero()',
    'private.tg_ledger_entries__sum_to_zero()',
    'private.tg_ledger_journals__have_entries()',
    'private.tg_messages__broadcast()',
    'private.tg_threads__tell_activity()',
    'record_calendly_sync(uuid,jsonb)',
    'record_checkout(uuid,uuid,text,text,timestamp with time zone)',
    'record_membership_checkout(uuid,uuid,integer,text,text)',
    'record_stripe_customer(uuid,text)',
    'record_stripe_price(uuid,text)',
    'recording_details(uuid)',
    'record_payout_account(jsonb)',
    'record_registrant(uuid,uuid,text,text)',
    'record_security_event(text,jsonb)',
    'refund_quote(uuid)',
    'release_hold(uuid)',
    'remove_date_override(date)',
    'remove_out_of_office(uuid)',
    'remove_travel_zone(uuid)',
    'request_booking(uuid,timestamp with time zone,text,text,text)',
    'request_booking_with_credit(uuid,timestamp with time zone[],text,text)',
    'request_series(uuid,timestamp with time zone[],text,text,text)',
    'reschedule_booking(uuid,timestamp with time zone,text,boolean)',
    'resume_membership(uuid)',
    'revoke_calendar_feed()',
    'revoke_recording(uuid)',
    'save_answer(text,text,uuid)',
    'save_availability_settings(integer,integer,integer,integer,integer,integer,integer)',
    'save_calendly_choices(calendly_when_stale,calendly_intake,jsonb)',
    'save_calendly_tokens(uuid,uuid,text,text,integer)',
    'save_coach_profile(text,text,text[],text[],text[],integer,text)',
    'save_date_override(date,jsonb)',
    'save_weekly_hours(jsonb)',
    'search_coaches(text,text,text,text,integer,text,integer)',
    'schedule_date(uuid,date,time without time zone)',
    'seat_neighbors(uuid)',
    'search_messages(text,integer)',
    'send_message(uuid,uuid,text,uuid[])',
    'series_dates(uuid,timestamp with time zone,integer)',
    'session_details(uuid)',
    'session_refunds(uuid)',
    'session_recordings(uuid)',
    'session_list(booking_actor,boolean,integer)',
    'show_name(uuid,boolean)',
    'start_conversation(uuid)',
    'unblock_conversation(uuid)',
    'stop_watch(uuid)',
    'submit_coach_application()',
    'sync_clerk_user(jsonb)',
    'take_seat(uuid,text,text,boolean,text)',
    'take_rate_limit(text,text,integer,integer)',
    'take_calendly_event(uuid,jsonb)',
    'unread_counts()',
    'unsubscribe_choices(text)',
    'unsubscribe(text)',
    'resubscribe(text,jsonb)',
    'read_notice(uuid)',
    'mark_notices_read(timestamp with time zone)',
    'notification_settings()',
    'save_notification_settings(jsonb,time without time zone,time without time zone)',
    'watch_booking(uuid)',
    'watch_recording(uuid)',
    'watch_offer(uuid,date,text)',
    'coach_reviews(uuid,integer)',
    'private.tg_returns__refresh_reviews()',
    'received_reviews(integer)',
    'reply_to_report(uuid)',
    'reply_to_review(uuid,text)',
    'report(report_subject,uuid,text)',
    'review_client(uuid,integer,integer,integer,text,text)',
    'review_coach(uuid,integer,integer,integer,text,text)',
    'review_summary(uuid)',
    'review_to_report(uuid)',
    'reviews_due()',
    'session_reviews(uuid)',
    'withdraw_request(uuid)'
  ],
  'these functions, and no others, run with their owner''s rights'
);

select * from finish();
rollback;
