/*
 * An access token to call Calendly with for a coach, as one of
 *   {access_token}          it is good for another minute at least
 *   {claim, refresh_token}  the caller is to refresh, and to save what it gets before using it
 *   {is_busy: true}         somebody else refreshes: ask again in a moment
 *   {is_refused: true}      there is no connection, or Calendly refused it: the coach must act
 * `refused_token` is an access token that Calendly has just refused, so that it is not given
 * out again.
 *
 * A refresh token is good for one use, so refreshes of a coach are serialised: the row's lock
 * decides who gets the claim, and the claim holds while the refresher talks to Calendly. It
 * ends after a minute, longer than any such call may take; a refresher that died between
 * Calendly's answer and saving has used the token up, and the next one is refused.
 *
 * Security definer: service_role holds no grants on tables or the vault.
 */
create function public.claim_calendly_token(coach_id uuid, refused_token text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connection private.calendly_connections;
  v_access_token text;
begin
  select * into v_connection
  from private.calendly_connections
  where calendly_connections.coach_id = claim_calendly_token.coach_id
  for update;

  if not found or v_connection.status = 'refused' then
    return jsonb_build_object('is_refused', true);
  end if;

  select decrypted_secret into v_access_token
  from vault.decrypted_secrets where decrypted_secrets.id = v_connection.access_secret_id;

  if v_connection.access_expires_at > now() + interval '1 minute'
    and v_access_token is distinct from claim_calendly_token.refused_token then
    return jsonb_build_object('access_token', v_access_token);
  end if;

  if v_connection.refresh_expires_at > now() then
    return jsonb_build_object('is_busy', true);
  end if;

  update private.calendly_connections
  set refresh_claim = gen_random_uuid(), refresh_expires_at = now() + interval '1 minute'
  where calendly_connections.coach_id = v_connection.coach_id
  returning * into v_connection;

  return (
    select jsonb_build_object('claim', v_connection.refresh_claim, 'refresh_token', decrypted_secret)
    from vault.decrypted_secrets where decrypted_secrets.id = v_connection.refresh_secret_id
  );
end;
$$;

grant execute on function public.claim_calendly_token(uuid, text) to service_role;
