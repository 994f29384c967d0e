/* Whoever changes a booking keeps to the state machine, which is a table. */
begin;
select plan(8);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour', status => 'held');

/* What becomes of the booking when an admin sets its status in the table editor: 'done' or the code. */
create function tests.try_to_set(before public.booking_status, after public.booking_status) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  alter table public.bookings disable trigger bookings__keep_to_transitions;
  update public.bookings
  set status = before, cancelled_by = case when before = 'cancelled' then 'admin' end::public.booking_actor,
      hold_expires_at = now() + interval '1 minute';
  alter table public.bookings enable trigger bookings__keep_to_transitions;

  begin
    update public.bookings
    set status = after, cancelled_by = case when after = 'cancelled' then 'admin' end::public.booking_actor;
  exception when others then
    get stacked diagnostics v_code = returned_sqlstate;
  end;
  return v_code;
end;
$$;

create temp table tries as
select before, after, tests.try_to_set(before, after) as outcome
from unnest(enum_range(null::public.booking_status)) as before
cross join unnest(enum_range(null::public.booking_status)) as after
where before <> after;

select bag_eq(
  $$ select before, after from tries where outcome = 'done' $$,
  $$ select distinct before, after from private.booking_transitions where before is not null and before <> after $$,
  'a status can be set to what the state machine knows'
);
select set_eq($$ select outcome from tries where outcome <> 'done' $$, array['OBMOV'], 'and to nothing else');

/* -- by whom ------------------------------------------------------------------------------------- */

select tests.try_to_set('held', 'confirmed');
select throws_ok(
  $$ select private.move_booking(tests.id('session'), '{confirmed}', 'completed', 'client') $$,
  'OBMOV', null, 'a function moves it only as somebody who may'
);
select ok(not private.move_booking(tests.id('session'), '{held}', 'confirmed', 'system'), 'who comes second changes nothing');
select is((select sequence from public.bookings), 0, 'calendars have nothing new to learn');
select ok(private.move_booking(tests.id('session'), '{confirmed}', 'cancelled', 'admin'), 'an admin may cancel');
select is((select sequence from public.bookings), 1, 'which calendars must learn');

select is_empty(
  $$ select verb from private.booking_transitions where cardinality(actors) = 0 or verb = '' $$,
  'every way has a name and somebody who goes it'
);

select * from finish();
rollback;
