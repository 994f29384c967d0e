/* What a coach says often is theirs: nobody else reads, changes or deletes it. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'omar']) as name;

create function tests.titles(name text) returns text language plpgsql as $$
declare
  v_titles text;
begin
  perform tests.sign_in_as(name);
  select string_agg(title, ',' order by title) into v_titles from public.saved_answers;
  perform tests.as_admin();
  return v_titles;
end;
$$;

select tests.sign_in_as('maria');
select isnt(public.save_answer(' What to bring ', ' Bring the letter. '), null, 'a coach saves an answer');
select results_eq('select title, body from public.saved_answers', $$ values ('What to bring', 'Bring the letter.') $$, 'and reads it');
select tests.as_admin();
select tests.remember('answer', id) from public.saved_answers;


select tests.sign_in_as('maria');
select public.save_answer('What to bring', 'Bring both letters.', tests.id('answer'));
select results_eq('select body from public.saved_answers', $$ values ('Bring both letters.') $$, 'changes it');
select throws_ok(format('select public.save_answer(%L, %L)', title, body), code, null, says)
from (values
  ('', 'Words', 'MSANT', 'it has a title'),
  (repeat('x', 61), 'Words', 'MSANT', 'which is short'),
  ('Title', ' ', 'MSANW', 'and words'),
  ('Title', repeat('x', 4001), 'MSANW', 'as many as a message takes')
) as cases (title, body, code, says);
select throws_ok('select public.save_answer(null, null)', 'MSANT', null, 'nothing is no title');
select throws_ok(
  $$ insert into public.saved_answers (coach_id, title, body) values (tests.coach_id('maria'), 'A', 'B') $$, '42501', null,
  'nobody writes the table itself'
);

select tests.as_admin();
select is(tests.titles(name), null, format('%s reads none of it', name)) from unnest(array['omar', 'dana', 'zoe']) as name;
select tests.sign_in_as('omar');
select throws_ok($$ select public.save_answer('A', 'B', tests.id('answer')) $$, 'MSANN', null, 'another coach does not change it');
select public.delete_answer(tests.id('answer'));
select tests.sign_in_as('dana');
select throws_ok($$ select public.save_answer('A', 'B') $$, 'OCNON', null, 'who is no coach has none');
select public.delete_answer(tests.id('answer'));
select tests.as_admin();
select is(tests.titles('maria'), 'What to bring', 'nobody else deletes it');
select tests.sign_out();
select throws_ok($$ select public.save_answer('A', 'B') $$, '42501', null, 'a visitor saves nothing');
select throws_ok('select title from public.saved_answers', '42501', null, 'and reads nothing');

select tests.sign_in_as('maria');
select public.save_answer('Answer ' || number, 'Words') from generate_series(2, 30) as number;
select throws_ok($$ select public.save_answer('One more', 'Words') $$, 'MSANM', null, 'thirty are enough');
select lives_ok($$ select public.save_answer('What to bring', 'Nothing', tests.id('answer')) $$, 'and can be changed');
select public.delete_answer(tests.id('answer'));
select public.delete_answer(tests.id('answer'));
select is((select count(*) from public.saved_answers), 29::bigint, 'deleting twice is once');

select tests.as_admin();
select private.forget_clerk_user('user_maria');
select is_empty('select from public.saved_answers', 'who leaves keeps none');

select * from finish();
rollback;
