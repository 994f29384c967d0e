begin;
select plan(9);

-- Nora has just signed up; nobody has seen her. Maria is a coach.
select tests.create_coach('maria');

select tests.sign_in_as('nora');
select results_eq(
  'select kind, first_name, onboarded_at, coach_id, coach_status from public.ensure_profile()',
  $$ values (null::public.profile_kind, '', null::timestamptz, null::uuid, null::public.coach_status) $$,
  'a first look at a token makes an empty profile'
);
select results_eq('select id from public.ensure_profile()', 'select private.current_profile_id()', 'and a second finds it');

select tests.as_admin();
select is((select count(*) from public.profiles where clerk_user_id = 'user_nora'), 1::bigint, 'there is one');

select tests.sign_in_as('maria');
select results_eq(
  'select first_name, coach_id, coach_status from public.ensure_profile()',
  $$ values ('Maria', tests.coach_id('maria'), 'approved'::public.coach_status) $$,
  'a coach learns of their practice'
);

select tests.as_admin();
update public.profiles set deleted_at = now() where id = tests.id('maria');
select tests.sign_in_as('maria');
select throws_ok('select public.ensure_profile()', 'UPSGN', null, 'a token outlives its deleted person in vain');
select is(private.current_profile_id(), null, 'and is nobody''s');

select set_config('request.jwt.claims', '{"role": "authenticated"}', true);
select throws_ok('select public.ensure_profile()', 'UPSGN', null, 'a token without a subject is nobody''s');

select tests.sign_out();
select throws_ok('select public.ensure_profile()', '42501', null, 'a visitor has no profile');
select is(private.current_profile_id(), null, 'a visitor is nobody');

select * from finish();
rollback;
