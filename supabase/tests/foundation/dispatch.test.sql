/* Work that is due wakes `dispatch`, once a statement, when its address is known. */
begin;
select plan(4);

select private.enqueue('test', 'before', '{}');
select is_empty('select from net.http_request_queue', 'before the project''s address is known nobody is woken');

select vault.create_secret('https://project.example', 'project_url');
select vault.create_secret('sb_secret_test', 'secret_key');
select private.dispatch_outbox();
select results_eq(
  $$ select method::text, url, headers ->> 'apikey' from net.http_request_queue $$,
  $$ values ('POST', 'https://project.example/functions/v1/dispatch', 'sb_secret_test') $$,
  'cron wakes it for what was missed'
);

delete from net.http_request_queue;
insert into private.outbox (topic, dedupe_key) select 'test', 'many ' || number from generate_series(1, 50) as number;
select is((select count(*) from net.http_request_queue), 1::bigint, 'a statement that adds fifty rows wakes it once');

delete from net.http_request_queue;
update private.outbox set locked_until = now() + interval '1 minute' where dedupe_key <> 'before';
update private.outbox set status = 'failed' where dedupe_key = 'before';
select private.dispatch_outbox();
select private.enqueue('test', 'later', '{}', now() + interval '5 minutes');
select is_empty('select from net.http_request_queue', 'what is leased, failed or for later wakes nobody');

select * from finish();
rollback;
