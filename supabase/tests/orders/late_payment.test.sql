/* The money comes when the hold is over: the time is taken again if it is free, else it goes back. */
begin;
select plan(35);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');

create function tests.outcome(booking text) returns text language sql as $$
  select concat_ws(', ', bookings.status, orders.status, (select reason || ' ' || refunds.amount_cents from public.refunds where refunds.order_id = orders.id))
  from public.bookings join public.orders on orders.id = bookings.order_id
  where bookings.id = tests.id(booking);
$$;

/* -- still free ------------------------------------------------------------------------------------ */

select tests.book('ran out', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3), status => 'held');
select tests.let_hold_run_out('ran out');
select tests.pay('ran out');
select is(tests.outcome('ran out'), 'confirmed, paid', 'a hold that ran out and that nobody wanted is confirmed');

select tests.book('ended', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(4), status => 'expired');
select tests.pay('ended');
select is(tests.outcome('ended'), 'confirmed, paid', 'so is one that a job had ended');
select isnt_empty($$ select from public.meetings where booking_id = tests.id('ended') $$, 'with all that follows');

select tests.book('hers', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'expired');
select tests.book('his', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'held');
select tests.let_hold_run_out('his');
select tests.pay('hers');
select is(tests.outcome('hers'), 'confirmed, paid', 'another''s hold that ran out as well stands in nobody''s way');
select is(tests.outcome('his'), 'expired, expired', 'and is over');

/* -- gone ------------------------------------------------------------------------------------------- */

select tests.book('too late', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(6), status => 'expired');
select tests.book('faster', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(6) + interval '30 minutes');
select tests.pay('too late');
select is(tests.outcome('too late'), 'expired, refunded, paid_too_late 10000', 'if somebody has the time, all the money goes back');
select is(tests.outcome('faster'), 'confirmed, paid', 'and theirs stands');
select results_eq(
  $$ select kind, recipient_id from public.notifications where booking_id = tests.id('too late') $$,
  $$ values ('payment_returned', tests.id('dana')) $$,
  'the client is told that, and nothing else'
);
select is_empty($$ select from public.meetings where booking_id = tests.id('too late') $$, 'there is no meeting');
select isnt_empty(
  $$ select from private.outbox where topic = 'stripe.refund' and payload ->> 'refund_id' = (select id::text from public.refunds where order_id = tests.order_id('too late')) $$,
  'Stripe is asked for the refund'
);
select ok(not tests.pay('too late'), 'the event a second time');
select public.apply_stripe_event(tests.checkout_completed('too late', 'evt_other'));
select is((select count(*) from public.refunds where order_id = tests.order_id('too late')), 1::bigint, 'or another of the same payment returns nothing twice');

select tests.book('held against', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(7), status => 'expired');
select tests.book('in checkout', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(7), status => 'held');
select tests.pay('held against');
select is(tests.outcome('held against'), 'expired, refunded, paid_too_late 10000', 'somebody who is paying keeps the time too');
select is(tests.outcome('in checkout'), 'held, pending', 'and goes on');

select tests.book('yesterday', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'held');
select tests.pay('yesterday');
select is(tests.outcome('yesterday'), 'expired, refunded, paid_too_late 10000', 'a time that has passed is not sold');

select tests.book('this moment', client => 'dana', offer => 'maria''s hour', starts_at => now(), status => 'held');
select tests.pay('this moment');
select is(tests.outcome('this moment'), 'expired, refunded, paid_too_late 10000', 'nor one that begins');

select tests.book('paused', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(8), status => 'expired');
select tests.book('while paused', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(10), status => 'held');
update public.coaches set status = 'paused' where slug = 'maria';
select tests.pay('paused');
select is(tests.outcome('paused'), 'expired, refunded, paid_too_late 10000', 'nor is one of a coach who is not listed any more');
select tests.pay('while paused');
select is(tests.outcome('while paused'), 'confirmed, paid', 'but what was held before is kept');
update public.coaches set status = 'approved' where slug = 'maria';

/* -- too close to others, and one too many ---------------------------------------------------------- */

select tests.create_coach('nina');
update public.availability_settings set buffer_before_minutes = 30, buffer_after_minutes = 15 where coach_id = tests.coach_id('nina');
select tests.book('close', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(3), status => 'expired');
select tests.book('next to it', client => 'omar', offer => 'nina''s hour', starts_at => tests.on_day(3, '11:15'));
select tests.pay('close');
select is(tests.outcome('close'), 'expired, refunded, paid_too_late 10000', 'a session within another''s buffer is not taken again');
select tests.book('lapsed', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(3, '08:00'), status => 'held');
select tests.book('since then', client => 'omar', offer => 'nina''s hour', starts_at => tests.on_day(3, '09:15'));
select tests.let_hold_run_out('lapsed');
select tests.pay('lapsed');
select is(tests.outcome('lapsed'), 'expired, refunded, paid_too_late 10000', 'be it that no job has ended it yet');
select tests.book('in time', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(3, '14:00'), status => 'held');
select tests.book('beside it', client => 'omar', offer => 'nina''s hour', starts_at => tests.on_day(3, '15:15'));
select tests.pay('in time');
select is(tests.outcome('in time'), 'confirmed, paid', 'what is still held is not asked again');
select tests.book('apart', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(3, '12:45'), status => 'expired');
select tests.move_booking('in time', tests.on_day(20));
select tests.pay('apart');
select is(tests.outcome('apart'), 'confirmed, paid', 'with the buffer between them there is room');

