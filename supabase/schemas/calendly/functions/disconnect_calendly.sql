/*
 * A coach takes their Calendly account away: nothing of it counts any more at once, and the
 * tokens are revoked at Calendly through the outbox. They stay in the vault until that is
 * done. Disconnecting twice is once. Raises: UPSGN, UPONB, OCNON, OCSUS.
 *
 * Security definer: nobody may write connections.
 */
create function public.disconnect_calendly()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  perform private.leave_calendly(v_coach.id);
end;
$$;

grant execute on function public.disconnect_calendly() to authenticated;

/* The same for whoever has that done, and for a coach who leaves. */
create function private.leave_calendly(coach_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connection private.calendly_connections;
begin
  select * into v_connection
  from private.calendly_connections
  where calendly_connections.coach_id = leave_calendly.coach_id
  for update; -- A refresh that is about to save its tokens waits, and then finds nothing to save to.

  if not found then
    return;
  end if;

  perform private.forget_calendly(leave_calendly.coach_id);
  perform private.enqueue(
    'calendly.revoke',
    'calendly.revoke:' || v_connection.refresh_secret_id,
    jsonb_build_object(
      'access_secret_id', v_connection.access_secret_id,
      'refresh_secret_id', v_connection.refresh_secret_id,
      'webhook_uri', v_connection.webhook_uri
    )
  );
end;
$$;

/* What `dispatch` needs to revoke the tokens in this payload, or null when they are gone. */
create function private.revoke_calendly_work(payload jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'access_token', access_secret.decrypted_secret,
    'refresh_token', refresh_secret.decrypted_secret,
    'webhook_uri', revoke_calendly_work.payload ->> 'webhook_uri'
  )
  from vault.decrypted_secrets as refresh_secret
  join vault.decrypted_secrets as access_secret
    on access_secret.id = (revoke_calendly_work.payload ->> 'access_secret_id')::uuid
  where refresh_secret.id = (revoke_calendly_work.payload ->> 'refresh_secret_id')::uuid;
$$;

/* The tokens in this payload are revoked: they leave the vault. */
create function private.record_calendly_revoked(payload jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from vault.secrets
  where secrets.id in (
    (record_calendly_revoked.payload ->> 'access_secret_id')::uuid,
    (record_calendly_revoked.payload ->> 'refresh_secret_id')::uuid
  );
$$;
