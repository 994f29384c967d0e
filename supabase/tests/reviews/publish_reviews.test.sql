/* Both are shown together, or what there is after a week; and then there is one reply. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'nina']) as name;
select tests.create_coach('maria');
select tests.book('dana''s', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'completed');

/* Who was told of a kind about a session, in order. */
create function tests.told(kind text, booking text) returns text language sql as $$
  select coalesce(string_agg(profiles.first_name, ' ' order by profiles.first_name), '')
  from public.notifications
  join public.profiles on profiles.id = notifications.recipient_id
  where notifications.kind = told.kind and notifications.booking_id = tests.id(told.booking);
$$;

/* -- the second makes both public --------------------------------------------------------------- */

select tests.review_as('dana', 'dana''s', 4);
select is((select count(published_at) from public.reviews), 0::bigint, 'one alone waits');
select is((select review_count from public.coach_listings), 0, 'and does not count');
select is(tests.told('review_received', 'dana''s'), 'Maria', 'the coach is told that there is one');
select private.publish_due_reviews();
select is((select count(published_at) from public.reviews), 0::bigint, 'cron shows nothing before its time');
select tests.review_as('maria', 'dana''s', 2);
select results_eq('select distinct published_at from public.reviews', array[now()], 'with the second both are shown at the same moment');
select is((select review_count from public.coach_listings), 1, 'and the client''s counts');
select is(tests.told('review_published', 'dana''s'), 'Dana Maria', 'each is told that there is something to read');

-- The other way round, where the client is told.
select tests.review_as('maria', 'omar''s', 5);
select is(tests.told('review_received', 'omar''s'), 'Omar', 'a client is told that the coach has written');
select tests.move_booking('omar''s', now() - interval '7 days' - interval '1 hour' + interval '1 second');
select private.publish_due_reviews();
select is((select count(*) from public.reviews where published_at is null), 1::bigint, 'a second before the week is over it waits');
select tests.move_booking('omar''s', now() - interval '7 days' - interval '1 hour');
select private.publish_due_reviews();
select private.publish_due_reviews();
select is((select count(*) from public.reviews where published_at is null), 0::bigint, 'after it, it is shown');
select is(tests.told('review_published', 'omar''s'), 'Omar', 'once, and whom it is of is told');
select is((select review_count from public.coach_listings), 1, 'what a coach wrote counts nowhere');

-- Who can't write is not told that a review waits for theirs.
select tests.book('again', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '5 hours', status => 'completed');
update public.reviews set created_at = now() - interval '40 days' where author_party = 'client';
select tests.review_as('dana', 'again');
select is(tests.told('review_received', 'again'), '', 'who may not write, as they did so lately, is not asked to');

/* -- mails say what is true when they leave -------------------------------------------------------- */

select is(
  (select private.is_still_true(notifications) from public.notifications where kind = 'review_received' and booking_id = tests.id('dana''s')), false,
  'that one waits is not said once the other has written'
);

-- Numbers are those of the settings, whatever a mail's words were written with.
update private.platform_settings set review_reply_days = 12, review_window_days = 5;
select results_eq(
  $$ select recipient.first_name, (told.booking ->> 'reply_until')::timestamptz - now(), (told.booking ->> 'review_until')::timestamptz - bookings.ends_at
     from public.notifications
     join public.profiles as recipient on recipient.id = notifications.recipient_id
     join public.bookings on bookings.id = notifications.booking_id
     cross join lateral private.mail_booking(notifications) as told (booking)
     where notifications.booking_id = tests.id('dana''s') and notifications.channel = 'mail' and notifications.kind in ('review_published', 'review_received')
     order by notifications.kind, recipient.first_name $$,
  $$ values ('Dana', interval '12 days', interval '5 days'), ('Maria', '12 days', '5 days'), ('Maria', null, '5 days') $$,
  'a mail says until when one can write, and once there is a review, until when one can reply'
);
update private.platform_settings set review_reply_days = 30, review_window_days = 7;

/* -- the reply ------------------------------------------------------------------------------------- */

create temp table ids as
select (select id from public.reviews where booking_id = tests.id('dana''s') and author_party = 'client') as of_maria,
  (select id from public.reviews where booking_id = tests.id('dana''s') and author_party = 'coach') as of_dana,
  (select id from public.reviews where booking_id = tests.id('again')) as waiting;
grant select on ids to authenticated;
create function tests.reply(name text, review text, reply text default 'Thank you, Dana.') returns text language plpgsql as $$
declare
  v_code text := 'done';
  v_id uuid := (select case review when 'of maria' then of_maria when 'of dana' then of_dana when 'waiting' then waiting end from ids);
begin
  perform tests.sign_in_as(name);
  begin
    perform public.reply_to_review(v_id, reply);
  exception when others then
    v_code := sqlstate;
  end;
  perform tests.as_admin();
  return v_code;
end;
$$;
select is(tests.reply('dana', 'of maria'), 'RVNFD', 'the author does not reply to themselves');
select is(tests.reply('dana', 'of dana'), 'RVNFD', 'a client does not reply');
select is(tests.reply('maria', 'of dana'), 'RVNFD', 'nor a coach to their own');
select is(tests.reply('nina', 'of maria'), 'RVNFD', 'nor anybody else');
select is(tests.reply('maria', 'waiting'), 'RVNFD', 'nor to what is not shown');
select is(tests.reply('maria', 'of maria', reply), 'RVRPB', 'a reply says something') from unnest(array['', '  .  ', repeat('a', 1001)]) as reply;
update public.reviews set published_at = now() - interval '30 days' where id = (select of_maria from ids);
select is(tests.reply('maria', 'of maria'), 'RVRPL', 'thirty days after it was shown there is none');
update public.reviews set published_at = published_at + interval '1 second' where id = (select of_maria from ids);
/* Whether the page offers Maria to reply. */
create function tests.is_offered() returns boolean language sql as $$
  select private.may_reply(reviews) from public.reviews where id = (select of_maria from ids);
$$;
select ok(tests.is_offered(), 'until then it is offered');
update public.coaches set status = 'suspended' where slug = 'maria';
select is(tests.reply('maria', 'of maria'), 'OCSUS', 'a suspended coach answers nobody');
select ok(not tests.is_offered(), 'nor is offered to');
update public.coaches set status = 'approved' where slug = 'maria';
select is(tests.reply('maria', 'of maria'), 'done', 'a second before that there is');
select is(tests.reply('maria', 'of maria', 'And another thing.'), 'RVRPT', 'one');
select is(tests.told('review_replied', 'dana''s'), 'Dana', 'the author is told');
select tests.sign_out();
select results_eq($$ select reply from public.coach_reviews(tests.coach_id('maria')) where reply is not null $$, array['Thank you, Dana.'], 'and everybody reads it');
select throws_ok($$ select public.reply_to_review(gen_random_uuid(), 'Thank you.') $$, '42501', null, 'a visitor can''t reply');

/* -- a person who leaves ---------------------------------------------------------------------------- */

select tests.as_admin();
insert into private.review_notes select of_maria, 'Between us: she was late.' from ids;
select private.forget_clerk_user('user_dana');
select results_eq('select author_name, rating, body from public.reviews where id = (select of_maria from ids)', $$ values ('A former member', 4.00, 'Clear, kind and to the point.') $$, 'a review stays, without the name');
select is_empty('select from private.review_notes', 'what was only for us goes');
select is((select review_count from public.coach_listings), 1, 'and it counts as before');
select private.forget_clerk_user('user_maria');
select results_eq('select author_name from public.reviews where id = (select of_dana from ids)', array['A former coach'], 'so does what a coach wrote');

select * from finish();
rollback;
