/*
 * A client who has no session yet asks to be told when a time opens for an offer, up to the
 * end of a day in their zone. Another day for the same offer takes the place of the first.
 * Returns the watch's id.
 * Raises: UPSGN, UPONB, UPZON, OFGON, OBOWN, WTDAY (a day that is past, or more than 62 days
 * ahead, which is as far as anybody can be booked), WTMNY.
 *
 * Security definer: nobody may insert watches.
 */
create function public.watch_offer(offer_id uuid, last_day date, time_zone text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_before_at timestamptz;
begin
  if not private.is_time_zone(watch_offer.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(watch_offer.offer_id, v_client.id);
  v_before_at := (watch_offer.last_day + 1)::timestamp at time zone watch_offer.time_zone;

  if v_before_at is null or v_before_at not between now() and now() + interval '62 days' then
    raise exception 'Choose a day from today to two months ahead.' using errcode = 'WTDAY';
  end if;

  return private.start_watch(v_client.id, v_offer.coach_id, v_offer.id, null, v_before_at, watch_offer.time_zone);
end;
$$;

grant execute on function public.watch_offer(uuid, date, text) to authenticated;
