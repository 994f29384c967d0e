begin;
select plan(33);

select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* -- connecting -------------------------------------------------------------------------- */

select tests.connect_calendly('maria');
select is(
  (select count(*) from vault.decrypted_secrets where decrypted_secret in ('access maria', 'refresh maria')),
  2::bigint, 'both tokens are in the vault'
);
select is_empty(
  $$ select from private.calendly_connections where to_jsonb(calendly_connections)::text ~ '(access|refresh) maria' $$,
  'and nowhere in the row'
);
select throws_ok($$ select tests.connect_calendly('lena', account => 'maria') $$, 'KCTWO', null, 'an account is one coach''s');
select is_empty($$ select from vault.decrypted_secrets where decrypted_secret like '%lena' $$, 'and a refused one leaves no token');
select tests.create_profile('dana');
select throws_ok($$ select tests.connect_calendly('dana') $$, 'OCNON', null, 'only a practice has a calendar');

/* -- tokens ------------------------------------------------------------------------------ */

create function tests.claim(refused text default null) returns jsonb language sql as $$
  select public.claim_calendly_token(tests.coach_id('maria'), refused);
$$;
grant execute on function tests.claim(text) to service_role;

select tests.as_service();
select is(tests.claim(), '{"access_token": "access maria"}', 'a good token is given to all who ask');
select is(tests.claim() , '{"access_token": "access maria"}', 'as often as they ask');
create temp table first_claim as select tests.claim('access maria') as answer;
select is((select answer ->> 'refresh_token' from first_claim), 'refresh maria', 'one that was refused is refreshed by who finds it so');
select is(tests.claim('access maria'), '{"is_busy": true}', 'the next one waits: the refresh token is good once');
select ok(public.save_calendly_tokens(tests.coach_id('maria'), (select (answer ->> 'claim')::uuid from first_claim), 'second', 'next', 7200), 'what comes back is kept');
select is(tests.claim('access maria'), '{"access_token": "second"}', 'and given to those who waited');
select ok(not public.save_calendly_tokens(tests.coach_id('maria'), (select (answer ->> 'claim')::uuid from first_claim), 'third', 'stale', 7200), 'a claim is good once, too');

select tests.as_admin();
update private.calendly_connections set access_expires_at = now() + interval '30 seconds';
create temp table second_claim as select tests.claim() as answer;
select is((select answer ->> 'refresh_token' from second_claim), 'next', 'a token that is about to end is refreshed, with the one that came last');
select public.fail_calendly_refresh(tests.coach_id('maria'), (select (answer ->> 'claim')::uuid from second_claim), false);
create temp table third_claim as select tests.claim() as answer;
select ok((select answer ? 'claim' from third_claim), 'after a refresh that had no answer the next one tries at once');
update private.calendly_connections set refresh_expires_at = now() - interval '1 second';
create temp table fourth_claim as select tests.claim() as answer;
select ok((select answer ? 'claim' from fourth_claim), 'as after one who died on the way');

select public.fail_calendly_refresh(tests.coach_id('maria'), (select (answer ->> 'claim')::uuid from third_claim), true);
select is((select status::text from private.calendly_connections), 'connected', 'a refusal that comes too late changes nothing');
select public.fail_calendly_refresh(tests.coach_id('maria'), (select (answer ->> 'claim')::uuid from fourth_claim), true);
select is((select status::text from private.calendly_connections), 'refused', 'a refusal ends the connection');
select is(tests.claim(), '{"is_refused": true}', 'and no token is given any more');
select is((select count(*) from public.notifications where kind = 'calendar_stale' and recipient_id = tests.id('maria')), 1::bigint, 'the coach is told');

select tests.connect_calendly('maria', access_token => 'anew');
select is(tests.claim(), '{"access_token": "anew"}', 'connecting again mends it');
select is((select count(*) from vault.decrypted_secrets where decrypted_secret in ('second', 'next')), 0::bigint, 'the old tokens are gone');

/* -- another account, and none ----------------------------------------------------------- */

select public.record_calendly_sync(tests.coach_id('maria'), tests.calendar_of('maria'));
select tests.connect_calendly('maria', account => 'other', is_synced => false);
select is_empty('select from public.busy_times', 'another account takes the calendar of the first with it');
select is_empty('select from public.calendly_event_types', 'and its event types');
select is((select count(*) from private.calendly_connections), 1::bigint, 'a coach has one account');

select tests.sign_in_as('maria');
select public.disconnect_calendly();
select is_empty('select from public.calendly_connection()', 'disconnected is at once');
select tests.as_admin();
select is((select count(*) from private.outbox where topic = 'calendly.revoke'), 1::bigint, 'and Calendly is asked to end the tokens');
select is(
  (select public.outbox_work(outbox.id) - 'webhook_uri' from private.outbox where topic = 'calendly.revoke'),
  '{"access_token": "access maria", "refresh_token": "refresh maria"}', 'which are still there to be named'
);
select public.complete_outbox(outbox.id, '{"revoked": true}') from private.outbox where topic = 'calendly.revoke';
select is_empty($$ select from vault.decrypted_secrets where decrypted_secret like '%maria' $$, 'until that is done');
select is((select public.outbox_work(outbox.id) from private.outbox where topic = 'calendly.revoke'), null, 'and then nothing is left to do');

select tests.sign_in_as('maria');
select lives_ok('select public.disconnect_calendly()', 'disconnecting twice is once');

/* -- what is chosen ---------------------------------------------------------------------- */

select tests.as_admin();
select tests.connect_calendly('maria');
select tests.sign_in_as('maria');
create function pg_temp.choose(event_type text) returns text language sql as $$
  select format(
    'select public.save_calendly_choices(''closed'', ''off'', ''[{"offer_id": "%s", "event_type_id": %s}]'')',
    tests.id('maria''s hour'), coalesce((select '"' || id || '"' from public.calendly_event_types where name = event_type), 'null')
  );
$$;
select throws_ok(pg_temp.choose('Half an hour'), 'KCTYP', null, 'an event type of another length is refused');
select lives_ok(pg_temp.choose('Hour'), 'one of the same length is taken');
select lives_ok(pg_temp.choose('none'), 'and so is none');

select * from finish();
rollback;
