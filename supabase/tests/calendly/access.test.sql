begin;
select plan(31);

-- Maria has connected her account; Lena is another coach, Dana Maria's client.
select tests.create_profile('dana');
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour');
select tests.connect_calendly('maria');

select policies_are('private', 'calendly_connections', array['Nobody reads connections over the API']);
select policies_are('public', 'calendly_event_types', array['Coaches can view their own event types']);
select policies_are('public', 'calendly_offers', array['Coaches can view which event type each of their offers is']);

select tests.sign_in_as('maria');
select results_eq('select name from public.calendly_event_types order by name', array['Half an hour', 'Hour'], 'a coach sees their own event types');
select lives_ok(
  $$ select public.save_calendly_choices('open', 'off', jsonb_build_array(jsonb_build_object(
    'offer_id', tests.id('maria''s hour'), 'event_type_id', (select id from public.calendly_event_types where name = 'Hour')))) $$,
  'and says as which one an offer is booked'
);
select is((select count(*) from public.calendly_offers), 1::bigint, 'which they see');
select results_eq(
  'select account_name, status::text, when_stale::text from public.calendly_connection()',
  $$ values ('Maria at Calendly', 'connected', 'open') $$,
  'and their connection, without its tokens'
);
select tests.refuses_reads('private.calendly_connections');
select tests.refuses_writes('public.calendly_event_types');
select tests.refuses_writes('public.calendly_offers');
select throws_ok('select * from vault.decrypted_secrets', '42501', null, 'the vault is closed to them');
select throws_ok($$ select public.claim_calendly_token(tests.coach_id('maria')) $$, '42501', null, 'and tokens are not given to people');

select tests.sign_in_as('lena');
select is_empty('select from public.calendly_event_types', 'another coach sees none of it');
select is_empty('select from public.calendly_offers', 'nor the choice');
select is_empty('select from public.calendly_connection()', 'nor a connection');
select throws_ok(
  $$ select public.save_calendly_choices('open', 'off', '[]') $$, 'KCNON', null, 'without an account there is nothing to choose'
);
select lives_ok('select public.disconnect_calendly()', 'and disconnecting does nothing');

select tests.sign_in_as('dana');
select is_empty('select from public.calendly_event_types', 'a client sees none of it');
select is_empty('select from public.calendly_offers', 'nor the choice');
select is_empty('select from public.calendly_connection()', 'nor a connection');
select throws_ok('select public.disconnect_calendly()', 'OCNON', null, 'and has none to take away');

select tests.sign_out();
select tests.refuses_reads('public.calendly_event_types');
select tests.refuses_reads('public.calendly_offers');
select tests.refuses_reads('private.calendly_connections');
select throws_ok('select * from public.calendly_connection()', '42501', null, 'a visitor asks in vain');
select is(public.calendar_unread_since(tests.id('maria''s hour')), null, 'but for whether a calendar is unread');

select tests.as_admin();
select is((select count(*) from private.calendly_connections), 1::bigint, 'nobody else''s connection was touched');

select * from finish();
rollback;
