/* Coupons: made, refused, used, freed, ended; who bears them, and that every cent is where it was shown. */
begin;
select plan(63);

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_host(name) from unnest(array['host 1', 'host 2', 'host 3']) as name;
select tests.create_package('four hours', coach => 'maria', session_cents => 8001);
select tests.create_group_session('clinic', coach => 'maria');
select tests.schedule('tuesday', coach => 'maria', offer => 'clinic', days => 20);

/* Ten o'clock, so many days from now; as the client who asks. */
create function tests.ask(days integer, coupon text, offer text default 'maria''s hour') returns uuid language sql as $$
  select public.request_booking(tests.id(offer), tests.on_day(days), 'UTC', '', coupon);
$$;
create function tests.keep(name text, id uuid) returns uuid language sql security definer as $$
  select tests.remember(keep.name, keep.id);
$$;
create function tests.price_of(order_id uuid) returns text language sql security definer as $$
  select format('%s, %s off by %s, fee %s', amount_cents, discount_cents, coalesce(discount_bearer::text, 'nobody'), fee_cents)
  from public.orders where id = price_of.order_id;
$$;
create function tests.uses(code text) returns bigint language sql security definer as $$
  select count(*) from private.coupon_redemptions join private.coupons on coupons.id = coupon_id where coupons.code = uses.code and freed_at is null;
$$;
grant execute on all functions in schema tests to anon, authenticated;

/* -- made ------------------------------------------------------------------------------------------------- */

select tests.sign_out();
select throws_ok($$ select public.make_coupon('SPRING', 10) $$, '42501', null, 'a visitor makes none');
select tests.sign_in_as('dana');
select throws_ok($$ select public.make_coupon('SPRING', 10) $$, 'OCNON', null, 'nor who is no coach');
select tests.sign_in_as('maria');
select throws_ok(format('select public.make_coupon(%L, 10)', code), 'QCCOD', null, format('%L is no code', code)) from unnest(array['AB', 'TEN PERCENT', '10%', repeat('X', 31)]) as code;
select throws_ok(format('select public.make_coupon(''SPRING'', %s)', off), 'QCOFF', null, format('nor may it take %s off', off)) from unnest(array['0', '91', 'null', 'null, 99', 'null, 100001', '10, 500']) as off;
select throws_ok($$ select public.make_coupon('SPRING', 10, ends_on => current_date - 2) $$, 'QCDAY', null, 'or be over');
select throws_ok($$ select public.make_coupon('SPRING', 10, max_redemptions => 0) $$, 'QCNUM', null, 'or be for nobody');
select throws_ok($$ select public.make_coupon('SPRING', 10, max_per_client => 0) $$, 'QCNUM', null, 'in any way');
select throws_ok($$ select public.make_coupon('SPRING', 10, minimum_cents => -1) $$, 'QCNUM', null, 'or of less than nothing');
select tests.keep('spring', public.make_coupon(' Spring ', 15));
select throws_ok($$ select public.make_coupon('SPRING', 20) $$, 'QCDUP', null, 'a code means one thing, however it is written');
select tests.sign_in_as('lena');
select lives_ok($$ select public.make_coupon('SPRING', null, 5000) $$, 'to another coach''s clients it may mean another');
select tests.as_admin();
select lives_ok($$ select admin.make_coupon('SPRING', 40) $$, 'and of ours a third');
select throws_ok($$ select admin.make_coupon('spring', 50) $$, 'QCDUP', null, 'once');
select admin.make_coupon('WELCOME', amount_cents => 2500, is_first_order => true);
select admin.make_coupon('TWO', 10, max_redemptions => 2);
select admin.make_coupon('ONCE', 10, max_per_client => 1);
select admin.make_coupon('MUCH', 10, minimum_cents => 30000);
select admin.make_coupon('LATER', 10, starts_at => now() + interval '1 day');
select admin.make_coupon('OVER', 10);
update private.coupons set starts_at = now() - interval '2 days', ends_at = now() where code = 'OVER';
select admin.make_coupon('HUGE', amount_cents => 100000);

