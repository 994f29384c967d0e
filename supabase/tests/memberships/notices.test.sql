/*
 * What a client is told of their membership: that it began, that it is charged again, that it could not be;
 * and what its coach is: who joins, who leaves and when, who stays after all.
 */
begin;
select plan(39);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_membership_offer('steady', coach => 'maria');
select tests.create_membership_offer('yearly', coach => 'maria', billing_interval => 'year');
select tests.create_membership_offer('tried', coach => 'maria', trial_days => 14);

create function tests.told(kind text, client text default 'dana') returns bigint language sql as $$
  select count(*) from public.notifications where notifications.kind = told.kind and recipient_id = tests.id(client);
$$;
create function tests.mail_of(kind text) returns jsonb language sql as $$
  select private.mail_work(id) from public.notifications where notifications.kind = mail_of.kind order by created_at desc, version desc limit 1;
$$;
create function tests.mail_about(kind text, membership text) returns jsonb language sql as $$
  select private.mail_work(id) from public.notifications
  where notifications.kind = mail_about.kind and subject_id = tests.id(membership) order by version desc limit 1;
$$;
create function tests.renews_in(membership text, ahead interval) returns void language sql as $$
  update public.memberships set period_ends_at = now() + ahead where id = tests.id(membership);
  select private.warn_of_renewals();
$$;

/* -- it began -------------------------------------------------------------------------------------- */

