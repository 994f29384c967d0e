/*
 * A client and a coach who had everything that has to do with money leave: no row of it goes, no cent
 * of it changes, and nothing that names them is left beside it.
 */
begin;
select no_plan();

/* -- what there was -------------------------------------------------------------------------------- */

-- Xanthe buys of everything there is from Maria, who is called Wilhelmina; Omar and Lena stay.
select tests.create_profile('dana');
select tests.create_profile('omar');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
update public.profiles set first_name = 'Xanthe', last_name = 'Quillfeather', company = 'Quillfeather Homes' where id = tests.id('dana');
update public.profile_contacts set email = 'xq@quillfeather.example' where profile_id = tests.id('dana');
update public.profiles set first_name = 'Wilhelmina', last_name = 'Okonkwo-Diaz' where id = tests.id('maria');
update public.profile_contacts set email = 'wod@okonkwo.example' where profile_id = tests.id('maria');
update public.coaches set display_name = 'Wilhelmina Okonkwo-Diaz', slug = 'wilhelmina-okonkwo-diaz' where id = tests.coach_id('maria');
update private.platform_settings set books_settle_minutes = 0, admins_email = 'books@walkthrough.example';

create function tests.event(type text, object jsonb) returns boolean language sql as $$
  select public.apply_stripe_event(jsonb_build_object(
    'id', 'evt_' || gen_random_uuid(), 'type', type, 'data', jsonb_build_object('object', object)
  ));
$$;
create function tests.person() returns jsonb language sql as $$
  select '{
    "billing_details": {"name": "Xanthe Quillfeather", "email": "xq@quillfeather.example", "phone": "+15550001111"},
    "customer_details": {"name": "Xanthe Quillfeather", "email": "xq@quillfeather.example", "phone": "+15550001111"},
    "customer_email": "xq@quillfeather.example", "receipt_email": "xq@quillfeather.example",
    "individual": {"first_name": "Wilhelmina", "last_name": "Okonkwo-Diaz", "email": "wod@okonkwo.example", "dob": {"year": 1971}},
    "description": "Growth with Wilhelmina Okonkwo-Diaz", "preferred_locales": ["xq@quillfeather.example"]
  }'::jsonb;
$$;

select tests.event('account.updated', tests.person() || jsonb_build_object(
  'id', 'acct_maria', 'payouts_enabled', true, 'capabilities', '{"transfers": "active"}'::jsonb, 'requirements', '{"currently_due": []}'::jsonb,
  'metadata', jsonb_build_object('coach_id', tests.coach_id('maria')),
  'external_accounts', '{"data": [{"bank_name": "Okonkwo Savings", "last4": "Q789"}]}'::jsonb
));

-- Single sessions: one earned and sent, one earned and partly given back, one disputed, one called off, one to come.
select tests.earn('earned', 'dana', 'maria''s hour');
select tests.earn('taken back', 'dana', 'maria''s hour');
select private.send_transfers();
select tests.make_transfers();
select private.request_refund(bookings, 4000, 'admin_cancelled') from public.bookings where id = tests.id('taken back');
select tests.make_reversals();
select tests.earn('disputed', 'dana', 'maria''s hour');
select tests.event('charge.dispute.funds_withdrawn', tests.person() || jsonb_build_object(
  'id', 'dp_1', 'status', 'needs_response', 'reason', 'product_not_received', 'amount', 10000, 'created', floor(extract(epoch from now())),
  'payment_intent', 'pi_' || tests.order_id('disputed'),
  'evidence', '{"customer_name": "Xanthe Quillfeather", "uncategorized_text": "Wilhelmina Okonkwo-Diaz waited"}'::jsonb,
  'evidence_details', jsonb_build_object('due_by', floor(extract(epoch from now() + interval '14 days'))),
  'balance_transactions', '[{"id": "txn_1", "amount": -10000, "fee": 1500, "net": -11500}]'::jsonb
));
select tests.book('to come', 'dana', 'maria''s hour', starts_at => tests.on_day(5));
select tests.book('called off', 'dana', 'maria''s hour', starts_at => tests.on_day(6), status => 'cancelled');
update public.bookings set note = 'Ask for Xanthe at the desk', cancel_reason = 'Quillfeather Homes needs me' where id = tests.id('called off');
update public.bookings set note = 'My number is +15550001111' where id = tests.id('earned');
insert into public.booking_events (booking_id, actor, after, detail)
values (tests.id('earned'), 'admin', 'completed', '{"why": "Xanthe Quillfeather called about Wilhelmina"}');
update public.attendance_decisions
set objected_by = 'client', objected_at = now(), objection = 'This is Xanthe. She never came.',
    sentence = 'Xanthe was there from 10:00.', settled_at = null, settled_outcome = null