/* -- used ------------------------------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select throws_ok($$ select tests.ask(3, 'NEVER') $$, 'QCNFD', null, 'a code that is none is refused');
select throws_ok($$ select tests.ask(3, 'LATER') $$, 'QCEND', null, 'so is one that does not count yet');
select throws_ok($$ select tests.ask(3, 'OVER') $$, 'QCEND', null, 'or no more');
select throws_ok($$ select tests.ask(3, 'MUCH') $$, 'QCMIN', 'This code counts for orders of $300 or more.', 'or for more than this');
select is((select count(*) from public.bookings), 0::bigint, 'a refusal holds nothing');
select tests.keep('hers', tests.ask(3, ' sprIng '));
select is(tests.price_of(tests.order_id('hers')), '8500, 1500 off by coach, fee 1275', 'the coach''s own comes first, at the coach''s cost: the fee is of what is paid');
select is((select amount_cents || ' ' || discount_cents from public.checkout_details(tests.id('hers'))), '8500 1500', 'the checkout says so');
select tests.keep('none', tests.ask(4, '  '));
select is(tests.price_of(tests.order_id('none')), '10000, 0 off by nobody, fee 1500', 'without a code nothing is taken off');
select tests.as_admin();
select private.lapse_hold(tests.order_id('none'), 'client');
select tests.sign_in_as('dana');
select tests.keep('ours', tests.ask(5, 'TWO'));
select is(tests.price_of(tests.order_id('ours')), '9000, 1000 off by platform, fee 1500', 'ours is at our cost: the fee is of the full price');
select tests.as_admin();
select tests.pay('hers'), tests.pay('ours');

select tests.sign_in_as('dana');
select throws_ok($$ select tests.ask(6, 'WELCOME') $$, 'QCFST', null, 'who has paid before has no first order');
select tests.sign_in_as('omar');
select tests.keep('first', tests.ask(6, 'WELCOME'));
select is(tests.price_of(tests.order_id('first')), '7500, 2500 off by platform, fee 1500', 'who has not, has');
select throws_ok($$ select tests.ask(7, 'WELCOME') $$, 'QCTWO', null, 'one of them at a time');
select tests.keep('cheap', tests.ask(7, 'HUGE'));
select is(tests.price_of(tests.order_id('cheap')), '100, 9900 off by platform, fee 1500', 'a session costs a dollar at least');
select tests.as_admin();
select private.lapse_hold(tests.order_id('cheap'), 'client');
select tests.sign_in_as('omar');

select tests.keep('again', tests.ask(8, 'TWO'));
select is(tests.uses('TWO'), 2::bigint, 'two have used this one');
select tests.sign_in_as('zoe');
select throws_ok($$ select tests.ask(9, 'TWO') $$, 'QCOUT', null, 'and nobody else can');
select tests.as_admin();
select private.lapse_hold(tests.order_id('again'), 'client');
select is(tests.uses('TWO'), 1::bigint, 'until one lets their time go');
select tests.sign_in_as('zoe');
select tests.keep('zoe''s', tests.ask(9, 'TWO'));
select is(tests.uses('TWO'), 2::bigint, 'then it can be used again');
select tests.as_admin();
select tests.pay('again');
select results_eq(
  $$ select status::text, tests.uses('TWO') from public.orders where id = tests.order_id('again') $$, $$ values ('paid', 3::bigint) $$,
  'who paid too late keeps their price, and counts as well'
);

select tests.sign_in_as('zoe');
select tests.keep('once', tests.ask(10, 'ONCE'));
select throws_ok($$ select tests.ask(11, 'ONCE') $$, 'QCTWO', null, 'a client uses it as often as it says');

/* -- of several sessions, a seat, a package ---------------------------------------------------------------- */

select tests.as_admin();
select private.lapse_hold(bookings.order_id, 'client') from public.bookings where status = 'held';
select admin.make_coupon('ODD', amount_cents => 1000);
select tests.sign_in_as('zoe');
select tests.keep('series', public.request_series(tests.id('maria''s hour'), array[tests.on_day(12), tests.on_day(13), tests.on_day(14)], 'UTC', '', 'ODD'));
select is(tests.price_of(tests.order_id('series')), '28998, 1002 off by platform, fee 4500', 'of each session of a series a whole cent, rounded up');
select tests.as_admin();
select tests.pay('series');
select tests.sign_in_as('zoe');
select tests.keep('seat', public.take_seat(tests.id('tuesday'), 'UTC', '', false, 'spring'));
select is(tests.price_of(tests.order_id('seat')), '3400, 600 off by coach, fee 510', 'of a seat');
select tests.keep('package', public.buy_package(tests.id('four hours'), 'spring'));
select is(tests.price_of(tests.id('package')), '27200, 4804 off by coach, fee 4080', 'and of a package');
select is(public.buy_package(tests.id('four hours'), ' SPRING'), tests.id('package'), 'with the same code it is the same order');
select tests.keep('other package', public.buy_package(tests.id('four hours')));
select isnt(tests.id('other package'), tests.id('package'), 'without it another');
select tests.as_admin();
select is((select status::text from public.orders where id = tests.id('package')), 'expired', 'and the first is over');
select is(tests.uses('SPRING'), 2::bigint, 'with its code given back');
select tests.pay_order('other package');
select tests.sign_in_as('zoe');
select throws_ok($$ select public.buy_package(tests.id('four hours'), 'nothing') $$, 'QCNFD', null, 'a code that is none buys none');

/* -- who reads, who ends ----------------------------------------------------------------------------------- */

