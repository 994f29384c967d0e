/*
 * A client takes several times of an offer at once, as a rule the same one every week: one order
 * and one hold for all of them, and all of them or none. `starts` are instants, those that the
 * client saw and chose (series_dates shows them): nothing is put in the place of one that is gone.
 * Returns the id of the first booking.
 *
 * The coach's row is locked before the first time is taken, so that no other booking of this
 * coach is in the middle of one of them: whoever needs several of a coach's times could wait for
 * somebody who waits for another of theirs. request_booking shares the lock.
 *
 * Raises: what request_booking does, OBRPT (this offer is not repeated, or not as often), and
 * OBDAT (some of the dates are not free; names them).
 * Security definer: nobody may insert bookings or orders.
 */
create function public.request_series(
  offer_id uuid,
  starts timestamptz[],
  time_zone text,
  note text default '',
  coupon text default ''
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_starts timestamptz[] := array(
    select distinct start from unnest(request_series.starts) as start where start is not null order by start
  );
  v_most integer := (private.settings()).series_sessions;
begin
  if cardinality(v_starts) not between 1 and v_most then
    raise exception 'Choose at least one date, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  if (select offers.kind from public.offers where offers.id = request_series.offer_id) <> 'session' then
    raise exception 'This cannot be repeated every week.' using errcode = 'OBRPT';
  end if;

  perform from public.coaches
  where coaches.id = (select offers.coach_id from public.offers where offers.id = request_series.offer_id)
  for no key update;

  return private.hold_times(
    request_series.offer_id, v_starts, request_series.time_zone, request_series.note, request_series.coupon
  );
end;
$$;

grant execute on function public.request_series(uuid, timestamptz[], text, text, text) to authenticated;
