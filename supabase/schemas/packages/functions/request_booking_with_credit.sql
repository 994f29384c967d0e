/*
 * A client books sessions of what they have paid for, each with a credit of the order: one time or
 * several, all or none, as request_series. An instant offer is confirmed at once; else the coach is
 * asked, and what they decline comes back. `starts` are instants that credit_slots shows. Returns the id of
 * the first booking.
 *
 * Of what is paid in parts `order_id` is any part: those whose credits end first are used first.
 *
 * The package's lock decides who uses the last credit. The version that was bought says how long a
 * session is, on sale or not.
 *
 * Raises: UPSGN, UPONB, UPZON, OKNFD (not the asker's, or not paid for), OKEND (its credits have
 * ended), OKNON (fewer are left), OKLAT (a time is after they end), OFGON (the coach takes no
 * bookings), OBRPT (no time, or too many), OBTIM, OBTKN, OBDAT.
 * Security definer: nobody may insert bookings or credits.
 */
create function public.request_booking_with_credit(
  order_id uuid,
  starts timestamptz[],
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
  v_starts timestamptz[] := array(
    select distinct start from unnest(request_booking_with_credit.starts) as start where start is not null order by start
  );
  v_order public.orders;
  v_taken integer := 0;
  v_count integer;
  v_booking_ids uuid[];
  v_first_id uuid;
begin
  if not private.is_time_zone(request_booking_with_credit.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  for v_order in
    select * from private.lock_credits(request_booking_with_credit.order_id, v_client.id, v_starts)
  loop
    exit when v_taken = cardinality(v_starts);
    perform private.lock_open_coach(v_order.coach_id, cardinality(v_starts) > 1);

    v_count := least(private.credits_left(v_order.id), cardinality(v_starts) - v_taken);
    v_booking_ids := private.take_credit_times(
      v_order, v_starts[v_taken + 1 : v_taken + v_count], request_booking_with_credit.time_zone,
      request_booking_with_credit.note
    );
    v_taken := v_taken + v_count;
    v_first_id := coalesce(v_first_id, v_booking_ids[1]);

    if (select offers.is_instant from public.offers where offers.id = v_order.offer_id) then
      perform private.move_booking(id, array['held']::public.booking_status[], 'confirmed', 'system')
      from unnest(v_booking_ids) as id;
      perform private.welcome_sessions(v_order.id, v_booking_ids);
    else
      perform private.move_booking(id, array['held']::public.booking_status[], 'requested', 'system')
      from unnest(v_booking_ids) as id;
      perform private.ask_coach(v_order.id, v_booking_ids);
    end if;
  end loop;

  return v_first_id;
end;
$$;

grant execute on function public.request_booking_with_credit(uuid, timestamptz[], text, text) to authenticated;

/*
 * The client's orders of one package, locked, whose credits pay for sessions at these times: those that
 * have some left, in the order in which they are used. Raises: OBRPT, OKNFD, OKEND, OKNON, OKLAT.
 */
create function private.lock_credits(order_id uuid, client_id uuid, starts timestamptz[])
returns setof public.orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_most integer := (private.settings()).series_sessions;
  v_count integer := cardinality(lock_credits.starts);
  v_order public.orders;
  v_left integer;
  v_ends_at timestamptz;
begin
  if v_count not between 1 and v_most then
    raise exception 'Choose at least one time, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  select * into v_order
  from public.orders
  where orders.id = lock_credits.order_id
    and orders.client_id = lock_credits.client_id
    and orders.credits_end_at is not null;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;

  perform private.lock_package(v_order.id);

  select sum(private.credits_left(orders.id)), max(orders.credits_end_at)
  into v_left, v_ends_at
  from private.package_orders(v_order) as orders
  where orders.credits_end_at > now()
    and orders.status in ('paid', 'released');

  if v_ends_at is null then
    raise exception 'These sessions can no longer be booked.' using errcode = 'OKEND';
  elsif v_left = 0 then
    raise exception 'There is no session left to book with.' using errcode = 'OKNON';
  elsif v_left < v_count then
    raise exception 'You chose % times, and % left to book with.', v_count,
      case v_left when 1 then 'one session is' else v_left || ' sessions are' end using errcode = 'OKNON';
  elsif lock_credits.starts[v_count] >= v_ends_at then
    raise exception 'These sessions must begin before %. Choose an earlier time.',
      to_char(v_ends_at at time zone (select profiles.time_zone from public.profiles where profiles.id = lock_credits.client_id), 'FMMonth FMDD, YYYY') using errcode = 'OKLAT';
  end if;

  return query
    select orders.*
    from private.package_orders(v_order) as orders
    where orders.credits_end_at > now()
      and orders.status in ('paid', 'released')
      and private.credits_left(orders.id) > 0
    order by orders.credits_end_at, orders.plan_position;
end;
$$;

/*
 * A coach who takes bookings, and their calendar, locked as hold_times does; `alone` when several
 * times are taken (see request_series). Raises: OFGON.
 */
create function private.lock_open_coach(coach_id uuid, alone boolean)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if lock_open_coach.alone then
    perform from public.coaches where coaches.id = lock_open_coach.coach_id and coaches.status = 'approved' for no key update;
  else
    perform from public.coaches where coaches.id = lock_open_coach.coach_id and coaches.status = 'approved' for share;
  end if;

  if not found then
    raise exception 'This coach takes no bookings at the moment. What you have left stays yours.' using errcode = 'OFGON';
  end if;

  perform private.lock_calendar(lock_open_coach.coach_id);
end;
$$;

/*
 * Holds the times of an order whose credits pay for them, and uses a credit for each. Returns the
 * bookings, in order. Raises: OBTIM, OBTKN, OBDAT.
 */
create function private.take_credit_times(order_row public.orders, starts timestamptz[], time_zone text, note text)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_position integer;
  v_booking_id uuid;
  v_booking_ids uuid[] := '{}';
  v_gone timestamptz[] := '{}';
begin
  select * into v_offer from public.offers where offers.id = (take_credit_times.order_row).offer_id;

  -- One that was called off keeps its number.
  select coalesce(max(bookings.position), 0) into v_position
  from public.bookings
  where bookings.order_id = (take_credit_times.order_row).id;

  for v_index in 1 .. cardinality(take_credit_times.starts) loop
    v_booking_id := private.hold_time(
      v_offer, (take_credit_times.order_row).id, v_position + v_index, take_credit_times.starts[v_index],
      take_credit_times.time_zone, take_credit_times.note
    );

    if v_booking_id is null then
      v_gone := v_gone || take_credit_times.starts[v_index];
    else
      v_booking_ids := v_booking_ids || v_booking_id;
    end if;
  end loop;

  if cardinality(v_gone) > 0 then
    if cardinality(take_credit_times.starts) = 1 then
      perform private.refuse_time(v_offer, v_gone[1]);
    end if;
    raise exception 'Nothing is booked, because not every date is free any more: %.',
      private.date_list(v_gone, take_credit_times.time_zone) using errcode = 'OBDAT';
  end if;

  insert into public.credit_entries (order_id, booking_id, kind, sessions)
  select (take_credit_times.order_row).id, id, 'used', -1 from unnest(v_booking_ids) as id;

  return v_booking_ids;
end;
$$;
