/*
 * The sessions behind a private calendar address, for whoever has it: a calendar app, which
 * signs nobody in. Takes the secret part of the address. Raises: UCNFD for one that was never
 * made, was revoked, or belonged to somebody who left: they look the same.
 *
 * Security definer: the secret is the right to read.
 */
create function public.calendar_feed(token text)
returns table (
  id uuid,
  party public.booking_actor,
  status public.booking_status,
  sequence integer,
  changed_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  offer_title text,
  counterpart_name text,
  is_group_date boolean
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  select profiles.id into v_profile_id
  from public.calendar_feeds
  join public.profiles on profiles.id = calendar_feeds.profile_id
  where calendar_feeds.token_hash = private.calendar_token_hash(calendar_feed.token)
    and profiles.deleted_at is null;

  if not found then
    raise exception 'This calendar address does not exist.' using errcode = 'UCNFD';
  end if;

  return query select * from private.calendar_entries(v_profile_id);
end;
$$;

grant execute on function public.calendar_feed(text) to anon, authenticated;

/*
 * One session as its party's calendar shows it, for the file to download. No row for anyone
 * else, nor for one that was never confirmed.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.calendar_entry(booking_id uuid)
returns table (
  id uuid,
  party public.booking_actor,
  status public.booking_status,
  sequence integer,
  changed_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  offer_title text,
  counterpart_name text,
  is_group_date boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select *
  from private.calendar_entries(private.current_profile_id(), calendar_entry.booking_id) as entry
  where calendar_entry.booking_id is not null;
$$;

grant execute on function public.calendar_entry(uuid) to authenticated;
