/*
 * How much goes back, as a table: $100.01 under the standard policy (all until 24 hours before,
 * half until 4 hours before, then nothing), at the second on which it changes and around it.
 */
begin;
select plan(20);

create temp table cases (actor public.booking_actor, before interval, cents integer, says text);
insert into cases values
  ('client', '30 days',  10001, 'a month before'),
  ('client', '24:00:01', 10001, 'a second before the day'),
  ('client', '24:00:00', 10001, 'a day before, to the second'),
  ('client', '23:59:59',  5001, 'a second later: half, the odd half cent to the client'),
  ('client', '04:00:01',  5001, 'a second before the last four hours'),
  ('client', '04:00:00',  5001, 'four hours before, to the second'),
  ('client', '03:59:59',     0, 'a second later'),
  ('client', '00:00:01',     0, 'a second before the start'),
  ('client', '-01:00:00',    0, 'after the start'),
  ('coach',  '30 days',  10001, 'the coach, a month before'),
  ('coach',  '00:00:01', 10001, 'the coach, a second before'),
  ('admin',  '-01:00:00', 10001, 'an admin, after the start'),
  ('system', '00:00:00', 10001, 'the system, at any time');

select is(
  private.refund_cents(10001, 1440, 240, 50, '2026-06-01 12:00Z', actor, '2026-06-01 12:00Z'::timestamptz - before), cents, says
) from cases;

-- Other policies.
select is(private.refund_cents(10000, 0, 0, 0, '2026-06-01 12:00Z', 'client', '2026-06-01 12:00Z'), 10000, 'a lenient one: all until the start');
select is(private.refund_cents(10000, 2880, 2880, 50, '2026-06-01 12:00Z', 'client', '2026-05-30 12:00:01Z'), 0, 'one without a middle: all or nothing');
select is(private.refund_cents(9999, 1440, 240, 33, '2026-06-01 12:00Z', 'client', '2026-06-01 00:00Z'), 3300, 'a third of $99.99, rounded up');
select is(private.refund_cents(500000, 1440, 240, 100, '2026-06-01 12:00Z', 'client', '2026-06-01 00:00Z'), 500000, 'never more than was paid');
select is(private.refund_cents(10000, 1440, 240, 50, '2026-03-08 15:00Z', 'client', '2026-03-07 15:00Z'), 10000, 'a day is 24 hours, also when clocks change');

-- What goes back is between nothing and all, and never grows as the start comes nearer.
create temp table moments as
select private.refund_cents(cents, full_minutes, full_minutes / divisor, percent, '2026-06-01 12:00Z', 'client', '2026-06-01 12:00Z'::timestamptz - make_interval(mins => minutes)) as refund,
  cents, full_minutes, divisor, percent, minutes
from unnest(array[500, 9999, 500000]) as cents,
  unnest(array[0, 240, 1440]) as full_minutes,
  unnest(array[1, 3]) as divisor,
  unnest(array[0, 33, 100]) as percent,
  generate_series(0, 1500, 20) as minutes;

select is_empty('select * from moments where refund not between 0 and cents', 'it is between nothing and all');
select is_empty(
  $$ select * from (
       select refund < lead(refund) over (partition by cents, full_minutes, divisor, percent order by minutes desc) as grows from moments
     ) as steps where grows $$,
  'it never grows'
);

select * from finish();
rollback;
