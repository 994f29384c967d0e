/* The address in a mail at which such mails are stopped: without signing in, for that person and group alone. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_profile('zoe');
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

/* What mail_work gives the worker for a notice of a kind to Dana. */
create function tests.token_of(kind text) returns text language sql as $$
  delete from public.notifications where notifications.recipient_id = tests.id('dana');
  insert into public.notifications (recipient_id, kind, subject_id, booking_id)
  values (tests.id('dana'), token_of.kind, tests.id('session'), tests.id('session'));
  select private.mail_work(notifications.id) ->> 'unsubscribe_token' from public.notifications where notifications.recipient_id = tests.id('dana');
$$;
/* How mails of the groups come to somebody who chose. */
create function tests.mails(name text) returns text language sql as $$
  select string_agg(group_name || ' ' || delivery, ', ' order by group_name) from public.notification_preferences where profile_id = tests.id(mails.name) and channel = 'mail';
$$;
create temp table links as select tests.token_of('calendar_clash') as sessions,
  private.unsubscribe_token(tests.id('dana'), 'digest') as digest, private.unsubscribe_token(tests.id('zoe'), 'sessions') as zoes;
grant select on links to anon, authenticated;

select matches((select sessions from links), '^[A-Za-z0-9_-]{64}$', 'a mail has a secret that a URL can hold');
select is(tests.token_of('calendar_clash'), (select sessions from links), 'the same when it is written again');
select is(tests.token_of('attendance_objected'), null, 'what is required has none');
select is((select count(distinct token) from links, unnest(array[sessions, digest, zoes]) as token), 3::bigint, 'each person, group and the summary has one of its own');
update public.notification_kinds set group_name = null where kind = 'calendar_clash';
select is(tests.token_of('calendar_clash'), null, 'nor has what nobody chooses about');
update public.notification_kinds set group_name = 'sessions' where kind = 'calendar_clash';

/* -- reading changes nothing ---------------------------------------------------------------------------------- */

select tests.sign_out();
select results_eq($$ select title, mail from public.unsubscribe_choices((select sessions from links)) $$, $$ values ('Your sessions', 'at_once'::public.notification_delivery) $$, 'a visitor with the address reads what it is about');
select is_empty($$ select from public.unsubscribe_choices((select digest from links)) $$, 'nothing comes in a summary');
select tests.as_admin();
select is(tests.mails('dana'), null, 'and nothing has changed');

/* -- stopping and taking it back ------------------------------------------------------------------------------ */

select tests.sign_out();
select results_eq($$ select group_name, mail from public.unsubscribe((select sessions from links)) $$, $$ values ('sessions', 'at_once'::public.notification_delivery) $$, 'one call stops them, and says how they came');
select results_eq($$ select mail from public.unsubscribe((select sessions from links)) $$, $$ values ('never'::public.notification_delivery) $$, 'a second one stops nothing');
select tests.as_admin();
select is(tests.mails('dana'), 'sessions never', 'of this group alone');
select is((select count(*) from public.notification_preferences), 1::bigint, 'of this person alone, and not in the app');
select is(tests.token_of('calendar_clash'), null, 'no such mail leaves any more');

select tests.sign_in_as('zoe');
select lives_ok($$ select public.resubscribe((select sessions from links), '[{"group_name": "sessions", "mail": "at_once"}]') $$, 'whoever has the address can take it back, whoever is signed in');
select tests.as_admin();
select is(tests.mails('dana'), 'sessions at_once', 'for its person');
select is(tests.mails('zoe'), null, 'not for the one who is signed in');

/* -- summaries ------------------------------------------------------------------------------------------------ */

select tests.sign_in_as('dana');
select public.save_notification_settings('[{"group_name": "reviews", "mail": "daily", "in_app": false}, {"group_name": "messages", "mail": "weekly", "in_app": true}, {"group_name": "suggestions", "mail": "never", "in_app": true}]');
select tests.sign_out();
select results_eq($$ select group_name, mail from public.unsubscribe((select digest from links)) $$, $$ values ('messages', 'weekly'::public.notification_delivery), ('reviews', 'daily') $$, 'that of a summary stops whatever comes in one');
select is_empty($$ select group_name from public.unsubscribe_choices((select digest from links)) $$, 'after that nothing is left to stop');
select is_empty($$ select group_name from public.unsubscribe((select digest from links)) $$, 'nor by a second call, which names nothing that was stopped before');
select tests.as_admin();
select is(tests.mails('dana'), 'messages never, reviews never, sessions at_once, suggestions never', 'and nothing else');
select is((select delivery from public.notification_preferences where group_name = 'reviews' and channel = 'in_app'), 'never', 'what was chosen for the app stays');
select tests.sign_out();
select public.resubscribe((select digest from links), '[{"group_name": "messages", "mail": "weekly"}, {"group_name": "reviews", "mail": "daily"}]');
select tests.as_admin();
select is(tests.mails('dana'), 'messages weekly, reviews daily, sessions at_once, suggestions never', 'taken back, each comes as it did');

/* -- refused -------------------------------------------------------------------------------------------------- */

select tests.sign_out();
select throws_ok(format('select public.%s', call), 'NTLNK', null, call)
from unnest(array['unsubscribe', 'unsubscribe_choices']) as name
cross join unnest(array[
  '', 'x', repeat('A', 64),
  (select left(sessions, 21) || right(zoes, 43) from links),
  (select left(sessions, 63) from links),
  (select translate(sessions, right(sessions, 1), case right(sessions, 1) when 'A' then 'B' else 'A' end) from links)
]) as token
cross join format('%I(%L)', name, token) as call;
select throws_ok($$ select public.resubscribe(repeat('A', 64), '[]') $$, 'NTLNK', null, 'nothing is taken back without the address');
select throws_ok($$ select public.resubscribe((select sessions from links), '[{"group_name": "reviews", "mail": "never"}]') $$, 'NTCHO', null, 'nor of another group');
select throws_ok($$ select public.resubscribe((select sessions from links), '[{"group_name": "sessions", "mail": "daily"}]') $$, 'NTDIG', null, 'nor in a way that does not go');

select tests.as_admin();
update public.notification_groups set is_required = true where group_name = 'sessions';
select tests.sign_out();
select throws_ok($$ select public.unsubscribe((select sessions from links)) $$, 'NTLNK', null, 'what has become required can''t be stopped');
select tests.as_admin();
update public.notification_groups set is_required = false where group_name = 'sessions';
select private.forget_clerk_user('user_dana');
select tests.sign_out();
select throws_ok($$ select public.unsubscribe((select sessions from links)) $$, 'NTLNK', null, 'nor anything of somebody who left');

select * from finish();
rollback;
