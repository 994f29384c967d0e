/* Rules are rows: what happens is told as they say, and an edit that does not go together is refused. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* -- what is registered ---------------------------------------------------------------------------------- */

select is_empty(
  $$ select proname, told[1]
     from pg_proc, regexp_matches(prosrc, 'private\.notify(?:_parties)?\([^'';]*''([a-z_]+)''', 'g') as told
     where pronamespace in ('private'::regnamespace, 'public'::regnamespace)
       and not exists (
         select from private.notification_events
         where event = told[1] or told[1] like '%\_' and starts_with(event, told[1])
       ) $$,
  'whatever functions tell of is an event'
);
select is_empty(
  $$ select event from private.notification_events
     where event <> 'session_ends' and not exists (select from public.notification_rules as rules where rules.event = notification_events.event) $$,
  'and every event has rules'
);
select lives_ok(
  format('select private.due_notices(rules) from public.notification_rules as rules where event = %L', event),
  format('a scheduled event says when it is due: %s', event)
) from private.notification_events where earliest_minutes is not null;
select ok(
  prosrc like format('%%when ''%s'' then%%', condition), format('a condition is looked at: %s', condition)
) from private.notification_conditions, pg_proc where proname = 'is_still_true';

/* -- what happens ------------------------------------------------------------------------------------------ */

/* Who is told of an event, by which words, and how many minutes later. */
create function tests.told(event text) returns text[] language plpgsql as $$
begin
  delete from private.outbox;
  delete from public.notifications;
  perform private.notify_parties(tests.id('session'), told.event);
  return array(
    select concat_ws(' ', fixtures.name, notifications.kind, nullif((extract(epoch from outbox.run_after - now()) / 60)::integer, 0))
    from public.notifications
    join tests.fixtures on fixtures.id = notifications.recipient_id
    join private.outbox on outbox.dedupe_key = 'mail:' || notifications.id
    order by 1
  );
end;
$$;
select is(tests.told('calendar_clash'), array['dana calendar_clash', 'maria calendar_clash'], 'both are told at once');
update public.notification_rules set is_enabled = false where event = 'calendar_clash' and recipient = 'client';
select is(tests.told('calendar_clash'), array['maria calendar_clash'], 'one of them, when the other''s rule is off');
update public.notification_rules set offset_minutes = 30 where event = 'calendar_clash';
select is(tests.told('calendar_clash'), array['maria calendar_clash 30'], 'half an hour later, if the rule says so');
delete from public.notification_rules where event = 'calendar_clash';
select is(tests.told('calendar_clash'), '{}', 'nobody, without a rule');

select is(tests.told('booking_moved'), array['dana booking_moved', 'maria booking_moved'], 'by mail');
delete from public.notification_rules where event = 'booking_moved' and channel = 'in_app';
update public.notification_rules set channel = 'in_app' where event = 'booking_moved' and recipient = 'coach';
select is(tests.told('booking_moved'), array['dana booking_moved'], 'until the rule has another channel');
select results_eq(
  $$ select recipient_id, outbox.topic from public.notifications join private.outbox on (payload ->> 'notification_id')::uuid = notifications.id where channel = 'in_app' and kind = 'booking_moved' $$,
  $$ values (tests.id('maria'), 'in_app') $$, 'then in the app'
);
select throws_ok($$ update public.notification_rules set channel = 'sms' where event = 'booking_moved' $$, '22P02', null, 'there is no other');

-- An edit is about what is told from then on; a kind that is switched off stops what is on its way, too.
select private.notify_parties(tests.id('session'), 'booking_confirmed');
update public.notification_rules set is_enabled = false where event = 'booking_confirmed';
select results_eq($$ select distinct private.decision_of(notifications) from public.notifications where kind = 'booking_confirmed' $$, array['send'], 'what was written before a rule was switched off is told');
update public.notification_kinds set is_enabled = false where kind = 'booking_confirmed';
select results_eq($$ select distinct private.decision_of(notifications) from public.notifications where kind = 'booking_confirmed' $$, array['skip'], 'and is not, once its kind is');