select tests.refuses_reads('private.coupons');
select tests.refuses_reads('private.coupon_redemptions');
select is_empty($$ select from public.coupon_list() $$, 'a client sees no codes');
select throws_ok($$ select public.end_coupon(tests.id('spring')) $$, 'QCGON', null, 'and ends none');
select tests.sign_in_as('lena');
select results_eq($$ select code, percent, amount_cents, redemptions from public.coupon_list() $$, $$ values ('SPRING', null::integer, 5000, 0) $$, 'a coach sees their own');
select throws_ok($$ select public.end_coupon(tests.id('spring')) $$, 'QCGON', null, 'and ends no other''s');
select tests.sign_in_as('maria');
select results_eq(
  $$ select code, percent, redemptions, discount_cents, is_over from public.coupon_list() $$, $$ values ('SPRING', 15, 2, 2100, false) $$, 'with how often it was used'
);
select lives_ok($$ select public.end_coupon(tests.id('spring')) $$, 'she ends it');
select lives_ok($$ select public.end_coupon(tests.id('spring')) $$, 'twice is once');
select lives_ok($$ select public.make_coupon('SPRING', 20) $$, 'the code is free for another');
select results_eq($$ select percent, is_over from public.coupon_list() $$, $$ values (20, false), (15, true) $$, 'below which the old one stands');
select tests.as_admin();
select is(tests.price_of(tests.order_id('hers')), '8500, 1500 off by coach, fee 1275', 'what was bought with it stays');
update private.coupons set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where code = 'ONCE';
select lives_ok($$ select admin.make_coupon('ONCE', 20) $$, 'a code that is over is free as well');

/* -- what is shown is what is given back and what the ledger says ------------------------------------------- */

/*
 * One order with a coupon, paid and called off: 'ok', or where two of the three differ. `minutes` before
 * the start; a package's session is called off once its package has ended, so that money moves.
 */
create function tests.try(number integer, kind text, percent integer, bearer text, minutes integer) returns text language plpgsql as $$
declare
  v_code text := format('TRY-%s', number);
  v_order_id uuid;
  v_booking public.bookings;
  v_shown integer;
  v_given integer;
  v_at timestamptz := now() + make_interval(days => 200 + number);
  v_paid integer;
  v_due integer;
begin
  perform tests.as_admin();
  perform private.insert_coupon(
    case bearer when 'coach' then tests.coach_id('maria') end, v_code, percent, null, now(), null, null, null, false, 0
  );
  if kind = 'package' then
    perform tests.sign_in_as('dana');
    v_order_id := public.buy_package(tests.id('four hours'), v_code);
    perform tests.as_admin();
    perform public.apply_stripe_event(tests.order_completed(v_order_id));
    insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, status, confirmed_at)
    select v_order_id, offer_id, coach_id, client_id, v_at, v_at + interval '1 hour', 'UTC', 'confirmed', now() from public.orders where id = v_order_id
    returning * into v_booking;
    insert into public.credit_entries (order_id, booking_id, kind, sessions) values (v_order_id, v_booking.id, 'used', -1);
    perform private.end_credits(v_order_id);
  else
    perform tests.book('try ' || number, client => 'dana', offer => 'odd hour', starts_at => v_at, status => 'held');
    v_order_id := tests.order_id('try ' || number);
    perform private.apply_coupon(v_order_id, v_code);
    perform tests.pay('try ' || number);
    select * into v_booking from public.bookings where order_id = v_order_id;
  end if;
  update public.bookings
  set starts_at = now() + make_interval(mins => minutes), ends_at = now() + make_interval(mins => minutes + 1)
  where id = v_booking.id;

  perform tests.sign_in_as('dana');
  select refund_cents into v_shown from public.refund_quote(v_booking.id);
  v_given := public.cancel_booking(v_booking.id, v_shown);
  perform tests.as_admin();
  update public.refunds set status = 'succeeded', settled_at = now() where order_id = v_order_id;

  select amount_cents / session_count into v_paid from public.orders where id = v_order_id;
  v_due := case when minutes >= 1440 then v_paid when minutes >= 240 then ceil(v_paid / 2.0) else 0 end;

  return case
    when v_shown <> v_due then format('shown %s of %s', v_shown, v_due)
    when v_given <> v_shown then format('given %s for %s', v_given, v_shown)
    when v_shown <> coalesce((select sum(amount_cents) from public.refunds where booking_id = v_booking.id), 0) then 'refunded another amount'
    when (select sum(amount_cents) from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
          where order_id = v_order_id and account = 'client_money')
      <> -(select amount_cents from public.orders where id = v_order_id) + (select coalesce(sum(amount_cents), 0) from public.refunds where order_id = v_order_id)
      then 'another amount in the ledger'
    when private.session_cents(v_booking) - private.session_returned_cents(v_booking) <> v_paid - v_shown then 'kept another amount'
    else 'ok'
  end;
end;
$$;

select tests.create_offer('odd hour', coach => 'maria', price_cents => 12347);
create temp table tried as
select kind, percent, bearer, minutes, tests.try(row_number() over ()::integer, kind, percent, bearer, minutes) as result
from unnest(array['session', 'package']) as kind
cross join unnest(array[1, 7, 33, 50, 90]) as percent
cross join unnest(array['coach', 'platform']) as bearer
cross join unnest(array[1440, 1439, 240, 239, 1]) as minutes;

select is_empty($$ select * from tried where result <> 'ok' $$, 'for every tier, discount and bearer, what is shown is what is given back and what the ledger says');
select is((select count(*) from tried), 100::bigint, 'in a hundred cases');
select is_empty('select * from admin.money_mismatch', 'and everything adds up');

select * from finish();
rollback;
