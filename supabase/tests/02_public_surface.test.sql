/*
 * The whole public surface: what each role of the API holds, to the column. Whatever is added
 * or taken away turns this red until the list says so too.
 */
begin;
select plan(11);

create temp table grants as
with roles (grantee, role) as (
  values (0::oid, 'everyone'), ('anon'::regrole, 'anon'), ('authenticated'::regrole, 'authenticated'), ('service_role'::regrole, 'service_role')
),
ours as (
  select oid from pg_namespace where nspname in ('public', 'private', 'admin')
),
acl as (
  select pg_class.oid::regclass::text as thing, null as columns, given.*
  from pg_class
  cross join lateral aclexplode(coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))) as given
  where relnamespace in (select oid from ours) and relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select attrelid::regclass::text, string_agg(attname, ', ' order by attname), null, given.grantee, given.privilege_type, given.is_grantable
  from pg_attribute
  join pg_class on pg_class.oid = attrelid and relnamespace in (select oid from ours)
  cross join lateral aclexplode(attacl) as given
  group by attrelid, given.grantee, given.privilege_type, given.is_grantable
  union all
  select pg_proc.oid::regprocedure::text, null, given.*
  from pg_proc
  cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) as given
  where pronamespace in (select oid from ours)
  union all
  select 'schema ' || nspname, null, given.*
  from pg_namespace
  cross join lateral aclexplode(coalesce(nspacl, acldefault('n', nspowner))) as given
  where oid in (select oid from ours)
)
select string_agg(distinct roles.role, ', ' order by roles.role) as who,
  lower(acl.privilege_type) || case when acl.is_grantable then ' with grant option' else '' end as what, acl.thing, acl.columns
from acl
join roles using (grantee)
group by acl.privilege_type, acl.is_grantable, acl.thing, acl.columns;

select is_empty($$ select who, what, thing from grants where what not in ('usage', 'select', 'execute') $$, 'nobody may insert, update, delete or truncate, or pass a right on');
select is_empty($$ select thing from grants where what in ('select', 'execute') and who like '%everyone%' $$, 'nothing is granted to everyone');
select is_empty($$ select thing from grants where what = 'select' and who like '%service_role%' $$, 'the secret key reads no table: webhooks and jobs go through functions');

select bag_eq(
  $$ select thing || ': ' || who from grants where what = 'usage' $$,
  array[
    'schema private: anon, authenticated, service_role',
    'schema public: anon, authenticated, everyone, service_role'
  ],
  'helpers of policies are looked up in private; nobody looks into admin'
);

/* -- tables ------------------------------------------------------------------------------ */

