/* Tax on top of the price: taken, given back with the part of the price that it is of, owed to a state, never earned. */
begin;
select plan(45);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.open_payouts('maria');
update private.platform_settings set books_settle_minutes = 0;

create function tests.accounts(booking text) returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(account, cents), '{}')
  from (
    select account, sum(amount_cents) as cents from private.ledger_entries
    join private.ledger_journals on ledger_journals.id = journal_id
    where order_id = tests.order_id(booking) group by account having sum(amount_cents) <> 0
  ) as sums;
$$;
create function tests.finds() returns setof text language sql as $$
  select what from admin.money_mismatch where what <> 'what Stripe says of it';
$$;
create function tests.mismatches(booking text) returns bigint language sql as $$
  select count(*) from private.security_events where kind = 'payment_amount_mismatch' and detail ->> 'order_id' = tests.order_id(booking)::text;
$$;
create function tests.give_back(booking text, cents integer, reason public.refund_reason) returns integer language sql as $$
  select private.request_refund(bookings, cents, reason) from public.bookings where id = tests.id(booking);
  select (private.refund_work(id) ->> 'gross_cents')::integer from public.refunds
  where order_id = tests.order_id(booking) and refunds.reason = give_back.reason;
$$;
create function tests.answer(booking text, state text, amount integer default null) returns void language sql as $$
  select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', state) || case when amount is null then '{}' else jsonb_build_object('amount', amount) end)
  from public.refunds where order_id = tests.order_id(booking) and reason <> 'made_in_stripe' and status <> 'failed';
$$;
create function tests.dashboard(booking text, id text, amount integer) returns void language sql as $$
  select private.record_stripe_refund(jsonb_build_object(
    'id', id, 'status', 'succeeded', 'amount', amount, 'payment_intent', 'pi_' || tests.order_id(booking), 'metadata', '{}'::jsonb
  ));
$$;
create function tests.refunds_of(booking text) returns table (reason text, status text, price integer, tax integer) language sql as $$
  select refunds.reason::text, refunds.status::text, amount_cents, tax_cents from public.refunds
  where order_id = tests.order_id(booking) order by created_at, stripe_refund_id;
$$;

/* -- without the flag -------------------------------------------------------------------------------- */

select tests.book('plain', client => 'dana', offer => 'maria''s hour', status => 'held');
select public.apply_stripe_event(tests.taxed_checkout('plain', 825));
select is(tests.mismatches('plain'), 1::bigint, 'tax of an order that has none is not taken for payment');
select is_empty($$ select from public.payments where order_id = tests.order_id('plain') $$, 'and no money of ours');
select tests.pay('plain');
select is(tests.accounts('plain'), '{"stripe_balance": 10000, "client_money": -10000}', 'its price is, and nothing is owed to a state');

/* -- what is taken -------------------------------------------------------------------------------------- */

update private.platform_settings set automatic_tax = true;
select tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3 + number::integer), status => 'held')
from unnest(array['taxed', 'untaxed', 'odd', 'declined', 'paid twice', 'disputed', 'dashboard', 'cents', 'raced', 'earned', 'held']) with ordinality as each (name, number);
update private.platform_settings set automatic_tax = false;

select public.apply_stripe_event(jsonb_set(tests.taxed_checkout('odd', 825), '{data,object,amount_total}', '10824'));
select public.apply_stripe_event(jsonb_set(tests.taxed_checkout('odd', 825), '{data,object,amount_total}', '10826'));
select public.apply_stripe_event(jsonb_set(tests.taxed_checkout('odd', 0), '{data,object,amount_total}', '10825'));
select public.apply_stripe_event(tests.taxed_checkout('odd', -100));
select is(tests.mismatches('odd'), 4::bigint, 'what is not the price and the tax that Stripe says is not taken for payment');
select is_empty($$ select from public.payments where order_id = tests.order_id('odd') $$, 'to the cent');

select tests.pay('untaxed');
select is(tests.accounts('untaxed'), '{"stripe_balance": 10000, "client_money": -10000}', 'where no tax is due it is the price');

