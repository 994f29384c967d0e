/* What has waited too long for news of Stripe's is asked for. */
begin;
select plan(43);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.open_payouts('maria');

create function tests.asked() returns setof text language sql as $$
  select topic from private.outbox where dedupe_key like '%:again:%' order by topic;
$$;
/* Everything that was asked is done, and nothing of it is told. */
create function tests.forget() returns void language sql as $$
  update private.outbox set status = 'done', done_at = now(), dedupe_key = gen_random_uuid()::text where topic like 'stripe.%';
$$;

select tests.book('session', client => 'dana', offer => 'maria''s hour');
select private.record_charge(id, '{"charge_id": "ch_1", "fee_cents": 320, "invoice": {"number": "W-1"}}') from public.payments;
select tests.forget();
select private.reconcile_money();
select is_empty('select tests.asked()', 'what is known is not asked for');

update public.payments set fee_cents = null;
select private.reconcile_money();
select is_empty('select tests.asked()', 'nor is what has just happened');
update public.payments set created_at = now() - interval '11 minutes';
select private.reconcile_money();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.read_charge'], 'a payment without a fee is read again, once an hour');
select is(attempts, 1, 'as something that was tried before') from private.outbox where dedupe_key like '%:again:%';
update private.outbox set dedupe_key = 'an hour ago' where dedupe_key like '%:again:%';
select private.reconcile_money();
select is_empty('select tests.asked()', 'and not while it is being read');
update public.payments set fee_cents = 320, invoice_number = null;
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.read_charge'], 'one without an invoice is, too');
update public.payments set created_at = now() - interval '4 hours';
select tests.forget();
select private.reconcile_money();
select is_empty('select tests.asked()', 'for some hours: there may be none');

select private.request_refund(bookings, 100, 'admin_cancelled') from public.bookings;
update public.refunds set created_at = now() - interval '11 minutes';
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.refund'], 'a refund that Stripe was not asked for is asked for');
update public.refunds set created_at = now() - interval '21 hours';
select tests.forget();
select private.reconcile_money();
select is_empty('select tests.asked()', 'within the day for which Stripe remembers its key');
update public.refunds set stripe_refund_id = 're_1';
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.read_refund'], 'one that has not ended is read, as long as it takes');
update public.refunds set status = 'succeeded';

select tests.earn('earned', client => 'dana', offer => 'maria''s hour');
update public.payments set fee_cents = 320, invoice_number = 'W';
select private.send_transfers();
update public.transfers set created_at = now() - interval '11 minutes';
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.transfer'], 'a transfer that is not made is asked for');
select tests.make_transfers();
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('earned');
update public.refunds set status = 'succeeded', stripe_refund_id = coalesce(stripe_refund_id, 're_2');
update public.transfer_reversals set created_at = now() - interval '11 minutes';
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.reverse_transfer'], 'so is one that is to be taken back');
select tests.make_reversals();

insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id, created_at)
values (tests.order_id('session'), 'authorized', 10000, 'pi_held', now() - interval '11 minutes');
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.read_payment'], 'money that a bank holds is looked at');
update public.payments set status = 'released' where status = 'authorized';

insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at, created_at)
select order_id, id, 'dp_1', 'under_review', 'general', 10000, now(), now() - interval '11 minutes' from public.payments where stripe_charge_id = 'ch_1';
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.read_dispute'], 'so is a dispute that is open');
update public.disputes set status = 'won';

