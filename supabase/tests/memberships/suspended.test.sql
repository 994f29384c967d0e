/* While a coach is suspended their members are not charged, and what they can't use comes back. */
begin;
select plan(48);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_membership_offer(name, coach => coach, price_cents => 20000, sessions_a_month => 3)
from (values ('steady', 'maria'), ('other', 'lena')) as offers (name, coach);
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.subscribe('zoe''s', client => 'zoe', offer => 'other');
select tests.open_payouts('maria');
select tests.earn('earned', 'omar', 'maria''s hour');

create function tests.asked() returns setof uuid language sql as $$
  select (payload ->> 'membership_id')::uuid from private.outbox where topic = 'stripe.read_subscription' and status = 'pending';
$$;
create function tests.work(membership text) returns text language sql as $$
  select concat_ws(' ', private.membership_work(tests.id(membership)) ->> 'intent', private.membership_work(tests.id(membership)) ->> 'halt');
$$;
create function tests.told(membership text, subscription jsonb) returns boolean language sql as $$
  select public.apply_stripe_event(tests.membership_event(membership, 0, subscription));
$$;
create function tests.seen(membership text) returns table (status text, is_halted boolean, choices text) language sql security definer as $$
  select status::text, is_halted, array_to_string(choices, ' ') from public.membership_list(tests.id(membership));
$$;
grant execute on function tests.seen to authenticated;
create function tests.sessions_of(membership text) returns table (paid integer, sessions bigint, returned integer) language sql as $$
  select orders.amount_cents, coalesce((select sum(sessions) from public.credit_entries where order_id = orders.id), 0), private.returned_cents(orders.id)
  from public.orders where orders.membership_id = tests.id(membership) order by orders.period_starts_at;
$$;

delete from private.outbox;
select private.reconcile_memberships();
select is_empty('select * from tests.asked()', 'nothing is asked while all is well');

/* -- suspended ------------------------------------------------------------------------------------------------- */

select admin.suspend_coach('maria', 'Looked into.');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('active', true, 'cancel') $$, 'it can be cancelled, and nothing else is for its client to decide');
select throws_ok($$ select public.pause_membership(tests.id('dana''s')) $$, 'MBNOT', null, 'nor to pause');
select tests.as_admin();
select private.reconcile_memberships();
select results_eq('select * from tests.asked()', array[tests.id('dana''s')], 'Stripe is to stop charging, for this coach''s members alone');
select is(tests.work('dana''s'), 'true', 'that is what it is asked');
select tests.told('dana''s', '{"is_paused": true, "is_halted": true}');
select is(tests.work('dana''s'), '', 'once');
delete from private.outbox;
select private.reconcile_memberships();
select is_empty('select * from tests.asked()', 'and then no more');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('paused', true, 'cancel') $$, 'its client can''t resume it');
select tests.as_admin();

/* -- what is paid all the same ------------------------------------------------------------------------------------ */

select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"is_paused": true, "is_halted": true}'));
select results_eq($$ select * from tests.sessions_of('dana''s') $$, $$ values (20000, 3::bigint, 0), (20000, 0, 20000) $$, 'what Stripe charged before it was told goes back; what was paid before can be used');
select admin.approve_coach('maria');
select public.apply_stripe_event(tests.membership_event('dana''s', 1, '{"is_paused": true, "is_halted": true}') || '{"id": "evt_again"}');
select results_eq($$ select * from tests.sessions_of('dana''s') $$, $$ values (20000, 3::bigint, 0), (20000, 0, 20000) $$, 'and gives no sessions later');

/* -- lifted --------------------------------------------------------------------------------------------------------- */

select is(tests.work('dana''s'), 'false', 'when it is lifted charging goes on');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('paused', true, 'cancel') $$, 'which Stripe has to say first');
select tests.as_admin();
select tests.told('dana''s', '{}');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('active', false, 'pause cancel change_plan') $$, 'then all is as before');

-- What its client had decided before waits until the halt is over.
select public.pause_membership(tests.id('dana''s'));
select tests.as_admin();
select tests.told('dana''s', '{"is_paused": true}');
select tests.sign_in_as('dana');
select public.resume_membership(tests.id('dana''s'));
select tests.as_admin();
select admin.suspend_coach('maria', 'Looked into again.');
select is(tests.work('dana''s'), 'true', 'what was paused is halted, though its client had just resumed it');
select tests.told('dana''s', '{"is_paused": true, "is_halted": true}');
select is(tests.work('dana''s'), '', 'which waits');
select admin.approve_coach('maria');
select is(tests.work('dana''s'), 'resume false', 'until it is lifted');
select tests.told('dana''s', '{}');

/* -- the period ends meanwhile ---------------------------------------------------------------------------------------- */

