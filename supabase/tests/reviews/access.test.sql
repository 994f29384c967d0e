/* Who reads what: nobody what another has not published, nobody a note to us, and of clients only the two. */
begin;
select no_plan();

-- Dana has reviewed Maria; Omar and Maria have reviewed each other.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana''s', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'completed');
create temp table reviews as
select tests.review_as('dana', 'dana''s') as of_danas, tests.review_as('omar', 'omar''s') as of_omars, tests.review_as('maria', 'omar''s', 2) as of_omar;
grant select on reviews to anon, authenticated;
insert into private.review_notes select of_danas, 'She was late.' from reviews;

/* How many reviews somebody finds: rows of the table, on Maria's page, and of each session. */
create function tests.finds(name text) returns integer[] language plpgsql as $$
declare
  v_found integer[];
begin
  if name = 'a visitor' then
    perform tests.sign_out();
    v_found := array[0, (select count(*) from public.coach_reviews(tests.coach_id('maria'))), 0, 0];
  else
    perform tests.sign_in_as(name);
    v_found := array[
      (select count(*) from public.reviews),
      (select count(*) from public.coach_reviews(tests.coach_id('maria'))),
      (select count(*) from public.session_reviews(tests.id('dana''s'))),
      (select count(*) from public.session_reviews(tests.id('omar''s')))
    ];
  end if;
  perform tests.as_admin();
  return v_found;
end;
$$;

select policies_are('public', 'reviews', array['People can view reviews of their sessions, those of the other once published']);
select policies_are('private', 'review_notes', array['Nobody reads notes to us over the API']);
select is(tests.finds('dana'), '{1,1,1,0}', 'Dana sees her own before it is published');
select is(tests.finds('omar'), '{2,1,0,2}', 'Omar sees both of his session, once both are there');
select is(tests.finds('maria'), '{2,1,0,2}', 'Maria sees those, and nothing of Dana''s');
select is(tests.finds(name), '{0,1,0,0}', 'another sees what Omar wrote, on her page, and nothing else') from unnest(array['zoe', 'lena']) as name;
select is(tests.finds('a visitor'), '{0,1,0,0}', 'as does a visitor');

select tests.let_reviews_run_out('dana''s');
select is(tests.finds('dana'), '{1,2,1,0}', 'after a week Dana sees hers shown');
select is(tests.finds('maria'), '{3,2,1,2}', 'Maria, too');
select is(tests.finds(name), '{0,2,0,0}', 'and everybody on her page') from unnest(array['zoe', 'a visitor']) as name;
select results_eq($$ select author_name, rating from public.coach_reviews(tests.coach_id('maria')) order by 1 $$, $$ values ('Dana E.', 5.00), ('Omar E.', 5.00) $$, 'only what clients wrote is there');

/* -- by column ------------------------------------------------------------------------------ */

select tests.sign_in_as('omar');
select tests.refuses_columns('public.reviews', 'author_id', 'client_id', 'body', 'author_name', 'reply', 'removed_at', 'reply_removed_at', 'market_rating', 'openness_rating');
select tests.refuses_reads('private.review_notes');
select tests.refuses_writes('public.reviews');
select tests.sign_in_as('maria');
select tests.refuses_columns('public.reviews', 'author_id', 'client_id', 'body');
select tests.refuses_reads('private.review_notes');
select tests.refuses_writes('public.reviews');
select results_eq('select author_name from public.received_reviews() order by 1', array['Dana E.', 'Omar E.'], 'Maria reads what was written about her');
select tests.sign_in_as('lena');
select is_empty('select from public.received_reviews()', 'Lena reads nothing of it among hers');
select is_empty('select from public.reviews_due()', 'nor is she asked about Maria''s sessions');
select tests.sign_in_as('zoe');
select is_empty('select from public.received_reviews()', 'who has no practice has none');
select tests.sign_out();
select tests.refuses_reads('public.reviews');
select tests.refuses_writes('public.reviews');
select throws_ok('select from public.received_reviews()', '42501', null, 'a visitor has none either');
select throws_ok($$ select from public.session_reviews(tests.id('dana''s')) $$, '42501', null, 'nor those of a session');

-- The pages of a coach who can't be found show nothing.
select tests.as_admin();
update public.coaches set status = 'paused' where slug = 'maria';
select tests.sign_out();
select is_empty($$ select from public.coach_reviews(tests.coach_id('maria')) $$, 'reviews of who is not listed are on no page');
select results_eq(
  $$ select review_count, rating_average, counts_by_star from public.review_summary(tests.coach_id('maria')) $$,
  $$ values (0, null::numeric, '{0,0,0,0,0}'::integer[]) $$, 'nor what they come to'
);

select * from finish();
rollback;
