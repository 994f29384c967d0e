/*
 * Daily housekeeping: limits of windows long over, work done 30 days ago, and the bodies
 * of webhook events older than 90 days (the ids stay: they are what makes a replay harmless).
 */
create function private.purge_foundation()
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.rate_limits where rate_limits.window_started < now() - interval '1 day';

  delete from private.outbox
  where outbox.status = 'done' and outbox.done_at < now() - interval '30 days';

  update private.webhook_events
  set payload = jsonb_build_object('data', jsonb_build_object('id', webhook_events.payload -> 'data' -> 'id'))
  where webhook_events.received_at < now() - interval '90 days'
    and webhook_events.payload <> jsonb_build_object('data', jsonb_build_object('id', webhook_events.payload -> 'data' -> 'id'));
$$;
