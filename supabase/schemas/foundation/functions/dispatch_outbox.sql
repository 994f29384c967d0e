/*
 * Wakes the `dispatch` function if work is due. Called by the trigger on the outbox, after
 * each statement that adds work, and by cron for what is retried or was missed. The request
 * leaves after commit (pg_net queues it), so dispatch sees the rows.
 *
 * Security definer: the address and the key are in the vault.
 */
create function private.dispatch_outbox()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_url text;
  v_key text;
begin
  if not exists (
    select from private.outbox
    where outbox.status = 'pending'
      and outbox.run_after <= now()
      and (outbox.locked_until is null or outbox.locked_until <= now())
  ) then
    return;
  end if;

  select decrypted_secret into v_url from vault.decrypted_secrets where name = 'project_url';
  select decrypted_secret into v_key from vault.decrypted_secrets where name = 'secret_key';

  -- Before the project's address is in the vault there is nobody to wake; cron asks again.
  if v_url is null or v_key is null then
    return;
  end if;

  perform net.http_post(
    url := v_url || '/functions/v1/dispatch',
    body := '{}'::jsonb,
    headers := jsonb_build_object('content-type', 'application/json', 'apikey', v_key),
    -- A run works until nothing is due: longer than pg_net's five seconds.
    timeout_milliseconds := 60000
  );
end;
$$;

create function private.tg_outbox__dispatch()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.dispatch_outbox();
  return null;
end;
$$;
