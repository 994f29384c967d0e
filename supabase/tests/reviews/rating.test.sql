/* A coach's figures are a recount of the rows, whatever happened to them before. */
begin;
select plan(9);

select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.book('dana''s', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'completed');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => now() - interval '2 days', status => 'completed');

select results_eq(
  'select rating_average, review_count, rating_score, sessions_held from public.coach_listings',
  'values (null::numeric, 0, 4.3, 2)',
  'without reviews there is no average, and a score like the market''s'
);

select tests.sign_in_as('dana');
select public.write_review(tests.id('dana''s'), 5, 'Clear, kind and to the point.');
select tests.sign_in_as('omar');
select public.write_review(tests.id('omar''s'), 2, 'Late, and in a hurry to leave.');
select tests.as_admin();
select results_eq(
  'select rating_average, review_count, rating_score from public.coach_listings', 'values (3.50, 2, 4.0714)',
  'two reviews: their average, and a score pulled towards the market''s with the weight of five'
);

update public.reviews set rating = 4 where author_id = tests.id('omar');
select results_eq('select rating_average, review_count from public.coach_listings', 'values (4.50, 2)', 'a review that is corrected counts as it is');
delete from public.reviews where author_id = tests.id('dana');
select results_eq('select rating_average, review_count from public.coach_listings', 'values (4.00, 1)', 'a review that is deleted counts no more');
delete from public.reviews;
select results_eq('select rating_average, review_count, rating_score from public.coach_listings', 'values (null::numeric, 0, 4.3)', 'nor does the last');

update public.coach_listings set review_count = 99, sessions_held = 99;
select private.refresh_listing(tests.coach_id('maria'));
select results_eq('select review_count, sessions_held from public.coach_listings', 'values (0, 2)', 'figures that were tampered with are set right');

-- The other facts that search shows.
select tests.create_offer('short call', coach => 'maria', duration_minutes => 15, price_cents => 2500);
select results_eq('select from_price_cents from public.coach_listings', array[2500], 'the least price follows a new offer');
update public.offers set archived_at = now() where id = tests.id('short call');
select results_eq('select from_price_cents from public.coach_listings', array[10000], 'and one that goes');
update public.coaches set states = '{OH}', languages = '{es}', specialties = '{mindset}' where slug = 'maria';
select results_eq(
  'select states, languages, specialties from public.coach_listings', $$ values ('{OH}'::text[], '{es}'::text[], '{mindset}'::text[]) $$,
  'states, languages and specialties follow the practice'
);

select * from finish();
rollback;