-- Who coaches one is the client of another.
select tests.create_coach('lena');
select tests.book('lesson', client => 'maria', offer => 'lena''s hour');
select is(private.party_of(tests.id('maria'), tests.id('lesson'), tests.id('lesson')), 'client', 'a coach is a client where they booked');
select is(private.party_of(tests.id('maria'), tests.id('session'), tests.id('session')), 'coach', 'and the coach where they were booked');
select is(private.party_of(tests.id('maria'), tests.order_id('session'), null), 'coach', 'of an order too');
select is(private.party_of(tests.id('dana'), tests.conversation_id('dana', 'maria'), null), 'client', 'and of a conversation');

/* -- what does not go together ------------------------------------------------------------------------------ */

/* The sentence with which an edit of one rule of an event is refused. */
create function tests.refusal(event text, changes text) returns text language plpgsql as $$
declare
  v_message text := 'nothing';
begin
  begin
    execute format(
      'update public.notification_rules set %s where id = (select rules.id from public.notification_rules as rules where rules.event = %L order by kind limit 1)',
      changes, refusal.event
    );
    raise exception 'accepted' using errcode = 'ZZ000';
  exception
    when sqlstate 'NTRUL' then get stacked diagnostics v_message = message_text;
    when sqlstate 'ZZ000' then null;
  end;
  return v_message;
end;
$$;
create temp table edits (event text, changes text, sentence text);
insert into edits values
  ('session_starts', 'is_enabled = false', 'nothing'),
  ('session_starts', 'offset_minutes = -120', 'nothing'),
  ('session_starts', 'event = ''session_begins''', 'There is no event "session_begins".%'),
  ('session_starts', 'kind = ''hello''', 'There is no kind "hello".%'),
  ('session_starts', 'kind = ''credits_ending''', 'The words of "credits_ending" are not about "session_starts".'),
  ('booking_moved', 'kind = ''booking_cancelled''', 'The words of "booking_cancelled" are not about "booking_moved".'),
  ('review_due', 'recipient = ''coach''', '"review_due" is told to the client only.'),
  ('payout_failed', 'recipient = ''client''', '"payout_failed" is told to the coach only.'),
  ('booking_moved', 'offset_minutes = -10', '"booking_moved" is told when it happens%'),
  ('booking_moved', 'offset_minutes = 0', '"booking_moved" is told when it happens%'),
  ('session_starts', 'offset_minutes = null', 'offset_minutes of "session_starts" is between -43200 and -1%'),
  ('session_starts', 'offset_minutes = 15', 'offset_minutes of "session_starts" is between -43200 and -1%'),
  ('review_due', 'offset_minutes = 0', 'offset_minutes of "review_due" is between 1 and 43200%'),
  ('session_starts', 'kind = ''session_reminder'', offset_minutes = -60', 'A reminder within the hour%'),
  ('session_starts', 'kind = ''session_soon'', offset_minutes = -61', 'A reminder within the hour%'),
  ('session_starts', 'cancelled_by = null', 'Say in cancelled_by what makes it untrue: session_off.'),
  ('session_starts', 'cancelled_by = ''reviewed''', '"reviewed" says nothing of "session_starts".'),
  ('payout_failed', 'cancelled_by = ''reviewed''', '"reviewed" says nothing of "payout_failed".');
select ok(refusal like sentence, format('%s, %s: %s', event, changes, refusal)) from edits, tests.refusal(event, changes);
select throws_ok(
  $$ insert into public.notification_rules (event, kind, recipient, channel, offset_minutes, cancelled_by)
     select event, kind, recipient, channel, offset_minutes, cancelled_by from public.notification_rules where event = 'payout_failed' $$,
  'NTRUL', 'There is a rule like this one already.', 'a rule is not written twice'
);

select * from finish();
rollback;
