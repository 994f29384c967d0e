/*
 * What no row may say, whoever writes it: here an admin, with plain statements. One line for each
 * check and each unique index that no story of its own comes by; `npm run test:rules` takes each
 * guard away and looks whether a test misses it.
 */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.create_host('host');
select tests.book('first', client => 'dana', offer => 'maria''s hour');
select tests.book('second', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5));
select tests.open_meeting('first');
select tests.connect_calendly('maria');

/* One test: a statement is refused by the guard of this name. */
create function tests.guarded_by(guard text, statement text) returns text language plpgsql as $$
declare
  v_guard text := 'nothing';
begin
  begin
    execute statement;
  exception when check_violation or unique_violation or exclusion_violation then
    get stacked diagnostics v_guard = constraint_name;
  end;
  return extensions.is(v_guard, guard, guard);
end;
$$;

-- The platform
select tests.guarded_by('platform_settings_fee_is_a_share', $$ update private.platform_settings set fee_basis_points = 10001 $$);
select tests.guarded_by('platform_settings_books_settle', $$ update private.platform_settings set books_settle_minutes = -1 $$);
select tests.guarded_by('platform_settings_instalment_notice', format('update private.platform_settings set instalment_notice_days = %s', days)) from unnest(array[0, 21]) as days;
select tests.guarded_by('platform_settings_charge_retries', format('update private.platform_settings set charge_retry_days = %L', days)) from unnest(array['{0}', '{21}', '{1,2,3,4,5,6}']) as days;
select tests.guarded_by('platform_settings_no_show_fee_days', format('update private.platform_settings set no_show_fee_days = %s', days)) from unnest(array[0, 61]) as days;
select tests.guarded_by('platform_settings_review_days', format('update private.platform_settings set %s', change)) from unnest(array['review_window_days = 0', 'review_pause_days = -1', 'review_reply_days = -1']) as change;
select tests.guarded_by('platform_settings_rating_prior', $$ update private.platform_settings set rating_prior_average = 5.1 $$);
select tests.guarded_by('platform_settings_rating_weight', $$ update private.platform_settings set rating_prior_weight = 0 $$);
select tests.guarded_by('outbox_done_has_a_time', $$ insert into private.outbox (topic, dedupe_key, status) values ('test', 'test', 'done') $$);
-- Two notices of one person and a mail of the first.
insert into public.notifications (recipient_id, kind, subject_id) select tests.id('dana'), 'calendar_stale', gen_random_uuid() from generate_series(1, 2);
insert into public.mails (recipient_id, kind, subject, notification_id, resend_id) select recipient_id, kind, 'Hello', id, 'mail_1' from public.notifications where kind = 'calendar_stale' and recipient_id = tests.id('dana') order by id limit 1;
select tests.guarded_by('profile_contacts_stop_has_a_reason', $$ update public.profile_contacts set mail_stopped_at = now() $$);
select tests.guarded_by('mails_say_one_thing', $$ update public.mails set notification_id = null $$);
select tests.guarded_by('mails_one_per_notification', $$ insert into public.mails (recipient_id, kind, subject, notification_id) select recipient_id, kind, subject, notification_id from public.mails $$);
select tests.guarded_by('mails_one_per_resend_id', $$ insert into public.mails (recipient_id, kind, subject, notification_id, resend_id) select recipient_id, kind, 'Hello', id, 'mail_1' from public.notifications where kind = 'calendar_stale' and not exists (select from public.mails where notification_id = notifications.id) limit 1 $$);
with digest as (insert into private.digests (recipient_id) values (tests.id('dana')) returning id)
insert into public.mails (recipient_id, kind, subject, digest_id) select tests.id('dana'), 'digest', 'Hello', id from digest;
select tests.guarded_by('mails_one_per_digest', $$ insert into public.mails (recipient_id, kind, subject, digest_id) select recipient_id, kind, subject, digest_id from public.mails where digest_id is not null $$);
select tests.guarded_by('notification_events_range', format('update private.notification_events set %s', change)) from unnest(array['earliest_minutes = null', 'earliest_minutes = latest_minutes + 1']) as change;
select tests.guarded_by('notification_events_recipients', $$ update private.notification_events set recipients = '{}' $$);
select tests.guarded_by('specialties_audience', $$ update public.specialties set audience = 'nobody' $$);
select tests.guarded_by('specialties_one_per_name', $$ update public.specialties set name = 'the same' $$);
select tests.guarded_by('languages_one_per_name', $$ update public.languages set name = 'the same' $$);
select tests.guarded_by('states_one_per_name', $$ update public.states set name = 'the same' $$);