select bag_eq(
  $$ select thing from grants where what = 'select' and columns is null and who = 'anon, authenticated' $$,
  array[
    'cancellation_policies',
    'languages',
    'offers',
    'specialties',
    'states'
  ],
  'anyone reads these tables'
);
select bag_eq(
  $$ select thing from grants where what = 'select' and columns is null and who = 'authenticated' $$,
  array[
    'attendance_decisions',
    'availability_settings',
    'booking_events',
    'bookings',
    'busy_times',
    'calendly_event_types',
    'calendly_offers',
    'conversation_reads',
    'conversations',
    'credit_entries',
    'credentials',
    'date_overrides',
    'earnings',
    'group_dates',
    'membership_consents',
    'message_attachments',
    'messages',
    'mails',
    'notification_groups',
    'notification_kinds',
    'notification_preferences',
    'notification_rules',
    'notifications',
    'out_of_office',
    'payout_accounts',
    'profile_contacts',
    'saved_answers',
    'travel_zones',
    'weekly_hours'
  ],
  'people who signed in read these besides'
);
select bag_eq(
  $$ select thing || ' (' || columns || ')' from grants where what = 'select' and columns is not null and who = 'anon, authenticated' $$,
  array[
    'coach_listings (answers_in_minutes, coach_id, from_price_cents, rating_average, review_count, sessions_held)',
    'coaches (applied_at, approved_at, bio, cancellation_policy_id, display_name, headline, id, languages, slug, specialties, states, status, time_zone, years_in_business)'
  ],
  'anyone reads these columns'
);
select bag_eq(
  $$ select thing || ' (' || columns || ')' from grants where what = 'select' and columns is not null and who = 'authenticated' $$,
  array[
    'calendar_feeds (created_at, profile_id)',
    'meetings (booking_id, ended_at, ends_at, group_date_id, id, started_at, starts_at, status)',
    'memberships (client_id, coach_id, created_at, ended_at, id, is_ending, offer_id, period_ends_at, period_starts_at, status, trial_days, trial_ends_at)',
    'orders (amount_cents, client_id, client_move_minutes, client_moves, coach_id, coach_move_minutes, created_at, credits_end_at, credits_end_reason, currency, discount_bearer, discount_cents, due_at, fee_cents, full_refund_minutes, id, membership_id, no_show_fee_cents, offer_id, paid_at, partial_refund_minutes, partial_refund_percent, period_ends_at, period_starts_at, plan_id, plan_position, session_count, status)',
    'payment_plans (client_id, coach_id, created_at, ended_at, ended_reason, id, instalments, offer_id, status)',
    'payouts (amount_cents, arrives_on, coach_id, created_at, failure_code, id, status)',
    'disputes (closed_at, evidence_due_at, evidence_sent_at, id, lost_cents, opened_at, order_id, reason, status)',
    'payments (amount_cents, created_at, currency, failure_code, id, invoice_number, invoice_pdf_url, invoice_url, order_id, receipt_url, status)',
    'profiles (company, created_at, first_name, home_state, id, kind, last_name, onboarded_at, time_zone)',
    'refunds (amount_cents, booking_id, created_at, id, order_id, reason, settled_at, status)',
    'reports (created_at, decided_at, id, reason, subject, subject_id)',
    'reviews (author_party, booking_id, coach_id, created_at, id, published_at, rating, replied_at)',
    'slot_watches (before_at, booking_id, client_id, coach_id, created_at, ended_at, id, offer_id)',
    'transfer_reversals (amount_cents, created_at, id, reversed_cents, settled_at, status, transfer_id, why)',
    'transfers (amount_cents, coach_id, created_at, earning_id, id, netted_cents, settled_at, status)'
  ],
  'people who signed in read these besides'
);

/* -- functions --------------------------------------------------------------------------- */