select public.apply_stripe_event(tests.taxed_checkout('taxed', 825));
select results_eq(
  $$ select status::text, amount_cents, tax_cents from public.payments where order_id = tests.order_id('taxed') $$,
  $$ values ('succeeded', 10000, 825) $$, 'price and tax are taken, though the flag was taken down meanwhile'
);
select is(
  tests.accounts('taxed'), '{"stripe_balance": 10825, "client_money": -10000, "tax_payable": -825}', 'the tax is owed to a state'
);
select public.apply_stripe_event(jsonb_build_object('id', 'evt_i', 'type', 'payment_intent.succeeded', 'tax_cents', 0, 'data', jsonb_build_object('object', jsonb_build_object(
  'id', 'pi_' || tests.order_id('taxed'), 'latest_charge', 'ch_taxed', 'amount_received', 10825, 'currency', 'usd', 'metadata', jsonb_build_object('order_id', tests.order_id('taxed'))
))));
select is((select stripe_charge_id from public.payments where order_id = tests.order_id('taxed')), 'ch_taxed', 'what Stripe said first of the tax is known when its intent is told');
select is(tests.mismatches('taxed'), 0::bigint, 'and fits');

select private.record_failed_payment(tests.order_id('declined'), 'pi_' || tests.order_id('declined'), 10825, 825, 'usd', 'card_declined');
select results_eq(
  $$ select status::text, amount_cents, tax_cents from public.payments where order_id = tests.order_id('declined') $$, $$ values ('failed', 10000, 825) $$, 'a card was declined for both'
);
select public.apply_stripe_event(tests.taxed_checkout('declined', 700));
select results_eq(
  $$ select status::text, amount_cents, tax_cents from public.payments where order_id = tests.order_id('declined') $$, $$ values ('succeeded', 10000, 700) $$,
  'and another paid, at another address'
);

select public.apply_stripe_event(tests.taxed_checkout('paid twice', 825));
select private.record_payment(tests.order_id('paid twice'), 'pi_second', null, 10900, 900, 'usd');
select results_eq($$ select price, tax from tests.refunds_of('paid twice') $$, $$ values (10000, 900) $$, 'a second payment goes back with the tax of it');

/* -- held by a bank ---------------------------------------------------------------------------------------- */

select private.record_authorization(tests.order_id('held'), 'pi_held', 'ch_held', 10825, 825, 'usd');
select is(tests.accounts('held'), '{}', 'money that a bank holds is nobody''s yet');
select is(
  private.payment_work((select id from public.payments where order_id = tests.order_id('held')), 'authorized') ->> 'gross_cents', '10825', 'all of it is captured'
);
select private.record_payment(tests.order_id('held'), 'pi_held', 'ch_held', 10825, null, 'usd');
select is(
  tests.accounts('held'), '{"stripe_balance": 10825, "client_money": -10000, "tax_payable": -825}', 'with the tax that was known when it was held'
);

/* -- what goes back ----------------------------------------------------------------------------------------- */

select is(tests.give_back('taxed', 3333, 'client_cancelled'), 3608, 'with a third of the price, a third of the tax goes back');
select is(tests.accounts('taxed') ->> 'tax_payable', '-825', 'once Stripe has made it');
select tests.answer('taxed', 'succeeded');
select is(
  tests.accounts('taxed'), '{"stripe_balance": 7217, "client_money": -6667, "tax_payable": -550}', 'then a state is owed less'
);
select is(tests.give_back('taxed', 3333, 'coach_no_show'), 3608, 'of the next third as much');
select is(tests.give_back('taxed', 3334, 'admin_cancelled'), 3609, 'and with the last what is left');
select tests.answer('taxed', 'succeeded');
select is(tests.accounts('taxed'), '{}', 'so that all is back');
select is((select status::text from public.orders where id = tests.order_id('taxed')), 'refunded', 'and the order says so');
select is_empty('select tests.finds()', 'all of it adds up');
select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', 'failed')) from public.refunds
where order_id = tests.order_id('taxed') and reason = 'coach_no_show';
select is(
  tests.accounts('taxed'), '{"stripe_balance": 3608, "client_money": -3333, "tax_payable": -275}', 'one that a bank refuses is owed again, its tax to a state'
);
select is_empty('select tests.finds()', 'and adds up');

/* -- what the dashboard gives back, tax included ------------------------------------------------------------ */

select public.apply_stripe_event(tests.taxed_checkout('dashboard', 825));
select tests.dashboard('dashboard', 're_a', 1000);
select results_eq($$ select price, tax from tests.refunds_of('dashboard') $$, $$ values (924, 76) $$, 'of an amount the tax is in proportion');
select is(tests.give_back('dashboard', 9076, 'admin_cancelled'), 9825, 'what is left goes back with what is left of the tax');
select tests.answer('dashboard', 'succeeded', 5000);
select tests.dashboard('dashboard', 're_b', 4825);
select results_eq(
  $$ select sum(price), sum(tax) from tests.refunds_of('dashboard') $$, $$ values (10000::bigint, 825::bigint) $$, 'when Stripe gives back less, less of both, and the rest fits'
);
select tests.answer('dashboard', 'succeeded');
select is(tests.accounts('dashboard'), '{}', 'to the cent');