select tests.book('left', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(9), status => 'held');
update public.orders set stripe_checkout_session_id = 'cs_left', checkout_expires_at = now() - interval '11 minutes', status = 'expired' where id = tests.order_id('left');
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.expire_checkout'], 'and a payment page that was left: a bank account may take days to pay');
update public.orders set status = 'pending', checkout_expires_at = now() + interval '1 minute' where id = tests.order_id('left');
select tests.forget();
select private.reconcile_money();
select is_empty('select tests.asked()', 'not one that is open, while its order can be paid');
select is(private.expire_checkout_work(tests.order_id('left')), null, 'nor would it be closed');
update public.orders set checkout_expires_at = now() where id = tests.order_id('left');
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.expire_checkout'], 'but as soon as it has ended: its webhooks may be lost');
select is(public.outbox_work(id) - 'order_id', '{"checkout_session_id": "cs_left"}', 'by its id') from private.outbox where dedupe_key like '%:again:%';
select public.complete_outbox(id, '{"id": "cs_left", "payment_status": "unpaid", "is_over": false, "intent": {"id": "pi_slow", "status": "processing"}}') from private.outbox where dedupe_key like '%:again:%';
select tests.forget();
select private.reconcile_money();
select results_eq('select tests.asked()', array['stripe.expire_checkout'], 'again, while a bank takes days to pay');
select public.complete_outbox(id, '{"id": "cs_left", "payment_status": "unpaid", "is_over": true}') from private.outbox where dedupe_key like '%:again:%';
select tests.forget();
select private.reconcile_money();
select is_empty('select tests.asked()', 'and no more, once Stripe says that nothing was paid on it');

-- How often: within a day, or within an hour, it is asked about once.
create function tests.asked_per(status public.order_status, ended interval) returns text language plpgsql as $$
declare
  v_id uuid := tests.order_id('left');
begin
  update public.orders set stripe_checkout_session_id = 'cs_left', checkout_expires_at = now() - ended, status = asked_per.status where orders.id = v_id;
  delete from private.outbox;
  perform private.reconcile_money();
  return (
    select case regexp_replace(dedupe_key, '.*again:', '')
      when date_trunc('day', now() at time zone 'UTC')::text then 'day'
      when date_trunc('hour', now() at time zone 'UTC')::text then 'hour'
    end
    from private.outbox where topic = 'stripe.expire_checkout'
  );
end;
$$;
-- In the first hour of a day the two are one.
select is(tests.asked_per('pending', '1 hour'), case when extract(hour from now() at time zone 'UTC') = 0 then 'day' else 'hour' end, 'what is pending is asked about every hour');
select is(tests.asked_per('pending', '25 hours'), 'day', 'and daily after a day');
select is(tests.asked_per('pending', '9 days'), 'day', 'however long it takes: until then no other page is made, and no card is charged');
select is(tests.asked_per('expired', '1 hour'), 'day', 'what has expired daily: its page may show a wrong amount for good');
select is(tests.asked_per('expired', '7 days 23 hours'), 'day', 'for eight days');
select is(tests.asked_per('expired', '8 days 1 hour'), null, 'and no longer');
insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id) values (tests.order_id('left'), 'authorized', 10000, 'pi_left');
select is(tests.asked_per('pending', '1 hour'), null, 'nor where a bank holds its money: that is asked for by itself');
update public.payments set status = 'released' where status = 'authorized';
delete from private.outbox;

/* -- the coach's account, and their bank -------------------------------------------------------------- */

select tests.book('owed', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '60 hours', status => 'completed');
select tests.know_who_came('owed');
select private.release_earnings();
select tests.forget();
create function tests.of_coach() returns setof jsonb language sql as $$
  select payload from private.outbox
  where topic in ('stripe.read_account', 'stripe.read_payout') and status = 'pending' order by topic, id;
