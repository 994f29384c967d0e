/*
 * Tells after all what was left out when it was to leave, because it did not hold then (is_still_true), and holds
 * again. What is not wanted stays left out.
 */
create function private.tell_after_all(subject_id uuid, kind text, version integer)
returns void
language sql
volatile
set search_path = ''
as $$
  with again as (
    update public.notifications
    set skipped_at = null
    where notifications.subject_id = tell_after_all.subject_id
      and notifications.kind = tell_after_all.kind
      and notifications.version = tell_after_all.version
      and notifications.skipped_at is not null
      and private.decision_of(notifications) <> 'skip'
    returning notifications.id, notifications.channel
  )
  insert into private.outbox (topic, dedupe_key, payload)
  select again.channel, again.channel || ':' || again.id, jsonb_build_object('notification_id', again.id)
  from again
  on conflict (dedupe_key) do update
  set status = 'pending', attempts = 0, run_after = now(), done_at = null;
$$;
