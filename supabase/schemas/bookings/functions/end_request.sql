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
 * expired by nobody. The time is free, the order expired, the money let go, and whoever did not
 * do it is told. The caller has locked the order and then the booking. Nothing happens when it
 * is not requested any more.
 */
create function private.end_request(
  booking public.bookings,
  target public.booking_status,
  actor public.booking_actor,
  reason text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking_id uuid := (end_request.booking).id;
begin
  if not private.move_booking(
    v_booking_id, array['requested']::public.booking_status[], end_request.target, end_request.actor,
    jsonb_build_object('reason', left(trim(end_request.reason), 500))
  ) then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = (end_request.booking).order_id and orders.status = 'pending';
  perform private.release_payments((end_request.booking).order_id);

  case end_request.target
    when 'declined' then
      perform private.notify((end_request.booking).client_id, 'request_declined', v_booking_id, v_booking_id);
    when 'cancelled' then
      perform private.notify(coaches.profile_id, 'request_withdrawn', v_booking_id, v_booking_id)
      from public.coaches where coaches.id = (end_request.booking).coach_id;
    else
      perform private.notify_parties(v_booking_id, 'request_expired');
  end case;
end;
$$;
