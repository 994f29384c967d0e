begin;
select plan(48);

-- Maria builds her practice step by step. Dana has none. Lena's is complete.
select tests.create_profile('maria', 'coach');
select tests.create_profile('dana');
select tests.create_coach('lena', status => 'draft');

/* -- what is missing ------------------------------------------------------------------------- */

select tests.sign_in_as('dana');
select is_empty('select from public.coach_progress()', 'who has no practice has no progress');
select throws_ok('select public.submit_coach_application()', 'OCNON', null, 'and nothing to apply with');

select tests.sign_in_as('maria');
select public.save_coach_profile(
  'Win the listing', repeat('I have sold houses for twenty years. ', 3), '{TX}', '{negotiation}', '{en}', 20, 'America/Chicago'
);
select results_eq(
  'select coach_id, slug, status, missing, applied_at from public.coach_progress()',
  $$ values (tests.coach_id('maria'), 'maria-example', 'draft'::public.coach_status, 'hours', null::timestamptz) $$,
  'hours come after the profile'
);
select throws_ok('select public.submit_coach_application()', 'OCINC', null, 'without hours there is no application');

select public.save_weekly_hours('[{"weekday": 1, "starts_at": "09:00", "ends_at": "17:00"}]');
select results_eq('select missing from public.coach_progress()', $$ values ('offers') $$, 'offers come after hours');
select throws_ok('select public.submit_coach_application()', 'OCINC', null, 'without offers there is none either');

select public.make_offer('Strategy hour', '', 60, 10000);
select results_eq('select missing from public.coach_progress()', $$ values (null::text) $$, 'then nothing is missing');

select tests.as_admin();
update public.coaches set headline = '' where id = tests.coach_id('maria');
select tests.sign_in_as('maria');
select results_eq('select missing from public.coach_progress()', $$ values ('profile') $$, 'a practice without a headline lacks its profile');
select throws_ok('select public.submit_coach_application()', 'OCINC', null, 'and cannot apply');
select tests.as_admin();
select is(private.missing_in_practice(jsonb_populate_record(coaches, lacks)), 'profile', format('neither can one with %s', lacks))
from public.coaches
cross join unnest(array['{"bio": ""}', '{"states": []}', '{"specialties": []}']::jsonb[]) as lacks
where slug = 'lena';

/* -- applying --------------------------------------------------------------------------------- */

select tests.sign_in_as('lena');
select lives_ok('select public.submit_coach_application()', 'a complete practice can apply');
select results_eq('select status, applied_at from public.coach_progress()', $$ values ('applied'::public.coach_status, now()) $$, 'and has applied');
select lives_ok('select public.submit_coach_application()', 'twice is once');
select is_empty('select from public.coach_listings', 'an applicant is not found');

select throws_ok($$ select admin.approve_coach('lena') $$, '42501', null, 'a coach cannot approve themselves');
select throws_ok($$ select admin.suspend_coach('lena', 'x') $$, '42501', null, 'nor suspend anybody');
select tests.as_service();
select throws_ok($$ select admin.approve_coach('lena') $$, '42501', null, 'nor does the secret key');

/* -- approving, in both ways ------------------------------------------------------------------ */

select tests.as_admin();
select throws_ok($$ select admin.approve_coach('maria-example') $$, 'OCINC', null, 'an admin cannot approve what is incomplete');
select throws_ok(
  $$ update public.coaches set status = 'approved' where slug = 'maria-example' $$, 'OCINC', null, 'not in the table editor either'
);
select throws_ok($$ select admin.approve_coach('nobody') $$, 'OCNFD', null, 'nor who is not there');

select throws_ok(
  $$ insert into public.coaches (profile_id, slug, display_name, status, cancellation_policy_id)
     select tests.id('dana'), 'dana', 'Dana', 'approved', id from public.cancellation_policies where is_default $$,
  'OCINC', null, 'nor add a row that begins as approved'
);

