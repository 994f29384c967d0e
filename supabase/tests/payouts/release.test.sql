/* When the money of a session becomes its coach's: what is due, what is not, what never is. */
begin;
select plan(61);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

create function tests.hold_of(booking text) returns text language sql as $$
  select coalesce(private.unreleased_because(bookings)::text, 'due') from public.bookings where id = tests.id(booking);
$$;
create function tests.earned(booking text) returns table (kept integer, fee integer, share integer, subsidy integer) language sql as $$
  select kept_cents, fee_cents, share_cents, subsidy_cents from public.earnings where booking_id = tests.id(booking);
$$;
create function tests.steps(booking text) returns table (kind text, client_money integer, coach_payable integer, platform_fees integer, platform_discounts integer) language sql as $$
  select ledger_journals.kind::text,
    sum(amount_cents) filter (where account = 'client_money')::integer, sum(amount_cents) filter (where account = 'coach_payable')::integer,
    sum(amount_cents) filter (where account = 'platform_fees')::integer, sum(amount_cents) filter (where account = 'platform_discounts')::integer
  from private.ledger_journals join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  where ledger_journals.order_id = tests.order_id(booking) and kind in ('release', 'release_adjusted')
  group by ledger_journals.id order by ledger_journals.id;
$$;
create function tests.order_status(booking text) returns text language sql as $$
  select status::text from public.orders where id = tests.order_id(booking);
$$;

/* -- held ------------------------------------------------------------------------------------------- */

select tests.book('to come', client => 'dana', offer => 'maria''s hour');
select is(tests.hold_of('to come'), 'to_come', 'a session to come earns nothing yet');
select tests.book('early', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '48 hours 59 minutes', status => 'completed');
select tests.know_who_came('early');
select is(tests.hold_of('early'), 'window', 'one that was held may be objected to for two days');
select tests.book('held', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '49 hours', status => 'completed');
select is(tests.hold_of('held'), 'attendance', 'nor is it earned before it is known who came');
select private.release_earnings();
select is_empty('select from public.earnings', 'so nothing is released');
select tests.know_who_came('held', is_settled => false);
select is(tests.hold_of('held'), 'window', 'nor while its client can object to that, who learns of it later than it ended');
select private.release_earnings();
select is_empty('select from public.earnings', 'so nothing is released');
update public.attendance_decisions set settled_at = now(), settled_outcome = 'held' where booking_id = tests.id('held');
select is(tests.hold_of('held'), 'due', 'then it is due');
select private.release_earnings();
select private.release_earnings();
select results_eq($$ select * from tests.earned('held') $$, $$ values (10000, 1500, 8500, 0) $$, 'what was paid is split, once');
select results_eq($$ select * from tests.steps('held') $$, $$ values ('release', 10000, -8500, -1500, null::integer) $$, 'in the ledger, too');
select is(tests.order_status('held'), 'released', 'of its order nothing is left to release');
select is((select count(*) from public.earnings), 1::bigint, 'the others wait');
select throws_ok(
  $$ insert into public.earnings (order_id, booking_id, coach_id, price_cents, kept_cents, fee_cents, share_cents) select order_id, booking_id, coach_id, 1, 1, 0, 1 from public.earnings $$,
  '23505', null, 'no session is earned twice'
);
select is((select released_at from public.earnings), now(), 'and it is known when');

/* -- who came --------------------------------------------------------------------------------------- */

create function tests.over(name text, outcome public.attendance_outcome, is_settled boolean) returns text language plpgsql as $$
begin
  perform tests.book(over.name, client => 'dana', offer => 'lena''s hour', starts_at => now() - interval '60 hours', status => 'completed');
  perform tests.know_who_came(over.name, over.outcome, over.is_settled);
  if over.outcome in ('client_missing', 'coach_missing') then
    perform private.move_booking(tests.id(over.name), '{completed}', private.status_of_outcome(over.outcome), 'system');
  end if;
  return tests.hold_of(over.name);
