/* Anyone reports what they can see, an admin decides, and nobody decides for themselves. */
begin;
select no_plan();

-- Dana and Maria have reviewed each other; Omar's of Maria is not shown yet. Zoe has to do with neither.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria');
select tests.book('dana''s', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'completed');
select tests.remember('of maria', tests.review_as('dana', 'dana''s', 1));
select tests.remember('of dana', tests.review_as('maria', 'dana''s', 2));
select tests.remember('waiting', tests.review_as('omar', 'omar''s', 5));

/* What comes of it when somebody reports a review. */
create function tests.report(name text, review text, reason text default 'It names one of my clients.') returns text language plpgsql as $$
declare
  v_code text := 'done';
  v_id uuid;
begin
  perform tests.sign_in_as(name);
  begin
    v_id := public.report('review', tests.id(review), reason);
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  if v_id is not null then
    perform tests.remember(name || ' on ' || review, v_id);
  end if;
  return v_code;
end;
$$;
/* What an admin decides about a report. */
create function tests.decide(report text, decision public.report_decision, reason text default 'It tells how a session went.') returns text language plpgsql as $$
begin
  perform admin.decide_report(tests.id(report), decision, reason);
  return 'done';
exception when others then
  return sqlstate;
end;
$$;
/* To whom a kind was told, and how often. */
create function tests.told(kind text) returns text language sql as $$
  select coalesce(string_agg(profiles.first_name, ' ' order by profiles.first_name, notifications.version), '')
  from public.notifications join public.profiles on profiles.id = notifications.recipient_id
  where notifications.kind = told.kind;
$$;

/* -- who may ------------------------------------------------------------------------------------------ */

select is(tests.report('dana', 'of maria'), 'RPNFD', 'nobody reports what they wrote');
select is(tests.report(name, 'waiting'), 'RPNFD', 'nor what is not shown') from unnest(array['maria', 'zoe']) as name;
select is(tests.report('zoe', 'of dana'), 'RPNFD', 'nor what they can''t see');
select is(tests.report('una', 'of maria'), 'UPONB', 'nor before they have said who they are');
select is(tests.report('maria', 'of maria', reason), 'RPWRD', 'a report says what is wrong') from unnest(array['', 'It is bad', repeat('a', 1001), null]) as reason;
select tests.sign_out();
select throws_ok($$ select public.report('review', tests.id('of maria'), 'It is about somebody else.') $$, '42501', null, 'a visitor does not report');
select tests.as_admin();
select is_empty('select from public.reports', 'nothing of all that was kept');

select is(tests.report('maria', 'of maria', 'She gave one star for no reason.'), 'done', 'a coach reports what is written about them');
select is(tests.report('maria', 'of maria'), 'RPTWO', 'once');
select is(tests.report('zoe', 'of maria'), 'done', 'so does anybody who reads it');
select is(tests.report('dana', 'of dana'), 'done', 'and a client what a coach wrote about them');
select is((select count(*) from public.reviews where removed_at is null), 3::bigint, 'a report alone changes nothing');
select is((select review_count from public.coach_listings), 1, 'nor does it count less');

-- What the page shows before that.
create function tests.to_report(name text, review text) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as(name);
  select concat_ws(' ', author_name, rating, coach_slug, booking_id is not null, is_reported) into v_line from public.review_to_report(tests.id(review));
  perform tests.as_admin();
  return v_line;
end;
$$;
select is(tests.to_report('zoe', 'of maria'), 'Dana E. 1.00 maria f t', 'it is shown to who reports it, and that they have');
select is(tests.to_report('omar', 'of maria'), 'Dana E. 1.00 maria f f', 'to another, that they have not');
select is(tests.to_report('maria', 'of maria'), 'Dana E. 1.00 maria t t', 'and to one of the two with its session');
select is(tests.to_report(name, review), null, 'nobody is shown what they can''t report')
from (values ('dana', 'of maria'), ('zoe', 'of dana'), ('zoe', 'waiting')) as shown (name, review);

