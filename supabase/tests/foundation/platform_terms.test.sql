begin;
select plan(2);

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

select * from finish();
rollback;
