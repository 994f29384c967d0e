/* Of several dates that are asked for at once the coach takes a part: less is captured, and every cent agrees. */
begin;
select plan(52);

select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
-- No share of it divides evenly.
update public.offers set price_cents = 10333, is_instant = false where id = tests.id('maria''s hour');
update private.platform_settings set fee_basis_points = 1530;
select admin.make_coupon('PERCENT', percent => 17), admin.make_coupon('CENTS', amount_cents => 1001),
  private.insert_coupon(tests.coach_id('maria'), 'HERS', 13, null, now(), null, null, null, false, 0);

/* What Stripe says of the payment intent of an order of which so much is held, or was taken. */
create function tests.intent(order_id uuid, status text, cents integer) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', 'pi_' || order_id, 'object', 'payment_intent', 'status', status, 'currency', 'usd', 'latest_charge', 'ch_' || order_id,
    'metadata', jsonb_build_object('order_id', order_id),
    'amount_capturable', case when status = 'requires_capture' then cents else 0 end,
    'amount_received', case when status = 'succeeded' then cents else 0 end
  );
$$;
create function tests.tell(id text, type text, object jsonb) returns boolean language sql as $$
  select public.apply_stripe_event(jsonb_build_object('id', id, 'type', type, 'data', jsonb_build_object('object', object)));
$$;
create function tests.asked_price(order_id uuid) returns integer language sql stable security definer as $$
  select amount_cents from public.orders where id = order_id;
$$;
/* Dana asks Maria for so many dates, and her bank holds the money. Returns the bookings, in order. */
create function tests.ask_for(dates integer, code text default '') returns uuid[] language plpgsql as $$
declare
  v_id uuid;
  v_order uuid;
  v_ids uuid[];
begin
  perform tests.sign_in_as('dana');
  v_id := public.request_series(tests.id('maria''s hour'), array(select tests.on_day(day) from generate_series(1, dates) as day), 'America/Chicago', '', code);
  perform tests.as_admin();
  select order_id into v_order from public.bookings where id = v_id;
  perform tests.tell('evt_held_' || v_order, 'payment_intent.amount_capturable_updated',
    tests.intent(v_order, 'requires_capture', tests.asked_price(v_order)));
  select array_agg(id order by starts_at) into v_ids from public.bookings where order_id = v_order;
  return v_ids;
end;
$$;
create function tests.take(asked uuid[], taken uuid[], reason text default '') returns void language plpgsql as $$
begin
  perform tests.sign_in_as('maria');
  perform public.accept_request(asked[1], taken, reason);
  perform tests.as_admin();
end;
$$;
create function tests.order_of(booking_id uuid) returns public.orders language sql stable security definer as $$
  select orders.* from public.orders join public.bookings on bookings.order_id = orders.id where bookings.id = booking_id;
$$;

/* -- every part of up to four dates, with every kind of coupon ---------------------------------------------- */

/*
 * What is wrong after Maria took these of so many dates, in words, or nothing: reckoned from what one session
 * costs, which is the whole divided by all. What it did is undone.
 */
create function tests.wrong_with(dates integer, part integer, code text) returns text language plpgsql as $$
declare
  v_ids uuid[];
  v_taken uuid[];
  v_before public.orders;
  v_after public.orders;
  v_wrong text := '';
  v_kept integer;
  v_of text := format('%s of %s with %s: ', part::bit(4), dates, code);
