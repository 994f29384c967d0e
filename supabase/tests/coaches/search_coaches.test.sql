begin;
select plan(21);

-- Maria coaches negotiation in Texas and Ohio for $100, Lena luxury homes in Texas for $300 in Spanish.
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_coach('petra', status => 'paused');
update public.coaches set states = '{TX,OH}', bio = 'The quiet craft of counter-offers.' where slug = 'maria';
update public.coaches set headline = 'Sell the hilltop house', specialties = '{luxury-homes}', languages = '{en,es}' where slug = 'lena';
update public.offers set price_cents = 30000 where id = tests.id('lena''s hour');
update public.coach_listings set listed_at = now() - interval '1 hour' where coach_id = tests.coach_id('maria');
update public.coach_listings set rating_score = 4.9 where coach_id = tests.coach_id('maria');

select tests.sign_out();
select results_eq('select slug from public.search_coaches()', array['maria', 'lena'], 'a visitor finds approved coaches, the best first');
select results_eq($$ select slug from public.search_coaches(sort => 'newest') $$, array['lena', 'maria'], 'or the newest first');
select results_eq($$ select slug from public.search_coaches(sort => 'price') $$, array['maria', 'lena'], 'or the cheapest');
select results_eq($$ select slug from public.search_coaches(sort => 'id; drop table coaches') $$, array['maria', 'lena'], 'and the best for an order that is none');

select results_eq($$ select slug from public.search_coaches(query => 'hilltop') $$, array['lena'], 'by a word of the headline');
select results_eq($$ select slug from public.search_coaches(query => 'counter offer') $$, array['maria'], 'of the bio');
select results_eq($$ select slug from public.search_coaches(query => 'luxury') $$, array['lena'], 'of a specialty');
select results_eq($$ select slug from public.search_coaches(query => 'MARIA') $$, array['maria'], 'of the name');
select is_empty($$ select slug from public.search_coaches(query => 'plumbing') $$, 'by a word that nobody has, nobody');
select is((select count(*) from public.search_coaches(query => '  ''"&|!:* ')), 2::bigint, 'a query of signs is no query');

select results_eq($$ select slug from public.search_coaches(state => 'OH') $$, array['maria'], 'by state');
select results_eq($$ select slug from public.search_coaches(specialty => 'luxury-homes') $$, array['lena'], 'by specialty');
select results_eq($$ select slug from public.search_coaches(language => 'es') $$, array['lena'], 'by language');
select results_eq('select slug from public.search_coaches(max_price_cents => 10000)', array['maria'], 'by price, the limit included');
select is_empty('select slug from public.search_coaches(max_price_cents => 9999)', 'and not a cent above it');
select is_empty($$ select slug from public.search_coaches(state => 'OH', language => 'es') $$, 'filters add up');

select results_eq(
  $$ select coach_id, display_name, from_price_cents, rating_average, review_count, sessions_held from public.search_coaches(query => 'hilltop') $$,
  $$ values (tests.coach_id('lena'), 'Lena Example', 30000, null::numeric, 0, 0) $$,
  'a result says what a card shows'
);

-- Twenty-four to a page, and one more to say that there is a next.
select tests.as_admin();
select tests.create_coach('many-' || number) from generate_series(1, 24) as number;

select tests.sign_in_as('maria');
select is((select count(*) from public.search_coaches()), 25::bigint, 'a full page has one row more');
select is((select count(*) from public.search_coaches(page_number => 2)), 2::bigint, 'the next has the rest');
select is((select count(*) from public.search_coaches(page_number => -1)), 25::bigint, 'there is no page before the first');
select is_empty('select slug from public.search_coaches(page_number => 3)', 'and none after the last');

select * from finish();
rollback;
