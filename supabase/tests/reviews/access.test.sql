begin;
select plan(20);

-- Dana has reviewed Maria.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.sign_in_as('dana');
select public.write_review(tests.id('held'), 5, 'Clear, kind and to the point.');

select policies_are('public', 'reviews', array['Anyone can view the reviews']);
select set_eq('select author_name from public.reviews', array['Dana E.'], 'the author sees the review');
select tests.refuses_columns('public.reviews', 'author_id', 'booking_id');
select tests.refuses_writes('public.reviews');

select tests.sign_in_as('maria');
select isnt_empty('select id from public.reviews', 'the coach sees it');
select tests.refuses_columns('public.reviews', 'author_id', 'booking_id');
select tests.refuses_writes('public.reviews');

select tests.sign_in_as('zoe');
select isnt_empty('select id from public.reviews', 'a stranger sees it');

select tests.sign_out();
select isnt_empty('select id from public.reviews', 'a visitor sees it');
select tests.refuses_columns('public.reviews', 'author_id', 'booking_id');
select tests.refuses_writes('public.reviews');

select * from finish();
rollback;
