begin;
select plan(12);

insert into private.rate_limits (bucket, subject, window_started) values ('b', 'old', now() - interval '25 hours'), ('b', 'new', now());
insert into private.outbox (topic, dedupe_key, status, done_at) values
  ('test', 'done long ago', 'done', now() - interval '31 days'), ('test', 'done', 'done', now());
insert into private.outbox (topic, dedupe_key, status, created_at) values ('test', 'failed long ago', 'failed', now() - interval '90 days');
insert into private.webhook_events (provider, event_id, type, payload, received_at) values
  ('clerk', 'old', 'user.deleted', '{"data": {"id": "user_gone", "email": "x@example.com"}}', now() - interval '91 days'),
  ('clerk', 'new', 'user.created', '{"data": {"id": "user_new", "email": "y@example.com"}}', now());

select private.purge_foundation();
select private.purge_foundation();

select set_eq('select subject from private.rate_limits', array['new'], 'limits of windows long over go');
select set_eq('select dedupe_key from private.outbox', array['done', 'failed long ago'], 'so does work done a month ago, but not what failed');
select bag_eq(
  'select event_id, payload from private.webhook_events',
  $$ values ('old', '{"data": {"id": "user_gone"}}'::jsonb), ('new', '{"data": {"id": "user_new", "email": "y@example.com"}}') $$,
  'old events keep who they are about, and lose what they said'
);
select ok(not private.claim_webhook_event('clerk', 'old', 'user.deleted', '{}'), 'so a replay of one is still none');
select ok(private.claim_webhook_event('stripe', 'old', 'x', '{}'), 'the same id of another vendor is another event');

/* -- what is written down --------------------------------------------------------------------------------- */

select tests.as_service();
select lives_ok($$ select public.record_security_event('webhook_refused', '{"provider": "zoom"}') $$, 'webhooks write down what they refuse');
select tests.as_admin();
select results_eq(
  'select kind, detail, created_at from private.security_events', $$ values ('webhook_refused', '{"provider": "zoom"}'::jsonb, now()) $$, 'with what and when'
);
select tests.create_profile('dana');
select tests.sign_in_as('dana');
select throws_ok($$ select public.record_security_event('x') $$, '42501', null, 'people write nothing there');
select tests.sign_out();
select throws_ok($$ select public.record_security_event('x') $$, '42501', null, 'nor do visitors');

/* -- one row of settings ------------------------------------------------------------------------------------ */

select tests.as_admin();
select is((private.settings()).hold_minutes, 15, 'the platform''s numbers are a row');
select throws_ok('insert into private.platform_settings default values', '23505', null, 'of which there is one');
select throws_ok('insert into private.platform_settings (is_singleton) values (false)', '23514', null, 'and no other');

select * from finish();
rollback;