-- People and practices
select tests.guarded_by('profiles_names_are_short', $$ update public.profiles set last_name = repeat('x', 81) $$);
select tests.guarded_by('profiles_company_is_short', $$ update public.profiles set company = repeat('x', 121) $$);
select tests.guarded_by('profiles_onboarded_are_complete', $$ update public.profiles set kind = null $$);
select tests.guarded_by(guard, format('insert into public.credentials (profile_id, kind, state, number) values (%L, %L, %L, %L)', tests.id('dana'), kind, state, number))
from (values
  ('credentials_licenses_have_a_state', 'state_license', null, '123456'),
  ('credentials_licenses_have_a_state', 'nmls', 'TX', '123456'),
  ('credentials_number_is_plausible', 'state_license', 'TX', '<b>'),
  ('credentials_nmls_is_numeric', 'nmls', null, 'TX-123')
) as refused (guard, kind, state, number);
select tests.guarded_by('coaches_slug_is_a_path', format('update public.coaches set slug = %L', slug)) from unnest(array['Maria', 'maria/', '-maria', repeat('x', 81)]) as slug;
select tests.guarded_by('coaches_display_name_is_short', $$ update public.coaches set display_name = '' $$);
select tests.guarded_by('coaches_headline_is_short', $$ update public.coaches set headline = repeat('x', 121) $$);
select tests.guarded_by('coaches_bio_is_short', $$ update public.coaches set bio = repeat('x', 4001) $$);
select tests.guarded_by('coaches_years_are_plausible', $$ update public.coaches set years_in_business = 71 $$);
select tests.create_coach('lena');
select tests.guarded_by('coaches_one_per_slug', $$ update public.coaches set slug = 'lena' where slug = 'maria' $$);

-- Credits and discounts
select tests.guarded_by('orders_discount', $$ update public.orders set discount_cents = 100 $$);
select tests.guarded_by('orders_discount', $$ update public.orders set discount_bearer = 'coach' $$);
select tests.guarded_by('orders_amounts', $$ update public.orders set discount_cents = 100, discount_bearer = 'coach', fee_cents = amount_cents + 1 $$);
select tests.guarded_by('credit_entries_kind_says_the_sign', format('insert into public.credit_entries (order_id, booking_id, kind, sessions) select order_id, %s, %L, %s from public.bookings where id = %L', booking, kind, sessions, tests.id('first')))
from (values
  ('null', 'granted', 0), ('id', 'granted', 1),
  ('id', 'used', 1), ('null', 'used', -1),
  ('id', 'returned', -1), ('null', 'returned', 1),
  ('null', 'ended', 1), ('id', 'ended', -1)
) as refused (booking, kind, sessions);
insert into public.credit_entries (order_id, kind, sessions) select order_id, 'granted', 2 from public.bookings where id = tests.id('first');
insert into public.credit_entries (order_id, booking_id, kind, sessions) select order_id, id, 'used', -1 from public.bookings where id = tests.id('first');
select tests.guarded_by('credit_entries_one_per_booking_and_kind', $$ insert into public.credit_entries (order_id, booking_id, kind, sessions) select order_id, booking_id, kind, sessions from public.credit_entries where kind = 'used' $$);
select tests.guarded_by('credit_entries_one_per_order_and_kind', $$ insert into public.credit_entries (order_id, kind, sessions) select order_id, kind, sessions from public.credit_entries where kind = 'granted' $$);