select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select public.apply_stripe_event(tests.membership_event('dana''s'));
select is(tests.told('membership_begun'), 1::bigint, 'who subscribes is told, once');
select is(tests.mail_of('membership_begun') #>> '{membership,offer_title}', 'steady', 'of what');
select matches(tests.mail_of('membership_begun') #>> '{membership,agreed_words}', '^I agree', 'and what they agreed to');

/* -- it is charged again ------------------------------------------------------------------------------ */

select tests.renews_in('dana''s', interval '3 days 1 hour');
select is(tests.told('membership_renewing'), 0::bigint, 'a month''s renewal is not told too early');
select tests.renews_in('dana''s', interval '3 days');
select private.warn_of_renewals();
select is(tests.told('membership_renewing'), 1::bigint, 'but three days before, once');
select is((tests.mail_of('membership_renewing') #>> '{membership,price_cents}')::integer, 20000, 'with what it costs');
select tests.sign_in_as('dana');
select public.cancel_membership(tests.id('dana''s'));
select tests.as_admin();
select is(tests.mail_of('membership_renewing'), null, 'who has cancelled meanwhile gets no mail');
select tests.sign_in_as('dana');
select public.keep_membership(tests.id('dana''s'));
select tests.as_admin();
select isnt(tests.mail_of('membership_renewing'), null, 'who keeps it after all does');
select tests.sign_in_as('dana');
select public.pause_membership(tests.id('dana''s'));
select tests.as_admin();
select is(tests.mail_of('membership_renewing'), null, 'who has paused it does not');
update public.memberships set intent = null;
select tests.renews_in('dana''s', interval '33 days');
select is(tests.mail_of('membership_renewing'), null, 'nor of a period that is over by now');
select tests.renews_in('dana''s', interval '2 days');
select is(tests.told('membership_renewing'), 2::bigint, 'the next period is told of anew');
update public.memberships set is_ending = true where id = tests.id('dana''s');
select tests.renews_in('dana''s', interval '1 day');
select is(tests.told('membership_renewing'), 2::bigint, 'one that ends is not');

select tests.subscribe('omar''s', client => 'omar', offer => 'yearly');
select tests.renews_in('omar''s', interval '30 days 1 hour');
select is(tests.told('membership_renewing', 'omar'), 0::bigint, 'a year''s renewal is not told too early');
select tests.renews_in('omar''s', interval '30 days');
select is(tests.told('membership_renewing', 'omar'), 1::bigint, 'but thirty days before');

select tests.begin_membership('zoe''s', client => 'zoe', offer => 'tried');
select public.apply_stripe_event(tests.membership_event('zoe''s', 0, '{"status": "trialing"}', '{"amount_paid": 0, "payment_intent_id": null}'));
update private.platform_settings set renewal_notice_days_trial = 2;
select tests.renews_in('zoe''s', interval '3 days');
select is(tests.told('membership_renewing', 'zoe'), 0::bigint, 'how long before is a row');
select tests.renews_in('zoe''s', interval '2 days');
select is(tests.told('membership_renewing', 'zoe'), 1::bigint, 'the end of a trial is told of, too');
select is((private.mail_work(id) #>> '{membership,is_trial}')::boolean, true, 'as one')
from public.notifications where kind = 'membership_renewing' and recipient_id = tests.id('zoe');

/* -- it could not be charged ---------------------------------------------------------------------------- */

select public.apply_stripe_event(tests.membership_event('omar''s', 1, '{"status": "past_due"}', '{"status": "open"}'));
select public.apply_stripe_event(tests.membership_event('omar''s', 1, '{"status": "past_due"}', '{"status": "open"}'));
select is(tests.told('membership_payment_failed', 'omar'), 1::bigint, 'a charge that failed is told once, however often it is tried');
select isnt(tests.mail_of('membership_payment_failed'), null, 'with a way to mend it');
select public.apply_stripe_event(tests.membership_event('omar''s', 1));
select is(tests.mail_of('membership_payment_failed'), null, 'not any more once it is paid');
select public.apply_stripe_event(tests.membership_event('omar''s', 2, '{"status": "past_due"}', '{"status": "open"}'));
select is(tests.told('membership_payment_failed', 'omar'), 2::bigint, 'the next one is told of anew');
select is(tests.told('membership_begun', 'omar'), 1::bigint, 'while it began once');

/* -- what the coach is told -------------------------------------------------------------------------------- */

select is(tests.told('member_joined', 'maria'), 3::bigint, 'a coach is told of each new member, once');
select is(tests.mail_about('member_joined', 'dana''s') #>> '{membership,client_name}', 'Dana Example', 'of who it is');
select is(tests.mail_about('member_joined', 'dana''s') #>> '{membership,time_zone}', (select time_zone from public.profiles where id = tests.id('maria')), 'in their own zone');
select is((tests.mail_about('member_joined', 'zoe''s') #>> '{membership,is_trial}')::boolean, true, 'and whether they only try');
select is(tests.told('member_joined', 'lena'), 0::bigint, 'no other coach is');

update public.memberships set is_ending = false, intent = null where id = tests.id('dana''s');
select tests.sign_in_as('dana');
select public.cancel_membership(tests.id('dana''s'));
select tests.as_admin();
select is(tests.told('member_leaving', 'maria'), 0::bigint, 'a cancellation that Stripe does not know yet is not told');
select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"is_ending": true}'));
select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"is_ending": true}'));
select is(tests.told('member_leaving', 'maria'), 1::bigint, 'once it does, it is, once');
select is(
  (tests.mail_about('member_leaving', 'dana''s') #>> '{membership,period_ends_at}')::timestamptz,
  (select period_ends_at from public.memberships where id = tests.id('dana''s')), 'for when'
);
select tests.sign_in_as('dana');
select public.keep_membership(tests.id('dana''s'));
select tests.as_admin();
select is(tests.mail_about('member_leaving', 'dana''s'), null, 'not any more when it is taken back before the mail leaves');
select public.apply_stripe_event(tests.membership_event('dana''s', 1));
select is(tests.told('member_staying', 'maria'), 1::bigint, 'that it is taken back is told, too');
select isnt(tests.mail_about('member_staying', 'dana''s'), null, 'while it is so');
select tests.sign_in_as('dana');
select public.cancel_membership(tests.id('dana''s'));
select tests.as_admin();
select is(tests.mail_about('member_staying', 'dana''s'), null, 'and no longer');
select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"is_ending": true}'));
select is(tests.told('member_leaving', 'maria'), 2::bigint, 'the next cancellation is told of anew');
select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"status": "canceled", "is_ending": true}'));
select is(tests.told('member_left', 'maria'), 0::bigint, 'that it ends as was said is not');
select isnt(tests.mail_about('member_leaving', 'dana''s'), null, 'a mail that leaves only then still says when');

select public.apply_stripe_event(tests.membership_event('omar''s', 2, '{"status": "canceled"}', '{"status": "open"}'));
select public.apply_stripe_event(tests.membership_event('omar''s', 2, '{"status": "canceled"}', '{"status": "open"}'));
select is(tests.told('member_left', 'maria'), 1::bigint, 'one that ends without having been cancelled is, once');
select isnt(tests.mail_about('member_left', 'omar''s') #>> '{membership,ended_at}', null, 'with when');

select * from finish();
rollback;
