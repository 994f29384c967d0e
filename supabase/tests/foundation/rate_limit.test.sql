begin;
select plan(8);

/* Tries of one subject: three in ten minutes are allowed. */
create function tests.try(subject text, bucket text default 'sign_in') returns integer language sql as $$
  select public.take_rate_limit(bucket, subject, 3, 600);
$$;
grant execute on function tests.try to service_role, authenticated, anon;

select tests.as_service();
select results_eq('select tests.try(''dana'') from generate_series(1, 3)', array[0, 0, 0], 'three tries are allowed');
select is(tests.try('dana'), 600, 'the fourth waits until the window ends');
select is(tests.try('omar'), 0, 'another subject does not');
select is(tests.try('dana', 'password_reset'), 0, 'nor does another thing');

select tests.as_admin();
update private.rate_limits set window_started = now() - interval '599.5 seconds' where subject = 'dana' and bucket = 'sign_in';
select tests.as_service();
select is(tests.try('dana'), 1, 'half a second before the end the wait is a second, not none');
select tests.as_admin();
update private.rate_limits set window_started = now() - interval '600 seconds' where subject = 'dana' and bucket = 'sign_in';
select tests.as_service();
select results_eq('select tests.try(''dana'') from generate_series(1, 4)', array[0, 0, 0, 600], 'at the end a new window begins');

select tests.sign_in_as('dana');
select throws_ok($$ select tests.try('omar') $$, '42501', null, 'people use up nobody''s tries');
select tests.sign_out();
select throws_ok($$ select tests.try('omar') $$, '42501', null, 'nor do visitors');

select * from finish();
rollback;