select public.apply_stripe_event(tests.taxed_checkout('cents', 825));
select tests.dashboard('cents', 're_' || cent, 1) from generate_series(1, 100) as cent;
select results_eq(
  $$ select sum(price), sum(tax), count(*) filter (where price = 0) > 0 from tests.refunds_of('cents') $$, $$ values (92::bigint, 8::bigint, true) $$,
  'a hundred single cents are of price and tax in proportion, some of tax alone'
);
select is_empty('select tests.finds()', 'all of it adds up');

select public.apply_stripe_event(tests.taxed_checkout('raced', 825));
select tests.give_back('raced', 5000, 'client_cancelled');
select tests.give_back('raced', 5000, 'admin_cancelled');
select tests.dashboard('raced', 're_race', 2000);
select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', 'succeeded', 'amount', case reason when 'client_cancelled' then 5413 else 3412 end))
from public.refunds where order_id = tests.order_id('raced') and reason <> 'made_in_stripe';
select results_eq(
  $$ select sum(price), sum(tax), min(tax) >= 0 from tests.refunds_of('raced') $$, $$ values (10000::bigint, 825::bigint, true) $$,
  'what the dashboard takes from a refund that was asked for is not given back twice'
);
select is(tests.accounts('raced'), '{}', 'and adds up');

/* -- what a bank takes ---------------------------------------------------------------------------------------- */

create function tests.dispute(status text, taken integer, given_back integer default 0) returns void language sql as $$
  select private.record_dispute(jsonb_build_object(
    'id', 'dp_1', 'status', status, 'reason', 'general', 'amount', taken, 'created', 1700000000, 'payment_intent', 'pi_' || tests.order_id('disputed'),
    'evidence_details', '{}'::jsonb, 'balance_transactions', jsonb_build_array(
      jsonb_build_object('id', 'txn_a', 'amount', -taken, 'fee', 0, 'net', -taken),
      jsonb_build_object('id', 'txn_b', 'amount', given_back, 'fee', 0, 'net', given_back)
    )
  ));
$$;
select public.apply_stripe_event(tests.taxed_checkout('disputed', 825));
select tests.give_back('disputed', 4000, 'client_cancelled');
select tests.answer('disputed', 'succeeded');
select tests.dispute('under_review', 6495);
select is(
  tests.accounts('disputed'), '{"client_money": -6000, "tax_payable": -495, "disputed_money": 6495}', 'a bank takes price and tax'
);
select tests.dispute('lost', 6495);
select is(tests.accounts('disputed'), '{}', 'lost, both are gone');
select results_eq('select lost_cents, lost_tax_cents from public.disputes', 'values (6000, 495)', 'in the proportion in which they were taken');
select is_empty('select tests.finds()', 'all of it adds up');
select tests.dispute('won', 6495, 6495);
select is(tests.accounts('disputed'), '{"client_money": -6000, "stripe_balance": 6495, "tax_payable": -495}', 'won by an appeal, both are back');
select is_empty('select tests.finds()', 'which adds up');

/* -- what is earned --------------------------------------------------------------------------------------------- */

select public.apply_stripe_event(tests.taxed_checkout('earned', 825));
select tests.move_booking('earned', now() - interval '3 days');
select private.complete_bookings();
select tests.know_who_came('earned');
select private.release_earnings();
select private.send_transfers();
select tests.make_transfers();
select is(
  tests.accounts('earned'), '{"stripe_balance": 2325, "platform_fees": -1500, "tax_payable": -825}', 'coach and platform share the price, and nobody the tax'
);
select tests.dashboard('earned', 're_earned', 1083);
select tests.make_reversals();
select is(
  tests.accounts('earned'), '{"stripe_balance": 2092, "platform_fees": -1350, "tax_payable": -742}', 'of what goes back, they bear the price'
);

/* -- what does not add up is seen --------------------------------------------------------------------------------- */

select is_empty('select tests.finds()', 'all of it adds up');
select private.post_journal('payment', 'wrong', tests.order_id('earned'), '{"client_money": 5, "tax_payable": -5}');
select results_eq('select tests.finds()', array['tax'], 'tax that the rows do not know shows');
select private.post_journal('payment', 'mended', tests.order_id('earned'), '{"client_money": -5, "tax_payable": 5}');
update public.refunds set tax_cents = 2000 where order_id = tests.order_id('earned');
select isnt_empty($$ select from tests.finds() as found where found = 'tax' $$, 'and more tax that went back than was taken');

select * from finish();
rollback;
