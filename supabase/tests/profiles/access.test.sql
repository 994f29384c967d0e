begin;
select plan(44);

-- Dana and Omar are both Maria's clients, and know nothing of each other. Zoe knows nobody.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('omar with maria', client => 'omar', offer => 'maria''s hour', starts_at => tests.on_day(4));
insert into public.credentials (profile_id, kind, state, number) values (tests.id('dana'), 'state_license', 'TX', 'TX 123');

select policies_are('public', 'profiles', array['People can view themselves and those they have a conversation or session with']);
select policies_are('public', 'profile_contacts', array['People can view their own contact data']);
select policies_are('public', 'credentials', array['People can view their own credentials']);
select policies_are('public', 'states', array['Anyone can view the states']);

select tests.sign_in_as('dana');
select set_eq('select id from public.profiles', array[tests.id('dana'), tests.id('maria')], 'a client sees themselves and their coach, not the coach''s other clients');
select set_eq('select email from public.profile_contacts', array['dana@example.com'], 'and their own address alone');
select set_eq('select number from public.credentials', array['TX 123'], 'and their own licences');
select isnt_empty('select from public.states', 'and the states');
select tests.refuses_columns('public.profiles', 'clerk_user_id', 'deleted_at');
select tests.refuses_writes(name::regclass) from unnest(array['public.profiles', 'public.profile_contacts', 'public.credentials', 'public.states']) as name;

select tests.sign_in_as('maria');
select set_eq('select id from public.profiles', array[tests.id('maria'), tests.id('dana'), tests.id('omar')], 'a coach sees themselves and their clients');
select set_eq('select email from public.profile_contacts', array['maria@example.com'], 'but no client''s address');
select is_empty('select from public.credentials', 'nor their licences');

select tests.sign_in_as('zoe');
select set_eq('select id from public.profiles', array[tests.id('zoe')], 'a stranger sees nobody else');
select set_eq('select email from public.profile_contacts', array['zoe@example.com'], 'nor anybody else''s address');
select is_empty('select from public.credentials', 'nor anybody''s licences');

select tests.sign_out();
select isnt_empty('select from public.states', 'a visitor sees the states');
select tests.refuses_reads(name::regclass) from unnest(array['public.profiles', 'public.profile_contacts', 'public.credentials']) as name;
select tests.refuses_writes(name::regclass) from unnest(array['public.profiles', 'public.profile_contacts', 'public.credentials', 'public.states']) as name;

select * from finish();
rollback;
