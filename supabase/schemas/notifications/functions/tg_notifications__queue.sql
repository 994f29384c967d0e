/* Queues what was written to be sent: its id is the key, so that it leaves once. */
create function private.tg_notifications__queue()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into private.outbox (topic, dedupe_key, payload, run_after)
  select added.channel, added.channel || ':' || added.id, jsonb_build_object('notification_id', added.id), added.run_after
  from added;
  return null;
end;
$$;
