/*
 * A request for the party that may answer it, locked. The race of an answer with the end of its
 * time, a withdrawal or a second answer is decided by this lock. Raises: OBNFD, OBNRQ.
 */
create function private.lock_request(booking_id uuid, party public.booking_actor)
returns public.bookings
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings := private.lock_booking(lock_request.booking_id);
begin
  if private.booking_party(v_booking) is distinct from lock_request.party then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if private.shown_status(v_booking) <> 'requested' then
    raise exception 'This request is not open any more.' using errcode = 'OBNRQ';
  end if;

  return v_booking;
end;
$$;

/*
 * Ends a request without a session: declined by the coach, cancelled (withdrawn) by the client,
 * expired by nobody. Every time that was asked for is free, the order expired, the money let go,
 * and whoever did not do it is told. The caller has locked the order. Nothing happens when it is
 * not requested any more.
 */
create function private.end_request(
  order_id uuid,
  target public.booking_status,
  actor public.booking_actor,
  reason text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_ended_count integer := 0;
begin
  -- From the last to the first, so that it is the first of which they are told.
  for v_booking in
    select * from public.bookings
    where bookings.order_id = end_request.order_id
    order by bookings.starts_at desc
  loop
    v_ended_count := v_ended_count + private.move_booking(
      v_booking.id, array['requested']::public.booking_status[], end_request.target, end_request.actor,
      jsonb_build_object('reason', left(trim(end_request.reason), 500))
    )::integer;
  end loop;

  if v_ended_count = 0 then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = end_request.order_id and orders.status = 'pending';
  perform private.release_payments(end_request.order_id);

  case end_request.target
    when 'declined' then
      perform private.notify(v_booking.client_id, 'request_declined', v_booking.id, v_booking.id);
    when 'cancelled' then
      perform private.notify(coaches.profile_id, 'request_withdrawn', v_booking.id, v_booking.id)
      from public.coaches where coaches.id = v_booking.coach_id;
    else
      perform private.notify_parties(v_booking.id, 'request_expired');
  end case;
end;
$$;
