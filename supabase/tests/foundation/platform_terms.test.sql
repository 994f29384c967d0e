begin;
select plan(4);

/* What the pages state is what the rows say, to visitors too. */
select tests.sign_out();
select results_eq(
  $$ select fee_basis_points, release_after_minutes, full_refund_minutes, partial_refund_percent from public.platform_terms() $$,
  $$ values (1500, 2880, 1440, 50) $$,
  'a visitor reads the numbers'
);

select tests.as_admin();
update private.platform_settings set fee_basis_points = 1200;
update public.cancellation_policies set is_default = false;
insert into public.cancellation_policies (name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, is_default)
values ('Strict', 2880, 1440, 25, true);

select tests.sign_in_as('dana');
select results_eq(
  $$ select fee_basis_points, full_refund_minutes, partial_refund_percent from public.platform_terms() $$,
  $$ values (1200, 2880, 25) $$,
  'when an admin changes a row, the pages change'
);

/* Whatever number of the settings a page states: an admin's change is what it says. */
select tests.as_admin();
update private.platform_settings
set answer_minutes = 600, calendar_stale_minutes = 45, calendly_pay_minutes = 90, opened_mails_per_day = 1;
select tests.sign_out();
select results_eq(
  $$ select answer_minutes, calendar_stale_minutes, calendly_pay_minutes, opened_mails_per_day from public.platform_terms() $$,
  $$ values (600, 45, 90, 1) $$,
  'so do what a request, a calendar elsewhere and a watch say'
);
select throws_ok('select from private.platform_settings', '42501', null, 'the row itself is nobody''s to read');

select * from finish();
rollback;
