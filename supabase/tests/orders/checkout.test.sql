begin;
select no_plan();

-- Dana is about to pay Maria. Omar looks on.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3), status => 'held');

create function tests.record(session text default 'cs_1', expires_at timestamptz default now() + interval '31 minutes', by text default 'dana')
returns text language sql as $$
  select public.record_checkout(tests.id(by), tests.order_id('session'), session, 'https://checkout.example/' || session, expires_at);
$$;
create function tests.left(session text) returns boolean language sql as $$
  select public.apply_stripe_event(jsonb_build_object(
    'id', 'evt_' || session, 'type', 'checkout.session.expired',
    'data', jsonb_build_object('object', jsonb_build_object('id', session, 'metadata', jsonb_build_object('order_id', tests.order_id('session'))))
  ));
$$;
create function tests.page() returns text language plpgsql as $$
begin
  perform tests.sign_in_as('dana');
  return (select checkout_url from public.checkout_details(tests.id('session')));
end;
$$;
grant execute on all functions in schema tests to anon, authenticated, service_role;

select tests.sign_in_as('omar');
select is_empty($$ select from public.checkout_details(tests.id('session')) $$, 'a stranger sees no checkout');
select tests.sign_in_as('maria');
select is_empty($$ select from public.checkout_details(tests.id('session')) $$, 'nor does the coach see it');
select tests.sign_out();
select throws_ok($$ select public.checkout_details(tests.id('session')) $$, '42501', null, 'a visitor does not even ask');
select throws_ok('select tests.record()', '42501', null, 'or tell');

select tests.sign_in_as('dana');
select results_eq(
  $$ select order_id, booking_status, hold_expires_at, offer_title, coach_name, amount_cents, currency, email, stripe_customer_id, checkout_url
     from public.checkout_details(tests.id('session')) $$,
  $$ values (tests.order_id('session'), 'held'::public.booking_status, now() + interval '15 minutes', 'maria''s hour', 'Maria Example',
       10000, 'usd', 'dana@example.com', null::text, null::text) $$,
  'the client reads what Stripe must know'
);
select throws_ok($$ select public.record_stripe_customer(tests.id('dana'), 'cus_omar') $$, '42501', null, 'nobody says themselves who they are at Stripe');
select throws_ok('select tests.record()', '42501', null, 'nor on which page they pay: it could be another order''s');
select tests.as_service();
select throws_ok($$ select tests.record(by => 'omar') $$, 'OBNFD', null, 'the site names no page for what is another''s');
select is(tests.record(), 'https://checkout.example/cs_1', 'the page that it made is kept');
select is(public.record_stripe_customer(tests.id('dana'), 'cus_1'), 'cus_1', 'so is the customer');
select is(public.record_stripe_customer(tests.id('dana'), 'cus_2'), 'cus_1', 'once: the first stands');
select is(public.record_stripe_customer(tests.id('omar'), 'cus_omar'), 'cus_omar', 'each has their own');
select throws_ok($$ select public.record_stripe_customer(tests.id('maria'), 'cus_omar') $$, '23505', null, 'and nobody another''s');
select tests.sign_in_as('dana');
select results_eq(
  $$ select stripe_customer_id, checkout_url from public.checkout_details(tests.id('session')) $$,
  $$ values ('cus_1', 'https://checkout.example/cs_1') $$,
  'coming back leads to the same page and customer'
);
select tests.as_service();
select is(tests.record('cs_2'), 'https://checkout.example/cs_1', 'a second page at the same moment is told of the first');
select is(tests.page(), 'https://checkout.example/cs_1', 'and does not replace it');

select tests.as_admin();
update public.orders set checkout_expires_at = now() where id = tests.order_id('session');
select is(tests.page(), null, 'a page that has ended leads nowhere');
select tests.as_service();
select throws_ok($$ select tests.record('cs_3') $$, 'OCHRG', null, 'and is followed by no other before Stripe was asked what became of it');
select tests.as_admin();
select private.forget_page(tests.order_id('session'), 'cs_2');
select is((select stripe_checkout_session_id from public.orders where id = tests.order_id('session')), 'cs_1', 'it is forgotten by its own name alone');
select private.forget_page(tests.order_id('session'), 'cs_1');
select tests.as_service();
select tests.record('cs_3');
select is(tests.page(), 'https://checkout.example/cs_3', 'then another counts');
select tests.as_admin();
select tests.left('cs_other');
select is((select stripe_checkout_session_id from public.orders where id = tests.order_id('session')), 'cs_3', 'Stripe says of another that it was left');
select tests.left('cs_3');
select is((select stripe_checkout_session_id from public.orders where id = tests.order_id('session')), null, 'and of this one: nothing was paid on it');

-- Whatever happened to the order while its page was made.
create function tests.late(became public.order_status) returns text language plpgsql as $$
declare
  v_id uuid := tests.order_id('session');
begin
  perform tests.as_admin();
  update public.orders set status = became, paid_at = now() where orders.id = v_id;
  perform tests.as_service();
  return throws_ok($q$ select tests.record('cs_late') $q$, 'OCOVR', null, became || ': no page');
end;
$$;
select tests.late(status) from unnest(array['paid', 'expired', 'refunded', 'released']::public.order_status[]) as status;
select tests.as_admin();
select is((select stripe_checkout_session_id from public.orders where id = tests.order_id('session')), null, 'and none is noted');

/* -- the payment of another order --------------------------------------------------------------------- */

select tests.book('paid', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(4), status => 'held');
select tests.pay('paid');
select tests.book('unpaid', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(5), status => 'held');
select private.record_closed_checkout(
  tests.order_id('unpaid'),
  jsonb_build_object('id', 'cs_paid', 'payment_status', 'paid', 'is_over', false, 'payment_intent', stripe_payment_intent_id, 'amount_total', amount_cents, 'tax_cents', 0, 'currency', 'usd')
) from public.payments where order_id = tests.order_id('paid');
select results_eq(
  $$ select bookings.status::text, orders.status::text, (select count(*) from public.payments where order_id = orders.id)
     from public.bookings join public.orders on orders.id = bookings.order_id where bookings.id = tests.id('unpaid') $$,
  $$ values ('held', 'pending', 0::bigint) $$, 'what was paid for one order pays no other'
);
select private.record_intent(
  tests.order_id('unpaid'),
  jsonb_build_object('id', stripe_payment_intent_id, 'status', 'requires_capture', 'latest_charge', 'ch_x', 'amount_capturable', amount_cents, 'tax_cents', 0, 'currency', 'usd')
) from public.payments where order_id = tests.order_id('paid');
insert into public.payments (order_id, status, amount_cents, stripe_payment_intent_id, failure_code)
values (tests.order_id('paid'), 'failed', 10000, 'pi_declined', 'card_declined');
select private.record_failed_payment(tests.order_id('unpaid'), 'pi_declined', 10000, 0, 'usd', 'expired_card');
select results_eq(
  $$ select order_id, status::text, failure_code from public.payments where order_id in (tests.order_id('paid'), tests.order_id('unpaid')) order by status desc $$,
  $$ values (tests.order_id('paid'), 'succeeded', null), (tests.order_id('paid'), 'failed', 'card_declined') $$, 'nor is it held, or declined, for another'
);
select results_eq(
  $$ select kind, detail ->> 'order_id' from private.security_events $$,
  $$ select 'payment_of_another_order', tests.order_id('unpaid')::text from generate_series(1, 2) $$, 'and each try is written down'
);
select is_empty('select from admin.money_mismatch', 'the books are right');

select * from finish();
rollback;
