/* Who may review whom, when, and what is refused. */
begin;
select plan(46);

-- Dana had sessions with Maria at several times. Zoe had none.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_profile('una', is_onboarded => false);
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('coming', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(3));
select tests.book('cancelled', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'cancelled');
select tests.book('a week ago', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '7 days' - interval '1 hour', status => 'completed');
select tests.book('almost', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '7 days' - interval '1 hour' + interval '1 second', status => 'completed');

/* Why somebody may not review a session. */
create function tests.refused(name text, booking text, code text, why text) returns text language plpgsql as $$
declare
  v_line text;
begin
  perform tests.sign_in_as(name);
  v_line := extensions.throws_ok(format('select tests.review(%L)', booking), code, null, why);
  perform tests.as_admin();
  return v_line;
end;
$$;

select tests.refused(name, 'coming', 'RVEAR', 'what has not been is not reviewed') from unnest(array['dana', 'maria']) as name;
select tests.refused(name, 'cancelled', 'RVEAR', 'nor what was cancelled') from unnest(array['dana', 'maria']) as name;
select tests.refused(name, 'a week ago', 'RVLAT', 'nor what ended a week ago') from unnest(array['dana', 'maria']) as name;
select tests.refused('zoe', 'held', 'OBNFD', 'nor by a stranger');
select tests.refused('una', 'held', 'UPONB', 'who has not said who they are does that first');
select tests.refused('nobody-yet', 'held', 'UPSGN', 'a person whom we have not seen is asked to sign in');

select tests.sign_in_as('dana');
select throws_ok($$ select public.review_client(tests.id('held'), 5, 5, 5, repeat('a', 20)) $$, 'OBNFD', null, 'a client does not write as the coach');
select throws_ok(format($$ select public.review_coach(tests.id('held'), %s, repeat('a', 20)) $$, stars), 'RVRAT', null, 'each question has one to five stars')
from unnest(array['0, 5, 5', '5, 6, 5', '5, 5, null']) as stars;
select throws_ok($$ select tests.review('held', body => 'Nice.') $$, 'RVBOD', null, 'a review has 20 characters');
select throws_ok($$ select tests.review('held', body => repeat(' ', 20) || 'Nice.') $$, 'RVBOD', null, 'blanks are none');
select throws_ok($$ select tests.review('held', body => null) $$, '23502', null, 'nothing is no text');
select throws_ok($$ select tests.review('held', body => repeat('a', 2001)) $$, 'RVBOD', null, 'and at most 2,000');
select throws_ok($$ select tests.review('held', note => repeat('a', 2001)) $$, 'RVNOT', null, 'as has the note to us');
select throws_ok($$ select public.review_coach(gen_random_uuid(), 5, 5, 5, repeat('a', 20)) $$, 'OBNFD', null, 'what is not there looks like what is not theirs');
select tests.sign_in_as('maria');
select throws_ok($$ select public.review_coach(tests.id('held'), 5, 5, 5, repeat('a', 20)) $$, 'OBNFD', null, 'nor a coach as the client');
select throws_ok(format($$ select public.review_client(tests.id('held'), %s, repeat('a', 20)) $$, stars), 'RVRAT', null, 'of a client neither')
from unnest(array['0, 5, 5', '5, 6, 5', '5, 5, null']) as stars;
select tests.sign_out();
select throws_ok($$ select public.review_coach(tests.id('held'), 5, 5, 5, repeat('a', 20)) $$, '42501', null, 'a visitor can''t');
select throws_ok($$ select public.review_client(tests.id('held'), 5, 5, 5, repeat('a', 20)) $$, '42501', null, 'nor about a client');
select tests.as_admin();
select is_empty('select from public.reviews', 'nothing of all that was kept');