-- Memberships
select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('membership', client => 'dana', offer => 'steady');
select tests.guarded_by('offers_membership_terms', format('update public.offers set %s = null where id = %L', term, tests.id('steady')))
from unnest(array['billing_interval', 'sessions_a_month', 'trial_days']) as term;
select tests.guarded_by('offers_membership_terms', $$ update public.offers set trial_days = 3 where kind = 'session' $$);
select tests.guarded_by('offers_sessions_a_month', format('update public.offers set sessions_a_month = %s where id = %L', sessions, tests.id('steady'))) from unnest(array[0, 21]) as sessions;
select tests.guarded_by('offers_trial_days', format('update public.offers set trial_days = %s where id = %L', days, tests.id('steady'))) from unnest(array[-1, 31]) as days;
select tests.guarded_by('memberships_trial', $$ update public.memberships set trial_days = 31 $$);
select tests.guarded_by('memberships_ended_have_a_time', $$ update public.memberships set status = 'ended' $$);
select tests.guarded_by('memberships_begun_have_a_period', $$ update public.memberships set period_ends_at = null $$);
select tests.guarded_by('memberships_intents_have_a_time', $$ update public.memberships set intent = 'pause' $$);
select tests.guarded_by('memberships_plans_are_named', $$ update public.memberships set intent_offer_id = offer_id $$);
select tests.guarded_by('memberships_plans_are_named', $$ update public.memberships set intent = 'change_plan', intended_at = now() $$);
select tests.guarded_by('memberships_one_live_per_client_and_coach', $$ insert into public.memberships (client_id, coach_id, offer_id, checkout_expires_at) select client_id, coach_id, offer_id, now() from public.memberships $$);
update public.memberships set trial_days = 14;
select tests.guarded_by('memberships_one_trial_per_client_and_coach', $$ insert into public.memberships (client_id, coach_id, offer_id, checkout_expires_at, trial_days, status, ended_at, stripe_subscription_id, period_starts_at, period_ends_at) select client_id, coach_id, offer_id, now(), 7, 'ended', now(), 'another', now(), now() from public.memberships $$);
insert into public.memberships (client_id, coach_id, offer_id, checkout_expires_at, status, ended_at, stripe_subscription_id, period_starts_at, period_ends_at, stripe_checkout_session_id) select client_id, coach_id, offer_id, now(), 'ended', now(), 'another', now(), now(), 'cs_another' from public.memberships;
select tests.guarded_by('memberships_one_per_subscription', $$ update public.memberships set stripe_subscription_id = 'another' $$);
select tests.guarded_by('memberships_one_per_checkout_session', $$ update public.memberships set stripe_checkout_session_id = 'cs_another' $$);
select tests.guarded_by('membership_consents_hash', $$ update public.membership_consents set words = words || ' and more' $$);
select tests.create_membership_offer('more', coach => 'maria');
select tests.guarded_by('stripe_prices_one_per_price', $$ update private.stripe_prices set stripe_price_id = 'the same' $$);
select tests.guarded_by('orders_periods', $$ update public.orders set period_ends_at = null where membership_id is not null $$);
select tests.guarded_by('orders_periods', $$ update public.orders set period_ends_at = period_starts_at - interval '1 second' where membership_id is not null $$);
select public.apply_stripe_event(tests.membership_event('membership', 1));
select tests.guarded_by('orders_one_per_invoice', $$ update public.orders set stripe_invoice_id = 'the same' where membership_id is not null $$);

-- Coupons
select admin.make_coupon('TEN', 10);
select tests.guarded_by('coupons_code_is_plain', format('update private.coupons set code = %L', code)) from unnest(array['AB', 'ten', 'TEN OFF']) as code;
select tests.guarded_by('coupons_percent', format('update private.coupons set percent = %s', percent)) from unnest(array[0, 91]) as percent;
select tests.guarded_by('coupons_amount', format('update private.coupons set percent = null, amount_cents = %s', cents)) from unnest(array[99, 100001]) as cents;
select tests.guarded_by('coupons_take_one_kind_off', format('update private.coupons set %s', change)) from unnest(array['percent = null', 'amount_cents = 500']) as change;
select tests.guarded_by('coupons_end_after_start', $$ update private.coupons set ends_at = starts_at $$);
select tests.guarded_by('coupons_limits', format('update private.coupons set %s = 0', part)) from unnest(array['max_redemptions', 'max_per_client']) as part;
select tests.guarded_by('coupons_minimum', $$ update private.coupons set minimum_cents = -1 $$);
select tests.guarded_by('coupons_one_per_code', $$ insert into private.coupons (code, percent) values ('TEN', 20) $$);

