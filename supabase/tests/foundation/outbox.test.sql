begin;
select plan(40);

-- Three rows of work: two are due, one is for later. Nobody is told of the address to wake yet.
select private.enqueue('test', 'first', '{"n": 1}', now() - interval '2 minutes');
select private.enqueue('test', 'second', '{"n": 2}', now() - interval '1 minute');
select private.enqueue('test', 'later', '{"n": 3}', now() + interval '1 second');
select private.enqueue('test', 'first', '{"n": 4}');
select results_eq(
  'select dedupe_key, payload ->> ''n'' from private.outbox order by id',
  $$ values ('first', '1'), ('second', '2'), ('later', '3') $$,
  'the same effect is noted once, as it was first'
);

create function tests.row(dedupe_key text) returns private.outbox language sql stable security definer as $$
  select * from private.outbox where outbox.dedupe_key = "row".dedupe_key;
$$;
grant execute on function tests.row to service_role;

/* -- claiming ---------------------------------------------------------------------------------------------- */

select tests.as_service();
select results_eq('select id, topic, attempts from public.claim_outbox(1, 30)', $$ select (tests.row('first')).id, 'test', 1 $$, 'the oldest due row is handed out');
select results_eq('select id from public.claim_outbox(10, 30)', $$ select (tests.row('second')).id $$, 'a row with a lease is not, nor one for later');
select is_empty('select from public.claim_outbox(10, 30)', 'then there is nothing');
select is((tests.row('first')).locked_until, now() + interval '30 seconds', 'the lease has an end');

select tests.as_admin();
update private.outbox set locked_until = now() where dedupe_key = 'first';
select tests.as_service();
select results_eq('select id, attempts from public.claim_outbox(10, 30)', $$ select (tests.row('first')).id, 2 $$, 'a worker that died loses its row to the next');

/* -- failing --------------------------------------------------------------------------------------------------- */

select public.fail_outbox((tests.row('first')).id, repeat('e', 600));
select results_eq(
  $$ select (r).status, (r).run_after, (r).locked_until, length((r).last_error) from (select tests.row('first') as r) as one $$,
  $$ values ('pending'::private.outbox_status, now() + interval '20 seconds', null::timestamptz, 500) $$,
  'a second failure waits twenty seconds, and says why'
);
select public.fail_outbox((tests.row('second')).id, 'slow down', retry_after_seconds => 77);
select is((tests.row('second')).run_after, now() + interval '77 seconds', 'a vendor that asks for time gets it');
select is((tests.row('second')).attempts, 0, 'and that attempt does not count');

select tests.as_admin();
create temp table backoff as select attempts, null::interval as wait, null::private.outbox_status as status from generate_series(1, 12) as attempts;
do $$
declare
  v_attempts integer;
begin
  for v_attempts in 1..12 loop
    update private.outbox set attempts = v_attempts, status = 'pending' where dedupe_key = 'later';
    perform public.fail_outbox(id, 'no') from private.outbox where dedupe_key = 'later';
    update backoff set wait = outbox.run_after - now(), status = outbox.status
    from private.outbox where outbox.dedupe_key = 'later' and backoff.attempts = v_attempts;
  end loop;
end;
$$;
select results_eq(
  'select extract(epoch from wait)::integer from backoff where attempts < 12 order by attempts',
  array[10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600],
  'each failure waits twice as long, up to an hour'
);
select results_eq($$ select attempts from backoff where status = 'failed' $$, array[12], 'the twelfth is the last');

select tests.as_service();
select public.fail_outbox((tests.row('second')).id, 'no such customer', is_permanent => true);
select is((tests.row('second')).status, 'failed', 'what no retry can help fails at once');
select tests.as_admin();
update private.outbox set run_after = now() - interval '1 hour', locked_until = null;
select tests.as_service();
select results_eq('select id from public.claim_outbox(10, 30)', $$ select (tests.row('first')).id $$, 'and is not handed out any more');

select tests.as_admin();
select private.enqueue('mail', 'kills its workers', '{}');
update private.outbox set attempts = 12, locked_until = now() + interval '1 second' where dedupe_key = 'kills its workers';
select tests.as_service();
select public.claim_outbox(10, 30);
select is((tests.row('kills its workers')).status, 'pending', 'the twelfth worker has its time');
select tests.as_admin();
update private.outbox set locked_until = now() where dedupe_key = 'kills its workers';
select tests.as_service();
select public.claim_outbox(10, 30);
select is((tests.row('kills its workers')).status, 'failed', 'when it dies too, nobody is sent after it');
select tests.as_admin();
delete from private.outbox where dedupe_key = 'kills its workers';
update private.outbox set locked_until = null;
select tests.as_service();

/* -- done --------------------------------------------------------------------------------------------------------- */

