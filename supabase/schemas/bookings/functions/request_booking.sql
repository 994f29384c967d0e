/*
 * A client takes a time: an order with everything that concerns money as it is now, and a
 * booking that holds the time while they pay (platform_settings.hold_minutes). A free intro
 * call is confirmed at once. Returns the booking's id. Takes the start as an instant, and the client's own zone for their mails.
 *
 * The race for a time is decided by bookings_never_overlap: `on conflict do nothing` waits
 * for the other transaction and then reports it, where catching the violation deadlocks.
 *
 * Raises: UPSGN, UPONB, UPZON, OFGON (offer or coach gone), OBOWN (one's own offer), OBMNY
 * (too many open holds), OBINT (had the intro call), OBTIM (not a time that is offered), OBTKN (somebody was faster).
 * Security definer: nobody may insert bookings or orders.
 */
create function public.request_booking(
  offer_id uuid,
  starts_at timestamptz,
  time_zone text,
  note text default ''
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_settings private.platform_settings := private.settings();
  v_offer public.offers;
  v_during tstzrange;
  v_order_id uuid;
  v_booking_id uuid;
begin
  if not private.is_time_zone(request_booking.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(request_booking.offer_id, v_client.id);
  v_during := tstzrange(
    request_booking.starts_at,
    request_booking.starts_at + make_interval(mins => v_offer.duration_minutes)
  );

  -- Two requests of one client wait for each other here, so that the count holds.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = v_client.id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;

  perform private.require_first_intro_call(v_offer, v_client.id);

  perform private.lock_calendar(v_offer.coach_id);

  if not private.is_free(v_offer, request_booking.starts_at) then
    if private.is_offered(v_offer, request_booking.starts_at)
      and v_during && private.booked_times(v_offer.coach_id, v_during) then
      raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
    end if;
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;

  perform private.expire_lapsed_holds(v_offer.coach_id, v_during);

  v_order_id := private.create_order(v_offer, v_client.id);

  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone, note, hold_expires_at)
  values (
    v_order_id, v_offer.id, v_offer.coach_id, v_client.id, lower(v_during), upper(v_during),
    v_offer.kind = 'intro_call', request_booking.time_zone, left(trim(request_booking.note), 1000),
    now() + make_interval(mins => v_settings.hold_minutes)
  )
  on conflict do nothing
  returning bookings.id into v_booking_id;

  if v_booking_id is null then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_booking_id;
end;
$$;

grant execute on function public.request_booking(uuid, timestamptz, text, text) to authenticated;