end;
$$;
select is(tests.over('unknown', 'unknown', false), 'attendance', 'no money moves while it is unknown who came');
select is(tests.over('settled', 'unknown', true), 'due', 'until it is settled');
select is(tests.over('client missing', 'client_missing', false), 'window', 'a client who is said to have been missing may object');
select is(tests.over('client was missing', 'client_missing', true), 'due', 'until that is settled');
select is(tests.over('coach missing', 'coach_missing', true), 'due', 'a coach who was missing');
select is(tests.over('coach may object', 'coach_missing', false), 'window', 'may have been there');
select is(tests.over('objected', 'unknown', false), 'attendance', 'what somebody objects to');
update public.attendance_decisions set objected_at = now(), objected_by = 'client', objection = 'I waited for an hour.' where booking_id = tests.id('objected');
select is(tests.hold_of('objected'), 'objection', 'is looked at first');
select private.release_earnings();
select set_eq(
  $$ select booking_id from public.earnings where coach_id = tests.coach_id('lena') $$,
  array[tests.id('settled'), tests.id('client was missing')],
  'earns nothing, like all of these but what is settled as held or as missed by the client'
);
select admin.settle_attendance(tests.id('objected'), 'held', 'The dial-in was found.');
select private.release_earnings();
select results_eq($$ select share from tests.earned('objected') $$, array[8500], 'an objection that is settled for the coach');

/* -- the order -------------------------------------------------------------------------------------- */

select tests.book('disputed', client => 'dana', offer => 'lena''s hour', starts_at => now() - interval '70 hours', status => 'completed');
select tests.know_who_came('disputed');
update public.orders set status = 'disputed' where id = tests.order_id('disputed');
select is(tests.hold_of('disputed'), 'dispute', 'nothing is released while the client''s bank is asked for the money');
select tests.book('captured', client => 'dana', offer => 'lena''s hour', starts_at => now() - interval '73 hours', status => 'completed');
select tests.know_who_came('captured');
update public.payments set status = 'authorized' where order_id = tests.order_id('captured');
select is(tests.hold_of('captured'), 'payment', 'nor what the bank only holds');
select private.release_earnings();
select is_empty($$ select from tests.earned('disputed') union all select from tests.earned('captured') $$, 'neither is');
update public.orders set status = 'paid' where id = tests.order_id('disputed');
update public.payments set status = 'succeeded' where order_id = tests.order_id('captured');
select private.release_earnings();
select is((select count(*) from (select from tests.earned('disputed') union all select from tests.earned('captured')) as earned), 2::bigint, 'both are, once that is over');

/* -- called off --------------------------------------------------------------------------------------- */

select tests.book('late', client => 'omar', offer => 'maria''s hour', starts_at => now() + interval '10 hours');
select tests.book('in time', client => 'omar', offer => 'maria''s hour', starts_at => now() + interval '5 days');
select tests.book('by coach', client => 'omar', offer => 'maria''s hour', starts_at => now() + interval '11 hours');
select tests.book('by nobody', client => 'omar', offer => 'maria''s hour', starts_at => now() + interval '12 hours');
select private.move_booking(tests.id('by nobody'), '{confirmed}', 'cancelled', 'system');
select tests.sign_in_as('omar');
select public.cancel_booking(tests.id('late'), 5000), public.cancel_booking(tests.id('in time'), 10000);
select tests.sign_in_as('maria');
select public.cancel_booking(tests.id('by coach'), 10000);
select tests.as_admin();
select is(tests.hold_of('late'), 'window', 'a session that was called off late is not earned before its time');
select tests.move_booking(name, now() - interval '80 hours' + n * interval '1 hour') from unnest(array['late', 'in time', 'by coach', 'by nobody']) with ordinality as called (name, n);
select private.release_earnings();
select results_eq($$ select * from tests.earned('late') $$, $$ values (5000, 750, 4250, 0) $$, 'it brings what the policy kept');
select is_empty($$ select from tests.earned('in time') union all select from tests.earned('by coach') $$, 'of what went back nothing is earned');
select is_empty($$ select from tests.earned('by nobody') $$, 'nor with a session that its client did not call off');
update public.refunds set status = 'failed';
select private.settle_order(tests.order_id(name)) from unnest(array['late', 'in time', 'by coach']) as name;
select private.release_earnings();
select results_eq($$ select * from tests.earned('late') $$, $$ values (5000, 750, 4250, 0) $$, 'not even when the client''s bank refuses it: it is theirs');
select is_empty($$ select from tests.earned('in time') union all select from tests.earned('by coach') $$, 'nor of the others');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- several sessions ----------------------------------------------------------------------------------- */

