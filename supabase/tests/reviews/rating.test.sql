/* A coach's figures are a recount of the rows, whatever happened to them before. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'nina']) as name;
select tests.create_coach('maria');
select tests.book('dana''s', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '1 day', status => 'completed');
select tests.book('omar''s', client => 'omar', offer => 'maria''s hour', starts_at => now() - interval '2 days', status => 'completed');

select results_eq(
  'select rating_average, review_count, rating_score, sessions_held from public.coach_listings',
  'values (null::numeric, 0, 4.3000, 2)',
  'without reviews there is no average, and a score like the market''s'
);

select tests.review_as('dana', 'dana''s', 5);
select tests.sign_in_as('omar');
select public.review_coach(tests.id('omar''s'), 1, 2, 4, 'Late, and in a hurry to leave.');
select tests.as_admin();
select private.publish_reviews(booking_id) from public.reviews;
select results_eq(
  'select rating_average, review_count, rating_total, rating_score from public.coach_listings', 'values (3.67, 2, 22, 4.1190)',
  'two reviews: the mean of six answers, and a score pulled towards the market''s with the weight of five'
);
select results_eq(
  $$ select * from public.review_summary(tests.coach_id('maria')) $$,
  'values (2, 3.67, 3.00, 3.50, 4.50, array[1, 0, 0, 1, 0])',
  'each question has its mean, and each number of stars how many'
);

update public.reviews set worth_rating = 5 where author_id = tests.id('omar');
select results_eq('select rating_average, review_count from public.coach_listings', 'values (3.83, 2)', 'a review that is corrected counts as it is');

/* -- what does not count --------------------------------------------------------------------------- */

/* Figures in search, and on the page: they are never two. */
create function tests.shown() returns text language sql as $$
  select concat_ws(' ', listing.review_count, listing.rating_average, '|', summary.review_count, summary.rating_average)
  from public.coach_listings as listing, public.review_summary(listing.coach_id) as summary;
$$;
/* Why Omar's review does not count, as the coach reads it. */
create function tests.why() returns text language plpgsql as $$
declare
  v_why text;
begin
  perform tests.sign_in_as('maria');
  select voided_by into v_why from public.received_reviews() where author_name = 'Omar E.' and booking_id = tests.id('omar''s');
  perform tests.as_admin();
  return v_why;
end;
$$;
select is(tests.why(), null, 'it counts');

insert into public.refunds (order_id, payment_id, booking_id, reason, amount_cents)
select order_id, id, tests.id('omar''s'), 'admin_cancelled', 5000 from public.payments where order_id = tests.order_id('omar''s');
select is(tests.shown(), '2 3.83 | 2 3.83', 'half of the price went back: it counts');
insert into public.refunds (order_id, payment_id, booking_id, reason, amount_cents, status, settled_at)
select order_id, id, tests.id('omar''s'), 'coach_cancelled', 5000, 'succeeded', now() from public.payments where order_id = tests.order_id('omar''s');
select is(tests.shown(), '1 5.00 | 1 5.00', 'all of it: it counts no more');
select is(tests.why(), 'given_back', 'and says why');
update public.refunds set status = 'failed', settled_at = now() where amount_cents = 5000 and status = 'succeeded';
select is(tests.shown(), '2 3.83 | 2 3.83', 'a refund that fails brings it back');
delete from public.refunds;

insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
select order_id, id, 'dp_1', 'needs_response', 'general', amount_cents, now() from public.payments where order_id = tests.order_id('omar''s');
select is(tests.shown(), '2 3.83 | 2 3.83', 'what a bank has not decided is not lost');
update public.disputes set status = 'lost', lost_cents = 10000, closed_at = now();
select is(tests.shown(), '1 5.00 | 1 5.00', 'what it gave back is');
delete from public.disputes;
select is(tests.shown(), '2 3.83 | 2 3.83', 'and else counts');

