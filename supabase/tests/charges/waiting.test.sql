/*
 * Five hundred orders that cannot be charged now, because their card was declined and is tried again in days, or
 * because a bank or we have to decide first: the one behind them is charged all the same.
 */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_package('six hours', coach => 'maria', sessions => 6, session_cents => 8001);
update public.offers set instalments = 3 where id = tests.id('six hours');

create function tests.nth(name text) returns uuid language sql as $$ select md5(name)::uuid $$;
create function tests.tries(order_id uuid) returns text language sql security definer as $$
  select string_agg(concat_ws(' ', attempt, outcome), ', ' order by attempt) from private.card_charges where card_charges.order_id = tries.order_id;
$$;

/* -- packages in parts -------------------------------------------------------------------------------- */

select tests.buy_in_parts('hers', 'dana', 'six hours');
update public.orders set due_at = now() where id = tests.id('hers 2');

-- Plans are taken by their ids: these come before hers.
create function tests.waiting_plan(n integer) returns uuid language sql as $$
  select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid;
$$;
insert into public.payment_plans
select copy.* from public.payment_plans, generate_series(1, 500) as n,
  jsonb_populate_record(payment_plans, jsonb_build_object('id', tests.waiting_plan(n))) as copy
where payment_plans.id = tests.id('hers');
insert into public.orders
select copy.* from public.orders, generate_series(1, 500) as n,
  jsonb_populate_record(orders, jsonb_build_object(
    'id', tests.nth(format('part %s of %s', orders.plan_position, n)), 'plan_id', tests.waiting_plan(n),
    'status', case when orders.plan_position = 1 and n % 2 = 0 then 'disputed' else orders.status::text end
  )) as copy
where orders.plan_id = tests.id('hers') and orders.plan_position < 3;
insert into private.card_charges (order_id, attempt, outcome, settled_at)
select tests.nth(format('part 2 of %s', n)), 1, 'declined', now() from generate_series(1, 500, 2) as n;

select private.charge_instalments();
select is(tests.tries(tests.id('hers 2')), '1', 'a part is charged, however many wait for their next try, or a bank, before it');
select is((select count(*) from private.card_charges), 251::bigint, 'and none of those is');

/* -- no-show fees ------------------------------------------------------------------------------------- */

-- Whose fees they are: each is of a session that was missed.
select tests.book('missed', 'omar', 'maria''s hour', starts_at => now() - interval '90 hours', status => 'completed');
create function tests.fee(n integer) returns void language plpgsql as $$
declare
  v_order public.orders;
begin
  select * into v_order from public.orders where orders.id = tests.order_id('missed');
  v_order.id := tests.nth('fee ' || n);
  v_order.status := 'pending';
  v_order.paid_at := null;
  v_order.stripe_checkout_session_id := null;
  v_order.created_at := now() - interval '1 day' + make_interval(secs => n);
  v_order.coach_id := tests.coach_id(case when n % 2 = 0 and n <= 500 then 'lena' else 'maria' end);
  insert into public.orders values (v_order.*);
  insert into public.bookings (id, position, order_id, offer_id, coach_id, client_id, status, starts_at, ends_at, client_time_zone)
  select tests.nth('session ' || n), n + 1, order_id, offer_id, coach_id, client_id, status, starts_at, ends_at, client_time_zone
  from public.bookings where id = tests.id('missed');
  insert into private.no_show_fees (booking_id, order_id) values (tests.nth('session ' || n), v_order.id);
end;
$$;
select tests.fee(n) from generate_series(1, 501) as n;
update public.coaches set status = 'suspended' where id = tests.coach_id('lena');
insert into private.card_charges (order_id, attempt, outcome, settled_at)
select tests.nth('fee ' || n), 1, 'declined', now() from generate_series(1, 499, 2) as n;

select private.charge_no_show_fees();
select is(tests.tries(tests.nth('fee 501')), '1', 'a fee is charged, however many wait for their next try, or for us, before it');
select is(
  (select count(*) from private.card_charges join private.no_show_fees using (order_id)), 251::bigint, 'and none of those is'
);

select * from finish();
rollback;
