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
 * The sessions that were asked for together with this one, and are answered with it, in order: all
 * of its order, or where an order is booked from little by little those that were booked at once.
 */
create function private.asked_with(booking public.bookings)
returns uuid[]
language sql
stable
set search_path = ''
as $$
  select array_agg(siblings.id order by siblings.starts_at)
  from public.orders
  join public.bookings as siblings on siblings.order_id = orders.id
  where orders.id = (asked_with.booking).order_id
    and (orders.credits_end_at is null or siblings.created_at = (asked_with.booking).created_at);
$$;

/*
 * Ends a request without a session: declined by the coach, cancelled (withdrawn) by the client,
 * expired by nobody. Every time that was asked for is free, the order expired, the money let go,
 * credits come back, and whoever did not do it is told. `booking_ids`: those that were asked for
 * together (asked_with), or else all of the order. The caller has locked the order. Nothing happens
 * when it is not requested any more.
 */
create function private.end_request(
  order_id uuid,
  target public.booking_status,
  actor public.booking_actor,
  reason text,
  booking_ids uuid[] default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_first public.bookings;
begin
  -- From the last to the first, so that it is the first of which they are told.
  for v_booking in
    select * from public.bookings
    where bookings.order_id = end_request.order_id
      and (end_request.booking_ids is null or bookings.id = any (end_request.booking_ids))
    order by bookings.starts_at desc
  loop
    if private.move_booking(
      v_booking.id, array['requested']::public.booking_status[], end_request.target, end_request.actor,
      jsonb_build_object('reason', left(trim(end_request.reason), 500))
    ) then
      v_first := v_booking;
      perform private.give_back_credit(
        v_booking, case end_request.actor when 'client' then 'client_cancelled' else 'coach_cancelled' end::public.refund_reason
      );
    end if;
  end loop;

  if v_first.id is null then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = end_request.order_id and orders.status = 'pending';
  perform private.release_payments(end_request.order_id);

  case end_request.target
    when 'declined' then
      perform private.notify(v_first.client_id, 'request_declined', v_first.id, v_first.id);
    when 'cancelled' then
      perform private.notify(coaches.profile_id, 'request_withdrawn', v_first.id, v_first.id)
      from public.coaches where coaches.id = v_first.coach_id;
    else
      perform private.notify_parties(v_first.id, 'request_expired');
  end case;
end;
$$;
