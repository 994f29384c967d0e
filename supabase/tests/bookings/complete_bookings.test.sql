begin;
select plan(5);

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('ended', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '1 hour');
select tests.book('running', client => 'dana', offer => 'maria''s hour', starts_at => now());
select tests.book('cancelled', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '5 hours', status => 'cancelled');
select tests.book('never paid', client => 'dana', offer => 'maria''s hour', starts_at => now() - interval '3 hours', status => 'held');

select private.complete_bookings();
select private.complete_bookings();

select results_eq(
  $$ select status, completed_at from public.bookings where id = tests.id('ended') $$,
  $$ values ('completed'::public.booking_status, now()) $$,
  'a confirmed session whose end has come is completed'
);
select set_eq(
  $$ select booking_id from public.booking_events where after = 'completed' $$, array[tests.id('ended')], 'no other is: not one that runs, was cancelled or never paid'
);
select is((select count(*) from public.booking_events where after = 'completed'), 1::bigint, 'and it is so once');
select results_eq(
  $$ select recipient_id, booking_id from public.notifications where kind = 'review_invitation' order by 1 $$,
  $$ select id, tests.id('ended') from unnest(array[tests.id('dana'), tests.id('maria')]) as id order by 1 $$,
  'both are asked for a review, once'
);
select results_eq('select sessions_held from public.coach_listings', array[1], 'the coach''s sessions are counted anew');

select * from finish();
rollback;
