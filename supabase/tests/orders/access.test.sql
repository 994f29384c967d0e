begin;
select plan(58);

-- Dana has paid Maria and was paid back. Omar deals with Lena, Zoe with nobody.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour');
select tests.book('omar with lena', client => 'omar', offer => 'lena''s hour');
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('dana with maria');
select private.request_refund(bookings, 10000, 'admin_cancelled') from public.bookings where id = tests.id('omar with lena');
insert into private.stripe_customers values (tests.id('dana'), 'cus_dana');

select policies_are('public', 'orders', array['Client and coach can view their orders']);
select policies_are('public', 'payments', array['Clients can view the payments of their orders']);
select policies_are('public', 'refunds', array['Client and coach can view the refunds of their orders']);
select policies_are('public', 'cancellation_policies', array['Anyone can view the cancellation policies']);
select policies_are('private', 'stripe_customers', array['Nobody reads Stripe customers over the API']);

select tests.sign_in_as('dana');
select set_eq('select id from public.orders', array[tests.order_id('dana with maria')], 'a client sees their orders');
select set_eq('select order_id from public.payments', array[tests.order_id('dana with maria')], 'their payments');
select set_eq('select order_id from public.refunds', array[tests.order_id('dana with maria')], 'their refunds');
select isnt_empty('select from public.cancellation_policies', 'and the policies');
select tests.refuses_columns('public.orders', 'stripe_checkout_session_id', 'checkout_url', 'checkout_expires_at');
select tests.refuses_columns('public.payments', 'stripe_payment_intent_id', 'stripe_charge_id');
select tests.refuses_columns('public.refunds', 'stripe_refund_id', 'payment_id');
select tests.refuses_reads('private.stripe_customers');
select tests.refuses_writes(name::regclass)
from unnest(array['public.orders', 'public.payments', 'public.refunds', 'public.cancellation_policies', 'private.stripe_customers']) as name;

select tests.sign_in_as('maria');
select set_eq('select id from public.orders', array[tests.order_id('dana with maria')], 'a coach sees the orders of their clients');
select is_empty('select from public.payments', 'but not with which cards they tried to pay');
select set_eq('select order_id from public.refunds', array[tests.order_id('dana with maria')], 'and what went back');

select tests.sign_in_as('zoe');
select is_empty('select from public.orders', 'a stranger sees no orders');
select is_empty('select from public.payments', 'no payments');
select is_empty('select from public.refunds', 'and no refunds');

select tests.sign_out();
select isnt_empty('select from public.cancellation_policies', 'a visitor sees the policies');
select tests.refuses_reads(name::regclass) from unnest(array['public.orders', 'public.payments', 'public.refunds', 'private.stripe_customers']) as name;
select tests.refuses_writes(name::regclass)
from unnest(array['public.orders', 'public.payments', 'public.refunds', 'public.cancellation_policies', 'private.stripe_customers']) as name;

select * from finish();
rollback;
