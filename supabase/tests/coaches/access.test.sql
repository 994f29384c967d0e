begin;
select plan(56);

-- Maria can be found, Lena has applied, Petra paused after Dana had a session with her.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_coach('lena', status => 'applied');
select tests.create_coach('petra');
select tests.book('dana with petra', client => 'dana', offer => 'petra''s hour');
update public.coaches set status = 'paused' where slug = 'petra';

select policies_are('public', 'coaches', array[
  'Anyone can view approved coaches',
  'People can view approved coaches, their own practice and coaches they deal with'
]);
select policies_are('public', 'coach_listings', array['Anyone can view the listings']);
select policies_are('public', 'specialties', array['Anyone can view the specialties']);
select policies_are('public', 'languages', array['Anyone can view the languages']);

select tests.sign_in_as('lena');
select set_eq('select slug from public.coaches', array['lena', 'maria'], 'an applicant sees their own practice and who is listed');
select set_eq('select coach_id from public.coach_listings', array[tests.coach_id('maria')], 'and the listings');
select isnt_empty('select from public.specialties', 'and the specialties');
select isnt_empty('select from public.languages', 'and the languages');
select tests.refuses_columns('public.coaches', 'profile_id', 'created_at', 'updated_at');
select tests.refuses_columns('public.coach_listings', 'document', 'states', 'specialties', 'languages', 'rating_score', 'listed_at');
select tests.refuses_writes(name::regclass) from unnest(array['public.coaches', 'public.coach_listings', 'public.specialties', 'public.languages']) as name;

select tests.sign_in_as('dana');
select set_eq('select slug from public.coaches', array['maria', 'petra'], 'a client keeps seeing a coach who paused');

select tests.sign_in_as('zoe');
select set_eq('select slug from public.coaches', array['maria'], 'a stranger sees who is listed');

select tests.sign_out();
select set_eq('select slug from public.coaches', array['maria'], 'so does a visitor');
select set_eq('select coach_id from public.coach_listings', array[tests.coach_id('maria')], 'who sees the listings too');
select isnt_empty('select from public.specialties', 'and the specialties');
select isnt_empty('select from public.languages', 'and the languages');
select tests.refuses_columns('public.coaches', 'profile_id', 'created_at', 'updated_at');
select tests.refuses_columns('public.coach_listings', 'document', 'states', 'specialties', 'languages', 'rating_score', 'listed_at');
select tests.refuses_writes(name::regclass) from unnest(array['public.coaches', 'public.coach_listings', 'public.specialties', 'public.languages']) as name;

select * from finish();
rollback;
