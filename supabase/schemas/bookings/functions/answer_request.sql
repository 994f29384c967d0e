/*
 * A coach takes what a client asked for: every session that was asked for with it, or of several the
 * chosen ones (`session_ids`), and then the others are declined, with `reason` for the client to read.
 * What is taken is confirmed at once, the money that the card's bank holds for it is captured through
 * the outbox (stripe.capture), and both are told.
 *
 * Raises: OBNFD (not the coach's, no such booking, or a session that was not asked for with it), OBNRQ
 * (answered, withdrawn or expired), OBPRT (none is chosen).
 * Security definer: nobody may update bookings.
 */
create function public.accept_request(booking_id uuid, session_ids uuid[] default null, reason text default '')
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
  v_taken_ids uuid[] := coalesce(accept_request.session_ids, v_asked_ids);
begin
  if cardinality(v_taken_ids) = 0 then
    raise exception 'Choose at least one date, or decline the request.' using errcode = 'OBPRT';
  elsif not v_taken_ids <@ v_asked_ids then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  perform private.leave_out(
    v_booking.order_id, array(select id from unnest(v_asked_ids) as id where id <> all (v_taken_ids)), accept_request.reason
  );

  perform private.move_booking(id, array['requested']::public.booking_status[], 'confirmed', 'coach')
  from unnest(v_taken_ids) as id;

  perform private.enqueue(
    'stripe.capture', 'stripe.capture:' || payments.id, jsonb_build_object('payment_id', payments.id)
  )
  from public.payments
  where payments.order_id = v_booking.order_id
    and payments.status = 'authorized';

  perform private.welcome_sessions(v_booking.order_id, v_taken_ids);
end;
$$;

grant execute on function public.accept_request(uuid, uuid[], text) to authenticated;

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
