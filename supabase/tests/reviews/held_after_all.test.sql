/* A session that was taken for missed, and was held: both can review it from when that is settled. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'nina']) as name;
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.book('missed', client => 'omar', offer => 'maria''s hour', status => 'completed');
select tests.book('unclear', client => 'nina', offer => 'maria''s hour', status => 'completed');

/* Who was invited to review a session, and how often. */
create function tests.invited(booking text) returns text language sql as $$
  select string_agg(profiles.first_name || ' ' || notifications.version, ', ' order by profiles.first_name, notifications.version)
  from public.notifications
  join public.profiles on profiles.id = notifications.recipient_id
  where notifications.kind = 'review_invitation' and notifications.channel = 'mail' and notifications.booking_id = tests.id(invited.booking);
$$;
/* Why a party can't review a session; 'open' if they can. */
create function tests.refusal(booking text, party public.booking_actor) returns text language sql as $$
  select coalesce(private.review_refusal(bookings, refusal.party), 'open') from public.bookings where bookings.id = tests.id(refusal.booking);
$$;

-- Each was asked as it ended. Dana had written before it was said that she had waited alone.
select is(tests.invited('held'), 'Dana 1, Maria 1', 'both are asked as it ends');
update public.notifications set sent_at = now() where kind = 'review_invitation' and booking_id <> tests.id('unclear');
select tests.review_as('dana', 'held', 5);
select tests.know_who_came('held', 'coach_missing', is_settled => false);
select tests.know_who_came('missed', 'client_missing', is_settled => false);
select tests.know_who_came('unclear', 'coach_missing', is_settled => false);
select private.move_booking(tests.id(name), '{completed}', became::public.booking_status, 'system')
from (values ('held', 'no_show_coach'), ('missed', 'no_show_client'), ('unclear', 'no_show_coach')) as decided (name, became);
select tests.move_booking(name, now() - interval '9 days') from unnest(array['held', 'missed', 'unclear']) as name;

select is(tests.refusal('held', 'coach'), 'RVEAR', 'as long as it counts as missed neither writes');
select private.publish_due_reviews();
select is((select published_at from public.reviews), null, 'and what one wrote is not shown, since the other may yet write');

-- Nine days after its end.
select admin.settle_attendance(tests.id('held'), 'held', 'Her dial-in was found.');
select is(tests.refusal('held', 'coach'), 'open', 'held after all, it is reviewed from now on');
select is(tests.invited('held'), 'Dana 1, Maria 1, Maria 2', 'who has not written is asked again, once');
select private.invite_to_review(tests.id('held'), 2);
select is(tests.invited('held'), 'Dana 1, Maria 1, Maria 2', 'and not twice');
select private.publish_due_reviews();
select is((select published_at from public.reviews), null, 'the first waits for the other');
select tests.sign_in_as('maria');
select results_eq(
  $$ select booking_id, review_ends_at, is_awaited from public.reviews_due() $$,
  $$ select tests.id('held'), now() + interval '7 days', true $$,
  'their desk says so, for a week'
);
select lives_ok($$ select tests.review('held', 3) $$, 'and they write');
select tests.as_admin();
select is((select count(published_at) from public.reviews), 2::bigint, 'both are shown together');

-- A week later it is over.
update public.attendance_decisions set settled_at = now() - interval '7 days' + interval '1 second' where booking_id = tests.id('held');
delete from public.reviews;
select is(tests.refusal('held', 'client'), 'open', 'a second before the week is over they are in time');
update public.attendance_decisions set settled_at = now() - interval '7 days' where booking_id = tests.id('held');
select is(tests.refusal('held', 'client'), 'RVLAT', 'then it is too late');

-- What was missed stays unreviewed; what was said to be held all along has no other time than any.
select admin.settle_attendance(tests.id('missed'), 'client_missing', 'Nobody was found in the records.');
select is(tests.refusal('missed', 'coach'), 'RVEAR', 'a session that was missed is not reviewed');
select is(tests.invited('missed'), 'Maria 1, Omar 1', 'and nobody is asked again');
select admin.settle_attendance(tests.id('unclear'), 'unknown', 'Nobody can tell any more.');
select is(tests.refusal('unclear', 'client'), 'open', 'who can''t be said to have missed it writes, too');
select is(tests.invited('unclear'), 'Maria 1, Nina 1', 'who has still to get the first is not sent a second');
select tests.book('told', client => 'omar', offer => 'maria''s hour', status => 'completed');
select tests.know_who_came('told');
select tests.move_booking('told', now() - interval '8 days');
select is(tests.refusal('told', 'client'), 'RVLAT', 'of what nobody took for missed the week is that after its end');

select * from finish();
rollback;
