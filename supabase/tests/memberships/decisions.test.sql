/* What a client decides about their membership: written down first, asked of Stripe, confirmed by it. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_membership_offer('steady', coach => 'maria');
select tests.create_membership_offer('more', coach => 'maria', price_cents => 30000, sessions_a_month => 4);
select tests.create_membership_offer('yearly', coach => 'maria', price_cents => 199900, billing_interval => 'year');
select tests.create_membership_offer('elsewhere', coach => 'lena');
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');

/* What Stripe says next, asked after what was decided last. */
create function tests.told(membership text, subscription jsonb) returns boolean language sql as $$
  select public.apply_stripe_event(tests.membership_event(membership, 0, subscription));
$$;
create function tests.seen(membership text) returns table (status text, is_ending boolean, is_confirmed boolean, choices text)
language sql security definer as $$
  select status::text, is_ending, is_confirmed, array_to_string(choices, ' ') from public.membership_list(tests.id(membership));
$$;
grant execute on function tests.seen to authenticated;

select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('active', false, true, 'pause cancel change_plan') $$, 'what can be decided of one that runs');
select results_eq(
  $$ select title, price_cents, sessions_left, billing_interval::text, agreed_words like 'I agree%' from public.membership_list() $$,
  $$ values ('steady', 20000, 2, 'month', true) $$, 'what it is, and what is left of it'
);

/* -- pause and resume ---------------------------------------------------------------------------- */

select is(public.pause_membership(tests.id('dana''s')), 1, 'it is paused');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('paused', false, false, 'resume cancel') $$, 'which shows at once, as not confirmed');
select results_eq(
  $$ select intent::text, number, stripe_subscription_id, stripe_item_id from public.membership_decision(tests.id('dana''s')) $$,
  $$ values ('pause', 1, 'dana''s subscription', 'item') $$, 'what Stripe is to be asked'
);
select throws_ok($$ select public.pause_membership(tests.id('dana''s')) $$, 'MBNOT', null, 'it is not paused twice');
select tests.as_admin();
select is(
  (select payload ->> 'membership_id' from private.outbox where topic = 'stripe.read_subscription' and run_after = now() + interval '1 minute'),
  tests.id('dana''s')::text, 'it is asked again in a minute, should that get lost'
);
select public.apply_stripe_event(tests.membership_event('dana''s', 0, '{"is_paused": true}', '{}', now() - interval '1 minute'));
select is((select intent::text from public.memberships), 'pause', 'what was read before it was decided confirms nothing');
select tests.told('dana''s', '{}');
select is((select intent::text from public.memberships), 'pause', 'nor what says otherwise');
select is(private.membership_work(tests.id('dana''s')) ->> 'intent', 'pause', 'so it is done then');
select tests.told('dana''s', '{"is_paused": true}');
select is(private.membership_work(tests.id('dana''s')) ->> 'intent', null, 'what Stripe confirms is done');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('paused', false, true, 'resume cancel') $$, 'and shows so');
select is_empty($$ select from public.membership_decision(tests.id('dana''s')) $$, 'there is nothing to ask');
select is(public.resume_membership(tests.id('dana''s')), 2, 'it goes on');
select throws_ok($$ select public.resume_membership(tests.id('dana''s')) $$, 'MBNOT', null, 'once');
select tests.as_admin();
select tests.told('dana''s', '{}');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('active', false, true, 'pause cancel change_plan') $$, 'as before');

/* -- cancel and keep ------------------------------------------------------------------------------- */

select is(public.cancel_membership(tests.id('dana''s')), 3, 'it is cancelled');
select results_eq($$ select * from tests.seen('dana''s') $$, $$ values ('active', true, false, 'keep') $$, 'to the end of its period');
select throws_ok($$ select public.cancel_membership(tests.id('dana''s')) $$, 'MBNOT', null, 'once');
select throws_ok($$ select public.pause_membership(tests.id('dana''s')) $$, 'MBNOT', null, 'what ends is not paused');
select is(public.keep_membership(tests.id('dana''s')), 4, 'or not, before Stripe has even heard of it');
select throws_ok($$ select public.keep_membership(tests.id('dana''s')) $$, 'MBNOT', null, 'once');
select tests.as_admin();
select tests.told('dana''s', '{"is_ending": true}');
select is((select intent::text from public.memberships), 'keep', 'the last decision counts, whatever arrives meanwhile');
select tests.told('dana''s', '{}');
select is((select intent::text from public.memberships), null, 'until it is confirmed');