$$;
select private.reconcile_money();
select is_empty('select tests.of_coach()', 'an account that is active is not asked for, though a share waits');
select tests.open_payouts('maria', 'verifying');
select private.reconcile_money();
select private.reconcile_money();
select results_eq('select tests.of_coach()', array['{"stripe_account_id": "acct_maria"}'::jsonb], 'one that is not, while a share waits, is');
select public.complete_outbox(id, jsonb_build_object(
  'id', 'acct_maria', 'metadata', jsonb_build_object('coach_id', tests.coach_id('maria')), 'payouts_enabled', true,
  'requirements', '{"currently_due": []}'::jsonb, 'capabilities', '{"transfers": "active"}'::jsonb, 'external_accounts', '{"data": []}'::jsonb
)) from private.outbox where topic = 'stripe.read_account';
select is((select status::text from public.payout_accounts), 'active', 'and stands as Stripe says');
select tests.forget();
update public.transfers set status = 'failed', failure_code = 'account_closed', settled_at = now() - interval '23 hours';
select private.reconcile_money();
select is((select count(*) from tests.of_coach()), 1::bigint, 'so is one to which Stripe has just refused a share');
select public.fail_outbox(id, 'No such account', is_permanent => true) from private.outbox where topic = 'stripe.read_account' and status = 'pending';
update private.outbox set dedupe_key = gen_random_uuid()::text where topic = 'stripe.read_account';
select private.reconcile_money();
select is_empty('select tests.of_coach()', 'what Stripe does not let us read is asked for again by an admin alone');
select tests.forget();
update public.transfers set settled_at = now() - interval '25 hours';
select private.reconcile_money();
select is_empty('select tests.of_coach()', 'for a day');

select private.record_stripe_payout('acct_maria', jsonb_build_object(
  'id', 'po_late', 'status', 'in_transit', 'amount', 8500, 'created', 1800000000,
  'arrival_date', floor(extract(epoch from now()))
));
select private.reconcile_money();
select is_empty('select tests.of_coach()', 'a payout that may arrive today is waited for');
update public.payouts set arrives_on = (now() at time zone 'UTC')::date - 1;
select private.reconcile_money();
select results_eq(
  'select tests.of_coach()', array['{"stripe_account_id": "acct_maria", "stripe_payout_id": "po_late"}'::jsonb], 'one that should have arrived is asked for'
);
select public.fail_outbox(id, 'No such account', is_permanent => true) from private.outbox where topic = 'stripe.read_payout' and status = 'pending';
update private.outbox set dedupe_key = gen_random_uuid()::text where topic = 'stripe.read_payout';
select private.reconcile_money();
select is_empty('select tests.of_coach()', 'once, if Stripe does not let us');
update private.outbox set status = 'pending' where topic = 'stripe.read_payout';
select public.complete_outbox(id, '{"id": "po_late", "status": "failed", "amount": 8500, "created": 1800000000, "arrival_date": 1800000000, "failure_code": "account_closed"}')
from private.outbox where topic = 'stripe.read_payout' and status = 'pending';
select results_eq(
  'select status::text, failure_code from public.payouts', $$ values ('failed', 'account_closed') $$, 'and stands as Stripe says'
);
select is((select count(*) from public.notifications where kind = 'payout_failed'), 1::bigint, 'its coach is told');
select tests.forget();
select private.reconcile_money();
select is_empty('select tests.of_coach()', 'then no more');

/* -- what Stripe's list knows ------------------------------------------------------------------------ */

select tests.forget();
insert into private.balance_transactions (id, type, source, amount_cents, fee_cents, net_cents, reporting_category, created_at) values
  ('txn_1', 'refund', 're_1', -100, 0, -100, 'refund', now()), ('txn_2', 'refund', 're_new', -100, 0, -100, 'refund', now()),
  ('txn_3', 'refund_failure', 're_2', 100, 0, 100, 'refund_failure', now()), ('txn_4', 'adjustment', 'dp_new', -100, 0, -100, 'dispute', now());
select bag_eq(
  $$ select topic, payload from private.outbox where status = 'pending' and topic like 'stripe.read%' $$,
  $$ values ('stripe.read_refund', '{"stripe_refund_id": "re_new"}'::jsonb), ('stripe.read_refund', '{"stripe_refund_id": "re_2"}'), ('stripe.read_dispute', '{"stripe_dispute_id": "dp_new"}') $$,
  'a refund that we do not know, one that came back, and a dispute are read; what we know is not'
);
select is(public.outbox_work(id), payload, 'by their ids at Stripe') from private.outbox where topic = 'stripe.read_dispute' and status = 'pending';
select lives_ok($$ select private.reconcile_money() $$, 'and all of it can be asked for at once');

select * from finish();
rollback;
