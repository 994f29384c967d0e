begin;
select no_plan(); -- As many as there are private tables.

-- One row in each table that has none, so that an empty answer means something.
select tests.create_host('host');
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');
insert into private.meeting_participants (meeting_id, participant_uuid, display_name) values (tests.meeting_id('session'), 'p', 'Dana');
insert into private.meeting_registrants (meeting_id, profile_id, registrant_id, join_url) values (tests.meeting_id('session'), tests.id('dana'), 'r', '');
insert into private.recording_consents (booking_id, profile_id, terms_version) values (tests.id('session'), tests.id('dana'), 1);
insert into private.recordings (meeting_id, zoom_uuid, recorded_at, duration_minutes, bytes, removed_at)
values (tests.meeting_id('session'), 'run', now(), 50, 1, now());
insert into private.meeting_repairs (kind) values ('unknown_here');
select tests.connect_calendly('maria');
insert into private.calendly_events (booking_id, event_type_uri, starts_at) values (tests.id('session'), 'https://api.calendly.test/event_types/1', now());
insert into private.calendly_bookings (coach_id, offer_id, event_type_uri, event_uri, invitee_uri, name, email, time_zone, reschedule_url, starts_at, ends_at, pay_by)
values (tests.coach_id('maria'), tests.id('maria''s hour'), 't', 'e', 'i', 'Nora', 'nora@home.example', 'UTC', 'r', now(), now() + interval '1 hour', now());
insert into private.stripe_customers values (tests.id('dana'), 'cus_dana');
select tests.create_membership_offer('steady', coach => 'maria');
select admin.make_coupon('TEN', 10);
insert into private.coupon_redemptions (order_id, coupon_id, client_id)
select tests.order_id('session'), coupons.id, tests.id('dana') from private.coupons;
insert into private.card_charges (order_id, attempt) values (tests.order_id('session'), 1);
insert into private.no_show_fees (booking_id, order_id) values (tests.id('session'), tests.order_id('session'));
insert into public.refunds (order_id, payment_id, reason, amount_cents) select order_id, id, 'made_in_stripe', 100 from public.payments where order_id = tests.order_id('session');
insert into private.refund_replacements select id, id, 100, 0 from public.refunds;
insert into private.rate_limits (bucket, subject) values ('sign_in', 'hash');
insert into private.balance_transactions (id, type, amount_cents, fee_cents, net_cents, reporting_category, created_at) values ('txn_1', 'charge', 100, 3, 97, 'charge', now());
select private.record_balance('{"until": 1, "transactions": []}');
select public.record_security_event('sign_in_failed');
select private.refresh_next_times();
with watch as (
  insert into public.slot_watches (client_id, coach_id, offer_id, before_at, time_zone)
  values (tests.id('dana'), tests.coach_id('maria'), tests.id('maria''s hour'), now() + interval '1 day', 'UTC')
  returning *
)
insert into private.slot_openings (watch_id, client_id, coach_id, starts_at)
select id, client_id, coach_id, now() from watch;
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.sign_in_as('dana');
select tests.review('held', note => 'Between us.');
select tests.as_admin();
insert into public.reports (reporter_id, subject, subject_id, reason) select tests.id('maria'), 'review', id, 'It names somebody.' from public.reviews;
insert into private.report_decisions (report_id, decision, reason) select id, 'keep', 'It names nobody.' from public.reports;
insert into public.messages (id, conversation_id, seq, change, sender_id, body)
values ('00000000-0000-4000-8000-000000000001', tests.conversation_id('dana', 'maria'), 1, 1, tests.id('dana'), 'Hello');
insert into private.conversation_blocks select tests.conversation_id('dana', 'maria'), tests.id('maria');
insert into private.message_words (message_id, body) select id, 'Hi' from public.messages;
update public.coaches set status = 'paused' where slug = 'maria';

select policies_are('private', 'platform_settings', array['Nobody reads settings over the API']);
select policies_are('private', 'no_show_fees', array['Nobody reads no-show fees over the API']);
select policies_are('private', 'outbox', array['Nobody reads the outbox over the API']);
select policies_are('private', 'webhook_events', array['Nobody reads webhook events over the API']);
select policies_are('private', 'security_events', array['Nobody reads security events over the API']);
select policies_are('private', 'rate_limits', array['Nobody reads rate limits over the API']);
select policies_are('private', 'audit_log', array['Nobody reads the audit log over the API']);
insert into private.digests (recipient_id) values (tests.id('dana'));
select policies_are('private', 'digests', array['Nobody reads digests over the API']);
select policies_are('private', 'notification_events', array['Nobody reads events over the API']);
select policies_are('private', 'notification_conditions', array['Nobody reads conditions over the API']);

create temp table private_tables as
select (schemaname || '.' || tablename)::regclass as name from pg_tables where schemaname = 'private';
grant select on private_tables to anon, authenticated, service_role;

select isnt_empty(format('select from %s', name), format('there is something in %s', name)) from private_tables;

select tests.sign_in_as('dana');
select tests.refuses_reads(name) from private_tables;
select tests.refuses_writes(name) from private_tables;

select tests.sign_out();
select tests.refuses_reads(name) from private_tables;
select tests.refuses_writes(name) from private_tables;

-- Webhooks and jobs hold a key, but no table: they go through functions.
select tests.as_service();
select tests.refuses_reads(name) from private_tables;
select tests.refuses_writes(name) from private_tables;

-- A grant that slips in one day still shows nothing.
select tests.as_admin();
grant select on all tables in schema private to anon, authenticated;
select tests.sign_in_as('maria');
select is_empty(format('select from %s', name), format('no row of %s shows, even with a grant', name)) from private_tables;
select tests.sign_out();
select is_empty(format('select from %s', name), format('no row of %s shows a visitor, even with a grant', name)) from private_tables;

select * from finish();
rollback;
