/* A refund that fails, and work for Stripe that is given up: somebody is told, and can see to it. */
begin;
select plan(33);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('called off', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
update private.platform_settings set automatic_tax = true;
select tests.book('elsewhere', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(4), status => 'held');
select public.apply_stripe_event(tests.taxed_checkout('elsewhere', 800));
select tests.book('given back', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5));

/* Calls a session off, has Stripe say that it gave all back, and its client's bank that it did not take it. */
create function tests.refuse(booking text) returns void language plpgsql as $$
begin
  perform private.request_refund(bookings, 10000, 'coach_cancelled') from public.bookings where id = tests.id(refuse.booking);
  perform tests.remember(refuse.booking || ' refund', id) from public.refunds where order_id = tests.order_id(refuse.booking);
  perform private.record_refund(tests.id(refuse.booking || ' refund'), jsonb_build_object('id', 're_' || refuse.booking, 'status', state))
  from unnest(array['succeeded', 'failed', 'failed']) with ordinality as told (state, n)
  where refuse.booking <> 'called off' or n > 1;
end;
$$;
create function tests.to_follow_up() returns setof uuid language sql as $$ select refund_id from admin.failed_refunds $$;
create function tests.mails() returns setof jsonb language sql as $$
  select payload from private.outbox where topic = 'mail_admins' order by id;
$$;
create function tests.shown(booking text) returns table (amount integer, tax integer, status text, is_elsewhere boolean) language sql as $$
  select amount_cents, tax_cents, status::text, is_elsewhere from public.session_refunds(tests.id(booking));
$$;
grant execute on function tests.shown to authenticated;

/* -- who is told ------------------------------------------------------------------------------------------- */

select tests.refuse('called off');
select results_eq(
  'select * from tests.mails()',
  array[jsonb_build_object('kind', 'refund_failed', 'refund_id', tests.id('called off refund'), 'order_id', tests.order_id('called off'), 'stripe_refund_id', 're_called off', 'amount_cents', 10000)],
  'the admins are told of a refund that failed, once'
);
select results_eq('select * from tests.to_follow_up()', array[tests.id('called off refund')], 'and see that it waits for them');
select private.request_refund(bookings, 10000, 'coach_cancelled') from public.bookings where id = tests.id('called off');
select is((select count(*) from public.refunds), 1::bigint, 'asking again for the same does nothing by itself');

/* -- tried again ------------------------------------------------------------------------------------------- */

select admin.retry_refund(tests.id('called off refund'), ' Her bank takes it now. ');
select tests.remember('second try', id) from public.refunds where status = 'requested';
select results_eq(
  $$ select booking_id, reason::text, amount_cents, stripe_refund_id from public.refunds where id = tests.id('second try') $$,
  $$ values (tests.id('called off'), 'coach_cancelled', 10000, null) $$, 'an admin has it tried again, as another refund of the same'
);
select is((private.refund_work(tests.id('second try')) ->> 'gross_cents')::integer, 10000, 'which Stripe is asked for');
select is((select status::text from public.orders where id = tests.order_id('called off')), 'refunded', 'and counts as any other');
select is_empty('select * from tests.to_follow_up()', 'the first one is seen to');
select throws_ok(
  $$ select admin.retry_refund(tests.id('called off refund'), 'Once more.') $$, 'ORNFR', null, 'nobody gives the same back twice'
);
select throws_ok($$ select admin.record_refund_elsewhere(tests.id('called off refund'), 'A check.') $$, 'ORNFR', null, 'nor in another way');
select throws_ok($$ select admin.retry_refund(tests.id('second try'), 'Now.') $$, 'ORNFR', null, 'nor what is on its way');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.shown('called off') $$, $$ values (10000, 0, 'requested', false) $$, 'its client reads of the second one alone');
select tests.as_admin();
select private.record_refund(tests.id('second try'), '{"id": "re_2", "status": "failed"}');
select results_eq('select * from tests.to_follow_up()', array[tests.id('second try')], 'which can fail, too');
select is((select count(*) from tests.mails()), 2::bigint, 'and is told of');
select admin.retry_refund(tests.id('second try'), 'Her bank takes it now.');
select private.record_refund(id, '{"id": "re_3", "status": "succeeded"}') from public.refunds where status = 'requested';
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- given back in another way ------------------------------------------------------------------------------- */

select tests.refuse('elsewhere');
select admin.record_refund_elsewhere(tests.id('elsewhere refund'), 'Check 1042.');
select tests.sign_in_as('dana');
select results_eq($$ select * from tests.shown('elsewhere') $$, $$ values (10000, 800, 'succeeded', true) $$, 'what was given back in another way is shown as that');
select tests.as_admin();
select results_eq(
  $$ select account::text, sum(amount_cents)::integer from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
     where order_id = tests.order_id('elsewhere') and kind in ('refund', 'refund_failed') group by account having sum(amount_cents) <> 0 order by account::text $$,
  $$ values ('bank', -10800), ('client_money', 10000), ('tax_payable', 800) $$, 'it left our bank: what was refused is with Stripe'
);
select is((select status::text from public.orders where id = tests.order_id('elsewhere')), 'refunded', 'and counts');
select is_empty('select * from tests.to_follow_up()', 'nothing waits');
select is_empty('select from admin.money_mismatch', 'all of it adds up');
select results_eq(
  $$ select action, after ->> 'reason' from private.audit_log where table_name = 'refunds' order by id $$,
  $$ values ('tried again', 'Her bank takes it now.'), ('tried again', 'Her bank takes it now.'), ('given back elsewhere', 'Check 1042.') $$,
  'what an admin did, and why, is written down'
);