select public.complete_outbox((tests.row('first')).id, '{"answer": 1}');
select public.complete_outbox((tests.row('first')).id, '{"answer": 2}');
select public.fail_outbox((tests.row('first')).id, 'too late');
select results_eq(
  $$ select (r).status, (r).done_at, (r).result, (r).last_error, (r).locked_until from (select tests.row('first') as r) as one $$,
  $$ values ('done'::private.outbox_status, now(), '{"answer": 1}'::jsonb, null::text, null::timestamptz) $$,
  'what is done stays done, with the first answer'
);
select public.complete_outbox((tests.row('second')).id);
select is((tests.row('second')).status, 'done', 'a worker that was given up can still finish');

/* -- each kind of work ---------------------------------------------------------------------------------------------- */

-- Dana's session with Maria is cancelled: mails, a meeting to make and to delete, a refund.
select tests.as_admin();
delete from private.outbox;
select tests.create_host('host');
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');
select tests.book('abandoned', client => 'dana', offer => 'maria''s hour', starts_at => tests.on_day(9), status => 'expired');
update public.orders set stripe_checkout_session_id = 'cs_1' where id = tests.order_id('abandoned');

create function tests.work(topic text) returns jsonb language sql as $$
  select public.outbox_work(id) from private.outbox where outbox.topic = work.topic order by id desc limit 1;
$$;
create function tests.finish_work(topic text, result jsonb) returns void language sql as $$
  select public.complete_outbox(id, finish_work.result) from private.outbox where outbox.topic = finish_work.topic;
$$;

select is(tests.work('zoom.create_meeting') ->> 'host_id', 'host', 'a meeting to make');
select tests.finish_work('zoom.create_meeting', '{"zoom_meeting_id": "z", "join_url": "https://zoom.example/z"}');
select results_eq($$ select status::text from public.meetings $$, array['ready'], 'is ready when it is made');
select is(tests.work('zoom.set_recording'), '{"zoom_meeting_id": "z", "is_recorded": false}', 'a meeting of which nobody said whether it is recorded');
select tests.finish_work('zoom.set_recording', '{"is_recorded": false}');
insert into private.recordings (meeting_id, zoom_uuid, recorded_at, duration_minutes, bytes, removed_at)
values (tests.meeting_id('session'), 'run', now(), 50, 1, now());
select private.delete_at_zoom(id) from private.recordings;
select is(tests.work('zoom.delete_recording'), '{"zoom_uuid": "run"}', 'a recording to delete');
select tests.finish_work('zoom.delete_recording', '{}');
select is(tests.work('stripe.expire_checkout') ->> 'checkout_session_id', 'cs_1', 'a checkout to close');
select tests.finish_work('stripe.expire_checkout', tests.checkout_completed('abandoned') #> '{data,object}');
select results_eq($$ select status::text from public.orders where id = tests.order_id('abandoned') $$, array['paid'], 'is settled if it turns out to be paid');

select tests.sign_in_as('dana');
select public.cancel_booking(tests.id('session'), 10000);
select tests.as_admin();
select is(tests.work('zoom.delete_meeting') ->> 'zoom_meeting_id', 'z', 'a meeting to delete');
select tests.finish_work('zoom.delete_meeting', '{}');
select is(tests.work('stripe.refund') ->> 'gross_cents', '10000', 'money to return');
select tests.finish_work('stripe.refund', '{"id": "re_1", "status": "succeeded"}');
select results_eq('select status::text, stripe_refund_id from public.refunds', $$ values ('succeeded', 're_1') $$, 'is returned when Stripe says so');
select is(tests.work('mail') ->> 'kind', 'booking_cancelled', 'a mail to write');
select tests.finish_work('mail', '{"id": "mail_1"}');
select is_empty('select from public.notifications where sent_at is null', 'is sent when it is sent');
select tests.finish_work('stripe.read_charge', '{"fee_cents": 320}');
select is_empty('select from public.payments where fee_cents is distinct from 320', 'what Stripe took of a payment is kept when it was read');
select is_empty($$ select from private.outbox where status <> 'done' and topic <> 'zoom.create_meeting' $$, 'then nothing is left to do');
select is(public.outbox_work(-1), null, 'what is not there is no work');

/* -- who may ------------------------------------------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select throws_ok('select public.claim_outbox(1, 1)', '42501', null, 'people claim no work');
select throws_ok('select public.outbox_work(1)', '42501', null, 'read none');
select throws_ok('select public.complete_outbox(1)', '42501', null, 'complete none');
select throws_ok($$ select public.fail_outbox(1, 'x') $$, '42501', null, 'and fail none');
select throws_ok('select private.dispatch_outbox()', '42501', null, 'nor wake anybody');
select tests.sign_out();
select throws_ok('select public.claim_outbox(1, 1)', '42501', null, 'visitors claim no work');
select throws_ok('select public.outbox_work(1)', '42501', null, 'read none');
select throws_ok('select public.complete_outbox(1)', '42501', null, 'complete none');
select throws_ok($$ select public.fail_outbox(1, 'x') $$, '42501', null, 'and fail none');

select * from finish();
rollback;
