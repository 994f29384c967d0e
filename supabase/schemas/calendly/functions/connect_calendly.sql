/*
 * Keeps the Calendly account that a coach has just connected: its tokens go to the vault, and
 * a first sync is asked for. Called by the site after it exchanged the code that Calendly
 * gave to this very person, so `profile_id` is who is signed in. Connecting again replaces
 * what was there; another account than before also takes its calendar with it.
 * `expires_in` is the access token's life in seconds.
 *
 * Raises: OCNON (no practice), KCTWO (another coach has connected this account).
 * Security definer: service_role holds no grants on tables or the vault.
 */
create function public.connect_calendly(
  profile_id uuid,
  user_uri text,
  organization_uri text,
  account_name text,
  scheduling_url text,
  access_token text,
  refresh_token text,
  expires_in integer
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach_id uuid;
begin
  -- The practice's lock: two callbacks of one coach come one after the other.
  select coaches.id into v_coach_id
  from public.coaches
  where coaches.profile_id = connect_calendly.profile_id
  for no key update;

  if not found then
    raise exception 'Start your coach profile first.' using errcode = 'OCNON';
  end if;

  perform private.forget_calendly_tokens(v_coach_id);

  if exists (
    select from private.calendly_connections
    where calendly_connections.coach_id = v_coach_id
      and calendly_connections.user_uri <> connect_calendly.user_uri
  ) then
    perform private.forget_calendly(v_coach_id);
  end if;

  insert into private.calendly_connections as known (
    coach_id, user_uri, organization_uri, account_name, scheduling_url, access_secret_id, refresh_secret_id, access_expires_at
  )
  values (
    v_coach_id, connect_calendly.user_uri, connect_calendly.organization_uri,
    connect_calendly.account_name, connect_calendly.scheduling_url,
    vault.create_secret(connect_calendly.access_token), vault.create_secret(connect_calendly.refresh_token),
    now() + make_interval(secs => connect_calendly.expires_in)
  )
  on conflict (coach_id) do update
  set organization_uri = excluded.organization_uri, account_name = excluded.account_name,
      scheduling_url = excluded.scheduling_url, plan = 'unknown', status = 'connected',
      access_secret_id = excluded.access_secret_id, refresh_secret_id = excluded.refresh_secret_id,
      access_expires_at = excluded.access_expires_at, refresh_claim = null, refresh_expires_at = null,
      connected_at = now(), last_error = null;

  perform private.enqueue_calendly_sync(v_coach_id, 'connected:' || gen_random_uuid());
exception
  when unique_violation then
    raise exception 'Another coach here has connected this Calendly account.' using errcode = 'KCTWO';
end;
$$;

grant execute on function public.connect_calendly(uuid, text, text, text, text, text, text, integer) to service_role;

/* Takes the tokens of a connection that is replaced out of the vault; Calendly replaced them too. */
create function private.forget_calendly_tokens(coach_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from vault.secrets
  using private.calendly_connections
  where calendly_connections.coach_id = forget_calendly_tokens.coach_id
    and secrets.id in (calendly_connections.access_secret_id, calendly_connections.refresh_secret_id);
$$;

/* Takes away a connection and all that was read through it. The tokens are the caller's to mind. */
create function private.forget_calendly(coach_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from public.calendly_event_types where calendly_event_types.coach_id = forget_calendly.coach_id;

  update private.calendly_bookings set status = 'left'
  where calendly_bookings.coach_id = forget_calendly.coach_id and calendly_bookings.status in ('waiting', 'clash');

  delete from public.busy_times
  where busy_times.coach_id = forget_calendly.coach_id and busy_times.source = 'calendly';

  delete from private.calendly_connections where calendly_connections.coach_id = forget_calendly.coach_id;
$$;