select bag_eq(
  $$ select thing from grants where what = 'execute' and who = 'anon, authenticated' $$,
  array[
    'calendly_booking_details(uuid)',
    'calendly_links(uuid)',
    'available_slots(uuid,timestamp with time zone,timestamp with time zone)',
    'calendar_feed(text)',
    'unsubscribe_choices(text)',
    'unsubscribe(text)',
    'resubscribe(text,jsonb)',
    'coach_reviews(uuid,integer)',
    'review_summary(uuid)',
    'coaches_free_before(timestamp with time zone,text,text,integer)',
    'calendar_unread_since(uuid)',
    'coming_dates(uuid)',
    'instalment_offer_terms(uuid)',
    'membership_offer_terms(uuid)',
    'next_slots(uuid,integer)',
    'out_of_office_notes(uuid,timestamp with time zone,timestamp with time zone)',
    'platform_terms()',
    'private.current_coach_id()',
    'private.current_profile_id()',
    'search_coaches(text,text,text,text,integer,text,integer)',
    'series_dates(uuid,timestamp with time zone,integer)'
  ],
  'anyone calls these functions'
);
select bag_eq(
  $$ select thing from grants where what = 'execute' and who = 'authenticated' $$,
  array[
    'accept_request(uuid,uuid[],text)',
    'asked_sessions(uuid)',
    'add_out_of_office(date,time without time zone,date,time without time zone,text)',
    'add_travel_zone(date,date,text)',
    'agree_to_recording(uuid,integer)',
    'archive_offer(uuid)',
    'attendance_details(uuid)',
    'availability_preview()',
    'begin_membership(uuid,text)',
    'billing_list(integer,integer)',
    'calendar_entry(uuid)',
    'calendly_bookings_unpaid()',
    'calendly_connection()',
    'calendly_unwritten()',
    'call_off_date(uuid,text)',
    'buy_in_instalments(uuid,text,text)',
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
    'claim_calendly_booking(uuid)',
    'coach_balance()',
    'coach_clients(integer)',
    'coach_dates(timestamp with time zone,timestamp with time zone)',
    'coach_earnings(integer,integer)',
    'coach_progress()',
    'complete_profile(profile_kind,text,text,text,text,text,text)',
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
    'end_package(uuid,integer,text)',
    'mark_read(uuid,bigint)',
    'message_to_change(uuid)',
    'membership_begun(uuid)',
    'membership_checkout(uuid)',
    'membership_decision(uuid)',
    'membership_list(uuid)',
    'membership_plans(uuid)',
    'move_slots(uuid,timestamp with time zone,timestamp with time zone,boolean)',
    'move_terms(uuid,timestamp with time zone)',
    'object_to_attendance(uuid,text)',
    'own_stripe_customer()',
    'pause_membership(uuid)',
    'prepare_message(uuid,uuid)',
    'private.current_coaches_of_client()',
    'private.current_counterpart_ids()',
    'private.is_hidden(uuid,uuid,uuid)',
    'private.may_follow(text)',
    'private.may_read_attachment(uuid)',
    'private.may_read_file(text)',
    'private.may_send_file(text)',
    'private.may_signal(text)',
    'recording_details(uuid)',
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
    'save_coach_profile(text,text,text[],text[],text[],integer,text)',
    'save_date_override(date,jsonb)',
    'save_weekly_hours(jsonb)',
    'schedule_date(uuid,date,time without time zone)',
    'seat_neighbors(uuid)',
    'search_messages(text,integer)',
    'send_message(uuid,uuid,text,uuid[])',
    'session_details(uuid)',
    'session_refunds(uuid)',
    'session_recordings(uuid)',
    'session_list(booking_actor,boolean,integer)',
    'show_name(uuid,boolean)',
    'start_conversation(uuid)',
    'unblock_conversation(uuid)',
    'stop_watch(uuid)',
    'submit_coach_application()',
    'take_seat(uuid,text,text,boolean,text)',
    'unread_counts()',
    'read_notice(uuid)',
    'mark_notices_read(timestamp with time zone)',
    'notification_settings()',
    'confirm_mail_address()',
    'save_notification_settings(jsonb,time without time zone,time without time zone)',
    'watch_booking(uuid)',
    'watch_recording(uuid)',
    'watch_offer(uuid,date,text)',
    'received_reviews(integer)',
    'reply_to_report(uuid)',
    'reply_to_review(uuid,text)',
    'report(report_subject,uuid,text)',
    'review_client(uuid,integer,integer,integer,text,text)',
    'review_coach(uuid,integer,integer,integer,text,text)',
    'review_to_report(uuid)',
    'reviews_due()',
    'session_reviews(uuid)',
    'withdraw_request(uuid)'
  ],
  'people who signed in call these besides'
);
select bag_eq(
  $$ select thing from grants where what = 'execute' and who = 'service_role' $$,
  array[
    'apply_calendly_event(text,jsonb)',
    'apply_clerk_event(text,jsonb)',
    'apply_resend_event(text,jsonb)',
    'apply_stripe_event(jsonb)',
    'apply_zoom_event(text,jsonb)',
    'calendly_events_ahead(uuid)',
    'claim_calendly_token(uuid,text)',
    'claim_outbox(integer,integer)',
    'complete_outbox(bigint,jsonb)',
    'connect_calendly(uuid,text,text,text,text,text,text,integer)',
    'fail_calendly_refresh(uuid,uuid,boolean)',
    'fail_calendly_sync(uuid,text)',
    'fail_outbox(bigint,text,boolean,integer)',
    'outbox_work(bigint)',
    'record_calendly_sync(uuid,jsonb)',
    'record_checkout(uuid,uuid,text,text,timestamp with time zone)',
    'record_membership_checkout(uuid,uuid,integer,text,text)',
    'record_payout_account(jsonb)',
    'record_registrant(uuid,uuid,text,text)',
    'record_security_event(text,jsonb)',
    'record_stripe_customer(uuid,text)',
    'record_stripe_price(uuid,text)',
    'save_calendly_tokens(uuid,uuid,text,text,integer)',
    'sync_clerk_user(jsonb)',
    'take_calendly_event(uuid,jsonb)',
    'take_rate_limit(text,text,integer,integer)'
  ],
  'webhooks and jobs call these'
);

select * from finish();
rollback;
