/*
 * A client takes one time or several of an offer: one order with everything that concerns money
 * as it is now, and a booking at each time, all held together while they pay. All or none. Takes
 * the starts as instants, in order. Returns the id of the first booking.
 *
 * Raises what request_booking and request_series do.
 */
create function private.hold_times(
  offer_id uuid,
  starts timestamptz[],
  time_zone text,
  note text,
  coupon text default ''
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_order_id uuid;
  v_booking_id uuid;
  v_first_id uuid;
  v_gone timestamptz[] := '{}';
begin
  if not private.is_time_zone(hold_times.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(hold_times.offer_id, v_client.id);

  if v_offer.kind in ('package', 'membership') then
    raise exception 'This is bought first, and its sessions are booked afterwards.' using errcode = 'OBTIM';
  end if;

  perform private.require_few_holds(v_client.id);
  perform private.require_first_intro_call(v_offer, v_client.id);
  perform private.require_few_intro_calls(v_offer, v_client.id);
  perform private.lock_calendar(v_offer.coach_id);

  v_order_id := private.create_order(v_offer, v_client.id, cardinality(hold_times.starts));

  for v_position in 1 .. cardinality(hold_times.starts) loop
    v_booking_id := private.hold_time(
      v_offer, v_order_id, v_position, hold_times.starts[v_position], hold_times.time_zone, hold_times.note
    );
    v_first_id := coalesce(v_first_id, v_booking_id);

    if v_booking_id is null then
      v_gone := v_gone || hold_times.starts[v_position];
    end if;
  end loop;

  if cardinality(v_gone) > 0 then
    if cardinality(hold_times.starts) = 1 then
      perform private.refuse_time(v_offer, v_gone[1]);
    end if;
    raise exception 'Nothing is booked, because not every date is free any more: %.',
      private.date_list(v_gone, hold_times.time_zone) using errcode = 'OBDAT';
  end if;

  -- After the times: whoever waits for a coupon has everything else.
  perform private.apply_coupon(v_order_id, hold_times.coupon);

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_first_id;
end;
$$;

/*
 * Holds one time for an order's client; returns the booking's id, or null when the time is not
 * free.
 *
 * The race for a time is decided by bookings_never_overlap: `on conflict do nothing` waits
 * for the other transaction and then reports it, where catching the violation deadlocks.
 */
create function private.hold_time(
  offer public.offers,
  order_id uuid,
  session_position integer,
  starts_at timestamptz,
  time_zone text,
  note text
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_during tstzrange := tstzrange(
    hold_time.starts_at, hold_time.starts_at + make_interval(mins => (hold_time.offer).duration_minutes)
  );
  v_booking public.bookings;
begin
  if not private.is_free(hold_time.offer, hold_time.starts_at) then
    return null;
  end if;

  perform private.expire_lapsed_holds((hold_time.offer).coach_id, v_during);

  insert into public.bookings (
    order_id, position, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone,
    note, hold_expires_at
  )
  select orders.id, hold_time.session_position, (hold_time.offer).id, orders.coach_id, orders.client_id,
    lower(v_during), upper(v_during), (hold_time.offer).kind = 'intro_call', hold_time.time_zone,
    left(trim(hold_time.note), 1000), now() + make_interval(mins => (private.settings()).hold_minutes)
  from public.orders
  where orders.id = hold_time.order_id
  on conflict do nothing
  returning * into v_booking;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  select v_booking.id, 'client', v_booking.client_id, 'held'
  where v_booking.id is not null;

  return v_booking.id;
end;
$$;