begin
  begin
    v_ids := tests.ask_for(dates, code);
    v_before := tests.order_of(v_ids[1]);
    select array_agg(id order by place) into v_taken
    from unnest(v_ids) with ordinality as asked (id, place) where part & (1 << (place::integer - 1)) > 0;
    v_kept := cardinality(v_taken);
    perform tests.take(v_ids, v_taken);
    v_after := tests.order_of(v_ids[1]);

    if (v_after.session_count, v_after.amount_cents, v_after.discount_cents, v_after.fee_cents) is distinct from
      (v_kept, v_kept * (v_before.amount_cents / dates), v_kept * (v_before.discount_cents / dates), v_kept * (v_before.fee_cents / dates)) then
      v_wrong := v_wrong || v_of || 'the order is not the sum of its sessions; ';
    end if;
    if (select array_agg((id = any (v_taken), status::text, private.session_cents(bookings)) order by position) from public.bookings where order_id = v_after.id)
      is distinct from (
        select array_agg((place <= v_kept, case when place <= v_kept then 'confirmed' else 'declined' end, case when place <= v_kept then v_before.amount_cents / dates else 0 end) order by place)
        from generate_series(1, dates) as place
      ) then
      v_wrong := v_wrong || v_of || 'what its sessions are and cost; ';
    end if;
    if private.asked_cents(v_after) <> v_before.amount_cents then
      v_wrong := v_wrong || v_of || 'what was asked for; ';
    end if;
    if (select array_agg((private.payment_work(id, 'authorized') ->> 'gross_cents')::integer) from public.payments where order_id = v_after.id)
      is distinct from array[v_after.amount_cents] then
      v_wrong := v_wrong || v_of || 'what is captured; ';
    end if;
    if (select sum(private.refundable_cents(bookings, 'coach')) from public.bookings where order_id = v_after.id) <> v_after.amount_cents then
      v_wrong := v_wrong || v_of || 'what would go back; ';
    end if;

    perform tests.tell('evt_taken', 'payment_intent.succeeded', tests.intent(v_after.id, 'succeeded', v_after.amount_cents));
    if (select (sum(split.kept_cents), sum(split.fee_cents), sum(split.subsidy_cents)) from public.bookings cross join lateral private.session_split(bookings) as split where order_id = v_after.id)
      is distinct from (v_after.amount_cents::bigint, v_after.fee_cents::bigint, case when v_after.discount_bearer = 'platform' then v_after.discount_cents else 0 end::bigint) then
      v_wrong := v_wrong || v_of || 'who gets what; ';
    end if;
    if (select (status::text, paid_at is not null) from public.orders where id = v_after.id) is distinct from ('paid'::text, true)
      or (select (unused.cents, unused.own_cents) from private.unused_cents(v_after.id) as unused) is distinct from (0, 0)
      or exists (select from admin.money_mismatch)
      or (select sum(amount_cents) from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id where order_id = v_after.id and account = 'client_money') <> -v_after.amount_cents then
      v_wrong := v_wrong || v_of || 'the books; ';
    end if;
    raise exception 'undo' using errcode = 'ZZ001';
  exception when sqlstate 'ZZ001' then
    return v_wrong;
  end;
end;
$$;

select is(string_agg(tests.wrong_with(dates, part, code), ''), '', 'every part of ' || dates || ' dates is right to the cent, ' || case code when '' then 'without a coupon' else 'with ' || code end)
from generate_series(1, 4) as dates
cross join unnest(array['', 'PERCENT', 'CENTS', 'HERS']) as code
cross join lateral generate_series(1, (1 << dates) - 1) as part
group by dates, code order by dates, code;

/* -- who may, and what is refused ------------------------------------------------------------------------------ */

select tests.remember('asked ' || place, id) from unnest(tests.ask_for(3, 'PERCENT')) with ordinality as asked (id, place);
select tests.book('others', client => 'zoe', offer => 'lena''s hour', starts_at => tests.on_day(1), status => 'held');
create function tests.asked() returns uuid[] language sql stable as $$
  select array[tests.id('asked 1'), tests.id('asked 2'), tests.id('asked 3')];
$$;

grant execute on function tests.asked() to authenticated;
select tests.sign_out();
select throws_ok($$ select from public.asked_sessions(tests.id('asked 1')) $$, '42501', null, 'a visitor does not see what is asked for');
select tests.sign_in_as('dana');
select is_empty($$ select from public.asked_sessions(tests.id('asked 1')) $$, 'nor does the client here');
select throws_ok($$ select public.accept_request(tests.id('asked 1'), tests.asked()) $$, 'OBNFD', null, 'a client accepts nothing');
select tests.sign_in_as('lena');
select is_empty($$ select from public.asked_sessions(tests.id('asked 1')) $$, 'nor another coach');
select throws_ok($$ select public.accept_request(tests.id('asked 1'), tests.asked()) $$, 'OBNFD', null, 'who accepts nothing either');
select tests.sign_in_as('maria');
select results_eq(
  $$ select session_id, price_cents from public.asked_sessions(tests.id('asked 2')) $$,
  $$ select id, 8576 from unnest(tests.asked()) as id $$, 'the coach sees each date and what it costs'
);
select throws_ok($$ select public.accept_request(tests.id('asked 1'), '{}') $$, 'OBPRT', null, 'none is no answer');
select throws_ok($$ select public.accept_request(tests.id('asked 1'), array[tests.id('others')]) $$, 'OBNFD', null, 'what was not asked for is not taken');
select throws_ok($$ select public.accept_request(tests.id('asked 1'), tests.asked() || tests.id('others')) $$, 'OBNFD', null, 'nor along with what was');
select tests.as_admin();
select is((select array_agg(distinct status::text) from public.bookings where id = any (tests.asked())), array['requested'], 'and nothing has changed');

