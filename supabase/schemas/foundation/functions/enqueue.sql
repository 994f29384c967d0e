/*
 * Notes work for the outside world, in the transaction that makes it necessary.
 * Takes the topic (what `dispatch` does with it), a key that names the effect, and the
 * ids the work is about. The same key a second time is the same effect: nothing is added.
 * `run_after` delays it.
 *
 * A key that is there is looked for, not run into: its row may be one that is being closed (complete_outbox) by who
 * waits for what the caller holds, and an insert would wait for that.
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
  select enqueue.topic, enqueue.dedupe_key, enqueue.payload, enqueue.run_after
  where not exists (select from private.outbox where outbox.dedupe_key = enqueue.dedupe_key)
  on conflict (dedupe_key) do nothing;
$$;
