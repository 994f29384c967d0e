/*
 * Whatever happens in whatever order, what is shown is what there is: after each of many random steps a coach's
 * figures are compared with a count that is made otherwise, step by step, from the bare rows.
 */
begin;
select plan(5);

select setseed(0.42);
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_profile('client ' || n) from generate_series(1, 6) as n;

-- Four months of sessions, one every other day, with a few clients.
create temp table sessions (n integer, name text, client text, coach text);
insert into sessions
select n, 'session ' || n, 'client ' || (1 + floor(random() * 6)), (array['maria', 'lena'])[1 + floor(random() * 2)]
from generate_series(1, 40) as n;
select count(tests.book(name, client => client, offer => coach || '''s hour', starts_at => now() - make_interval(days => 2 * n, hours => 2), status => 'completed')) from sessions;

/* The same count by a loop over plain rows, which asks none of our functions. */
create function tests.recount(coach text, out reviews integer, out total integer) language plpgsql as $$
declare
  v_review record;
  v_seen uuid[] := '{}';
begin
  reviews := 0;
  total := 0;
  for v_review in
    select one.*, bookings.status as session_status, orders.amount_cents,
      coalesce((select sum(refunds.amount_cents) from public.refunds where refunds.order_id = orders.id and refunds.status <> 'failed'), 0) as back_cents
    from public.reviews as one
    join public.bookings on bookings.id = one.booking_id
    join public.orders on orders.id = bookings.order_id
    where one.coach_id = tests.coach_id(coach)
    order by one.created_at desc, one.id desc
  loop
    continue when v_review.author_party <> 'client' or v_review.published_at is null or v_review.removed_at is not null
      or v_review.session_status <> 'completed' or v_review.back_cents >= v_review.amount_cents
      or v_review.author_id = any (v_seen);
    v_seen := v_seen || v_review.author_id;
    reviews := reviews + 1;
    total := total + v_review.market_rating + v_review.advice_rating + v_review.worth_rating;
  end loop;
end;
$$;

create temp table steps (n integer, step text, is_right boolean, is_on_page boolean);

/* One thing that can happen to a session or its reviews. */
create function tests.happen(step text, session sessions) returns void language plpgsql as $$
declare
  v_id uuid := tests.id((session).name);
  v_report uuid;
begin
  case step
    when 'client writes', 'coach writes' then
      -- The day after, and long after whatever the two wrote before.
      perform tests.move_booking((session).name, now() - interval '1 day' + make_interval(secs => (session).n));
      update public.reviews set created_at = now() - interval '31 days' - make_interval(days => 2 * sessions.n)
      from sessions
      where reviews.booking_id = tests.id(sessions.name) and reviews.created_at = now()
        and sessions.coach = (session).coach and sessions.client = (session).client;
      perform tests.sign_in_as(case step when 'client writes' then (session).client else (session).coach end);
      begin
        if step = 'client writes' then
          perform public.review_coach(v_id, ceil(random() * 5)::integer, ceil(random() * 5)::integer, ceil(random() * 5)::integer, 'Clear, kind and to the point.');
        else
          perform public.review_client(v_id, 3, 4, 5, 'Came with the numbers ready.');
        end if;
      exception when sqlstate 'RVTWO' or sqlstate 'RVREF' or sqlstate 'RVEAR' then
        null; -- Refused, as it should be: tests of their own say when.
      end;
      perform tests.as_admin();
    when 'time passes' then
      perform tests.move_booking((session).name, now() - interval '9 days' - make_interval(days => 2 * (session).n));
      perform private.publish_due_reviews();
    when 'refund' then
      insert into public.refunds (order_id, payment_id, booking_id, reason, amount_cents)
      select payments.order_id, payments.id, v_id, 'admin_cancelled', (array[2500, 10000])[1 + floor(random() * 2)]
      from public.payments where payments.order_id = tests.order_id((session).name)
      on conflict do nothing;
    when 'refund fails' then
      update public.refunds set status = 'failed', settled_at = now() where booking_id = v_id;
    when 'no-show' then
      if private.move_booking(v_id, '{completed}', 'no_show_client', 'system') then
        perform private.refresh_listing(tests.coach_id((session).coach));
      end if;
    when 'settled' then
      if private.move_booking(v_id, '{no_show_client}', 'completed', 'admin') then
        perform private.refresh_listing(tests.coach_id((session).coach));
      end if;
    when 'removed', 'put back' then
      for v_report in
        insert into public.reports (reporter_id, subject, subject_id, reason)
        select tests.id((session).coach), 'review', reviews.id, 'It names somebody.' from public.reviews where reviews.booking_id = v_id
        on conflict (reporter_id, subject, subject_id) where decided_at is null do update set reason = excluded.reason
        returning id
      loop
        perform admin.decide_report(v_report, case step when 'removed' then 'remove' else 'keep' end::public.report_decision, 'As it was looked at.');
      end loop;
    when 'leaves' then
      update public.reviews set author_name = 'A former member' where booking_id = v_id;
  end case;
end;
$$;

do $$
declare
  v_step text;
  v_session sessions;
begin
  for n in 1 .. 200 loop
    v_step := (array['client writes', 'client writes', 'client writes', 'coach writes', 'coach writes', 'time passes', 'time passes', 'refund', 'refund fails', 'no-show', 'settled', 'removed', 'put back', 'leaves'])[1 + floor(random() * 14)];
    select * into v_session from sessions order by random() limit 1;
    perform tests.happen(v_step, v_session);

    insert into steps
    select n, v_step,
      bool_and((listing.review_count, listing.rating_total) = (counted.reviews, counted.total)
        and listing.rating_average is not distinct from round(counted.total / nullif(3.0 * counted.reviews, 0), 2)),
      bool_and((summary.review_count, summary.rating_average) is not distinct from (listing.review_count, listing.rating_average)
        and (select coalesce(sum(stars), 0) from unnest(summary.counts_by_star) as stars) = listing.review_count)
    from unnest(array['maria', 'lena']) as coach
    join public.coach_listings as listing on listing.coach_id = tests.coach_id(coach)
    cross join lateral tests.recount(coach) as counted
    cross join lateral public.review_summary(listing.coach_id) as summary;
  end loop;
end;
$$;

select is_empty('select n, step from steps where not is_right', 'after every step what search has is the recount');
select is_empty('select n, step from steps where not is_on_page', 'and what the page says');
select cmp_ok((select count(*) from public.reviews where author_party = 'client'), '>', 12::bigint, 'clients wrote');
select cmp_ok((select count(*) from public.reviews where private.review_voided_by(reviews) is not null), '>', 3::bigint, 'some of it counts no more');
select cmp_ok((select sum(review_count) from public.coach_listings), '>', 2::bigint, 'and some does');

select * from finish();
rollback;
