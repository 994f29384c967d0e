begin;
select plan(20);

-- Dana is Maria's client, Lena another coach.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour');

select policies_are('public', 'weekly_hours', array['Coaches can view their own hours']);
select policies_are('public', 'availability_settings', array['Coaches can view their own settings']);

select tests.sign_in_as('maria');
select set_eq('select coach_id from public.weekly_hours', array[tests.coach_id('maria')], 'a coach sees their own hours alone');
select set_eq('select coach_id from public.availability_settings', array[tests.coach_id('maria')], 'and their own settings');
select tests.refuses_writes('public.weekly_hours');
select tests.refuses_writes('public.availability_settings');

select tests.sign_in_as('dana');
select is_empty('select from public.weekly_hours', 'a client sees no hours, only free times');
select is_empty('select from public.availability_settings', 'and no settings');

select tests.sign_out();
select tests.refuses_reads('public.weekly_hours');
select tests.refuses_reads('public.availability_settings');
select tests.refuses_writes('public.weekly_hours');
select tests.refuses_writes('public.availability_settings');

select * from finish();
rollback;