/* -- a part is taken ------------------------------------------------------------------------------------------- */

select lives_ok($$ select tests.take(tests.asked(), array[tests.id('asked 1'), tests.id('asked 3'), tests.id('asked 1')], ' At a closing ') $$, 'two of three are taken');
select results_eq(
  $$ select status::text, cancel_reason, position from public.bookings where id = any (tests.asked()) order by starts_at $$,
  $$ values ('confirmed', null, 1), ('declined', 'At a closing', 3), ('confirmed', null, 2) $$, 'the other is declined, and says why'
);
select throws_ok($$ select tests.take(tests.asked(), array[tests.id('asked 2')]) $$, 'OBNRQ', null, 'a second answer is none');
select tests.as_admin();
select tests.sign_in_as('dana');
select throws_ok($$ select public.withdraw_request(tests.id('asked 2')) $$, 'OBNRQ', null, 'nor can it be withdrawn any more');
select results_eq(
  $$ select status::text, amount_cents, session_position, session_count, asked_count, is_charged from public.session_details(tests.id('asked 2')) $$,
  $$ values ('declined', 0, 1, 1, 3, false) $$, 'the date that was left out stands by itself, and costs nothing'
);
select results_eq(
  $$ select status::text, amount_cents, session_position, session_count from public.session_details(tests.id('asked 3')) $$,
  $$ values ('confirmed', 8576, 2, 2) $$, 'the third date is the second session of two'
);
select isnt_empty($$ select from public.available_slots(tests.id('maria''s hour'), tests.on_day(2), tests.on_day(2) + interval '1 minute') $$, 'its time is free again');
select tests.as_admin();
update public.bookings set answer_by = now() where order_id = tests.order_id('asked 1');
select private.expire_requests();
select is((select count(*) from public.bookings where id = any (tests.asked()) and status = 'confirmed'), 2::bigint, 'no time to answer runs out any more');
select is((select count(*) from private.outbox where topic in ('stripe.capture', 'stripe.cancel_payment')), 1::bigint, 'Stripe is asked once, to take what is left');
select is(
  (select (work -> 'booking' -> 'left_out') - 'sessions' || jsonb_build_object('paid', work -> 'booking' -> 'paid_cents', 'dates', jsonb_array_length(work -> 'booking' -> 'left_out' -> 'sessions'))
    from public.notifications cross join lateral (select private.mail_work(notifications.id) as work) as mail
    where kind = 'booking_confirmed' and recipient_id = tests.id('dana')),
  '{"reason": "At a closing", "let_go_cents": 8576, "credits_back": 0, "paid": 17152, "dates": 1}'::jsonb,
  'one mail says what is taken, what is not and why, and what is paid'
);
select is((select array_agg(kind || ' ' || count) from (select kind, count(*) from public.notifications where booking_id = any (tests.asked()) group by kind order by kind) as told),
  array['booking_confirmed 2', 'request_received 1', 'request_sent 1'], 'and it is the only one, to each');

/* -- whatever Stripe tells, in any order ----------------------------------------------------------------------- */

