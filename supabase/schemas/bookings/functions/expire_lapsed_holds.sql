/*
 * Frees the times of a coach's holds and requests that are over and touch `window`, so that a
 * lapsed one is free the moment it lapses and not when cron comes by. Orders that another
 * transaction is at (it is confirming or expiring them) are left to it. The order is locked
 * before the booking, as everywhere: the other way round would deadlock with a payment.
 */
create function private.expire_lapsed_holds(coach_id uuid, time_window tstzrange)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.coach_id = expire_lapsed_holds.coach_id
      and bookings.during && expire_lapsed_holds.time_window
      and bookings.status in ('held', 'requested')
      and private.shown_status(bookings) = 'expired'
    for update of orders skip locked
  loop
    perform private.lapse_hold(v_order_id, 'system');
    perform private.expire_request(v_order_id);
  end loop;
end;
$$;

/* Cron's sweep of the same, over all coaches: for the statuses people see. */
create function private.expire_holds()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.status = 'held'
      and bookings.hold_expires_at <= now()
    order by bookings.hold_expires_at
    limit 500
    for update of orders skip locked
  loop
    perform private.lapse_hold(v_order_id, 'system');
  end loop;
end;
$$;
