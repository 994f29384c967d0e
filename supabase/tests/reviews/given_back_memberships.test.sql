/* A month of a membership is paid for as a whole: its sessions were given back when all of it was. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
select tests.remember('month', orders.id) from public.orders where orders.membership_id = tests.id('dana''s');
select tests.book_with_credit(name, 'dana', 'month', day) from (values ('reviewed', 3), ('other', 4)) as booked (name, day);
select tests.move_booking('reviewed', now() - interval '2 days');
select tests.move_booking('other', now() - interval '1 day');
select private.complete_bookings();
select tests.review_as('dana', 'reviewed', 4);
select private.publish_reviews(tests.id('reviewed'));

/* Whether it counts, in search and on the page; why not; and whether another session of the month can be reviewed. */
create function tests.stands() returns text language sql as $$
  select concat_ws(
    ' ', listing.review_count, summary.review_count, coalesce(private.review_voided_by(reviews), 'stands'),
    coalesce(private.review_refusal(bookings, 'client'), 'open')
  )
  from public.reviews, public.bookings, public.coach_listings as listing, public.review_summary(listing.coach_id) as summary
  where bookings.id = tests.id('other');
$$;
/* So many cents of the month go back. */
create function tests.give_back(cents integer) returns void language sql as $$
  insert into public.refunds (order_id, payment_id, reason, amount_cents, status, settled_at)
  select payments.order_id, payments.id, 'made_in_stripe', give_back.cents, 'succeeded', now() from public.payments;
$$;

update public.reviews set created_at = now() - interval '31 days';
select is(tests.stands(), '1 1 stands open', 'a session of a month that is paid for is reviewed');
select tests.give_back(19999);
select is(tests.stands(), '1 1 stands open', 'a part of the month is of no session: nothing is taken away');
select tests.give_back(1);
select is(tests.stands(), '0 0 given_back RVREF', 'all of it is of each');
update public.refunds set status = 'failed' where amount_cents = 1;
select is(tests.stands(), '1 1 stands open', 'a refund that failed is none');
delete from public.refunds;

insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
select payments.order_id, payments.id, 'dp_1', 'needs_response', 'general', 20000, now() from public.payments;
select is(tests.stands(), '1 1 stands open', 'what a bank has not decided is not lost');
update public.disputes set status = 'lost', lost_cents = 20000, closed_at = now();
select is(tests.stands(), '0 0 given_back RVREF', 'what it gave back is');

select * from finish();
rollback;