-- Offers
select tests.guarded_by('offers_currency', $$ update public.offers set currency = 'eur' $$);
select tests.guarded_by('offers_title_is_short', format('update public.offers set title = %L', title)) from unnest(array['Hi', repeat('x', 81)]) as title;
select tests.guarded_by('offers_description_is_short', $$ update public.offers set description = repeat('x', 601) $$);
select tests.guarded_by('offers_duration', format('update public.offers set duration_minutes = %s', minutes)) from unnest(array[10, 245]) as minutes;
select tests.guarded_by('offers_duration_step', $$ update public.offers set duration_minutes = 61 $$);
select tests.create_package('four hours', coach => 'lena');
select tests.guarded_by('offers_price', format('update public.offers set price_cents = %s where session_count = 4', cents)) from unnest(array[1996, 2000004]) as cents;
select tests.guarded_by('offers_sessions_cost_the_same', $$ update public.offers set price_cents = 30001 where session_count = 4 $$);
select tests.guarded_by('offers_session_count', format('update public.offers set session_count = %1$s, price_cents = %1$s * 1000 where session_count = 4', count)) from unnest(array[1, 53]) as count;
select tests.guarded_by('offers_valid_months', format('update public.offers set valid_months = %s where session_count = 4', months)) from unnest(array[0, 25]) as months;
select tests.guarded_by('offers_packages_say_how_many', format('update public.offers set %s = null where session_count = 4', part)) from unnest(array['session_count', 'valid_months']) as part;
select tests.guarded_by('offers_packages_say_how_many', $$ update public.offers set valid_months = 6 where kind = 'session' $$);
select tests.guarded_by('offers_instalments', format('update public.offers set instalments = %s where session_count = 4', parts)) from unnest(array[1, 3, 13]) as parts;
select tests.guarded_by('offers_instalments', $$ update public.offers set instalments = 4, valid_months = 3 where session_count = 4 $$);
select tests.guarded_by('offers_instalments', $$ update public.offers set instalments = 2 where kind = 'session' $$);
update public.offers set instalments = 2 where session_count = 4;
select tests.buy_in_parts('plan', 'dana', 'four hours');
select tests.guarded_by('orders_instalments', format('update public.orders set %s = null where plan_id is not null', part)) from unnest(array['plan_id', 'plan_position', 'due_at']) as part;
select tests.guarded_by('orders_instalments', format('update public.orders set plan_position = 0 where id = %L', tests.id('plan 1')));
select tests.guarded_by('orders_one_per_plan_and_position', format('update public.orders set plan_position = 2 where id = %L', tests.id('plan 1')));
select tests.guarded_by('payment_plans_instalments', format('update public.payment_plans set instalments = %s', parts)) from unnest(array[1, 13]) as parts;
select tests.guarded_by('payment_plans_ended_say_why', format('update public.payment_plans set %s', change)) from unnest(array['status = ''ended''', 'status = ''ended'', ended_at = now()', 'status = ''ended'', ended_reason = ''stopped''', 'ended_at = now(), ended_reason = ''stopped''']) as change;
select tests.guarded_by('payment_plans_hash', $$ update public.payment_plans set words = words || ' and more' $$);
select tests.guarded_by('cancellation_policies_no_show_fee', format('update public.cancellation_policies set no_show_fee_cents = %s', cents)) from unnest(array[-1, 1, 49, 100001]) as cents;
select tests.guarded_by('orders_no_show_fee', $$ update public.orders set no_show_fee_cents = -1 $$);
insert into private.no_show_fees (booking_id, order_id) select id, order_id from public.bookings order by id limit 1;
select tests.guarded_by('no_show_fees_one_per_order', $$ insert into private.no_show_fees (booking_id, order_id) select (select id from public.bookings order by id desc limit 1), order_id from private.no_show_fees $$);
select tests.guarded_by('no_show_fees_ended_say_why', format('update private.no_show_fees set %s', change)) from unnest(array['ended_at = now()', 'ended_reason = ''declined''']) as change;
select tests.guarded_by('no_show_fees_waived_say_why', $$ update private.no_show_fees set ended_at = now(), ended_reason = 'waived' $$);
insert into private.card_charges (order_id, attempt) values (tests.id('plan 2'), 1);
select tests.guarded_by('card_charges_one_open_per_order', format('insert into private.card_charges (order_id, attempt) values (%L, 2)', tests.id('plan 2')));
select tests.guarded_by('card_charges_attempt', $$ update private.card_charges set attempt = 0 $$);
select tests.guarded_by('card_charges_settled_have_a_time', format('update private.card_charges set %s', change)) from unnest(array['outcome = ''declined''', 'settled_at = now()']) as change;
select tests.guarded_by('offers_one_row_per_version', $$ insert into public.offers (lineage_id, version, coach_id, title, duration_minutes, price_cents, archived_at) select lineage_id, version, coach_id, title, duration_minutes, price_cents, now() from public.offers where kind = 'session' $$);
select tests.guarded_by('offers_one_free_per_coach_and_kind', $$ insert into public.offers (coach_id, kind, title, duration_minutes, price_cents) select tests.coach_id('maria'), 'intro_call', 'Hello', 20, 0 from generate_series(1, 2) $$);

