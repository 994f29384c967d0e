/* A session of a membership is called off after its period: its credit can't come back, so its part of the price does. */
begin;
select plan(10);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.create_host('host 1');
select tests.create_membership_offer('steady', coach => 'maria', price_cents => 20000, sessions_a_month => 3);
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.remember('period', id) from public.orders where membership_id = tests.id('dana''s');
select tests.sign_in_as('dana');
select public.request_booking_with_credit(
  tests.id('period'), array[tests.on_day(9), tests.on_day(16), tests.on_day(23)], 'America/Chicago'
);
select tests.as_admin();
select tests.remember('session ' || position, id) from public.bookings;
create function tests.back(session integer, actor public.booking_actor) returns integer language sql as $$
  select private.refundable_cents(bookings, actor) from public.bookings where id = tests.id('session ' || session);
$$;

select is(tests.back(1, 'coach'), 0, 'while the period runs the credit comes back');
update public.orders
set period_starts_at = now() - interval '1 month', period_ends_at = now(), credits_end_at = now()
where id = tests.id('period');
select is(tests.back(1, 'client'), 0, 'who calls it off themselves loses it with the period');
update public.bookings set moved_by = 'coach', moved_at = now() where id = tests.id('session 1');
select is(tests.back(1, 'client'), 6667, 'unless it was the coach who moved it out of the period');
update public.bookings set moved_by = null, moved_at = null where id = tests.id('session 1');
select is(tests.back(2, 'admin'), 6667, 'an admin who calls it off gives its part of the price back');

select tests.sign_in_as('maria');
select results_eq(
  $$ select refund_cents, returns_credit from public.following_refund_quotes(tests.id('session 1')) $$,
  $$ values (6667, false), (6667, false), (6666, false) $$, 'so does the coach: of three thirds no more than was paid'
);
select is(public.cancel_booking(tests.id('session 1'), 6667), 6667, 'what was shown goes back');
select is((select refund_cents from public.refund_quote(tests.id('session 3'))), 6666, 'then what is left does');
select is(public.cancel_booking(tests.id('session 2'), 13333, and_following => true), 13333, 'of all that follow at once');
select tests.as_admin();
select results_eq(
  $$ select sum(amount_cents)::integer, (select status::text from public.orders where id = tests.id('period')) from public.refunds $$,
  $$ values (20000, 'refunded') $$, 'and the coach earns nothing'
);
select is_empty('select from admin.money_mismatch', 'all of it adds up');

select * from finish();
rollback;
