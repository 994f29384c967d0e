/*
 * The offer, if `client_id` may buy it now: not archived, its coach approved and somebody
 * else. The share lock keeps the coach from being suspended under a running request.
 * Raises: OFGON, OBOWN.
 */
create function private.require_open_offer(offer_id uuid, client_id uuid)
returns public.offers
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_owner_id uuid;
begin
  select offers.* into v_offer
  from public.offers
  where offers.id = require_open_offer.offer_id
    and offers.archived_at is null;

  select coaches.profile_id into v_owner_id
  from public.coaches
  where coaches.id = v_offer.coach_id
    and coaches.status = 'approved'
  for share;

  if v_owner_id is null then
    raise exception 'This session is no longer offered.' using errcode = 'OFGON';
  end if;

  if v_owner_id = require_open_offer.client_id then
    raise exception 'You cannot book your own session.' using errcode = 'OBOWN';
  end if;

  return v_offer;
end;
$$;