/* -- another plan ----------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select results_eq(
  $$ select title from public.membership_plans(tests.id('dana''s')) $$, $$ values ('more') $$, 'it can be changed to what is paid as often'
);
select matches(words, '\$300\.00 is charged to my card at the next renewal and then every month', 'whose price they agree to from then on')
from public.membership_plans(tests.id('dana''s'));
select throws_ok(
  $$ select public.change_membership_plan(
       tests.id('dana''s'), tests.id('more'), (select words_sha256 from public.membership_offer_terms(tests.id('more')))
     ) $$,
  'MBTRM', null, 'and to nothing that is charged today'
);
select throws_ok(
  format('select public.change_membership_plan(%L, %L, %L)', tests.id('dana''s'), tests.id(offer), 'x'), 'MBPLN', null, format('not to %s', offer)
) from unnest(array['yearly', 'elsewhere', 'steady', 'maria''s hour']) as offer;
select throws_ok($$ select public.change_membership_plan(tests.id('dana''s'), tests.id('more'), '') $$, 'MBAGR', null, 'nor without agreeing to its price');
select throws_ok($$ select public.change_membership_plan(tests.id('dana''s'), tests.id('more'), repeat('0', 64)) $$, 'MBTRM', null, 'or to another');
select is(
  public.change_membership_plan(tests.id('dana''s'), tests.id('more'), (select words_sha256 from public.membership_plans(tests.id('dana''s')))), 5,
  'who agrees changes'
);
select results_eq(
  $$ select title, current_title, price_cents, sessions_left from public.membership_list() $$, $$ values ('more', 'steady', 30000, 2) $$,
  'from the next renewal on; what is paid stays'
);
select is((select count(*) from public.membership_consents), 2::bigint, 'what was agreed to is written down again');
select is((select stripe_price_id from public.membership_decision(tests.id('dana''s'))), 'price more', 'Stripe is told the price');
select is_empty($$ select from public.membership_plans(tests.id('dana''s')) where title = 'more' $$, 'it is not offered again');
select tests.as_admin();
select tests.told('dana''s', '{"price_id": "price more"}');
select is((select offer_id from public.memberships), tests.id('more'), 'it is another once Stripe says so');
select is((select intent_offer_id from public.memberships), null, 'and confirmed');
select public.apply_stripe_event(tests.membership_event('dana''s', 1));
select results_eq(
  $$ select amount_cents, sum(sessions) from public.orders join public.credit_entries on order_id = orders.id group by orders.id order by amount_cents $$,
  $$ values (20000, 2::bigint), (30000, 4) $$, 'the next period is of it'
);

/* -- who else ------------------------------------------------------------------------------------------ */

select tests.subscribe('omar''s', client => 'omar', offer => 'steady');
select tests.begin_membership('zoe''s', client => 'zoe', offer => 'steady');
select tests.sign_in_as('zoe');
select throws_ok(format('select public.%s(%L)', verb, tests.id(membership)), 'MBNFD', null, format('%s of %s', verb, membership))
from unnest(array['pause_membership', 'resume_membership', 'cancel_membership', 'keep_membership']) as verb
cross join unnest(array['dana''s', 'zoe''s']) as membership;
select throws_ok($$ select public.change_membership_plan(tests.id('dana''s'), tests.id('more'), 'x') $$, 'MBNFD', null, 'or the plan of another''s');
select is_empty($$ select from public.membership_list() $$, 'another''s shows nowhere');
select is_empty($$ select from public.membership_decision(tests.id('dana''s')) $$, 'nor what they decide');
select is_empty($$ select from public.membership_plans(tests.id('dana''s')) $$, 'nor what they could');
select is_empty($$ select from public.membership_begun(tests.id('dana''s')) $$, 'nor whether it has begun');
select results_eq($$ select status::text, coach_slug, offer_id from public.membership_begun(tests.id('zoe''s')) $$, $$ values ('incomplete', 'maria', tests.id('steady')) $$, 'one''s own does');
select tests.sign_in_as('maria');
select throws_ok($$ select public.cancel_membership(tests.id('dana''s')) $$, 'MBNFD', null, 'nor does the coach decide');