-- Calendars
select tests.guarded_by('weekly_hours_end_after_start', $$ update public.weekly_hours set starts_at = '10:00', ends_at = '10:00' $$);
select tests.guarded_by('date_overrides_both_times_or_none', $$ insert into public.date_overrides (coach_id, day, starts_at) values (tests.coach_id('maria'), current_date, '10:00') $$);
select tests.guarded_by('out_of_office_is_not_for_ever', $$ insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at) values (tests.coach_id('maria'), current_date, '00:00', current_date + 367, '00:00') $$);
select tests.guarded_by('out_of_office_note_is_short', $$ insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at, note) values (tests.coach_id('maria'), current_date, '00:00', current_date + 1, '00:00', repeat('x', 201)) $$);
select tests.guarded_by('travel_zones_is_not_for_ever', $$ insert into public.travel_zones (coach_id, first_day, last_day, time_zone) values (tests.coach_id('maria'), current_date, current_date + 367, 'UTC') $$);
select tests.guarded_by('busy_times_end_after_start', $$ insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at) values (tests.coach_id('maria'), 'calendly', 'x', now(), now()) $$);
select tests.guarded_by('calendly_connections_claim_has_an_end', $$ update private.calendly_connections set refresh_claim = gen_random_uuid() $$);
select tests.guarded_by('calendly_events_one_that_stands_per_booking', $$ insert into private.calendly_events (booking_id, event_type_uri, starts_at) select tests.id('first'), 'type', now() from generate_series(1, 2) $$);
select tests.guarded_by('calendly_events_one_per_uri', $$ insert into private.calendly_events (booking_id, event_type_uri, starts_at, event_uri) select tests.id(name), 'type', now(), 'event' from unnest(array['first', 'second']) as name $$);
select tests.guarded_by('calendar_feeds_one_per_token', $$ insert into public.calendar_feeds (profile_id, token_hash) select tests.id(name), 'token' from unnest(array['dana', 'maria']) as name $$);

-- Bookings and meetings
select tests.guarded_by('bookings_note_is_short', $$ update public.bookings set note = repeat('x', 1001) $$);
select tests.guarded_by('bookings_moved_say_by_whom', $$ update public.bookings set moved_at = now() $$);
select tests.guarded_by('bookings_refund_cap', $$ update public.bookings set refund_cap_cents = -1 $$);
select tests.guarded_by('booking_transitions_one_per_verb', $$ insert into private.booking_transitions (before, after, verb, actors) select before, after, verb, actors from private.booking_transitions where before is null $$);
select throws_ok(
  $$ update public.bookings set status = 'held' where id = tests.id('first') $$, 'OBMOV', null,
  'a booking changes in the ways of the table alone, whoever writes'
);
select tests.guarded_by('meetings_end_after_start', $$ update public.meetings set ends_at = starts_at $$);
select tests.guarded_by('meetings_one_per_zoom_meeting', $$ update public.meetings set zoom_meeting_id = 'the same' $$);
select tests.guarded_by('meeting_hosts_one_per_email', $$ insert into private.meeting_hosts (zoom_user_id, email) select 'another', email from private.meeting_hosts $$);
insert into public.refunds (order_id, payment_id, reason, amount_cents) select order_id, id, 'admin_cancelled', 100 from public.payments where order_id = tests.order_id('first');
select tests.guarded_by('refunds_elsewhere_is_done', $$ update public.refunds set is_elsewhere = true $$);
select tests.guarded_by('refunds_failed_are_followed_up', $$ update public.refunds set followed_up_at = now() $$);
select tests.guarded_by('refund_replacements_amount', $$ insert into private.refund_replacements select id, id, 0, 0 from public.refunds $$);
delete from public.refunds;
select tests.guarded_by('attendance_decisions_objection_is_whole', $$ insert into public.attendance_decisions (booking_id, outcome, sentence, objection_ends_at, objected_at) values (tests.id('first'), 'unknown', 'Nobody knows.', now(), now()) $$);
select tests.guarded_by('attendance_decisions_settled_says_how', $$ insert into public.attendance_decisions (booking_id, outcome, sentence, objection_ends_at, settled_at) values (tests.id('first'), 'unknown', 'Nobody knows.', now(), now()) $$);
select tests.guarded_by('slot_watches_end_after_start', $$ insert into public.slot_watches (client_id, coach_id, offer_id, before_at, time_zone, known_starts) values (tests.id('dana'), tests.coach_id('maria'), tests.id('maria''s hour'), now(), 'UTC', '{}') $$);
select tests.guarded_by(
  'slot_watches_one_per_' || subject,
  format($$ insert into public.slot_watches (client_id, coach_id, offer_id, booking_id, before_at, time_zone, known_starts) select tests.id('dana'), tests.coach_id('maria'), tests.id('maria''s hour'), %s, now() + interval '1 day', 'UTC', '{}' from generate_series(1, 2) $$, booking)
) from (values ('booking', 'tests.id(''first'')'), ('offer', 'null')) as watch (subject, booking);