create function tests.the_order() returns uuid language sql stable as $$ select tests.order_id('asked 1') $$;
select tests.tell('evt_late', 'payment_intent.amount_capturable_updated', tests.intent(tests.the_order(), 'requires_capture', 25728));
select is_empty($$ select from private.security_events where kind = 'payment_amount_mismatch' $$, 'that all of it is held still is no news');
select throws_ok(
  $$ select tests.tell('evt_rest_unbooked', 'refund.created', jsonb_build_object('id', 're_rest', 'status', 'succeeded', 'amount', 8576, 'payment_intent', 'pi_' || tests.the_order())) $$,
  'ORLTR', null, 'a refund of which it is not known what it moved waits'
);
select tests.tell('evt_rest', 'refund.created', jsonb_build_object('id', 're_rest', 'status', 'succeeded', 'amount', 8576, 'payment_intent', 'pi_' || tests.the_order(),
  'balance_transaction', jsonb_build_object('reporting_category', 'partial_capture_reversal')));
select tests.tell('evt_page', 'checkout.session.completed', jsonb_build_object('id', 'cs_1', 'payment_status', 'paid', 'payment_intent', 'pi_' || tests.the_order(), 'amount_total', 25728, 'currency', 'usd',
  'metadata', jsonb_build_object('order_id', tests.the_order())));
select is((select status::text from public.payments where order_id = tests.the_order()), 'authorized', 'that the page is paid says nothing of how much was taken');
select tests.tell('evt_captured', 'charge.captured', jsonb_build_object('id', 'ch_' || tests.the_order(), 'object', 'charge', 'payment_intent', 'pi_' || tests.the_order(), 'amount_captured', 17152, 'currency', 'usd',
  'metadata', jsonb_build_object('order_id', tests.the_order())));
select tests.tell('evt_page_again', 'checkout.session.completed', jsonb_build_object('id', 'cs_1', 'payment_status', 'paid', 'payment_intent', 'pi_' || tests.the_order(), 'amount_total', 25728, 'currency', 'usd',
  'metadata', jsonb_build_object('order_id', tests.the_order())));
select throws_ok(
  $$ select tests.tell('evt_rest_later', 'refund.created', jsonb_build_object('id', 're_rest_too', 'status', 'succeeded', 'amount', 8576, 'payment_intent', 'pi_' || tests.the_order())) $$,
  'ORLTR', null, 'also when it is taken'
);
select results_eq(
  $$ select orders.status::text, payments.status::text, payments.amount_cents, (select count(*) from public.refunds where order_id = orders.id), (select count(*) from private.security_events) from public.orders join public.payments on payments.order_id = orders.id where orders.id = tests.the_order() $$,
  $$ values ('paid', 'succeeded', 17152, 0::bigint, 0::bigint) $$, 'it is taken once, nothing went back, and nothing is suspicious'
);
select tests.tell('evt_real', 'refund.created', jsonb_build_object('id', 're_real', 'status', 'succeeded', 'amount', 500, 'payment_intent', 'pi_' || tests.the_order(),
  'balance_transaction', jsonb_build_object('reporting_category', 'refund')));
select is((select amount_cents from public.refunds where order_id = tests.the_order()), 500, 'what is given back in the dashboard still is');
select tests.sign_in_as('dana');
select results_eq($$ select gross_cents, session_count, first_booking_id from public.billing_list() limit 1 $$, $$ values (17152, 2, tests.id('asked 1')) $$, 'billing has what was taken');
select tests.as_admin();

/* -- the money is not to be had -------------------------------------------------------------------------------- */

delete from private.outbox where topic like 'stripe.%';
update public.bookings set starts_at = starts_at + interval '30 days', ends_at = ends_at + interval '30 days' where order_id = tests.the_order();
select tests.remember('lost ' || place, id) from unnest(tests.ask_for(3)) with ordinality as asked (id, place);
select tests.take(array[tests.id('lost 1'), tests.id('lost 2'), tests.id('lost 3')], array[tests.id('lost 2')], '');
select public.fail_outbox(id, 'stripe 402: no', is_permanent => true) from private.outbox where topic = 'stripe.capture';
select results_eq(
  $$ select bookings.status::text, orders.status::text, payments.status::text from public.bookings join public.orders on orders.id = order_id join public.payments on payments.order_id = orders.id where orders.id = tests.order_id('lost 1') order by starts_at $$,
  $$ values ('declined', 'expired', 'released'), ('cancelled', 'expired', 'released'), ('declined', 'expired', 'released') $$,
  'when a part cannot be had, that is called off, and what was declined stays so'
);
select tests.tell('evt_all_back', 'refund.created', jsonb_build_object('id', 're_all', 'status', 'succeeded', 'amount', 30999, 'payment_intent', 'pi_' || tests.order_id('lost 1')));
select is_empty($$ select from public.refunds where order_id = tests.order_id('lost 1') $$, 'what a bank lets go is no refund');