update public.availability_settings set max_sessions_per_day = 1 where coach_id = tests.coach_id('nina');
select tests.book('first of the day', client => 'omar', offer => 'nina''s hour', starts_at => tests.on_day(5, '18:00'));
select tests.book('second of the day', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(5, '08:00'), status => 'expired');
select tests.book('alone that day', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(6, '08:00'), status => 'expired');
select tests.pay('second of the day');
select tests.pay('alone that day');
select is(tests.outcome('second of the day'), 'expired, refunded, paid_too_late 10000', 'nor is one more than the day has room for');
select is(tests.outcome('alone that day'), 'confirmed, paid', 'its own row is not in its way');

update public.availability_settings set max_sessions_per_day = null where coach_id = tests.coach_id('nina');
insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
values (tests.coach_id('nina'), 'calendly', 'x', tests.on_day(7, '08:30'), tests.on_day(7, '09:00'));
select tests.book('busy by now', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(7, '08:00'), status => 'expired');
select tests.pay('busy by now');
select is(tests.outcome('busy by now'), 'expired, refunded, paid_too_late 10000', 'nor when the coach is busy elsewhere by now');

update public.availability_settings set minimum_notice_minutes = 20160 where coach_id = tests.coach_id('nina');
delete from public.weekly_hours where coach_id = tests.coach_id('nina');
select tests.book('hours changed', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(8, '08:00'), status => 'expired');
select tests.pay('hours changed');
select is(tests.outcome('hours changed'), 'confirmed, paid', 'hours and notice were kept to when the time was chosen');

update public.coaches set status = 'paused' where slug = 'nina';
select tests.book('ran out while paused', client => 'dana', offer => 'nina''s hour', starts_at => tests.on_day(9), status => 'held');
select tests.let_hold_run_out('ran out while paused');
select tests.pay('ran out while paused');
select is(tests.outcome('ran out while paused'), 'expired, refunded, paid_too_late 10000', 'a hold that ran out keeps nothing of a coach who is not listed');

/* -- paid twice -------------------------------------------------------------------------------------- */

select tests.book('twice', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(11));
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('twice', 'evt_again'), '{data,object,payment_intent}', '"pi_again"'));
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('twice', 'evt_again_2'), '{data,object,payment_intent}', '"pi_again"'));
select public.apply_stripe_event(jsonb_set(tests.checkout_completed('twice', 'evt_thrice'), '{data,object,payment_intent}', '"pi_thrice"'));
select results_eq(
  $$ select stripe_payment_intent_id, payments.status, refunds.reason, refunds.amount_cents
     from public.payments left join public.refunds on refunds.payment_id = payments.id
     where payments.order_id = tests.order_id('twice') order by payments.stripe_payment_intent_id <> 'pi_' || payments.order_id, 1 $$,
  $$ values ('pi_' || tests.order_id('twice'), 'succeeded'::public.payment_status, null::public.refund_reason, null::integer),
       ('pi_again', 'surplus', 'paid_twice', 10000), ('pi_thrice', 'surplus', 'paid_twice', 10000) $$,
  'each payment after the first goes back, once'
);
select results_eq(
  $$ select bookings.status::text, orders.status::text, private.returned_cents(orders.id) from public.bookings join public.orders on orders.id = order_id where bookings.id = tests.id('twice') $$,
  $$ values ('confirmed', 'paid', 0) $$,
  'and the session stays paid'
);
select tests.sign_in_as('dana');
select is(public.cancel_booking(tests.id('twice'), 10000), 10000, 'cancelling it returns what paid for it');
select tests.as_admin();
select is((select status::text from public.orders where id = tests.order_id('twice')), 'refunded', 'then nothing is left of it');

/* -- a webhook that never came ------------------------------------------------------------------------ */

select tests.book('lost webhook', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(9), status => 'expired');
select private.record_closed_checkout(tests.order_id('lost webhook'), '{"payment_status": "unpaid"}');
select is(tests.outcome('lost webhook'), 'expired, expired', 'a checkout that closes unpaid changes nothing');
select private.record_closed_checkout(tests.order_id('lost webhook'), tests.checkout_completed('lost webhook') #> '{data,object}');
select is(tests.outcome('lost webhook'), 'confirmed, paid', 'one that turns out to be paid is settled');
select tests.pay('lost webhook');
select is((select count(*) from public.payments where order_id = tests.order_id('lost webhook')), 1::bigint, 'and the webhook that comes after all adds nothing');

select is_empty($$ select from public.bookings where status = 'held' and hold_expires_at <= now() $$, 'nothing that ran out is left as held');

select * from finish();
rollback;
