/* How soon coaches usually answer: the median of their first answers, and nothing of what was taken back. */
begin;
select no_plan();

select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_profile('client-' || number) from generate_series(1, 6) as number;

/* Somebody writes in a client's thread with Maria, so many minutes ago. */
create function tests.wrote(client integer, is_client boolean, minutes_ago integer) returns uuid language plpgsql as $$
declare
  v_id uuid := gen_random_uuid();
begin
  perform tests.sign_in_as('client-' || client);
  perform public.start_conversation(tests.coach_id('maria'));
  perform tests.sign_in_as(case when is_client then 'client-' || client else 'maria' end);
  perform public.send_message(tests.conversation_id('client-' || client, 'maria'), v_id, 'Hello');
  perform tests.as_admin();
  update public.messages set created_at = now() - make_interval(mins => minutes_ago) where id = v_id;
  return v_id;
end;
$$;
create function tests.answers_in(coach text) returns integer language sql as $$
  select private.refresh_answer_times();
  select answers_in_minutes from public.coach_listings where coach_id = tests.coach_id(coach);
$$;

-- Four clients, answered after 10, 20, 30 and 40 minutes; the first asks twice before that, and is answered twice.
select tests.wrote(1, true, 100);
select tests.wrote(1, true, 95);
select tests.wrote(1, false, 90);
select tests.wrote(1, false, 60);
select tests.wrote(number, true, 100), tests.wrote(number, false, 100 - number * 10) from generate_series(2, 4) as number;
select bag_eq('select took from private.answer_times()', $$ select make_interval(mins => number * 10) from generate_series(1, 4) as number $$, 'an answer counts from the first question');
select is(tests.answers_in('maria'), null, 'four answers say nothing yet');

select tests.remember('asked', tests.wrote(1, true, 50));
select tests.remember('answered', tests.wrote(1, false, 10));
select is(tests.answers_in('maria'), 30, 'of five it is the one in the middle');
select is(tests.answers_in('lena'), null, 'another coach''s are theirs');
select tests.wrote(5, true, 20);
select is(tests.answers_in('maria'), 30, 'a question that waits counts nowhere yet');
select tests.wrote(5, false, 19);
select is(tests.answers_in('maria'), 25, 'of six it is between the two in the middle');
select tests.wrote(6, false, 5);
select is(tests.answers_in('maria'), 25, 'what a coach writes first answers nothing');

select tests.sign_in_as('maria');
select public.delete_message(tests.id('answered'));
select tests.as_admin();
select is(tests.answers_in('maria'), 20, 'nor does what was taken back');
update public.messages set created_at = created_at - interval '90 days' where conversation_id = tests.conversation_id('client-4', 'maria');
select is(tests.answers_in('maria'), null, 'after ninety days it is forgotten, and too little is left');

select tests.sign_out();
select lives_ok('select answers_in_minutes from public.coach_listings', 'anyone reads it');
select throws_ok('select private.refresh_answer_times()', '42501', null, 'and nobody makes it');

select * from finish();
rollback;