where booking_id = tests.id('earned');
select admin.settle_attendance(tests.id('earned'), 'held', 'Wilhelmina was there; Xanthe agrees.');
select tests.book_series('series', 'dana', 'maria''s hour', array[tests.on_day(8), tests.on_day(15)]);

-- A package with a session held, one to come, and one that its coach had ended; a coupon of hers; a membership, and Omar's.
select tests.create_package('four of Wilhelmina', 'maria');
select tests.buy_package('package', 'dana', 'four of Wilhelmina');
select tests.book_with_credit('of package', 'dana', 'package', days => 9);
select tests.buy_package('ended package', 'dana', 'four of Wilhelmina');
select private.end_credits(tests.id('ended package'), 'Xanthe and I agreed. Wilhelmina');
select tests.create_package('six of Wilhelmina', 'maria', sessions => 6);
update public.offers set instalments = 3 where id = tests.id('six of Wilhelmina');
select tests.buy_in_parts('parts', 'dana', 'six of Wilhelmina');
select tests.buy_in_parts('omar''s parts', 'omar', 'six of Wilhelmina');
insert into private.coupons (code, coach_id, percent) values ('OKONKWO-10', tests.coach_id('maria'), 10);
insert into private.coupon_redemptions (order_id, coupon_id, client_id)
select tests.order_id('to come'), coupons.id, tests.id('dana') from private.coupons;
select tests.create_membership_offer('growth with Wilhelmina Okonkwo-Diaz', coach => 'maria');
select tests.create_membership_offer('steady', coach => 'lena');
update private.stripe_prices set stripe_price_id = 'price growth' where offer_id = tests.id('growth with Wilhelmina Okonkwo-Diaz');
create function tests.growth_event(membership text, month integer default 0, subscription jsonb default '{}', invoice jsonb default '{}') returns jsonb language sql as $$
  select tests.membership_event(membership, month, subscription || '{"price_id": "price growth"}', invoice || '{"price_id": "price growth"}');
$$;
select tests.begin_membership('dana''s', 'dana', 'growth with Wilhelmina Okonkwo-Diaz');
select public.apply_stripe_event(tests.growth_event('dana''s', invoice => tests.person() || '{"customer_name": "Xanthe Quillfeather"}'));
select tests.begin_membership('omar''s', 'omar', 'growth with Wilhelmina Okonkwo-Diaz');
select public.apply_stripe_event(tests.growth_event('omar''s'));
select tests.subscribe('of lena', 'dana', 'steady');
-- A session of it that she missed, and what that cost.
select tests.remember('growth period', orders.id) from public.orders where membership_id = tests.id('dana''s');
update public.orders set no_show_fee_cents = 2500 where id = tests.id('growth period');
select tests.book_with_credit('missed', 'dana', 'growth period', days => 11);
select tests.move_booking('missed', now() - interval '9 days');
select private.complete_bookings();
select tests.know_who_came('missed', 'unknown', is_settled => false);
select admin.settle_attendance(tests.id('missed'), 'client_missing', 'Nobody came.');
select private.record_payment(order_id, 'pi_fee', null, 2500, 0, 'usd') from private.no_show_fees;
select admin.waive_no_show_fee(tests.id('missed'), 'Xanthe had called Wilhelmina.');
select tests.begin_membership('not paid for', 'omar', 'steady');
select tests.buy_package('omar''s package', 'omar', 'four of Wilhelmina');
select private.record_stripe_payout('acct_maria', '{"id": "po_1", "status": "paid", "amount": 8500, "arrival_date": 1800000000, "created": 1800000000}');