select admin.suspend_coach('maria', 'Looked into once more.');
select tests.remember('period', id) from public.orders where membership_id = tests.id('dana''s') order by period_starts_at limit 1;
insert into public.credit_entries (order_id, booking_id, kind, sessions) values (tests.id('period'), tests.id('earned'), 'used', -1);
update public.orders
set period_starts_at = now() - interval '1 month', period_ends_at = now(), credits_end_at = now()
where membership_id in (tests.id('dana''s'), tests.id('zoe''s')) and period_starts_at <= now() + interval '1 day';
select private.end_lapsed_credits();
select results_eq(
  $$ select reason::text, amount_cents from public.refunds where order_id = tests.id('period') $$, $$ values ('credits_ended', 13333) $$,
  'of a period that ends while its coach is suspended what was not used goes back'
);
select private.end_lapsed_credits();
select is((select count(*) from public.refunds where order_id = tests.id('period')), 1::bigint, 'once');
select is_empty($$ select from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id('zoe''s') $$, 'of another''s nothing does');

/* -- what the coach has earned ------------------------------------------------------------------------------------------ */

select private.send_transfers();
select is((select status::text from public.transfers), 'waiting', 'what they had earned is not sent');
select tests.sign_in_as('maria');
select results_eq($$ select state::text, hold::text from public.coach_earnings() where booking_id = tests.id('earned') $$, $$ values ('on_hold', 'suspended') $$, 'they read why');
select tests.as_admin();
select admin.approve_coach('maria');
select private.send_transfers();
select is((select status::text from public.transfers), 'requested', 'and get it once it is lifted');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select tests.told('dana''s', '{}');
update public.transfers set status = 'waiting';

-- Leaving is no way out.
select admin.suspend_coach('maria', 'Looked into at last.');
update public.profiles set deleted_at = now() where id = tests.id('maria');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select is(private.is_suspended(tests.coach_id('maria')), true, 'who leaves while suspended still is');
select is((select private.unsent_because(transfers)::text from public.transfers), 'suspended', 'and is not sent what they earned');
update public.coaches set suspended_at = null where id = tests.coach_id('maria');
select is((select private.unsent_because(transfers)::text from public.transfers), null, 'until an admin lifts it');
select is((select status::text from public.coaches where id = tests.coach_id('maria')), 'suspended', 'which does not bring them back');
update public.profiles set deleted_at = null where id = tests.id('maria');
update public.coaches set status = 'approved' where id = tests.coach_id('maria');

update public.profiles set deleted_at = now() where id = tests.id('maria');
update public.coaches set status = 'suspended' where id = tests.coach_id('maria');
select is(private.is_suspended(tests.coach_id('maria')), false, 'who has left is not suspended');
select is((select private.unsent_because(transfers) from public.transfers), null, 'and is sent what they earned');
delete from private.outbox;
select private.reconcile_memberships();
select is_empty('select * from tests.asked()', 'nor are their members halted: they end');
select is(private.is_suspended(tests.coach_id('lena')), false, 'nor is anybody else');

/* -- what was paid before ------------------------------------------------------------------------------------------------ */

update public.profiles set deleted_at = null where id = tests.id('maria');
update public.coaches set status = 'approved', suspended_at = null where id = tests.coach_id('maria');
select tests.subscribe('omar''s', client => 'omar', offer => 'steady');
create function tests.tell_of_change() returns boolean language sql as $$
  select public.apply_stripe_event(tests.membership_event('omar''s', 0, '{}', '{"id": "change", "payment_intent_id": "pi change", "amount_paid": 1234, "has_proration": true, "is_period": false}'));
$$;
select tests.tell_of_change();
select admin.suspend_coach('maria', 'Looked into another time.');
select tests.tell_of_change();
select is_empty(
  $$ select from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id('omar''s') $$,
  'what was paid before stays, also a change of plan, which never gave sessions'
);

/* -- what is told ---------------------------------------------------------------------------------------------------------- */

create function tests.notices(membership text, kind text) returns bigint language sql as $$
  select count(*) from public.notifications where subject_id = tests.id(membership) and notifications.kind = notices.kind;
$$;

select admin.approve_coach('maria');
update public.memberships set period_ends_at = now() + interval '2 days' where id = tests.id('omar''s');
select admin.suspend_coach('maria', 'Looked into on a day.');
select private.warn_of_renewals();
select is(tests.notices('omar''s', 'membership_renewing'), 0::bigint, 'nobody is told of a renewal that is not charged');
select admin.approve_coach('maria');
select private.warn_of_renewals();
select is(tests.notices('omar''s', 'membership_renewing'), 1::bigint, 'until it is');
select tests.remember('renewal', id) from public.notifications where subject_id = tests.id('omar''s') and kind = 'membership_renewing';
select isnt(private.mail_work(tests.id('renewal')), null, 'by a mail');
select admin.suspend_coach('maria', 'Looked into the same day.');
select is(private.mail_work(tests.id('renewal')), null, 'which does not leave once the coach is suspended');
select private.record_notice(tests.id('renewal'), null);
delete from private.outbox;
select private.warn_of_renewals();
select is((select skipped_at from public.notifications where id = tests.id('renewal')), now(), 'it is left out');
select admin.approve_coach('maria');
select private.warn_of_renewals();
select isnt(private.mail_work(tests.id('renewal')), null, 'and leaves after all when that is lifted');
select private.warn_of_renewals();
select results_eq(
  $$ select tests.notices('omar''s', 'membership_renewing'), (select count(*) from private.outbox where payload ->> 'notification_id' = tests.id('renewal')::text) $$, $$ values (1::bigint, 1::bigint) $$, 'once'
);
update public.notifications set skipped_at = now() where id = tests.id('renewal');
update public.memberships set is_ending = true where id = tests.id('omar''s');
select private.warn_of_renewals(), private.tell_after_all(tests.id('omar''s'), 'membership_renewing', version) from public.notifications where id = tests.id('renewal');
select is((select skipped_at from public.notifications where id = tests.id('renewal')), now(), 'what does not hold stays left out');

