/*
 * Keeps the tokens that a refresh brought, before anybody uses them. `expires_in` is in
 * seconds. Returns false, and keeps nothing, when the claim is no longer the current one:
 * the coach disconnected or connected anew meanwhile.
 *
 * Security definer: service_role holds no grants on tables or the vault.
 */
create function public.save_calendly_tokens(
  coach_id uuid,
  claim uuid,
  access_token text,
  refresh_token text,
  expires_in integer
)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connection private.calendly_connections;
begin
  update private.calendly_connections
  set access_expires_at = now() + make_interval(secs => save_calendly_tokens.expires_in),
      refresh_claim = null, refresh_expires_at = null
  where calendly_connections.coach_id = save_calendly_tokens.coach_id
    and calendly_connections.refresh_claim = save_calendly_tokens.claim
  returning * into v_connection;

  if not found then
    return false;
  end if;

  perform vault.update_secret(v_connection.access_secret_id, save_calendly_tokens.access_token);
  perform vault.update_secret(v_connection.refresh_secret_id, save_calendly_tokens.refresh_token);

  return true;
end;
$$;

grant execute on function public.save_calendly_tokens(uuid, uuid, text, text, integer) to service_role;

/*
 * A refresh did not work. When Calendly refused the token for good (`is_refused`), the coach
 * has to connect again and is told; else the claim is given back, so that the next one tries.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.fail_calendly_refresh(coach_id uuid, claim uuid, is_refused boolean)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_status public.calendly_status;
begin
  update private.calendly_connections
  set refresh_claim = null, refresh_expires_at = null,
      status = case when fail_calendly_refresh.is_refused then 'refused' else calendly_connections.status end::public.calendly_status,
      last_error = case when fail_calendly_refresh.is_refused then 'Calendly no longer accepts the connection.' else calendly_connections.last_error end
  where calendly_connections.coach_id = fail_calendly_refresh.coach_id
    and calendly_connections.refresh_claim = fail_calendly_refresh.claim
  returning calendly_connections.status into v_status;

  if v_status = 'refused' then
    perform private.notify_calendly_stale(fail_calendly_refresh.coach_id);
  end if;
end;
$$;

grant execute on function public.fail_calendly_refresh(uuid, uuid, boolean) to service_role;