-- Ten a day.
insert into public.reports (reporter_id, subject, subject_id, reason) select tests.id('zoe'), 'review', gen_random_uuid(), 'It is about somebody else.' from generate_series(1, 9);
select tests.let_reviews_run_out('omar''s');
select is(tests.report('zoe', 'waiting'), 'RPMNY', 'nobody reports everything');
update public.reports set created_at = now() - interval '1 day' where reporter_id = tests.id('zoe');
select is(tests.report('zoe', 'waiting'), 'done', 'the next day they may again');
delete from public.reports where subject_id not in (select id from public.reviews);

/* -- who sees it -------------------------------------------------------------------------------------- */

select policies_are('public', 'reports', array['People can view what they reported']);
select policies_are('private', 'report_decisions', array['Nobody reads decisions over the API']);
select tests.sign_in_as('maria');
select results_eq('select subject_id from public.reports', array[tests.id('of maria')], 'people see what they reported, and not who else did');
select tests.refuses_columns('public.reports', 'reporter_id');
select tests.refuses_writes('public.reports');
select tests.refuses_reads('private.report_decisions');
select throws_ok($$ select admin.decide_report(gen_random_uuid(), 'remove', 'I do not like it.') $$, '42501', null, 'a coach does not decide');
select tests.sign_in_as('dana');
select results_eq('select subject_id from public.reports', array[tests.id('of dana')], 'the author does not see who reported them');
select tests.sign_out();
select tests.refuses_reads('public.reports');
select tests.refuses_writes('public.reports');
select tests.as_admin();

/* -- the queue ------------------------------------------------------------------------------------------ */

select results_eq(
  $$ select report_id, words, author, reporter, reason, times_reported from admin.moderation_queue where subject_id = tests.id('of maria') order by reporter $$,
  $$ values
    (tests.id('maria on of maria'), '1.00 of 5: Clear, kind and to the point.', 'Dana Example', 'Maria Example', 'She gave one star for no reason.', 2::bigint),
    (tests.id('zoe on of maria'), '1.00 of 5: Clear, kind and to the point.', 'Dana Example', 'Zoe Example', 'It names one of my clients.', 2::bigint) $$,
  'an admin reads what it says, of whom it is, who objects and why'
);
select is((select count(*) from admin.moderation_queue), 4::bigint, 'of each report');

/* -- the decision ----------------------------------------------------------------------------------------- */

select is(tests.decide('maria on of maria', 'keep', reason), 'RPWHY', 'a decision has a reason') from unnest(array['', 'No.', repeat('a', 1001)]) as reason;
select is(tests.decide('maria on of maria', 'keep', null), '23502', 'not none');
select throws_ok($$ select admin.decide_report(gen_random_uuid(), 'keep', 'It tells how a session went.') $$, 'RPNFD', null, 'of a report that there is');
select is(tests.decide('maria on of maria', 'keep', 'That it is negative is no reason to remove it.'), 'done', 'it stays');
select is((select count(*) from admin.moderation_queue where subject_id = tests.id('of maria')), 0::bigint, 'all reports of it are decided');
select is((select removed_at from public.reviews where id = tests.id('of maria')), null, 'it is still there');
select is(tests.told('review_decided'), 'Dana Maria', 'whoever wrote it and whom it is of are told');
select is(tests.told('report_decided'), 'Zoe', 'as is who reported it; whom it is of hears of it once');
select is(
  (select private.mail_work(id) -> 'decision' from public.notifications where kind = 'review_decided' and recipient_id = tests.id('dana')),
  '{"subject": "review", "is_removed": false, "is_author": true, "reason": "That it is negative is no reason to remove it."}'::jsonb,
  'with the reason'
);

