begin;
select plan(5);

-- Dana paid Maria for four sessions, one of which came back whole and one half; Lena is another coach.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('long over', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '49 hours', status => 'completed');
select tests.book('just over', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '48 hours', status => 'completed');
select tests.book('half back', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '5 hours');
select tests.book('all back', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '3 days');
select tests.book('unpaid', client => 'dana', offer => 'maria''s hour', starts_at => now() + interval '4 days', status => 'held');
select tests.book('with lena', client => 'dana', offer => 'lena''s hour');
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('half back'), 5000), public.cancel_booking(tests.id('all back'), 10000);

select tests.as_admin();
select tests.know_who_came(name) from unnest(array['long over', 'just over']) as name;
select private.release_earnings();

select tests.sign_in_as('maria');
select results_eq(
  'select booking_id, client_name, paid_cents, refunded_cents, fee_cents, share_cents, is_released from public.coach_earnings()',
  $$ values
    (tests.id('all back'), 'Dana Example', 10000, 10000, 0, 0, false),
    (tests.id('half back'), 'Dana Example', 10000, 5000, 750, 4250, false),
    (tests.id('just over'), 'Dana Example', 10000, 0, 1500, 8500, false),
    (tests.id('long over'), 'Dana Example', 10000, 0, 1500, 8500, true) $$,
  'a coach sees what each paid session earned, the fee on what stayed, and what is theirs for good two days after the end'
);
select is_empty('select from public.coach_earnings() where paid_cents <> refunded_cents + fee_cents + share_cents', 'every cent is somebody''s');
select is((select count(*) from public.coach_earnings(page_size => 3, page_number => 2)), 1::bigint, 'it comes in pages');

select tests.sign_in_as('dana');
select is_empty('select from public.coach_earnings()', 'who has no practice earns nothing');
select tests.sign_out();
select throws_ok('select public.coach_earnings()', '42501', null, 'a visitor does not ask');

select * from finish();
rollback;
