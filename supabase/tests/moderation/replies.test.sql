/* A coach's reply is reported and removed by itself: the review that it answers stays. */
begin;
select no_plan();

-- Maria has replied to Dana's review. Zoe has to do with neither.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.remember('hers', tests.review_as('dana', 'held', 1));
select tests.remember('of dana', tests.review_as('maria', 'held', 3));

/* What comes of it when somebody replies, or reports the reply or the review. */
create function tests.try(name text, what text) returns text language plpgsql as $$
declare
  v_code text := 'done';
begin
  perform tests.sign_in_as(name);
  begin
    execute what;
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
create function tests.report(name text, subject text default 'reply', review text default 'hers') returns text language sql as $$
  select tests.try(name, format('select public.report(%L, tests.id(%L), ''This is an insult.'')', subject, review));
$$;
create function tests.reply(body text) returns text language sql as $$
  select tests.try('maria', format('select public.reply_to_review(tests.id(''hers''), %L)', body));
$$;
/* An admin decides about a thing. */
create function tests.decide(subject text, decision public.report_decision) returns void language sql as $$
  select admin.decide_report(reports.id, decision, 'It insults the client.')
  from public.reports where reports.subject::text = decide.subject order by reports.created_at limit 1;
$$;
/* What somebody reads below the review, and where the page of a report leads back to; nothing of who can't report it. */
create function tests.to_report(name text) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as(name);
  select concat_ws(' | ', author_name, body, coach_slug, booking_id is not null, is_reported) into v_line from public.reply_to_report(tests.id('hers'));
  perform tests.as_admin();
  return v_line;
end;
$$;

/* -- who may ------------------------------------------------------------------------------------------------- */

select is(tests.report('dana'), 'RPNFD', 'where there is no reply there is none to report');
select is(tests.reply('You are a fool, Danielle.'), 'done', 'the coach has replied');
select is(tests.report('maria'), 'RPNFD', 'nobody reports what they wrote');
select is(tests.report('dana', review => 'of dana'), 'RPNFD', 'of what a coach wrote there is no reply');
select is(tests.to_report('dana'), 'Maria Example | You are a fool, Danielle. | maria | t | f', 'its page shows it, and leads who wrote the review back to the session');
select is(tests.to_report('zoe'), 'Maria Example | You are a fool, Danielle. | maria | f | f', 'and another to the coach');
select is(tests.to_report('maria'), null, 'the coach has none');
select is(tests.report('dana'), 'done', 'who wrote the review reports the reply to it');
select is(tests.report('dana'), 'RPTWO', 'once');
select is(tests.report('zoe'), 'done', 'so does anybody who reads it');
select is(tests.report('zoe', 'review'), 'done', 'the review is another thing');
select is(tests.to_report('zoe'), 'Maria Example | You are a fool, Danielle. | maria | f | t', 'and the page knows that they have');
update public.reports set created_at = now() - interval '1 minute' where reporter_id = tests.id('dana');
select tests.sign_out();
select throws_ok($$ select from public.reply_to_report(tests.id('hers')) $$, '42501', null, 'a visitor does not');
select tests.as_admin();
select results_eq(
  $$ select words, author, reporter, times_reported from admin.moderation_queue where subject = 'reply' order by reporter $$,
  $$ values
    (E'You are a fool, Danielle.\n\nTo 1.00 of 5: Clear, kind and to the point.', 'Maria Example', 'Dana Example', 2::bigint),
    (E'You are a fool, Danielle.\n\nTo 1.00 of 5: Clear, kind and to the point.', 'Maria Example', 'Zoe Example', 2::bigint) $$,
  'an admin reads it with what it answers'
);

-- Given back, the review is shown to the two alone; its author still reads the reply.
update public.bookings set status = 'no_show_coach' where id = tests.id('held');
select is(tests.to_report('zoe'), null, 'who does not read it any more can''t report it');
select isnt(tests.to_report('dana'), null, 'its author can');
update public.bookings set status = 'completed' where id = tests.id('held');
select private.refresh_listing(tests.coach_id('maria'));

/* -- the decision ---------------------------------------------------------------------------------------------- */

/* Whether the mail to Dana that she was answered would leave. */
create function tests.is_told_of_reply() returns boolean language sql as $$
  select private.mail_work(id) is not null from public.notifications where kind = 'review_replied' and channel = 'mail' and recipient_id = tests.id('dana');
$$;
select is(tests.is_told_of_reply(), true, 'its reader is told of it');
select tests.decide('reply', 'keep');
select is((select private.shown_reply(reviews) from public.reviews where id = tests.id('hers')), 'You are a fool, Danielle.', 'kept, it stays');
select tests.decide('reply', 'remove');
select tests.sign_out();
select results_eq(
  $$ select body, rating, reply, is_reply_removed, is_counted from public.coach_reviews(tests.coach_id('maria')) $$,
  $$ values ('Clear, kind and to the point.', 1.00, null, true, true) $$, 'removed, nobody reads it; the review stays, and counts'
);
select tests.as_admin();
select is(tests.is_told_of_reply(), false, 'and nobody is told of it any more');
select tests.sign_in_as('dana');
select results_eq(
  $$ select reply, reply_removed_because, voided_by from public.session_reviews(tests.id('held')) where is_own $$,
  $$ values (null, 'It insults the client.', null) $$, 'its reader reads why'
);
select tests.sign_in_as('maria');
select results_eq(
  $$ select reply, reply_removed_because, may_reply, voided_by from public.received_reviews() $$,
  $$ values (null, 'It insults the client.', false, null) $$, 'so does who wrote it'
);
select tests.as_admin();
select is((select review_count from public.coach_listings), 1, 'and search counts the review');
select is(tests.reply('And another thing.'), 'RVRPT', 'there is no second reply');
select is(tests.report('zoe'), 'RPNFD', 'nor is it reported again');
select is(
  (select string_agg(profiles.first_name, ' ' order by profiles.first_name, notifications.version)
   from public.notifications join public.profiles on profiles.id = notifications.recipient_id
   where notifications.kind = 'report_decided' and notifications.channel = 'mail'),
  'Dana Dana Zoe Zoe', 'whoever reported it is told of each decision, the author of the review, too'
);
select is(
  (select private.mail_work(id) -> 'decision' from public.notifications
   where kind = 'report_decided' and channel = 'mail' and recipient_id = tests.id('dana') and version = 3),
  '{"subject": "reply", "is_removed": true, "is_author": false, "reason": "It insults the client."}'::jsonb, 'with the reason'
);
select is(
  (select count(*) from private.report_decisions join public.reports on reports.id = report_decisions.report_id where reports.subject = 'reply'), 4::bigint,
  'and each is written down'
);

-- The review is decided about by itself.
select is((select count(*) from admin.moderation_queue where subject = 'review'), 1::bigint, 'the report of the review waits as before');
select tests.decide('review', 'remove');
select tests.decide('reply', 'keep');
select results_eq(
  $$ select removed_at is null, reply_removed_at is null from public.reviews where id = tests.id('hers') $$,
  'values (false, true)', 'put back, it is as it was, whatever became of the review'
);

-- What is removed is kept for an admin who thinks again, and names nobody who has left.
select tests.decide('reply', 'remove');
update public.profiles set first_name = 'Danielle' where id = tests.id('dana');
select private.forget_clerk_user('user_dana');
select is((select reply from public.reviews where id = tests.id('hers')), 'You are a fool, A former member.', 'who left is not named in it');

select * from finish();
rollback;
