/*
 * A coach takes what a client asked for, every session that was asked for with it: it is confirmed at once, the money that the
 * card's bank holds is captured through the outbox (stripe.capture), and both are told.
 *
 * Raises: OBNFD (not the coach's, or no such booking), OBNRQ (answered, withdrawn or expired).
 * Security definer: nobody may update bookings.
 */
create function public.accept_request(booking_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_request(accept_request.booking_id, 'coach');
  v_asked_ids uuid[] := private.asked_with(v_booking);
begin
  perform private.move_booking(id, array['requested']::public.booking_status[], 'confirmed', 'coach')
  from unnest(v_asked_ids) as id;

  perform private.enqueue(
    'stripe.capture', 'stripe.capture:' || payments.id, jsonb_build_object('payment_id', payments.id)
  )
  from public.payments
  where payments.order_id = v_booking.order_id
    and payments.status = 'authorized';

  perform private.welcome_sessions(v_booking.order_id, v_asked_ids);
end;
$$;

grant execute on function public.accept_request(uuid) to authenticated;

/*
 * A coach does not take what a client asked for. Nothing was charged, and the bank is
 * told to let the money go. The client reads the reason, if there is one.
 *
 * Raises: OBNFD, OBNRQ (as accept_request).
 * Security definer: nobody may update bookings.
 */
create function public.decline_request(booking_id uuid, reason text default '')
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings := private.lock_request(decline_request.booking_id, 'coach');
begin
  perform private.end_request(
    v_booking.order_id, 'declined', 'coach', decline_request.reason, private.asked_with(v_booking)
  );
end;
$$;

grant execute on function public.decline_request(uuid, text) to authenticated;

/*
 * A client takes back what they asked for, before it is answered. Raises: OBNFD (not the
 * client's, or no such booking), OBNRQ (answered, withdrawn or expired).
 *
 * Security definer: nobody may update bookings.
 */
create function public.withdraw_request(booking_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings := private.lock_request(withdraw_request.booking_id, 'client');
begin
  perform private.end_request(v_booking.order_id, 'cancelled', 'client', '', private.asked_with(v_booking));
end;
$$;

grant execute on function public.withdraw_request(uuid) to authenticated;
