/*
 * Notes that a vendor's event arrived. Returns false when it was here before: its effects
 * are done, or are being done by a transaction that this call waited for. To be called
 * first in the transaction that has the effects, so that both are kept or neither is. What could
 * tell of a person is not kept (without_people).
 */
create function private.claim_webhook_event(provider text, event_id text, type text, payload jsonb)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into private.webhook_events (provider, event_id, type, payload)
  values (
    claim_webhook_event.provider,
    claim_webhook_event.event_id,
    claim_webhook_event.type,
    private.without_people(claim_webhook_event.payload)
  )
  on conflict (provider, event_id) do nothing;

  return found;
end;
$$;