-- What is decided about who came.
select private.move_booking(tests.id('omar''s'), '{completed}', 'no_show_coach', 'system');
select private.refresh_listing(tests.coach_id('maria'));
select is(tests.shown(), '1 5.00 | 1 5.00', 'a session that was missed is not reviewed');
select is(tests.why(), 'missed', 'and says why');
select private.move_booking(tests.id('omar''s'), '{no_show_coach}', 'completed', 'admin');
select private.refresh_listing(tests.coach_id('maria'));

/* -- the newest of each client counts --------------------------------------------------------------- */

select tests.age_reviews(31);
select tests.book('omar again', client => 'omar', offer => 'maria''s hour', starts_at => now() - interval '5 hours', status => 'completed');
select tests.review_as('omar', 'omar again', 3);
select is(tests.shown(), '2 3.83 | 2 3.83', 'a new one takes the place of the first when it is shown');
select private.publish_reviews(tests.id('omar again'));
select is(tests.shown(), '2 4.00 | 2 4.00', 'one voice for each client');
select is(tests.why(), 'newer', 'and the earlier says why it does not count');
select tests.sign_out();
select results_eq(
  $$ select author_name, rating, is_counted from public.coach_reviews(tests.coach_id('maria')) order by 1, 2 $$,
  $$ values ('Dana E.', 5.00, true), ('Omar E.', 2.67, false), ('Omar E.', 3.00, true) $$,
  'it is there to be read'
);
select tests.as_admin();
update public.reviews set removed_at = now() where booking_id = tests.id('omar again');
select is(tests.shown(), '2 3.83 | 2 3.83', 'what is removed gives the place back');
delete from public.reviews where author_id = tests.id('omar');
select is(tests.shown(), '1 5.00 | 1 5.00', 'what is deleted is gone');
delete from public.reviews;
select results_eq('select rating_average, review_count, rating_score from public.coach_listings', 'values (null::numeric, 0, 4.3000)', 'as is the last');

update public.coach_listings set review_count = 99, rating_total = 99, sessions_held = 99;
select private.refresh_listing(tests.coach_id('maria'));
select results_eq('select review_count, rating_total, sessions_held from public.coach_listings', 'values (0, 0, 3)', 'figures that were tampered with are set right');

/* -- the mean of all, by which search begins ---------------------------------------------------------- */

select private.refresh_rating_prior();
select results_eq('select rating_prior_average from private.platform_settings', array[4.30], 'without reviews it stays what it was');
select tests.create_coach(name) from unnest(array['lena', 'petra']) as name;
select tests.book(name || ' and nina', client => 'nina', offer => name || '''s hour', starts_at => now() - interval '1 day', status => 'completed') from unnest(array['lena', 'petra']) as name;
select tests.book('petra and omar', client => 'omar', offer => 'petra''s hour', starts_at => now() - interval '2 days', status => 'completed');
select tests.review_as('nina', 'lena and nina', 5);
select tests.review_as('nina', 'petra and nina', 3);
select tests.review_as('omar', 'petra and omar', 3);
select private.publish_reviews(booking_id) from public.reviews;
select private.refresh_rating_prior();
select results_eq('select rating_prior_average from private.platform_settings', array[3.67], 'it is the mean of all reviews, not of all coaches');
select results_eq(
  'select slug, rating_score from public.coach_listings join public.coaches on coaches.id = coach_id order by slug',
  $$ values ('lena', 3.8917), ('maria', 3.6700), ('petra', 3.4786) $$,
  'and every score follows it'
);
update private.platform_settings set rating_prior_weight = 1;
select results_eq('select rating_score from public.coach_listings where coach_id = tests.coach_id(''lena'')', array[4.3350], 'as it does the weight');
select tests.sign_out();
select results_eq('select slug from public.search_coaches()', array['lena', 'maria', 'petra'], 'search begins with the best score, with or without reviews');
select results_eq('select rating_prior_average, rating_prior_weight from public.platform_terms()', 'values (3.67, 1)', 'the page that explains it knows the numbers');
select tests.as_admin();

/* -- the other facts that search shows ------------------------------------------------------------------ */

delete from public.coach_listings where coach_id <> tests.coach_id('maria');
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
