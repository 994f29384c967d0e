/* What happens besides messages tells the browsers of its thread to look: once, no others, and without ever being in the way. */
begin;
select no_plan();

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach('maria');
select tests.create_offer('strategy hour', coach => 'maria');
-- Omar's thread, in which nothing happens.
select tests.sign_in_as('omar');
select public.start_conversation(tests.coach_id('maria'));
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();

/* How often Dana's thread was told to look since the last time; another transaction begins. */
create function tests.told() returns bigint language sql as $$
  with gone as (
    delete from realtime.messages where event = 'activity' returning topic, private, payload
  ), next as (
    select set_config('walkthrough.told_threads', '', true)
  )
  select count(*) filter (
    where topic = 'conversation:' || tests.conversation_id('dana', 'maria') and private and payload - 'id' = '{}'
  ) - count(*) filter (where topic <> 'conversation:' || tests.conversation_id('dana', 'maria'))
  from gone, next;
$$;

select is(tests.told(), 0::bigint, 'a thread by itself is no activity');
select tests.book('waits', client => 'dana', offer => 'strategy hour', status => 'held');
select is(tests.told(), 0::bigint, 'nor is a time that is only held');
select tests.pay('waits');
select is(tests.told(), 1::bigint, 'what is booked and paid at once is told once');
select private.set_time(bookings, 'coach', bookings.starts_at + interval '1 day', 'Rain') from public.bookings;
select is(tests.told(), 1::bigint, 'a move is told');
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('waits'), 10000);
select tests.as_admin();
select is(tests.told(), 1::bigint, 'and a cancellation');
update public.refunds set status = 'succeeded', settled_at = now();
select is(tests.told(), 1::bigint, 'and what went back');
update public.refunds set status = 'succeeded';
select is(tests.told(), 0::bigint, 'once');

select tests.book_series('weekly', client => 'dana', offer => 'strategy hour', starts => array[tests.on_day(8), tests.on_day(15), tests.on_day(22), tests.on_day(29)]);
select cmp_ok((select count(*) from public.booking_events where after = 'confirmed' and created_at = now()), '>', 3::bigint, 'several sessions');
select is(tests.told(), 1::bigint, 'that are booked in one transaction are told once');

select tests.book('over', client => 'dana', offer => 'strategy hour', status => 'completed');
select tests.told();
select tests.sign_in_as('dana');
select tests.review('over');
select tests.as_admin();
select is(tests.told(), 0::bigint, 'a review that waits for the other is not told of');
update public.reviews set published_at = now();
select is(tests.told(), 1::bigint, 'a published one is');
update public.reviews set reply = 'Thank you.', replied_at = now();
select is(tests.told(), 0::bigint, 'its reply stands elsewhere');
update public.reviews set removed_at = now();
select is(tests.told(), 1::bigint, 'one that is taken away is, too');

-- Without a thread, and without Realtime, all of it goes on.
alter function realtime.send(jsonb, text, text, boolean) rename to gone;
select tests.book('quiet', client => 'dana', offer => 'strategy hour', starts_at => tests.on_day(12));
select is((select status::text from public.bookings where id = tests.id('quiet')), 'confirmed', 'nobody who can''t be told undoes a booking');
alter function realtime.gone(jsonb, text, text, boolean) rename to send;
select is(tests.told(), 0::bigint, 'although nobody was told');

select * from finish();
rollback;
