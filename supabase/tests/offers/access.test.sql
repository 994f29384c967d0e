begin;
select plan(12);

-- Maria sells 'new' today and sold 'old' to Dana before. Petra, who paused, has an hour as well.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_coach('petra', status => 'paused');
select tests.create_offer('new', coach => 'maria');
select tests.create_offer('old', coach => 'maria');
select tests.book('dana with maria', client => 'dana', offer => 'old');
update public.offers set archived_at = now() where id = tests.id('old');

select policies_are('public', 'offers', array[
  'Anyone can view what approved coaches sell',
  'People can view what is sold, what they sell and what they bought'
]);

select tests.sign_in_as('maria');
select set_eq('select title from public.offers', array['maria''s hour', 'new', 'old'], 'a coach sees all they sell and sold');
select tests.refuses_writes('public.offers');

select tests.sign_in_as('dana');
select set_eq('select title from public.offers', array['maria''s hour', 'new', 'old'], 'a client sees what is on sale and what they bought');

select tests.sign_in_as('zoe');
select set_eq('select title from public.offers', array['maria''s hour', 'new'], 'a stranger sees what is on sale');

select tests.sign_in_as('petra');
select set_eq('select title from public.offers', array['maria''s hour', 'new', 'petra''s hour'], 'a coach who paused sees their own besides');

select tests.sign_out();
select set_eq('select title from public.offers', array['maria''s hour', 'new'], 'a visitor sees what is on sale');
select tests.refuses_writes('public.offers');

select * from finish();
rollback;
