/* A thread tells both what happened between them, found from the rows, and nobody else. */
begin;
select no_plan();

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.create_offer('strategy hour', coach => 'maria');
select tests.book('first', client => 'dana', offer => 'strategy hour');

create function tests.events(name text, first_seq bigint default null, last_seq bigint default null) returns text
language plpgsql as $$
declare
  v_events text;
begin
  perform tests.sign_in_as(name);
  select string_agg(kind || ' by ' || actor, ', ' order by happened_at, event_id) into v_events
  from public.conversation_events(tests.conversation_id('dana', 'maria'), events.first_seq, events.last_seq);
  perform tests.as_admin();
  return v_events;
end;
$$;
/* Time passes: all that has happened so far did so that many hours ago. */
create function tests.hours_ago(hours integer) returns void language sql as $$
  update public.booking_events set created_at = now() - make_interval(hours => hours) where created_at = now();
  update public.orders set paid_at = now() - make_interval(hours => hours) where paid_at = now();
$$;

select is(tests.events(name), 'booked by system, paid by client', format('%s reads that it was booked and paid', name))
from unnest(array['dana', 'maria']) as name;
select is(tests.events('zoe'), null, 'a stranger reads nothing');
select tests.hours_ago(5);

create function tests.say(name text, number integer, hours integer) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.send_message(
    tests.conversation_id('dana', 'maria'), ('00000000-0000-4000-8000-00000000000' || number)::uuid, 'Hello'
  );
  perform tests.as_admin();
  update public.messages set created_at = now() - make_interval(hours => hours) where created_at = now();
end;
$$;

select tests.say('dana', 1, 4);
select private.set_time(bookings, 'coach', bookings.starts_at + interval '1 day', 'Rain') from public.bookings;
select tests.hours_ago(3);
select tests.say('maria', 2, 2);
select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('first'), 10000);
select tests.as_admin();
update public.refunds set status = 'succeeded', settled_at = now() + interval '1 second';

select is(
  tests.events('maria'),
  'booked by system, paid by client, moved by coach, cancelled by client, refunded by system',
  'moves, cancellations and what went back follow, the latest last'
);
select is(tests.events('dana', 1, 1), 'booked by system, paid by client', 'the first page has what was before its last message');
select is(tests.events('dana', 2, 2), 'moved by coach', 'the next one what came after that');
select is(tests.events('dana', 3), 'cancelled by client, refunded by system', 'and the newest the rest: each stands on one page');

select tests.sign_in_as('dana');
select results_eq(
  format($$ select kind, starts_at = (select starts_at - interval '1 day' from public.bookings), from_at is not null
    from public.conversation_events(%L) where kind in ('booked', 'moved') order by kind $$, tests.conversation_id('dana', 'maria')),
  'values (''booked'', true, false), (''moved'', false, true)',
  'a booking says its time as it was then'
);
select tests.as_admin();

select tests.book('second', client => 'dana', offer => 'strategy hour', status => 'completed');
select tests.hours_ago(1);
select tests.sign_in_as('dana');
select tests.review('second');
select tests.as_admin();
select doesnt_match(tests.events('maria', 3), 'reviewed', 'a review that waits for the other is not told of');
update public.reviews set published_at = now() + interval '2 seconds';
select matches(tests.events('maria', 3), 'reviewed by client$', 'a published one is');
update public.reviews set removed_at = now();
select doesnt_match(tests.events('maria', 3), 'reviewed', 'a removed one is not');
update public.reviews set removed_at = null;
select matches(tests.events('maria', 3), 'reviewed by client$', 'put back, it is');
insert into public.refunds (order_id, payment_id, booking_id, reason, amount_cents)
select payments.order_id, payments.id, tests.id('second'), 'admin_cancelled', payments.amount_cents from public.payments where payments.order_id = tests.order_id('second');
select doesnt_match(tests.events('maria', 3), 'reviewed', 'nor is one of a session that was given back, which counts nowhere');

select tests.sign_out();
select throws_ok(
  format('select kind from public.conversation_events(%L)', gen_random_uuid()), '42501', null, 'a visitor asks for nothing'
);

select * from finish();
rollback;