-- Thought over again.
select is(tests.decide('maria on of maria', 'remove', 'It names somebody who is not part of this.'), 'done', 'an admin may decide otherwise later');
select results_eq('select removed_at from public.reviews where removed_at is not null', array[now()], 'what is removed is so from now on');
select is((select review_count from public.coach_listings where coach_id = tests.coach_id('maria')), 1, 'and counts no more: only Omar''s does');
select tests.sign_out();
select results_eq($$ select author_name from public.coach_reviews(tests.coach_id('maria')) $$, array['Omar E.'], 'nobody finds it on her page');
select tests.sign_in_as('dana');
select results_eq(
  $$ select is_own, voided_by, removed_because from public.session_reviews(tests.id('dana''s')) $$,
  $$ values (true, 'removed', 'It names somebody who is not part of this.'), (false, null, null) $$,
  'its author sees that, and why'
);
select tests.sign_in_as('maria');
select results_eq(
  $$ select voided_by, removed_because from public.received_reviews() where booking_id = tests.id('dana''s') $$,
  $$ values ('removed', 'It names somebody who is not part of this.') $$, 'so does the coach'
);
select throws_ok($$ select public.reply_to_review(tests.id('of maria'), 'Thank you.') $$, 'RVNFD', null, 'who can''t reply to it any more');
select tests.as_admin();
select is(tests.report('omar', 'of maria'), 'RPNFD', 'nor is it reported again');
select is(tests.told('review_decided'), 'Dana Dana Maria Maria', 'both are told again');
select is(tests.told('report_decided'), 'Zoe Zoe', 'and who had read that it stays');
select is(
  (select private.mail_work(id) -> 'decision' ->> 'is_removed' from public.notifications where kind = 'report_decided' and recipient_id = tests.id('zoe') and version = 3),
  'true', 'what was decided last'
);
select is_empty(
  $$ select kind, version from public.notifications as notice
     where kind in ('review_decided', 'report_decided') and channel = 'mail' and private.mail_work(id) is not null
       and version < (select max(version) from public.notifications as other
         where other.kind = notice.kind and other.recipient_id = notice.recipient_id and other.subject_id = notice.subject_id) $$,
  'and only that, where the decision before it waits to leave'
);

select is(tests.decide('zoe on of maria', 'keep', 'The name is a street, not a person.'), 'done', 'and put back');
select is((select review_count from public.coach_listings where coach_id = tests.coach_id('maria')), 2, 'it counts as before');
select is(tests.decide('maria on of maria', 'keep', 'The name is a street, as was said.'), 'done', 'once more');
select is(tests.told('report_decided'), 'Zoe Zoe Zoe', 'and who knows that already is not told again');
select results_eq(
  $$ select decision::text from private.report_decisions where decided_by = session_user order by id $$, array['keep', 'keep', 'remove', 'remove', 'keep', 'keep', 'keep'],
  'every decision stays, and who made it'
);
select throws_ok($$ update private.report_decisions set reason = 'Because.' $$, 'RPFIX', null, 'none is changed');
select throws_ok('delete from private.report_decisions', 'RPFIX', null, 'or deleted');
select throws_ok('truncate private.report_decisions', 'RPFIX', null, 'or all of them');

-- What a coach wrote about a client is removed like any other.
select is(tests.decide('dana on of dana', 'remove', 'It insults the client.'), 'done', 'a coach''s, too');
select results_eq('select id from public.reviews where removed_at is not null', array[tests.id('of dana')], 'is removed');

/* -- a person who leaves ------------------------------------------------------------------------------------ */

update public.reports set reason = 'Dana Example wrote about my client.' where id = tests.id('maria on of maria');
select private.forget_clerk_user('user_dana');
select private.forget_clerk_user('user_zoe');
select results_eq(
  'select reason from public.reports order by reason', array['A former member wrote about my client.', 'Removed with the account.', 'Removed with the account.', 'Removed with the account.'],
  'reports stay, without the names and words of those who left'
);

select * from finish();
rollback;