/* -- nothing to see to ----------------------------------------------------------------------------------------- */

select tests.refuse('given back');
select private.return_payment(payments, 10000, 'admin_cancelled') from public.payments where order_id = tests.order_id('given back');
select is_empty('select * from tests.to_follow_up()', 'what has gone back otherwise since is not given back twice');
select tests.sign_in_as('dana');
select is_empty($$ select from tests.shown('given back') where status = 'failed' $$, 'nor does its client read any more that their bank refused it');
select tests.as_admin();
update public.refunds set stripe_refund_id = null where id = tests.id('given back refund');
select tests.sign_in_as('dana');
select is_empty($$ select from tests.shown('given back') where status = 'failed' $$, 'nor is said of what Stripe was never asked for that a bank refused it');
select tests.as_admin();

/* -- a part of it has gone back otherwise ------------------------------------------------------------------------ */

update private.platform_settings set automatic_tax = false;
select tests.book(name, client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(day))
from (values ('less left', 8), ('kept', 9)) as sessions (name, day);
/* An admin gives some of what a session cost back in Stripe's dashboard. */
create function tests.give_by_hand(booking text, cents integer) returns void language sql as $$
  select private.record_stripe_refund(jsonb_build_object(
    'id', 're_hand ' || booking, 'status', 'succeeded', 'amount', cents, 'payment_intent', payments.stripe_payment_intent_id
  ))
  from public.payments where order_id = tests.order_id(booking);
$$;
select tests.refuse('less left');
select tests.give_by_hand('less left', 1000);
select results_eq(
  'select refund_id, amount_cents, tax_cents from admin.failed_refunds', $$ values (tests.id('less left refund'), 9000, 0) $$,
  'who has got a part of it waits for the rest'
);
select tests.sign_in_as('dana');
select results_eq(
  $$ select * from tests.shown('less left') where status = 'failed' $$, $$ values (9000, 0, 'failed', false) $$, 'and reads that they do'
);
select tests.as_admin();
select admin.retry_refund(tests.id('less left refund'), 'Her bank takes it now.');
select results_eq(
  $$ select amount_cents from public.refunds where order_id = tests.order_id('less left') and status = 'requested' $$, array[9000], 'which is what is tried again'
);
select private.record_refund(id, '{"id": "re_rest", "status": "failed"}') from public.refunds where order_id = tests.order_id('less left') and status = 'requested';
select admin.record_refund_elsewhere(refund_id, 'Check 1043.') from admin.failed_refunds;
select is(private.returned_cents(tests.order_id('less left')), 10000, 'or given back elsewhere');

select private.request_refund(bookings, 4000, 'client_cancelled') from public.bookings where id = tests.id('kept');
select private.record_refund(id, '{"id": "re_forty", "status": "failed"}') from public.refunds where order_id = tests.order_id('kept');
select admin.dismiss_failed_refund(refund_id, ' She asked us to keep it. ') from admin.failed_refunds;
select is_empty('select * from tests.to_follow_up()', 'an admin says of what is not to go back that nobody waits for it');
select results_eq(
  $$ select action, after ->> 'reason' from private.audit_log where table_name = 'refunds' order by id desc limit 1 $$,
  $$ values ('dismissed', 'She asked us to keep it.') $$, 'and why'
);
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- work that was given up -------------------------------------------------------------------------------------- */

delete from private.outbox;
select private.enqueue(topic, topic || n, '{}') from unnest(array['stripe.transfer', 'stripe.transfer', 'stripe.charge_card', 'zoom.create_meeting', 'stripe.capture']) with ordinality as work (topic, n);
select public.fail_outbox(id, 'No such destination', is_permanent => id % 2 = 0) from private.outbox;
update private.outbox set attempts = 12 where topic <> 'mail_admins';
select public.fail_outbox(id, 'No such destination') from private.outbox where topic <> 'mail_admins' and status = 'pending';
select set_eq(
  $$ select mail ->> 'kind' as kind, mail ->> 'work' as work, mail ->> 'error' as error from tests.mails() as mail $$,
  $$ values ('work_given_up', 'stripe.transfer', 'No such destination'), ('work_given_up', 'stripe.charge_card', 'No such destination') $$,
  'the admins are told of work for Stripe that was given up, but of no capture: its request is declined by that'
);
select is((select count(*) from tests.mails()), 2::bigint, 'once a day and kind');
update private.outbox set status = 'pending', locked_until = now(), run_after = now() where topic = 'stripe.transfer';
delete from private.outbox where topic = 'mail_admins';
select public.claim_outbox(1, 60);
select is((select mail ->> 'error' from tests.mails() as mail), 'Every worker that took it died.', 'also when its workers died of it');

select * from finish();
rollback;