-- Money
select tests.guarded_by('cancellation_policies_tiers_are_ordered', $$ update public.cancellation_policies set full_refund_minutes = 1, partial_refund_minutes = 2 $$);
select tests.guarded_by('cancellation_policies_percent', $$ update public.cancellation_policies set partial_refund_percent = 101 $$);
select tests.guarded_by('cancellation_policies_moves', $$ update public.cancellation_policies set client_moves = -1 $$);
select tests.guarded_by('cancellation_policies_one_default', $$ insert into public.cancellation_policies (name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, is_default) values ('Another', 0, 0, 0, true) $$);
select tests.guarded_by('cancellation_policies_one_per_name', $$ insert into public.cancellation_policies (name, full_refund_minutes, partial_refund_minutes, partial_refund_percent) select name, 0, 0, 0 from public.cancellation_policies $$);
select tests.guarded_by('orders_one_per_checkout_session', $$ update public.orders set stripe_checkout_session_id = 'the same' $$);
select tests.guarded_by('payout_accounts_one_per_stripe_account', $$ insert into public.payout_accounts (coach_id, stripe_account_id) select tests.coach_id(name), 'acct' from unnest(array['maria', 'lena']) as name $$);
select tests.guarded_by('payments_amount', $$ update public.payments set amount_cents = 0 $$);
select tests.guarded_by('payments_fee', $$ update public.payments set fee_cents = -1 $$);
select tests.guarded_by('payments_one_per_charge', $$ update public.payments set stripe_charge_id = 'the same' $$);
select tests.guarded_by('balance_transactions_net', $$ insert into private.balance_transactions (id, type, amount_cents, fee_cents, net_cents, reporting_category, created_at) values ('txn_off', 'charge', 100, 3, 98, 'charge', now()) $$);
select tests.guarded_by('disputes_amounts', $$ insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at) select order_id, id, 'dp_none', 'lost', 'general', 0, now() from public.payments $$);
select tests.guarded_by('disputes_one_per_stripe_dispute', $$ insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at) select order_id, id, 'dp_same', 'lost', 'general', 1, now() from public.payments cross join generate_series(1, 2) $$);
select tests.guarded_by('refunds_amount', $$ insert into public.refunds (order_id, payment_id, amount_cents, reason) select order_id, id, 0, 'client_cancelled' from public.payments $$);
select tests.earn('earned', 'dana', 'maria''s hour');
select tests.guarded_by('earnings_amounts', $$ update public.earnings set price_cents = 1 $$);
select tests.guarded_by('earnings_add_up', $$ update public.earnings set share_cents = 1 $$);
select tests.guarded_by('earnings_one_per_booking', $$ insert into public.earnings (order_id, booking_id, coach_id, price_cents, kept_cents, fee_cents, share_cents) select order_id, booking_id, coach_id, 0, 0, 0, 0 from public.earnings $$);
select tests.guarded_by('earnings_one_per_period', $$ insert into public.earnings (order_id, coach_id, price_cents, kept_cents, fee_cents, share_cents) select order_id, coach_id, 1, 1, 0, 1 from public.earnings cross join generate_series(1, 2) $$);
select tests.guarded_by('transfers_amounts', $$ update public.transfers set status = 'succeeded', netted_cents = -1 $$);
select tests.guarded_by('transfers_waiting_is_whole', $$ update public.transfers set netted_cents = 1 $$);
select tests.guarded_by('transfers_failed_say_why', $$ update public.transfers set status = 'failed' $$);
select tests.guarded_by('transfers_one_per_stripe_transfer', $$ insert into public.transfers (earning_id, coach_id, amount_cents, stripe_transfer_id) select earning_id, coach_id, 1, 'tr' from public.transfers cross join generate_series(1, 2) $$);
select tests.guarded_by('transfer_reversals_amounts', format($$ insert into public.transfer_reversals (transfer_id, amount_cents, reversed_cents, status) select id, %s, 2, 'succeeded' from public.transfers $$, amount)) from unnest(array[0, 1]) as amount;
select tests.guarded_by('transfer_reversals_settled_say_how_much', $$ insert into public.transfer_reversals (transfer_id, amount_cents, status) select id, 1, 'failed' from public.transfers $$);
select tests.guarded_by('transfer_reversals_one_per_stripe_reversal', $$ insert into public.transfer_reversals (transfer_id, amount_cents, stripe_reversal_id) select id, 1, 'trr' from public.transfers cross join generate_series(1, 2) $$);
select tests.guarded_by('payouts_failed_say_why', $$ insert into public.payouts (coach_id, stripe_payout_id, status, amount_cents, arrives_on, created_at) values (tests.coach_id('maria'), 'po', 'failed', 1, now(), now()) $$);
select tests.guarded_by('payouts_one_per_stripe_payout', $$ insert into public.payouts (coach_id, stripe_payout_id, status, amount_cents, arrives_on, created_at) select tests.coach_id('maria'), 'po', 'paid', 1, now(), now() from generate_series(1, 2) $$);
select tests.guarded_by('stripe_customers_one_per_customer', $$ insert into private.stripe_customers (profile_id, stripe_customer_id) select tests.id(name), 'cus' from unnest(array['dana', 'maria']) as name $$);

