/* Somebody leaves: what is kept for moderation alone names them no more. */
begin;
select no_plan();

-- Dana writes with Maria, Omar with Lena.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
update public.profiles set first_name = 'Danielle', last_name = 'Dumont' where id = tests.id('dana');

/* A client and a coach write one message each, and each takes theirs back; named as 'omar to lena'. */
create function tests.take_back(client text, coach text) returns void language plpgsql as $$
declare
  v_name text;
  v_id uuid;
begin
  perform tests.sign_in_as(client);
  perform public.start_conversation(tests.coach_id(coach));
  foreach v_name in array array[client, coach] loop
    v_id := gen_random_uuid();
    perform tests.sign_in_as(v_name);
    perform public.send_message(tests.conversation_id(client, coach), v_id, 'Danielle Dumont is a fool');
    perform public.delete_message(v_id);
    perform tests.as_admin();
    perform tests.remember(v_name || ' said', v_id);
  end loop;
end;
$$;
select tests.take_back('dana', 'maria');
select tests.take_back('omar', 'lena');

/* Each of whom may reports a thing. */
create function tests.report(name text, subject public.report_subject, subject_id uuid) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.report(subject, subject_id, 'Danielle Dumont is meant, they say.');
  perform tests.as_admin();
end;
$$;
select tests.report('maria', 'message', tests.id('dana said'));
select tests.report('maria', 'conversation', tests.conversation_id('dana', 'maria'));
select tests.report('dana', 'message', tests.id('maria said'));
select tests.report('lena', 'message', tests.id('omar said'));
select tests.report('lena', 'conversation', tests.conversation_id('omar', 'lena'));

select private.forget_clerk_user('user_dana');

select results_eq(
  $$ select profiles.first_name, reports.subject::text, reports.reason
     from public.reports join public.profiles on profiles.id = reports.reporter_id
     order by 1, 2 $$,
  $$ values
    ('', 'message', 'Removed with the account.'),
    ('Lena', 'conversation', 'Danielle Dumont is meant, they say.'),
    ('Lena', 'message', 'Danielle Dumont is meant, they say.'),
    ('Maria', 'conversation', 'A former member is meant, they say.'),
    ('Maria', 'message', 'A former member is meant, they say.') $$,
  'what was reported of them says so without their name, what they reported without why; of others nothing is changed'
);
select results_eq(
  $$ select profiles.first_name, message_words.body
     from private.message_words
     join public.messages on messages.id = message_words.message_id
     join public.profiles on profiles.id = messages.sender_id
     order by 1 $$,
  $$ values
    ('Lena', 'Danielle Dumont is a fool'), ('Maria', 'A former member is a fool'), ('Omar', 'Danielle Dumont is a fool') $$,
  'nor does what the other had said to them and took back; what they took back is gone'
);

/* -- texts as long as they may be ------------------------------------------------------------------------------- */

-- What stands for a name is longer than most names.
select tests.book('held', client => 'omar', offer => 'maria''s hour', status => 'completed');
select tests.remember('of maria', tests.review_as('omar', 'held', 1));
select private.publish_reviews(tests.id('held'));
insert into private.review_notes values (tests.id('of maria'), 'Maria' || repeat('.', 1995));
update public.bookings set note = 'Maria' || repeat('.', 995) where id = tests.id('held');
select tests.report('lena', 'review', tests.id('of maria'));
update public.reports set reason = 'Maria' || repeat('.', 995) where subject = 'review';
select lives_ok($$ select private.forget_clerk_user('user_maria') $$, 'who is named in the longest texts can leave, too');
select is_empty(
  $$ select from public.reports, public.bookings, private.review_notes
     where reports.subject = 'review' and concat(reports.reason, bookings.note, review_notes.note) like '%Maria%' $$,
  'and is named in none'
);

select * from finish();
rollback;
