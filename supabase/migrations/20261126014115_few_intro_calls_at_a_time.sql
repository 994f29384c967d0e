SET local check_function_bodies = off;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "intro_calls_at_a_time" integer NOT NULL DEFAULT 3;

CREATE OR REPLACE FUNCTION private.hold_times (
  offer_id  uuid,
  starts    timestamp with time zone[],
  time_zone text,
  note      text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_first_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_few_intro_calls (
  offer     public.offers,
  client_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_most integer := (private.settings()).intro_calls_at_a_time;
begin
  if (require_few_intro_calls.offer).kind = 'intro_call' and (
    select count(*) from public.bookings
    where bookings.client_id = require_few_intro_calls.client_id
      and bookings.is_intro_call
      and bookings.starts_at > now()
      and private.shown_status(bookings) in ('held', 'confirmed')
  ) >= v_most then
    raise exception 'You have % free intro calls ahead already. Have one of them, or cancel it, and then book the next.', v_most
      using errcode = 'OBINM';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."require_few_intro_calls"(public.offers, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_few_intro_calls"(public.offers, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_few_intro_calls"(public.offers, uuid) TO "postgres";