-- Words
select tests.guarded_by('messages_body_length', format($$ insert into public.messages (id, conversation_id, seq, change, sender_id, body) values (gen_random_uuid(), tests.conversation_id('dana', 'maria'), 99, 99, tests.id('dana'), %L) $$, body))
from unnest(array[repeat('x', 4001)]) as body;
insert into public.messages (id, conversation_id, seq, change, sender_id, body) values ('00000000-0000-4000-8000-000000000099', tests.conversation_id('dana', 'maria'), 99, 99, tests.id('dana'), 'Hello');
select tests.guarded_by('messages_one_per_seq', $$ insert into public.messages (id, conversation_id, seq, change, sender_id, body) select '00000000-0000-4000-8000-000000000098', conversation_id, seq, 98, sender_id, body from public.messages where seq = 99 $$);
select tests.guarded_by('messages_one_per_change', $$ insert into public.messages (id, conversation_id, seq, change, sender_id, body) select '00000000-0000-4000-8000-000000000098', conversation_id, 98, change, sender_id, body from public.messages where seq = 99 $$);
select tests.guarded_by('conversations_owed_whole', $$ update public.conversations set owed_by = 'coach', owed_at = null $$);
insert into public.saved_answers (coach_id, title, body) values (tests.coach_id('maria'), 'Title', 'Words');
select tests.guarded_by('saved_answers_title_length', format('update public.saved_answers set title = %L', title)) from unnest(array['', repeat('x', 61)]) as title;
select tests.guarded_by('saved_answers_body_length', format('update public.saved_answers set body = %L', body)) from unnest(array['', repeat('x', 4001)]) as body;
select tests.guarded_by('messages_removed_are_empty', $$ update public.messages set removed_at = now() where seq = 99 $$);
select tests.guarded_by('messages_deleted_are_empty', $$ update public.messages set deleted_at = now() where seq = 99 $$);
/* Dana's review of Maria, with something about it otherwise. */
create function tests.says(guard text, otherwise jsonb) returns text language sql as $$
  select tests.guarded_by(guard, format(
    'insert into public.reviews (booking_id, coach_id, client_id, author_id, author_party, author_name, market_rating, advice_rating, worth_rating, preparation_rating, openness_rating, follow_through_rating, body, published_at, reply, replied_at)
     select booking_id, coach_id, client_id, author_id, author_party, author_name, market_rating, advice_rating, worth_rating, preparation_rating, openness_rating, follow_through_rating, body, published_at, reply, replied_at
     from jsonb_populate_record(null::public.reviews, %L)',
    jsonb_build_object(
      'booking_id', tests.id('first'), 'coach_id', tests.coach_id('maria'), 'client_id', tests.id('dana'), 'author_id', tests.id('dana'),
      'author_party', 'client', 'author_name', 'Dana', 'market_rating', 5, 'advice_rating', 5, 'worth_rating', 5, 'body', repeat('x', 20)
    ) || otherwise
  ));
