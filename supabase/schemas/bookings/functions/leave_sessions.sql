/*
 * A person leaves: what they hold is let go, what is asked is withdrawn or declined, and
 * sessions to come are cancelled as if they had done it themselves, as a client under the order's
 * policy, as a coach with all of it going back; what is left of packages, and of the memberships of a
 * coach, ends and goes back as money. The other party is told. Sessions that were held stay as they are.
 */
create function private.leave_sessions(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_left record;
  v_first public.bookings;
begin
  perform private.lock_plans_of(leave_sessions.profile_id); -- Before any order.
  perform private.leave_dates(leave_sessions.profile_id);

  for v_left in
    select bookings.order_id,
      case when bookings.client_id = leave_sessions.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where leave_sessions.profile_id in (bookings.client_id, coaches.profile_id)
      and bookings.status in ('held', 'requested', 'confirmed')
    group by bookings.order_id, actor
    order by bookings.order_id
  loop
    perform private.lapse_hold(v_left.order_id, v_left.actor); -- Locks the order.
    perform private.end_request(
      v_left.order_id,
      case v_left.actor when 'client' then 'cancelled' else 'declined' end::public.booking_status,
      v_left.actor, 'The account was closed.'
    );

    select * into v_first
    from public.bookings
    where bookings.order_id = v_left.order_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
    order by bookings.starts_at
    limit 1;
    perform private.call_off_following(v_first, v_left.actor, 'The account was closed.');
  end loop;

  perform private.return_periods(leave_sessions.profile_id);
  perform private.leave_packages(leave_sessions.profile_id);
  perform private.leave_no_show_fees(leave_sessions.profile_id);
end;
$$;

/*
 * Calls off the dates to come of a coach who leaves; leave_sessions then cancels their seats.
 * Everything that it will lock is locked here first, in one order: orders, bookings, dates.
 */
create function private.leave_dates(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach_id uuid := (select coaches.id from public.coaches where coaches.profile_id = leave_dates.profile_id);
  v_booking_ids uuid[] := array(
    select bookings.id from public.bookings
    where (bookings.client_id = leave_dates.profile_id or bookings.coach_id = v_coach_id)
      and bookings.status in ('held', 'requested', 'confirmed')
  );
begin
  perform from public.orders
  where orders.id in (select bookings.order_id from public.bookings where bookings.id = any (v_booking_ids))
  order by orders.id
  for update;

  perform from public.bookings where bookings.id = any (v_booking_ids) order by bookings.id for update;

  perform from public.group_dates
  where group_dates.coach_id = v_coach_id
    or group_dates.id in (select bookings.group_date_id from public.bookings where bookings.id = any (v_booking_ids))
  order by group_dates.id
  for update;

  update public.group_dates
  set called_off_at = now(), call_off_reason = 'The account was closed.'
  where group_dates.coach_id = v_coach_id
    and group_dates.called_off_at is null
    and group_dates.starts_at > now();
end;
$$;
