/* A refund that failed, and was given back in Stripe's dashboard: it is of what the failed one was of. */
begin;
select plan(32);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe', 'kim']) as name;
select tests.create_coach('maria');
select tests.open_payouts('maria');
select tests.create_package('four', coach => 'maria');

/* An order's refund for a reason, or for a session, fails at its client's bank after Stripe said that it had gone. */
create function tests.refuse(name text, refund_id uuid) returns void language sql as $$
  select tests.remember(refuse.name, refund_id);
  select private.record_refund(refund_id, jsonb_build_object('id', 're_' || refuse.name, 'status', state))
  from unnest(array['succeeded', 'failed']) as state;
$$;
/* Stripe tells of a refund that an admin made in its dashboard. */
create function tests.give_by_hand(id text, order_id uuid, cents integer, status text default 'succeeded') returns void language sql as $$
  select private.record_stripe_refund(jsonb_build_object(
    'id', 're_by_hand_' || give_by_hand.id, 'status', give_by_hand.status, 'amount', give_by_hand.cents, 'payment_intent', payments.stripe_payment_intent_id
  ))
  from public.payments where payments.order_id = give_by_hand.order_id;
$$;
create function tests.waits() returns table (refund_id uuid, price integer, tax integer) language sql as $$
  select refund_id, amount_cents, tax_cents from admin.failed_refunds order by failed_at, amount_cents desc;
$$;
create function tests.kept(order_id uuid) returns integer[] language sql as $$
  select array_agg(earnings.kept_cents order by bookings.position)
  from public.earnings join public.bookings on bookings.id = earnings.booking_id
  where earnings.order_id = kept.order_id;
$$;
create function tests.client_money(order_id uuid) returns bigint language sql as $$
  select sum(amount_cents) from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
  where ledger_journals.order_id = client_money.order_id and account = 'client_money';
$$;

/* -- of what was left of a package ------------------------------------------------------------------------------ */

select tests.buy_package('hers', client => 'dana', package => 'four');
select tests.book_with_credit('held 1', 'dana', 'hers', 3);
select tests.book_with_credit('held 2', 'dana', 'hers', 4);
select tests.move_booking(name, now() - at) from (values ('held 1', interval '80 hours'), ('held 2', interval '60 hours')) as held (name, at);
select private.complete_bookings();
select tests.know_who_came(name) from unnest(array['held 1', 'held 2']) as name;
select private.release_earnings();
select private.send_transfers();
select tests.make_transfers();
select private.end_credits(tests.id('hers'));
select tests.refuse('rest', id) from public.refunds;
select results_eq('select * from tests.waits()', $$ values (tests.id('rest'), 16000, 0) $$, 'what was left of a package could not go back');

create function tests.shown() returns table (ended integer, refused integer, on_bill integer) language sql as $$
  select ended_cents, package.refused_cents, bill.refused_cents
  from public.package_details(tests.id('hers')) as package cross join public.billing_list() as bill;
$$;
grant execute on function tests.shown to authenticated;
select tests.sign_in_as('dana');
select results_eq('select * from tests.shown()', $$ values (0, 16000, 16000) $$, 'as its client reads on its page and among what they paid');
select tests.as_admin();

select tests.give_by_hand('rest', tests.id('hers'), 16000);
select tests.give_by_hand('rest', tests.id('hers'), 16000);
select is(tests.kept(tests.id('hers')), '{8000,8000}', 'given back in the dashboard it takes nothing of the sessions that were held');
select is_empty('select from public.transfer_reversals', 'nor of what their coach was sent');
select is(tests.client_money(tests.id('hers')), 0::bigint, 'all of the money is somebody''s');
select is((select own_cents from private.unused_cents(tests.id('hers'))), 16000, 'it was of what was left');
select tests.sign_in_as('dana');
select results_eq('select * from tests.shown()', $$ values (16000, 0, 0) $$, 'so they read that it went back');
select tests.as_admin();
select is_empty('select * from tests.waits()', 'and nobody waits any more, without an admin who says so');
select is(private.awaited_cents(tests.id('hers')), 0, 'for any of it');

select tests.give_by_hand('rest', tests.id('hers'), 16000, 'failed');
select results_eq('select * from tests.waits()', $$ values (tests.id('rest'), 16000, 0) $$, 'should that fail, too, its client waits again, and once');
select tests.give_by_hand('some', tests.id('hers'), 6000);
select results_eq('select * from tests.waits()', $$ values (tests.id('rest'), 10000, 0) $$, 'of a part of it they wait for the rest');
select is(tests.kept(tests.id('hers')), '{8000,8000}', 'which takes nothing of the sessions, either');
select tests.give_by_hand('more', tests.id('hers'), 12000);
select is(tests.kept(tests.id('hers')), '{7000,7000}', 'what is more than that is shared by what is left of all');
select is_empty('select * from tests.waits()', 'nobody waits');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- of a session of a series ------------------------------------------------------------------------------------- */

select tests.book_series('weekly', client => 'omar', offer => 'maria''s hour', starts => array[tests.on_day(18), tests.on_day(25), tests.on_day(32)]);
create function tests.returned() returns integer[] language sql as $$
  select array_agg(private.session_returned_cents(bookings) order by position) from public.bookings where order_id = tests.order_id('weekly 1');
