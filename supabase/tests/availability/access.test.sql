begin;
select plan(60);

-- Dana is Maria's client, Lena another coach.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour');

insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
select tests.coach_id(name), 'calendly', 'entry', now(), now() + interval '1 hour' from unnest(array['maria', 'lena']) as name;

insert into public.date_overrides (coach_id, day)
select tests.coach_id(name), now()::date from unnest(array['maria', 'lena']) as name;
insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at, note)
select tests.coach_id(name), now()::date, '09:00', now()::date, '12:00', 'At the dentist' from unnest(array['maria', 'lena']) as name;
insert into public.travel_zones (coach_id, first_day, last_day, time_zone)
select tests.coach_id(name), now()::date, now()::date, 'Europe/London' from unnest(array['maria', 'lena']) as name;

select policies_are('public', 'date_overrides', array['Coaches can view their own overrides']);
select policies_are('public', 'out_of_office', array['Coaches can view when they are out of office']);
select policies_are('public', 'travel_zones', array['Coaches can view their own travel zones']);
select policies_are('public', 'busy_times', array['Coaches can view when they are busy elsewhere']);
select policies_are('public', 'weekly_hours', array['Coaches can view their own hours']);
select policies_are('public', 'availability_settings', array['Coaches can view their own settings']);

select tests.sign_in_as('maria');
select set_eq('select coach_id from public.weekly_hours', array[tests.coach_id('maria')], 'a coach sees their own hours alone');
select set_eq('select coach_id from public.availability_settings', array[tests.coach_id('maria')], 'and their own settings');
select set_eq('select coach_id from public.busy_times', array[tests.coach_id('maria')], 'and when they are busy elsewhere');
select tests.refuses_writes(target) from unnest('{date_overrides,out_of_office,travel_zones}'::regclass[]) as target;
select tests.refuses_writes('public.busy_times');
select tests.refuses_writes('public.weekly_hours');
select tests.refuses_writes('public.availability_settings');
select set_eq('select coach_id from public.date_overrides', array[tests.coach_id('maria')], 'and their own overrides');
select set_eq('select coach_id from public.out_of_office', array[tests.coach_id('maria')], 'when they are away');
select set_eq('select coach_id from public.travel_zones', array[tests.coach_id('maria')], 'and where');

select tests.sign_in_as('dana');
select is_empty('select from public.date_overrides', 'a client sees no overrides');
select is_empty('select from public.out_of_office', 'no absences, but for the notes of listed coaches');
select is_empty('select from public.travel_zones', 'and not where the coach is');
select is_empty('select from public.weekly_hours', 'a client sees no hours, only free times');
select is_empty('select from public.availability_settings', 'and no settings');
select is_empty('select from public.busy_times', 'nor where else the coach is');

select tests.sign_out();
select tests.refuses_reads(target) from unnest('{date_overrides,out_of_office,travel_zones}'::regclass[]) as target;
select tests.refuses_reads('public.busy_times');
select tests.refuses_writes(target) from unnest('{date_overrides,out_of_office,travel_zones}'::regclass[]) as target;
select tests.refuses_writes('public.busy_times');
select tests.refuses_reads('public.weekly_hours');
select tests.refuses_reads('public.availability_settings');
select tests.refuses_writes('public.weekly_hours');
select tests.refuses_writes('public.availability_settings');

select * from finish();
rollback;
