/*
 * A party cancels a confirmed session before it starts. The refund is what refund_quote
 * showed: pass what the person saw, and if the clock has moved it to another tier since,
 * nothing is cancelled and they see the new amount. The meeting goes, the time is free
 * again, both are told. Returns the cents that go back.
 *
 * Raises: OBNFD (not a party, or no such booking), OBNCX (not confirmed, or begun), OBQTE
 * (the amount changed).
 * Security definer: nobody may update bookings.
 */
create function public.cancel_booking(booking_id uuid, expected_refund_cents integer, reason text default '')
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_quote record;
begin
  -- The order's lock first, as every path that moves money takes it.
  perform from public.orders
  where orders.id = (select bookings.order_id from public.bookings where bookings.id = cancel_booking.booking_id)
  for update;

  select * into v_booking from public.bookings where bookings.id = cancel_booking.booking_id for update;
  select * into v_quote from public.refund_quote(cancel_booking.booking_id);

  if v_quote.actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session can no longer be cancelled.' using errcode = 'OBNCX';
  end if;

  if v_quote.refund_cents is distinct from cancel_booking.expected_refund_cents then
    raise exception 'The refund has changed while this page was open. Look at the new amount and confirm again.'
      using errcode = 'OBQTE';
  end if;

  perform private.move_booking(
    v_booking.id, array['confirmed']::public.booking_status[], 'cancelled', v_quote.actor,
    jsonb_build_object('reason', left(trim(cancel_booking.reason), 500), 'refund_cents', v_quote.refund_cents)
  );
  perform private.request_refund(
    v_booking.order_id, v_quote.refund_cents,
    case v_quote.actor when 'client' then 'client_cancelled' else 'coach_cancelled' end::public.refund_reason
  );
  perform private.cancel_meeting(v_booking.id);
  perform private.notify_parties(v_booking.id, 'booking_cancelled');

  return v_quote.refund_cents;
end;
$$;

grant execute on function public.cancel_booking(uuid, integer, text) to authenticated;
