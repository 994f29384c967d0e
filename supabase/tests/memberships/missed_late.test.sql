/* A coach does not come to a session of a membership, and it is settled when the period is over: its part of the price goes back. */
begin;
select plan(12);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.create_membership_offer('steady', coach => 'maria', price_cents => 20000, sessions_a_month => 3);
select tests.create_membership_offer('tried', coach => 'maria', price_cents => 20000, sessions_a_month => 3, trial_days => 14);
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.begin_membership('omar''s', client => 'omar', offer => 'tried');
select public.apply_stripe_event(tests.membership_event('omar''s', 0, '{"status": "trialing"}', '{"amount_paid": 0, "payment_intent_id": null}'));
select tests.remember(name || ' period', orders.id) from unnest(array['dana', 'omar']) as name
join public.orders on orders.membership_id = tests.id(name || '''s');

/* A session of a period that its coach missed some days ago: decided, and nobody objects to it. */
create function tests.miss(name text, client text, days integer) returns void language plpgsql as $$
begin
  perform tests.book_with_credit(miss.name, miss.client, miss.client || ' period', miss.days);
  perform tests.move_booking(miss.name, now() - make_interval(days => 2 + miss.days));
  perform private.complete_bookings();
  perform private.move_booking(tests.id(miss.name), '{completed}', 'no_show_coach', 'system');
  perform tests.know_who_came(miss.name, 'coach_missing', is_settled => false);
  update public.attendance_decisions set objection_ends_at = now() where settled_at is null;
end;
$$;
create function tests.back() returns table (booking_id uuid, reason text, amount integer) language sql as $$
  select booking_id, reason::text, amount_cents from public.refunds order by created_at, amount_cents desc, booking_id = tests.id('last') ;
$$;
create function tests.left_of(name text) returns bigint language sql as $$
  select sum(sessions) from public.credit_entries where order_id = tests.id(name || ' period');
$$;

/* -- while the period runs --------------------------------------------------------------------------------- */

select tests.miss('first', 'dana', 2);
select is(tests.left_of('dana'), 2::bigint, 'a session is used');
select private.decide_attendances();
select is(tests.left_of('dana'), 3::bigint, 'while it can be used again it goes back to the membership');
select is_empty('select * from tests.back()', 'and no money moves');

/* -- when it is over ----------------------------------------------------------------------------------------- */

select tests.miss('second', 'dana', 3);
select tests.miss('third', 'dana', 4);
select tests.miss('last', 'dana', 5);
select tests.miss('of nothing', 'omar', 6);
update public.orders
set period_starts_at = now() - interval '40 days', period_ends_at = now() - interval '3 days', credits_end_at = now() - interval '3 days'
where membership_id is not null;
select private.end_lapsed_credits(), private.release_earnings();
select is_empty('select from public.earnings', 'the period is not its coach''s while one of its sessions is not settled');
select private.close_attendance(tests.id('second'));
select results_eq('select * from tests.back()', $$ values (tests.id('second'), 'coach_no_show', 6667) $$, 'then its part of what the period cost goes back, to the cent');
select private.give_back_credit(bookings, 'admin_cancelled') from public.bookings where id = tests.id('second');
select is((select count(*) from public.refunds), 1::bigint, 'once');
select private.close_attendance(tests.id('third')), private.release_earnings();
select is_empty('select from public.earnings', 'the rest still waits');
select admin.settle_attendance(tests.id('last'), 'held', 'Her dial-in was found.');
select private.release_earnings();
select results_eq(
  'select order_id, kept_cents, fee_cents, share_cents from public.earnings', $$ values (tests.id('dana period'), 6666, 1000, 5666) $$,
  'and the coach earns what is left, for the session that was held'
);
select private.give_back_credit(bookings, 'admin_cancelled') from public.bookings where id = tests.id('last');
select is((select sum(amount_cents) from public.refunds), 20000::bigint, 'of three thirds no more goes back than was paid');
select is((select status::text from public.orders where id = tests.id('dana period')), 'refunded', 'and all of it');
select private.close_attendance(tests.id('of nothing'));
select is_empty($$ select from public.refunds where order_id = tests.id('omar period') $$, 'of a trial nothing can');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select * from finish();
rollback;