-- What workers noted, and an admin.
select tests.event('charge.updated', tests.person() || '{"id": "ch_1"}');
select public.complete_outbox(id, tests.person() || '{"id": "ch_1"}') from private.outbox where topic = 'stripe.read_charge';
select private.enqueue('test', 'has failed', '{}');
select public.fail_outbox(id, 'No such customer: <xq@quillfeather.example>', true) from private.outbox where dedupe_key = 'has failed';
select public.apply_clerk_event('msg_1', jsonb_build_object('type', 'user.updated', 'data', jsonb_build_object(
  'id', 'user_dana', 'first_name', 'Xanthe', 'updated_at', 1, 'primary_email_address_id', 'idn_1', 'email_addresses',
  '[{"id": "idn_1", "email_address": "xq@quillfeather.example", "verification": {"status": "verified"}}]'::jsonb
)));
select public.apply_zoom_event('joined', '{"event": "meeting.participant_joined", "payload": {"object": {"id": "1", "participant": {"user_name": "Xanthe Quillfeather", "email": "xq@quillfeather.example"}}}}');
insert into private.meeting_participants (meeting_id, participant_uuid, display_name) values (tests.meeting_id('earned'), 'one', 'Xanthe Q.');
insert into private.meeting_registrants values (tests.meeting_id('earned'), tests.id('dana'), 'registrant', 'https://zoom.example/w/1');
insert into private.meeting_participants (meeting_id, participant_uuid, display_name, registrant_id)
values (tests.meeting_id('earned'), 'two', 'X. Quillfeather (iPhone)', 'registrant');
insert into private.audit_log (table_name, row_id, action, actor, after)
values ('coaches', tests.coach_id('maria')::text, 'reason', 'postgres', '{"reason": "Wilhelmina asked us to"}');
select tests.connect_calendly('maria', 'okonkwo-diaz');
set constraints all immediate;
set constraints all deferred;

/* -- what is looked for ---------------------------------------------------------------------------- */

/* Every row of money with its cents, and whose it is. */
create function tests.money() returns table (of text, row_id text, facts jsonb) language sql as $$
  select 'journal', id::text, to_jsonb(ledger_journals) from private.ledger_journals
  union all select 'entry', id::text, to_jsonb(ledger_entries) from private.ledger_entries
  union all select 'order', id::text, jsonb_build_array(client_id, coach_id, offer_id, amount_cents, discount_cents, fee_cents, session_count, paid_at, membership_id, period_ends_at, stripe_invoice_id) from public.orders
  union all select 'payment', id::text, to_jsonb(payments) from public.payments
  union all select 'refund', id::text, to_jsonb(refunds) from public.refunds
  union all select 'credit', id::text, to_jsonb(credit_entries) from public.credit_entries
  union all select 'earning', id::text, to_jsonb(earnings) from public.earnings
  union all select 'transfer', id::text, to_jsonb(transfers) from public.transfers
  union all select 'reversal', id::text, to_jsonb(transfer_reversals) from public.transfer_reversals
  union all select 'redemption', order_id::text, to_jsonb(coupon_redemptions) from private.coupon_redemptions
  union all select 'coupon', id::text, jsonb_build_array(coach_id, percent, amount_cents) from private.coupons
  union all select 'dispute', id::text, to_jsonb(disputes) from public.disputes
  union all select 'payout', id::text, to_jsonb(payouts) from public.payouts
  union all select 'account', coach_id::text, jsonb_build_array(stripe_account_id, status) from public.payout_accounts
  union all select 'plan', id::text, jsonb_build_array(client_id, coach_id, offer_id, instalments) from public.payment_plans
  union all select 'no-show fee', order_id::text, jsonb_build_array(booking_id, ended_at, ended_reason) from private.no_show_fees
  union all select 'try', order_id || ' ' || attempt, jsonb_build_array(outcome, settled_at) from private.card_charges
  union all select 'consent', id::text, jsonb_build_array(membership_id, offer_id, version, agreed_at) from public.membership_consents
  union all select 'movement', id, to_jsonb(balance_transactions) from private.balance_transactions;
