/*
 * One at a time for each person until the transaction ends: what is limited by counting rows would else be passed by
 * asking many times at once, of which none sees the others' rows. `what` is limited: a lock of its own for each, taken
 * after that of the thread.
 */
create function private.lock_limit(what text, profile_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended(lock_limit.what || ':' || lock_limit.profile_id, 0));
$$;
