/* What somebody paid, as their Billing page shows it. */
begin;
select plan(21);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.book('first', client => 'dana', offer => 'maria''s hour');
update public.payments set created_at = now() - interval '2 days', receipt_url = 'https://stripe.example/r' where order_id = tests.order_id('first');
select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('membership', client => 'dana', offer => 'steady');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(9));

select tests.sign_in_as('dana');
select results_eq(
  $$ select offer_title, gross_cents, status::text, coach_name from public.billing_list() $$,
  $$ values ('steady', 20000, 'succeeded', 'Maria Example'), ('maria''s hour', 10000, 'succeeded', 'Maria Example') $$, 'what they paid, newest first'
);
select is((select membership_id from public.billing_list() limit 1), tests.id('membership'), 'a period belongs to its membership');
select is((select period_ends_at from public.billing_list() limit 1), now() + interval '1 month', 'and says which');
select is((select invoice_number from public.billing_list() limit 1), 'LOCAL-0', 'with its invoice');
select is((select receipt_url from public.billing_list(20, 1) offset 1), 'https://stripe.example/r', 'and the receipt');
select is((select first_booking_id from public.billing_list() offset 1), tests.id('first'), 'a session leads to itself');
select results_eq($$ select offer_title from public.billing_list(1, 2) $$, $$ values ('maria''s hour') $$, 'a page at a time');
select is_empty($$ select from public.billing_list(1, 3) $$, 'until there is no more');

select tests.as_admin();
select private.request_refund(bookings, 4000, 'client_cancelled') from public.bookings where id = tests.id('first');
select tests.sign_in_as('dana');
select results_eq(
  $$ select returned_cents, returning_cents from public.billing_list() offset 1 $$, $$ values (0, 4000) $$, 'what is on its way back'
);
select tests.as_admin();
select private.record_refund(id, '{"id": "re_1", "status": "succeeded"}') from public.refunds;
select tests.sign_in_as('dana');
select results_eq($$ select returned_cents, returning_cents from public.billing_list() offset 1 $$, $$ values (4000, 0) $$, 'and what has come back');

select tests.as_admin();
update private.platform_settings set automatic_tax = true;
select tests.book('taxed', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(11), status => 'held');
select tests.sign_in_as('dana');
select is((select automatic_tax from public.checkout_details(tests.id('taxed'))), true, 'the checkout says that tax comes on top');
select is((select automatic_tax from public.platform_terms()), true, 'as do the pages of what is sold');
select tests.as_admin();
select public.apply_stripe_event(tests.taxed_checkout('taxed', 825));
update public.payments set created_at = now() + interval '1 day' where order_id = tests.order_id('taxed');
select tests.sign_in_as('dana');
select results_eq(
  $$ select refund_cents, refund_tax_cents from public.refund_quote(tests.id('taxed')) $$, $$ values (10000, 825) $$, 'what would come back has its tax'
);
select tests.as_admin();
select private.request_refund(bookings, 4000, 'client_cancelled') from public.bookings where id = tests.id('taxed');
select tests.sign_in_as('dana');
select results_eq(
  $$ select gross_cents, tax_cents, returning_cents from public.billing_list() limit 1 $$, $$ values (10825, 825, 4330) $$,
  'with tax it is what was taken, what of it is tax, and what comes back of both'
);

select results_eq($$ select amount_cents, tax_cents from public.session_refunds(tests.id('taxed')) $$, $$ values (4000, 330) $$, 'on the page of the session, too');
select tests.sign_in_as('maria');
select results_eq($$ select amount_cents, tax_cents from public.session_refunds(tests.id('taxed')) $$, $$ values (4000, 0) $$, 'where its coach sees the price: the tax tells where a client lives');
select throws_ok('select tax_cents from public.refunds', '42501', null, 'nor do the rows tell');
select tests.sign_in_as('omar');
select is_empty($$ select from public.session_refunds(tests.id('taxed')) $$, 'and a stranger sees nothing');
select tests.sign_in_as('dana');
select is(public.own_stripe_customer(), null, 'nobody has a customer before they pay');
select tests.as_admin();
insert into private.stripe_customers values (tests.id('dana'), 'cus_dana');
select tests.sign_in_as('dana');
select is(public.own_stripe_customer(), 'cus_dana', 'then their own');
select tests.sign_in_as('maria');
select is_empty('select from public.billing_list()', 'a coach sees none of what their clients paid');

select * from finish();
rollback;
