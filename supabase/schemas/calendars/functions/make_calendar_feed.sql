/*
 * A new private calendar address for the asker; the one they had stops working. Returns its
 * secret part, 32 random bytes in 43 letters that a URL can hold. This is the only time that
 * anybody sees it: what is kept is its hash. Raises: UPSGN, UPONB.
 *
 * Security definer: nobody may insert calendar feeds.
 */
create function public.make_calendar_feed()
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile public.profiles := private.require_profile();
  v_token text := translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/=', '-_');
begin
  insert into public.calendar_feeds (profile_id, token_hash)
  values (v_profile.id, private.calendar_token_hash(v_token))
  on conflict (profile_id) do update
  set token_hash = excluded.token_hash, created_at = now();

  return v_token;
end;
$$;

grant execute on function public.make_calendar_feed() to authenticated;

/*
 * The asker's calendar address stops working. A second time is once.
 *
 * Security definer: nobody may delete calendar feeds.
 */
create function public.revoke_calendar_feed()
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  delete from public.calendar_feeds where calendar_feeds.profile_id = private.current_profile_id();
$$;

grant execute on function public.revoke_calendar_feed() to authenticated;

/* What is kept of a calendar address. It has 256 random bits: no salt and no slow hash is needed. */
create function private.calendar_token_hash(token text)
returns bytea
language sql
immutable
set search_path = ''
as $$
  select sha256(convert_to(calendar_token_hash.token, 'UTF8'));
$$;
