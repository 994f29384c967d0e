/*
 * How many cents of what an order cost are back or on their way back, or lost to the client's bank.
 * Recounted from the rows. A surplus payment that was returned is not part of it: it never paid for
 * the order.
 */
create function private.returned_cents(order_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(returned.cents), 0)::integer
  from (
    select refunds.payment_id, refunds.amount_cents
    from public.refunds
    where refunds.order_id = returned_cents.order_id and refunds.status <> 'failed'
    union all
    select disputes.payment_id, disputes.lost_cents
    from public.disputes
    where disputes.order_id = returned_cents.order_id
  ) as returned (payment_id, cents)
  join public.payments on payments.id = returned.payment_id
  where payments.status <> 'surplus';
$$;

/*
 * How many cents of the price a refund gives back: all that it is of, or when it failed what was given back in
 * Stripe's dashboard in its place.
 */
create function private.given_back_cents(refund public.refunds)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when (given_back_cents.refund).status = 'failed' then (
      select replaced.price_cents from private.replaced_of_refund((given_back_cents.refund).id) as replaced
    )
    else (given_back_cents.refund).amount_cents
  end;
$$;

/*
 * What one session of an order cost, in cents: nothing when its credit came back, or when its coach left
 * it out. Those of all sessions, and what the credits that are left cost, sum to the order's amount; those
 * of a membership cost nothing by themselves.
 */
create function private.session_cents(booking public.bookings)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select from public.credit_entries
      where credit_entries.booking_id = (session_cents.booking).id and credit_entries.kind = 'returned'
    ) then 0
    when private.is_left_out(session_cents.booking, orders) then 0
    else private.credit_cents(orders)
  end
  from public.orders
  where orders.id = (session_cents.booking).order_id;
$$;

/*
 * How many cents of what one session cost are back or on their way back: its own refunds, and
 * its part of those made in Stripe, which are of the order as a whole, but for what was given back in place of a
 * refund that failed. Those are shared by what is left of each session, to the cent, so that all of them sum to
 * returned_cents; what the credits that are not used cost has its part like a session.
 */
create function private.session_returned_cents(booking public.bookings)
returns integer
language sql
stable
set search_path = ''
as $$
  with sessions as (
    select siblings.id, siblings.position, own.cents as own_cents,
      -- What comes back of a membership's session is of its period's price: the session cost nothing by itself.
      greatest(0, private.session_cents(siblings) - own.cents) as left_cents
    from public.bookings as siblings
    cross join lateral (
      select coalesce(sum(private.given_back_cents(refunds)), 0) as cents
      from public.refunds
      where refunds.booking_id = siblings.id
    ) as own
    where siblings.order_id = (session_returned_cents.booking).order_id
    union all
    select null, 0, unused.own_cents, unused.cents - unused.own_cents
    from private.unused_cents((session_returned_cents.booking).order_id) as unused
  ),
  shared as (
    select sessions.id, sessions.own_cents, sessions.left_cents,
      sum(sessions.left_cents) over (order by sessions.position) as up_to_here,
      nullif(sum(sessions.left_cents) over (), 0) as of_all,
      private.returned_cents((session_returned_cents.booking).order_id) - sum(sessions.own_cents) over () as cents
    from sessions
  )
  select (
    shared.own_cents
      + coalesce(floor(shared.cents * shared.up_to_here / shared.of_all), 0)
      - coalesce(floor(shared.cents * (shared.up_to_here - shared.left_cents) / shared.of_all), 0)
  )::integer
  from shared
  where shared.id = (session_returned_cents.booking).id;
$$;

/*
 * What of an order's amount is of no session, because credits are left, have ended or are of a
 * membership, and how much of that went back when they ended.
 */
create function private.unused_cents(order_id uuid)
returns table (cents integer, own_cents integer)
language sql
stable
set search_path = ''
as $$
  select orders.amount_cents - coalesce((
      select sum(private.session_cents(bookings))::integer from public.bookings where bookings.order_id = orders.id
    ), 0),
    coalesce((
      select sum(private.given_back_cents(refunds))::integer from public.refunds
      where refunds.order_id = orders.id and refunds.reason = 'credits_ended'
    ), 0)
  from public.orders
  where orders.id = unused_cents.order_id;
$$;