/* -- with tax -------------------------------------------------------------------------------------------------- */

delete from private.outbox where topic like 'stripe.%';
select tests.sign_in_as('dana');
select public.request_series(tests.id('maria''s hour'), array[tests.on_day(7), tests.on_day(8), tests.on_day(9)], 'America/Chicago');
select tests.as_admin();
select tests.remember('taxed ' || position, id) from public.bookings where starts_at in (tests.on_day(7), tests.on_day(8), tests.on_day(9));
update public.orders set automatic_tax = true where id = tests.order_id('taxed 1');
select public.apply_stripe_event(jsonb_build_object('id', 'evt_taxed', 'type', 'payment_intent.amount_capturable_updated', 'tax_cents', 251,
  'data', jsonb_build_object('object', tests.intent(tests.order_id('taxed 1'), 'requires_capture', 31250))));
select tests.take(array[tests.id('taxed 1')], array[tests.id('taxed 1'), tests.id('taxed 2')]);
select results_eq(
  $$ select amount_cents, tax_cents, (private.payment_work(id, 'authorized') ->> 'gross_cents')::integer from public.payments where order_id = tests.order_id('taxed 1') $$,
  $$ values (20666, 167, 20833) $$, 'the tax of what is taken is its part of the tax of all'
);
select public.apply_stripe_event(jsonb_build_object('id', 'evt_taxed_' || status, 'type', type, 'tax_cents', 251,
  'data', jsonb_build_object('object', tests.intent(tests.order_id('taxed 1'), status, cents))))
from (values ('payment_intent.amount_capturable_updated', 'requires_capture', 31250), ('payment_intent.succeeded', 'succeeded', 20833)) as told (type, status, cents);
select results_eq(
  $$ select orders.status::text, payments.status::text, tax_cents, (select count(*) from private.security_events) from public.orders join public.payments on payments.order_id = orders.id where orders.id = tests.order_id('taxed 1') $$,
  $$ values ('paid', 'succeeded', 167, 0::bigint) $$, 'and is taken with it, whatever tax the page had'
);

select private.record_authorization(tests.order_id('taxed 1'), 'pi_second', 'ch_second', 31250, 251, 'usd');
select results_eq(
  $$ select status::text, amount_cents, tax_cents from public.payments where stripe_payment_intent_id = 'pi_second' $$,
  $$ values ('released', 30999, 251) $$, 'what is held a second time has the tax that Stripe says, though all of it is let go'
);

/* -- with credits ----------------------------------------------------------------------------------------------- */

select tests.create_package('four hours', 'lena', is_instant => false);
select tests.buy_package('hers', 'zoe', 'four hours');
select tests.sign_in_as('zoe');
select public.request_booking_with_credit(tests.id('hers'), array[tests.on_day(4), tests.on_day(5), tests.on_day(6)], 'America/Chicago', '');
select tests.as_admin();
select tests.remember('with credit ' || position, id) from public.bookings where order_id = tests.id('hers');
select tests.sign_in_as('lena');
select results_eq(
  $$ select session_id, price_cents from public.asked_sessions(tests.id('with credit 1')) $$,
  $$ select tests.id('with credit ' || number), 8000 from generate_series(1, 3) as number $$, 'dates that are asked for with credits are answered at once, too'
);
select public.accept_request(tests.id('with credit 1'), array[tests.id('with credit 2')], 'Away');
select tests.as_admin();
select results_eq(
  $$ select private.credits_left(orders.id), amount_cents, session_count, orders.status::text from public.orders where id = tests.id('hers') $$,
  $$ values (3, 32000, 4, 'paid') $$, 'what is left out gives its credit back, and the package stays as it was paid'
);
select is(
  (select (work -> 'booking' -> 'left_out') - 'sessions' from public.notifications cross join lateral (select private.mail_work(notifications.id) as work) as mail
    where kind = 'booking_confirmed' and recipient_id = tests.id('zoe')),
  '{"reason": "Away", "let_go_cents": 0, "credits_back": 2}'::jsonb, 'which is told'
);

select * from finish();
rollback;
