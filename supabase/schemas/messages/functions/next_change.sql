/*
 * The number of the next thing that happens to a message of a thread. Takes the thread's row, so that numbers
 * are in order of commit: a browser that asks for what changed after the last it knows misses nothing.
 */
create function private.next_change(conversation_id uuid)
returns bigint
language sql
volatile
set search_path = ''
as $$
  update public.conversations
  set last_change = conversations.last_change + 1
  where conversations.id = next_change.conversation_id
  returning conversations.last_change;
$$;