$$;

/* Where in any table of ours a text still is. Not in messages and reviews: those are the other party's too. */
create function tests.places_of(needle text) returns table (place text) language plpgsql as $$
declare
  v_column record;
  v_is_there boolean;
begin
  for v_column in
    select format('%I.%I', table_schema, table_name) as source, column_name
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema in ('public', 'private') and table_type = 'BASE TABLE'
      and data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'USER-DEFINED')
      and format('%s.%s.%s', table_schema, table_name, column_name) not in ('public.messages.body', 'public.reviews.body')
  loop
    execute format('select exists (select from %s where %I::text ilike %L)', v_column.source, v_column.column_name, '%' || needle || '%')
    into v_is_there;
    if v_is_there then
      return query select v_column.source || '.' || v_column.column_name;
    end if;
  end loop;
end;
$$;

create temp table before as select * from tests.money();
create function tests.changed() returns setof text language sql as $$
  select before.of || ' ' || before.facts::text from before
  left join tests.money() as after using (of, row_id) where after.facts is distinct from before.facts;
$$;
select isnt_empty($$ select tests.places_of('Quillfeather') $$, 'there are places to be found');
select is_empty(
  $$ select kind from unnest(array['journal', 'entry', 'order', 'payment', 'refund', 'credit', 'earning', 'transfer', 'reversal', 'redemption', 'coupon', 'dispute', 'payout', 'account', 'plan', 'consent', 'no-show fee']) as kind
     where not exists (select from before where of = kind) $$,
  'and rows of every kind'
);
-- What a vendor tells of people is not kept at all, whoever they are.
select is_empty(
  $$ select provider, type from private.webhook_events where payload::text ~* 'quillfeather|xanthe|okonkwo|[+]15550001111|wilhelmina|"year"' $$,
  'no event is kept with what names a person'
);
select is_empty($$ select topic from private.outbox where result::text || payload::text || coalesce(last_error, '') ~* 'quillfeather|okonkwo' $$, 'nor the answer to a call');
select isnt_empty($$ select from private.webhook_events where payload #>> '{data,object,id}' = 'dp_1' and payload #>> '{data,object,status}' = 'needs_response' $$, 'what it was about is');

/* -- the client leaves ------------------------------------------------------------------------------ */

select public.apply_clerk_event('msg_d', '{"type": "user.deleted", "data": {"id": "user_dana"}}');
set constraints all immediate;
set constraints all deferred;

select is_empty('select tests.changed()', 'a client leaves: no row of money goes, no cent changes');
select is_empty(format('select tests.places_of(%L)', needle), format('“%s” is nowhere', needle))
from unnest(array['xanthe', 'quillfeather', 'xq@', '+15550001111']) as needle;
select results_eq(
  $$ select payload ->> 'subscription_id' from private.outbox where topic = 'stripe.end_subscription' order by 1 $$,
  $$ values ('dana''s subscription'), ('of lena subscription') $$, 'Stripe is asked to end their memberships'
);
select is((select ended_reason::text from public.payment_plans where id = tests.id('parts')), 'account_closed', 'what they pay in parts ends');
select is((select note || sentence || objection from public.bookings join public.attendance_decisions on booking_id = id where id = tests.id('earned')),
  'A former member was there from 10:00.Removed with the account.', 'what others need to read stays, without the name');
select is_empty($$ select from admin.money_mismatch where what <> 'what Stripe says of it' $$, 'the books add up');
select isnt_empty($$ select tests.places_of('wilhelmina') $$, 'others keep their names');

/* -- the coach leaves -------------------------------------------------------------------------------- */

delete from before;
insert into before select * from tests.money();
select tests.book_with_credit('omar''s session', 'omar', 'omar''s package', days => 10);
select public.apply_clerk_event('msg_m', '{"type": "user.deleted", "data": {"id": "user_maria"}}');
set constraints all immediate;
set constraints all deferred;

select is_empty('select tests.changed()', 'a coach leaves: no row of money goes, no cent changes');
select is_empty(format('select tests.places_of(%L)', needle), format('“%s” is nowhere', needle))
from unnest(array['wilhelmina', 'okonkwo', 'wod@', 'q789']) as needle;
select is((select count(*) from private.outbox where topic = 'stripe.end_subscription' and payload ->> 'subscription_id' = 'omar''s subscription'), 1::bigint, 'Stripe is asked to end what they sold');
select results_eq(
  $$ select amount_cents, reason::text from public.refunds where order_id = tests.id('omar''s package') $$,
  $$ values (32000, 'credits_ended') $$, 'packages go back'
);
select results_eq(
  $$ select refunds.amount_cents, refunds.reason::text from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id('omar''s') $$,
  $$ values (20000, 'credits_ended') $$, 'and of a membership the sessions that are left'
);
select results_eq(
  $$ select refunds.amount_cents, ended_reason::text from public.refunds join public.orders on orders.id = order_id join public.payment_plans on payment_plans.id = plan_id
     where plan_id = tests.id('omar''s parts') $$,
  $$ values (16000, 'account_closed') $$, 'and of what is paid in parts what was paid'
);
select is_empty($$ select from public.credit_entries join public.orders on orders.id = order_id where orders.coach_id = tests.coach_id('maria')
  and private.credits_left(orders.id) > 0 $$, 'nothing is left to book with');
select is_empty($$ select from private.coupons where ended_at is null $$, 'their coupons end');
select is_empty($$ select from private.calendly_connections $$, 'their calendar elsewhere is let go');

-- What Stripe still tells of them brings nothing back.
select tests.event('account.updated', jsonb_build_object(
  'id', 'acct_maria', 'payouts_enabled', true, 'capabilities', '{"transfers": "active"}'::jsonb, 'requirements', '{"currently_due": []}'::jsonb,
  'metadata', jsonb_build_object('coach_id', tests.coach_id('maria')),
  'external_accounts', '{"data": [{"bank_name": "Okonkwo Savings", "last4": "Q789"}]}'::jsonb
));
select is_empty($$ select tests.places_of('okonkwo') $$, 'not even their bank');

-- Stripe ends it; a renewal that it charged a moment earlier goes back, and so does what is paid on a page that was open.
select public.apply_stripe_event(tests.growth_event('omar''s', 1, '{"status": "canceled"}', jsonb_build_object('paid_at', now() + interval '1 second')));
select results_eq(
  $$ select refunds.amount_cents, refunds.reason::text, (select count(*) from public.credit_entries where credit_entries.order_id = orders.id)
     from public.refunds join public.orders on orders.id = order_id where stripe_invoice_id = 'omar''s invoice 1' $$,
  $$ values (20000, 'paid_too_late', 0::bigint) $$, 'what is charged after they left goes back, and gives nothing'
);
select public.apply_clerk_event('msg_o', '{"type": "user.deleted", "data": {"id": "user_omar"}}');
select is((select status::text from public.memberships where id = tests.id('not paid for')), 'ended', 'one that was not paid for ends here');
select public.apply_stripe_event(tests.membership_event('not paid for'));
select results_eq(
  $$ select refunds.amount_cents from public.refunds join public.orders on orders.id = order_id where membership_id = tests.id('not paid for') $$,
  $$ values (20000) $$, 'paid after all, it goes back'
);
select is((select count(*) from private.outbox where dedupe_key = 'stripe.end_subscription:not paid for subscription'), 1::bigint, 'and ends at Stripe');

-- Everything that Stripe was asked for is done.
select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', 'succeeded', 'amount', amount_cents)) from public.refunds where status = 'requested';
select private.release_earnings();
select tests.make_reversals();
set constraints all immediate;
select is_empty($$ select from admin.money_mismatch where what <> 'what Stripe says of it' $$, 'the books add up in the end');
select is((select sum(amount_cents) from private.ledger_entries), 0::bigint, 'to zero');

select * from finish();
rollback;