select tests.sign_in_as('dana');
select lives_ok($$ select public.review_coach(tests.id('held'), 5, 4, 3, ' Clear, kind and to the point. ', ' Her line was noisy. ') $$, 'the client of a session that was held reviews it');
select throws_ok($$ select tests.review('held', 1) $$, 'RVTWO', null, 'once');
select tests.sign_in_as('maria');
select lives_ok($$ select public.review_client(tests.id('held'), 2, 3, 4, 'Came with her numbers ready.') $$, 'and its coach does');
select throws_ok($$ select tests.review('held', 1) $$, 'RVTWO', null, 'once');
select tests.as_admin();
select results_eq(
  'select author_party::text, author_name, author_id, client_id, coach_id, rating, body from public.reviews order by author_party',
  $$ values
    ('client', 'Dana E.', tests.id('dana'), tests.id('dana'), tests.coach_id('maria'), 4.00, 'Clear, kind and to the point.'),
    ('coach', 'Maria Example', tests.id('maria'), tests.id('dana'), tests.coach_id('maria'), 3.00, 'Came with her numbers ready.') $$,
  'as they were written, a client with first name and initial'
);
select results_eq('select market_rating::integer, advice_rating::integer, worth_rating::integer from public.reviews where author_party = ''client''', 'values (5, 4, 3)', 'each answer beside its question');
select results_eq('select preparation_rating::integer, openness_rating::integer, follow_through_rating::integer from public.reviews where author_party = ''coach''', 'values (2, 3, 4)', 'of the coach as well');
select results_eq('select note from private.review_notes', array['Her line was noisy.'], 'and the note for us, where there is one');

/* -- once in thirty days for the same two people ------------------------------------------------- */

select tests.refused(name, 'almost', 'RVMON', 'who has reviewed them does not again at once') from unnest(array['dana', 'maria']) as name;
select tests.create_coach('lena');
select tests.book('with lena', client => 'dana', offer => 'lena''s hour', status => 'completed');
select tests.sign_in_as('dana');
select lives_ok($$ select tests.review('with lena') $$, 'of somebody else they may');
select tests.as_admin();
update public.reviews set created_at = now() - interval '30 days' + interval '1 second' where coach_id = tests.coach_id('maria');
select tests.refused('dana', 'almost', 'RVMON', 'a second before thirty days are over neither');
update public.reviews set created_at = now() - interval '30 days' where coach_id = tests.coach_id('maria');
select tests.sign_in_as('dana');
select lives_ok($$ select tests.review('almost') $$, 'after them again, and a second before the week is over is in time');
select tests.as_admin();

/* -- what cost went back ---------------------------------------------------------------------------- */

select tests.create_profile('omar');
select tests.book('refunded', client => 'omar', offer => 'maria''s hour', status => 'completed');
insert into public.refunds (order_id, payment_id, booking_id, reason, amount_cents)
select payments.order_id, payments.id, tests.id('refunded'), 'admin_cancelled', 9999 from public.payments where payments.order_id = tests.order_id('refunded');
select is(private.review_refusal(bookings, 'client'), null, 'a part that went back is not all') from public.bookings where id = tests.id('refunded');
update public.refunds set amount_cents = 10000;
select tests.refused(name, 'refunded', 'RVREF', 'a session that was refunded is not reviewed') from unnest(array['omar', 'maria']) as name;
update public.refunds set status = 'failed';
select is(private.review_refusal(bookings, 'client'), null, 'a refund that failed is none') from public.bookings where id = tests.id('refunded');

/* -- who is asked ------------------------------------------------------------------------------------- */

select results_eq(
  $$ select recipient_id from public.notifications where kind = 'review_invitation' and booking_id = tests.id('held') order by recipient_id $$,
  $$ select unnest(array[tests.id('dana'), tests.id('maria')]) order by 1 $$,
  'both are asked for one'
);
select tests.book('next', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '3 hours', status => 'completed');
select results_eq(
  $$ select recipient_id from public.notifications where kind = 'review_invitation' and booking_id = tests.id('next') $$, array[tests.id('maria')],
  'who has reviewed the other a short while ago is not'
);
select tests.create_group_session('class', coach => 'lena');
select tests.schedule('date', 'lena', 'class');
select tests.take_seat('seat', 'omar', 'date');
select tests.move_date('date', now() - interval '4 hours');
select private.complete_bookings();
select results_eq(
  $$ select recipient_id from public.notifications where kind = 'review_invitation' and booking_id = tests.id('seat') $$, array[tests.id('omar')],
  'of a group session only who had a seat'
);

select * from finish();
rollback;
