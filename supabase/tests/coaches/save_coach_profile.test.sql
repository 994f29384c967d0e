begin;
select plan(26);

-- Two people called José Núñez start a practice; Una has not said who she is.
select tests.create_profile(name, 'coach') from unnest(array['jose', 'josefa']) as name;
update public.profiles set first_name = 'José', last_name = 'Núñez' where id in (tests.id('jose'), tests.id('josefa'));
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria', status => 'suspended');

create function tests.save(
  headline text default 'Win the listing',
  bio text default repeat('I have sold houses for twenty years. ', 3),
  states text[] default '{TX}',
  specialties text[] default '{negotiation}',
  languages text[] default '{en}',
  years integer default 20,
  time_zone text default 'America/Chicago'
) returns uuid language sql as $$
  select public.save_coach_profile(headline, bio, states, specialties, languages, years, time_zone);
$$;
grant execute on function tests.save to anon, authenticated;

select tests.sign_in_as('jose');
select throws_ok($$ select tests.save(headline => 'Too short') $$, 'OCHED', null, 'a headline has 10 characters');
select throws_ok($$ select tests.save(headline => repeat('a', 121)) $$, 'OCHED', null, 'and at most 120');
select throws_ok($$ select tests.save(bio => 'I sell.') $$, 'OCBIO', null, 'a bio has 80 characters');
select throws_ok($$ select tests.save(bio => repeat('a', 4001)) $$, 'OCBIO', null, 'and at most 4,000');
select throws_ok($$ select tests.save(states => '{}') $$, 'OCSTA', null, 'a coach works in a state');
select throws_ok($$ select tests.save(states => '{TX,XX}') $$, 'OCSTA', null, 'that we know');
select throws_ok($$ select tests.save(states => '{TX,TX}') $$, 'OCSTA', null, 'named once');
select throws_ok($$ select tests.save(specialties => '{}') $$, 'OCSPE', null, 'a coach is good at something');
select throws_ok($$ select tests.save(specialties => '{alchemy}') $$, 'OCSPE', null, 'that we know');
select throws_ok(
  $$ select tests.save(specialties => '{negotiation,mindset,prospecting,luxury-homes,team-building,video-and-social}') $$,
  'OCSPE', null, 'and not at six things'
);
select throws_ok($$ select tests.save(languages => '{}') $$, 'OCLAN', null, 'a coach speaks a language');
select throws_ok($$ select tests.save(languages => '{tlh}') $$, 'OCLAN', null, 'that we know');
select throws_ok($$ select tests.save(years => 71) $$, 'OCYRS', null, 'nobody has been in it for 71 years');
select throws_ok($$ select tests.save(years => -1) $$, 'OCYRS', null, 'nor for less than none');
select throws_ok($$ select tests.save(time_zone => 'Texas') $$, 'UPZON', null, 'hours need a time zone');

select lives_ok('select tests.save()', 'a practice can be started');
select results_eq(
  $$ select slug, display_name, headline, states, status, time_zone, approved_at from public.coaches $$,
  $$ values ('jose-nunez', 'José Núñez', 'Win the listing', '{TX}'::text[], 'draft'::public.coach_status, 'America/Chicago', null::timestamptz) $$,
  'it is a draft, with a path made of the name'
);
select isnt_empty('select from public.availability_settings', 'and has settings');
select lives_ok($$ select tests.save(headline => 'Price it right', years => null) $$, 'it can be changed');
select results_eq('select slug, headline from public.coaches', $$ values ('jose-nunez', 'Price it right') $$, 'and keeps its path');

select tests.sign_in_as('josefa');
select lives_ok('select tests.save()', 'another of the same name starts one');
select results_eq('select slug from public.coaches', $$ values ('jose-nunez-2') $$, 'and gets a path of their own');

select tests.sign_in_as('maria');
select throws_ok('select tests.save()', 'OCSUS', null, 'a suspended practice cannot be changed');
select tests.sign_in_as('una');
select throws_ok('select tests.save()', 'UPONB', null, 'a coach says who they are first');
select tests.sign_in_as('nobody-yet');
select throws_ok('select tests.save()', 'UPSGN', null, 'a person whom we have not seen is asked to sign in');
select tests.sign_out();
select throws_ok('select tests.save()', '42501', null, 'a visitor cannot call it');

select * from finish();
rollback;