select tests.book_series('series', client => 'dana', offer => 'maria''s hour', starts => array[tests.on_day(10), tests.on_day(17), tests.on_day(24)]);
select tests.move_booking('series 1', now() - interval '100 hours');
select tests.move_booking('series 2', now() - interval '98 hours');
select private.complete_bookings();
select tests.know_who_came('series 1');
select private.release_earnings();
select is((select count(*) from public.earnings where order_id = tests.order_id('series 1')), 1::bigint, 'a series is released session by session');
select is(tests.order_status('series 1'), 'paid', 'and stays open until the last');
select tests.know_who_came('series 2');
select private.release_earnings();
select is(tests.order_status('series 1'), 'paid', 'one to come holds it open');
select private.call_off(bookings, 'admin', 10000, 'Ill.') from public.bookings where id = tests.id('series 3');
select private.release_earnings();
select is(tests.order_status('series 1'), 'released', 'until that came to nothing');

/* -- what goes back later --------------------------------------------------------------------------------- */

select private.request_refund(bookings, 4000, 'admin_cancelled') from public.bookings where id = tests.id('series 1');
select results_eq($$ select * from tests.earned('series 1') $$, $$ values (6000, 900, 5100, 0) $$, 'what goes back later is not earned any more');
select results_eq(
  $$ select * from tests.steps('series 1') offset 2 $$, $$ values ('release_adjusted', -4000, 3400, 600, null::integer) $$, 'by a step of the difference'
);
select is(tests.order_status('series 1'), 'released', 'its order stays what it is');
select private.record_refund(id, '{"id": "re_1", "status": "failed"}') from public.refunds where order_id = tests.order_id('series 1') and amount_cents = 4000;
select results_eq($$ select * from tests.earned('series 1') $$, $$ values (10000, 1500, 8500, 0) $$, 'a bank that refuses it gives it back to the coach');
select is_empty('select from admin.money_mismatch', 'all of it adds up');

/* -- coupons ------------------------------------------------------------------------------------------------ */

select tests.book('coupon', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '6 days', status => 'held');
update public.orders set amount_cents = 7000, discount_cents = 3000, discount_bearer = 'platform' where id = tests.order_id('coupon');
select tests.pay('coupon');
select tests.move_booking('coupon', now() - interval '120 hours');
select private.complete_bookings();
select tests.know_who_came('coupon');
select private.release_earnings();
select results_eq($$ select * from tests.earned('coupon') $$, $$ values (7000, 1500, 8500, 3000) $$, 'a coupon of ours is ours to pay');
select results_eq($$ select * from tests.steps('coupon') $$, $$ values ('release', 7000, -8500, -1500, 3000) $$, 'and a cost in the ledger');

/* -- a package ---------------------------------------------------------------------------------------------- */

select tests.create_package('pack', coach => 'maria', sessions => 2, is_instant => false);
select tests.buy_package('bought', client => 'dana', package => 'pack');
select tests.book_with_credit('pack 1', 'dana', 'bought', days => 5);
select tests.sign_in_as('maria');
select public.accept_request(tests.id('pack 1'));
select tests.as_admin();
select tests.move_booking('pack 1', now() - interval '150 hours');
select private.complete_bookings();
select tests.know_who_came('pack 1');
select private.release_earnings();
select results_eq($$ select * from tests.earned('pack 1') $$, $$ values (8000, 1200, 6800, 0) $$, 'a session of a package is earned at what one costs');
select is(tests.order_status('pack 1'), 'paid', 'a package stays open while there is a credit');
select tests.book_with_credit('pack 2', 'dana', 'bought', days => 6);
select private.release_earnings();
select is(tests.order_status('pack 1'), 'paid', 'and while somebody asks for the last session of it');