select lives_ok($$ select admin.approve_coach('lena') $$, 'an admin approves by name');
select results_eq(
  $$ select status, approved_at from public.coaches where slug = 'lena' $$,
  $$ values ('approved'::public.coach_status, now()) $$,
  'the coach is approved'
);
select tests.sign_in_as('lena');
select lives_ok('select public.submit_coach_application()', 'who is approved may ask again');
select results_eq('select status from public.coach_progress()', $$ values ('approved'::public.coach_status) $$, 'and stays approved');
select tests.as_admin();
update public.coaches set headline = 'Win the listing' where slug = 'maria-example';
select lives_ok($$ update public.coaches set status = 'approved' where slug = 'maria-example' $$, 'or in the table editor');

select results_eq(
  $$ select row_id, actor, before ->> 'status', after ->> 'status' from private.audit_log
     where table_name = 'coaches' and after ->> 'status' = 'approved' order by id $$,
  $$ values (tests.coach_id('lena')::text, 'postgres', 'applied', 'approved'), (tests.coach_id('maria')::text, 'postgres', 'draft', 'approved') $$,
  'both ways leave who, before and after in the audit log'
);
select set_eq(
  $$ select recipient_id from public.notifications where kind = 'coach_approved' $$,
  array[tests.id('lena'), tests.id('maria')],
  'both coaches are told'
);
select set_eq('select coach_id from public.coach_listings', array[tests.coach_id('lena'), tests.coach_id('maria')], 'and both are found');

/* -- out of the market, and in again ----------------------------------------------------------- */

update public.coaches set status = 'paused' where slug = 'maria-example';
select set_eq('select coach_id from public.coach_listings', array[tests.coach_id('lena')], 'who pauses is not found');
update public.coaches set status = 'approved' where slug = 'maria-example';
select is((select count(*) from public.coach_listings), 2::bigint, 'who comes back is');
select is((select count(*) from public.notifications where kind = 'coach_approved' and recipient_id = tests.id('maria')), 1::bigint, 'and is not told again');

select lives_ok($$ select admin.suspend_coach('lena', 'Sold another''s course') $$, 'an admin suspends');
select set_eq('select coach_id from public.coach_listings', array[tests.coach_id('maria')], 'who is suspended is not found');
select isnt_empty(
  $$ select from private.audit_log where row_id = tests.coach_id('lena')::text and after ->> 'status' = 'suspended' $$,
  'the audit log has the change'
);
select isnt_empty(
  $$ select from private.audit_log where row_id = tests.coach_id('lena')::text and after ->> 'reason' = 'Sold another''s course' $$,
  'and why'
);
select is((select suspended_at from public.coaches where slug = 'lena'), now(), 'since when is noted');
update public.coaches set status = 'paused' where slug = 'lena';
select is((select suspended_at from public.coaches where slug = 'lena'), null, 'until it is lifted');
update public.coaches set status = 'suspended' where slug = 'lena';
select is((select suspended_at from public.coaches where slug = 'lena'), now(), 'so it is in the table editor');
update public.coaches set suspended_at = null where slug = 'lena';
select is((select suspended_at from public.coaches where slug = 'lena'), now(), 'where it is not forgotten while it lasts');
select throws_ok($$ select admin.suspend_coach('nobody', 'x') $$, 'OCNFD', null, 'nobody cannot be suspended');
select tests.sign_in_as('lena');
select throws_ok('select public.submit_coach_application()', 'OCSUS', null, 'and who is suspended cannot apply again');

/* -- who may ------------------------------------------------------------------------------------ */

select tests.sign_in_as('nobody-yet');
select throws_ok('select public.submit_coach_application()', 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.as_admin();
select tests.create_profile('una', is_onboarded => false);
select tests.sign_in_as('una');
select throws_ok('select public.submit_coach_application()', 'UPONB', null, 'who has not said who they are does that first');
select tests.sign_out();
select throws_ok('select public.submit_coach_application()', '42501', null, 'a visitor cannot apply');
select throws_ok('select public.coach_progress()', '42501', null, 'nor ask how far they are');

select * from finish();
rollback;