$$;
select private.request_refund(bookings, cents, 'coach_cancelled')
from (values ('weekly 1', 10000), ('weekly 2', 4000)) as called_off (name, cents) join public.bookings on bookings.id = tests.id(name);
select tests.refuse(case amount_cents when 10000 then 'first' else 'second' end, id) from public.refunds where order_id = tests.order_id('weekly 1');
select tests.give_by_hand('second', tests.order_id('weekly 1'), 4000);
select is(tests.returned(), '{0,4000,0}', 'it is of the session whose client lacks just as much');
select results_eq('select * from tests.waits()', $$ values (tests.id('first'), 10000, 0) $$, 'the other one is still waited for');
select tests.give_by_hand('second', tests.order_id('weekly 1'), 4000, 'failed');
select tests.give_by_hand('both', tests.order_id('weekly 1'), 14000);
select is(tests.returned(), '{10000,4000,0}', 'or of both, if it is of both');
select is_empty('select * from tests.waits()', 'nobody waits');

/* What was followed up in another way is in nobody's place. */
select tests.book_series('checked', client => 'zoe', offer => 'maria''s hour', starts => array[tests.on_day(19), tests.on_day(26)]);
select private.request_refund(bookings, 10000, 'coach_cancelled') from public.bookings where id = tests.id('checked 1');
select tests.refuse('checked', id) from public.refunds where order_id = tests.order_id('checked 1');
select admin.dismiss_failed_refund(tests.id('checked'), 'She asked us to keep it.');
select tests.give_by_hand('later', tests.order_id('checked 1'), 6000);
select results_eq(
  $$ select private.session_returned_cents(bookings) from public.bookings where order_id = tests.order_id('checked 1') $$, array[3000, 3000],
  'nor is what was given back after an admin said that nobody waits'
);

/* -- with tax ------------------------------------------------------------------------------------------------------ */

update private.platform_settings set automatic_tax = true;
select tests.book('taxed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(15), status => 'held');
update private.platform_settings set automatic_tax = false;
update public.orders set amount_cents = 10000 where id = tests.order_id('taxed');
select public.apply_stripe_event(tests.taxed_checkout('taxed', 825));
select private.return_payment(payments, 1, 'admin_cancelled') from public.payments where order_id = tests.order_id('taxed');
select private.record_refund(id, '{"id": "re_cent", "status": "succeeded"}') from public.refunds where order_id = tests.order_id('taxed');
select private.request_refund(bookings, 3333, 'client_cancelled') from public.bookings where id = tests.id('taxed');
select tests.refuse('with tax', id) from public.refunds where order_id = tests.order_id('taxed') and booking_id is not null;
select tests.sign_in_as('dana');
select results_eq(
  $$ select refused_cents from public.billing_list() order by 1 desc limit 1 $$, array[3608], 'its client reads of what was refused with its tax'
);
select tests.as_admin();
select tests.give_by_hand('half', tests.order_id('taxed'), 1804);
select results_eq(
  $$ select price + refunds.amount_cents, tax + refunds.tax_cents from tests.waits(), public.refunds where stripe_refund_id = 're_by_hand_half' $$,
  $$ select amount_cents, tax_cents from public.refunds where id = tests.id('with tax') $$, 'a part of it has a part of its tax'
);
select tests.give_by_hand('other_half', tests.order_id('taxed'), price + tax) from tests.waits();
select is_empty('select * from tests.waits()', 'and all of it all, to the cent');
select tests.give_by_hand('last', tests.order_id('taxed'), 10825 - gone.price_cents - gone.tax_cents)
from public.payments cross join lateral private.gone_of_payment(payments) as gone where order_id = tests.order_id('taxed');
select results_eq(
  $$ select gone.price_cents, gone.tax_cents from public.payments cross join lateral private.gone_of_payment(payments) as gone where order_id = tests.order_id('taxed') $$,
  $$ values (10000, 825) $$, 'with the last of the price goes the last of the tax'
);

select tests.book('all at once', client => 'kim', offer => 'maria''s hour', starts_at => tests.on_day(16), status => 'held');
update public.orders set automatic_tax = true where id = tests.order_id('all at once');
select public.apply_stripe_event(tests.taxed_checkout('all at once', 825));
select private.request_refund(bookings, 4000, 'client_cancelled') from public.bookings where id = tests.id('all at once');
select tests.refuse('of all', id) from public.refunds where order_id = tests.order_id('all at once');
select tests.give_by_hand('all', tests.order_id('all at once'), 10825);
select results_eq(
  $$ select amount_cents, tax_cents from public.refunds where stripe_refund_id = 're_by_hand_all' $$, $$ values (10000, 825) $$, 'what is more than that has the rest of the tax'
);
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- of a period ---------------------------------------------------------------------------------------------------- */

select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('kim''s', client => 'kim', offer => 'steady');
select tests.remember('period', id) from public.orders where membership_id = tests.id('kim''s');
select tests.book_with_credit('of a period', 'kim', 'period', 20);
select private.request_refund(bookings, 5000, 'coach_cancelled') from public.bookings where id = tests.id('of a period');
create function tests.of_period() returns integer language sql as $$
  select private.session_returned_cents(bookings) from public.bookings where id = tests.id('of a period');
$$;
select tests.give_by_hand('period', tests.id('period'), 3000);
select is(tests.of_period(), 5000, 'of a period, whose sessions cost nothing, what was given back by hand is of none of them');
select tests.refuse('missed', id) from public.refunds where booking_id = tests.id('of a period');
select is(tests.of_period(), 0, 'what failed is not back');
create function tests.worth() returns integer language sql as $$
  select private.credit_worth_cents(bookings) from public.bookings where id = tests.id('of a period');
$$;
select is(tests.worth(), 10000, 'so it is still worth its part of the price');
select tests.give_by_hand('missed', tests.id('period'), 5000);
select results_eq('select tests.of_period(), tests.worth()', $$ values (5000, 5000) $$, 'given back by hand it is that session''s');
select is_empty('select * from tests.waits()', 'nobody waits');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select * from finish();
rollback;