/* -- who reads ------------------------------------------------------------------------------------------- */

select set_eq('select id from public.memberships', array[tests.id('dana''s'), tests.id('omar''s'), tests.id('zoe''s')], 'a coach sees who subscribes to them');
select is_empty('select from public.membership_consents', 'but not what they agreed to');
select tests.sign_in_as('lena');
select is_empty('select from public.memberships', 'another coach does not');
select tests.sign_in_as('dana');
select set_eq('select id from public.memberships', array[tests.id('dana''s')], 'a client sees their own');
select tests.refuses_columns('public.memberships', 'stripe_subscription_id', 'checkout_url', 'stripe_item_id', 'stripe_checkout_session_id');
select tests.refuses_columns('public.orders', 'stripe_invoice_id');
select tests.refuses_reads('private.stripe_prices');
select tests.refuses_writes(name::regclass) from unnest(array['public.memberships', 'public.membership_consents', 'private.stripe_prices']) as name;
select tests.sign_out();
select tests.refuses_reads(name::regclass) from unnest(array['public.memberships', 'public.membership_consents', 'private.stripe_prices']) as name;

/* -- what got lost -------------------------------------------------------------------------------------------- */

select tests.as_admin();
create function tests.asked_about() returns setof uuid language sql as $$
  select private.reconcile_memberships();
  with asked as (
    delete from private.outbox where topic = 'stripe.read_subscription' and run_after = now() returning payload
  )
  select (payload ->> 'membership_id')::uuid from asked;
$$;
select is_empty('select tests.asked_about()', 'nothing is asked about while all is told');
update public.memberships set intent = 'pause', intended_at = now() - interval '1 minute' where id = tests.id('omar''s');
select is_empty('select tests.asked_about()', 'nor at once');
update public.memberships set intended_at = now() - interval '3 minutes' where id = tests.id('omar''s');
select set_eq('select tests.asked_about()', array[tests.id('omar''s')], 'a decision that Stripe does not confirm');
update public.memberships set intent = null, period_starts_at = now() - interval '32 days', period_ends_at = now() - interval '61 minutes' where id = tests.id('omar''s');
select set_eq('select tests.asked_about()', array[tests.id('omar''s')], 'a renewal that was not told');
update public.memberships set status = 'past_due', period_ends_at = now() + interval '20 days' where id = tests.id('omar''s');
select set_eq('select tests.asked_about()', array[tests.id('omar''s')], 'a card that was declined, and may have been charged since');
update public.memberships set status = 'ended', ended_at = now() where id = tests.id('omar''s');
select is_empty('select tests.asked_about()', 'not of what has ended');
update public.memberships set checkout_expires_at = now() - interval '1 minute' where id = tests.id('zoe''s');
select is_empty('select tests.asked_about()', 'nor of a payment page that never was');
update public.memberships set stripe_checkout_session_id = 'cs_zoe' where id = tests.id('zoe''s');
select set_eq('select tests.asked_about()', array[tests.id('zoe''s')], 'a payment page that was left, and may have been paid');
update public.memberships set checkout_expires_at = now() - interval '7 days' where id = tests.id('zoe''s');
select set_eq('select tests.asked_about()', array[tests.id('zoe''s')], 'though nothing may have run for days');
update public.memberships set checkout_expires_at = now() - interval '9 days' where id = tests.id('zoe''s');
select is_empty('select tests.asked_about()', 'but not for ever');
select private.record_membership('{}');
select is((select status::text from public.memberships where id = tests.id('zoe''s')), 'incomplete', 'or not');
select private.record_membership(tests.membership_event('zoe''s') -> 'membership');
select is((select status::text from public.memberships where id = tests.id('zoe''s')), 'active', 'what is found out counts like what is told');

select * from finish();
rollback;