/* -- a membership's period ------------------------------------------------------------------------------------ */

select tests.create_membership_offer('steady', coach => 'lena');
select tests.subscribe('dana''s', 'dana', 'steady');
select tests.remember('period', id) from public.orders where membership_id = tests.id('dana''s');
select private.return_payment(payments, 2000, 'admin_cancelled') from public.payments where order_id = tests.id('period');
select private.release_earnings();
select is_empty($$ select from public.earnings where order_id = tests.id('period') $$, 'a membership''s period is not earned before its end');
update public.orders set period_starts_at = now() - interval '1 month', period_ends_at = now() - interval '47 hours' where id = tests.id('period');
select private.release_earnings();
select is_empty($$ select from public.earnings where order_id = tests.id('period') $$, 'nor while somebody can object');
update public.orders set period_ends_at = now() - interval '48 hours' where id = tests.id('period');
create function tests.hold_of_period() returns text language sql as $$
  select coalesce(private.period_unreleased_because(orders)::text, 'due') from public.orders where id = tests.id('period');
$$;
select is(tests.hold_of_period(), 'due', 'one without a session is due then');
select tests.book(name, client => 'dana', offer => 'lena''s hour', starts_at => now() - (4 + n) * interval '1 day', status => 'completed')
from unnest(array['first of it', 'last of it']) with ordinality as sessions (name, n);
update public.bookings set order_id = tests.id('period'), position = position + 10 + (id = tests.id('last of it'))::integer
where id in (tests.id('first of it'), tests.id('last of it'));
select tests.know_who_came('first of it');
select is(tests.hold_of_period(), 'attendance', 'nor before it is known who came to each of its sessions');
select tests.know_who_came('last of it', is_settled => false);
select is(tests.hold_of_period(), 'window', 'nor while its client can object to one');
update public.attendance_decisions set objected_at = now(), objected_by = 'client', objection = 'She left early.' where booking_id = tests.id('last of it');
select private.release_earnings();
select is_empty($$ select from public.earnings where order_id = tests.id('period') $$, 'and has');
select is(tests.hold_of_period(), 'objection', 'which is looked at first');
select tests.sign_in_as('lena');
select results_eq(
  $$ select state::text, hold::text from public.coach_earnings() where order_id = tests.id('period') $$, $$ values ('on_hold', 'objection') $$,
  'as its coach reads'
);
select tests.as_admin();
select admin.settle_attendance(tests.id('last of it'), 'held', 'She stayed.');
select private.release_earnings();
select private.release_earnings();
select private.release_whole(tests.id('period'));
select results_eq(
  $$ select booking_id, kept_cents, fee_cents, share_cents from public.earnings where order_id = tests.id('period') $$,
  $$ values (null::uuid, 18000, 2700, 15300) $$, 'then as a whole, once'
);
select is((select status::text from public.orders where id = tests.id('period')), 'released', 'and nothing of it is left to release');

/* -- what no row may say ---------------------------------------------------------------------------------------- */

select throws_ok($$ update public.earnings set share_cents = share_cents + 1 $$, '23514', null, 'no cent comes from nowhere');
select throws_ok($$ update public.earnings set kept_cents = price_cents + 1, share_cents = price_cents + 1, fee_cents = 0, subsidy_cents = 0 $$, '23514', null, 'nor is more kept than was paid');
alter table public.bookings disable trigger user;
update public.bookings set status = 'no_show_coach' where id = tests.id('held');
select results_eq(
  'select what, order_id from admin.money_mismatch', $$ values ('earned with a session that was not held', tests.order_id('held')) $$,
  'what was earned with a session that was not held shows'
);

select * from finish();
rollback;