$$;
select tests.says('reviews_author_is_a_party', '{"author_party": "admin", "market_rating": null, "advice_rating": null, "worth_rating": null, "preparation_rating": 1, "openness_rating": 1, "follow_through_rating": 1}');
select tests.says('reviews_clients_write_themselves', jsonb_build_object('author_id', tests.id('maria')));
select tests.says('reviews_three_ratings', '{"preparation_rating": 5}');
select tests.says('reviews_three_ratings', '{"author_party": "coach", "market_rating": null, "advice_rating": null, "worth_rating": null, "preparation_rating": 5, "openness_rating": 5, "follow_through_rating": 5, "market_rating": 5}');
select tests.says('reviews_' || name, jsonb_build_object(name, stars)) from unnest(array['market_rating', 'advice_rating', 'worth_rating']) as name, unnest(array[0, 6]) as stars;
select tests.says('reviews_' || name, '{"author_party": "coach", "market_rating": null, "advice_rating": null, "worth_rating": null, "preparation_rating": 5, "openness_rating": 5, "follow_through_rating": 5}'::jsonb || jsonb_build_object(name, stars))
from unnest(array['preparation_rating', 'openness_rating', 'follow_through_rating']) as name, unnest(array[0, 6]) as stars;
select tests.says('reviews_body_length', '{"body": "Fine."}');
select tests.says('reviews_reply_length', '{"reply": "", "replied_at": "2026-01-01", "published_at": "2026-01-01"}');
select tests.says('reviews_reply_has_a_time', '{"reply": "Thank you.", "published_at": "2026-01-01"}');
select tests.says('reviews_reply_is_to_a_client', '{"reply": "Thank you.", "replied_at": "2026-01-01"}');
insert into public.reviews (id, booking_id, coach_id, client_id, author_id, author_party, author_name, market_rating, advice_rating, worth_rating, body)
values ('00000000-0000-4000-8000-000000000009', tests.id('first'), tests.coach_id('maria'), tests.id('dana'), tests.id('dana'), 'client', 'Dana', 5, 5, 5, repeat('x', 20));
select tests.says('reviews_one_per_author_and_booking', '{}');
select tests.guarded_by('reviews_removed_reply_was_there', 'update public.reviews set reply_removed_at = now()');
select tests.guarded_by('review_notes_length', $$ insert into private.review_notes values ('00000000-0000-4000-8000-000000000009', '') $$);
select tests.guarded_by('reports_reason_length', format($$ insert into public.reports (reporter_id, subject, subject_id, reason) values (%L, 'review', gen_random_uuid(), 'Bad.') $$, tests.id('maria')));
select tests.guarded_by('reports_one_undecided', format($$ insert into public.reports (reporter_id, subject, subject_id, reason) select %L, 'review', '00000000-0000-4000-8000-000000000009', repeat('x', 10) from generate_series(1, 2) $$, tests.id('maria')));
insert into public.reports (reporter_id, subject, subject_id, reason) values (tests.id('maria'), 'review', '00000000-0000-4000-8000-000000000009', repeat('x', 10));
select tests.guarded_by('report_decisions_reason_length', $$ insert into private.report_decisions (report_id, decision, reason) select id, 'keep', 'No.' from public.reports $$);

select * from finish();
rollback;
