/*
 * Notes work for the outside world, in the transaction that makes it necessary.
 * Takes the topic (what `dispatch` does with it), a key that names the effect, and the
 * ids the work is about. The same key a second time is the same effect: nothing is added.
 * `run_after` delays it.
 */
create function private.enqueue(
  topic text,
  dedupe_key text,
  payload jsonb,
  run_after timestamptz default now()
)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.outbox (topic, dedupe_key, payload, run_after)
  values (enqueue.topic, enqueue.dedupe_key, enqueue.payload, enqueue.run_after)
  on conflict (dedupe_key) do nothing;
$$;