/* -- begun on a page that was open ------------------------------------------------------------------------------------------ */

select tests.create_profile(name) from unnest(array['ines', 'ruth']) as name;
select tests.create_membership_offer('tried', coach => 'maria', trial_days => 14, sessions_a_month => 2);
select tests.begin_membership('ines''s', client => 'ines', offer => 'steady');
select tests.begin_membership('ruth''s', client => 'ruth', offer => 'tried');
select admin.suspend_coach('maria', 'Looked into for the last time.');
select public.apply_stripe_event(tests.membership_event('ines''s'));
select results_eq(
  $$ select tests.notices('ines''s', 'membership_begun'), tests.notices('ines''s', 'member_joined'), private.returned_cents(orders.id) from public.orders where membership_id = tests.id('ines''s') $$,
  $$ values (0::bigint, 0::bigint, 20000) $$, 'of a membership whose payment goes back nobody is told that it has begun'
);
create function tests.tell_of_trial() returns boolean language sql as $$
  select public.apply_stripe_event(tests.membership_event('ruth''s', 0, '{"status": "trialing"}', '{"amount_paid": 0, "payment_intent_id": null}'));
$$;
select tests.tell_of_trial();
select results_eq($$ select * from tests.sessions_of('ruth''s') $$, $$ values (0, 2::bigint, 0) $$, 'a trial, which cost nothing, gives its sessions');
select tests.tell_of_trial();
select results_eq($$ select * from tests.sessions_of('ruth''s') $$, $$ values (0, 2::bigint, 0) $$, 'once');
select is(tests.notices('ruth''s', 'membership_begun'), 0::bigint, 'and is not told of either while nothing can be booked');
select admin.approve_coach('maria');
select public.apply_stripe_event(tests.membership_event('ines''s', 1));
select results_eq(
  $$ select tests.notices('ines''s', 'membership_begun'), tests.notices('ines''s', 'member_joined') $$, $$ values (1::bigint, 1::bigint) $$, 'with the first period that is kept both are told'
);
select public.apply_stripe_event(tests.membership_event('ines''s', 2));
select is(tests.notices('ines''s', 'membership_begun'), 1::bigint, 'once');

/* -- an admin's word ---------------------------------------------------------------------------------------------------------- */

create function tests.bank_refuses(membership text, reason text) returns void language sql as $$
  update public.refunds set status = 'failed', stripe_refund_id = 're_' || refunds.id, settled_at = now()
  where refunds.reason::text = bank_refuses.reason
    and refunds.order_id in (select id from public.orders where membership_id = tests.id(membership));
  select admin.dismiss_failed_refund(refunds.id, 'Given back in the dashboard.') from public.refunds
  where refunds.reason::text = bank_refuses.reason
    and refunds.order_id in (select id from public.orders where membership_id = tests.id(membership));
$$;
create function tests.refunds_of(membership text) returns bigint language sql as $$
  select count(*) from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id(membership);
$$;
select tests.subscribe('zoe''s too', client => 'zoe', offer => 'steady');
create function tests.tell_of_second() returns boolean language sql as $$
  select public.apply_stripe_event(tests.membership_event(
    'zoe''s too', 0, '{"id": "second"}', '{"id": "second invoice", "subscription_id": "second", "payment_intent_id": "pi second"}'
  ));
$$;
select tests.tell_of_second();
select tests.bank_refuses('zoe''s too', 'paid_twice');
select tests.tell_of_second();
select is(tests.refunds_of('zoe''s too'), 1::bigint, 'what an admin said is not to go back, of what was paid twice, is not asked for again');

update public.profiles set deleted_at = now() - interval '1 minute' where id = tests.id('zoe');
select public.apply_stripe_event(tests.membership_event('zoe''s too', 1));
select tests.bank_refuses('zoe''s too', 'paid_too_late');
select public.apply_stripe_event(tests.membership_event('zoe''s too', 1));
select is(tests.refunds_of('zoe''s too'), 2::bigint, 'nor of what was paid too late');

select * from finish();
rollback;
