/*
 * How many cents come back if `actor` cancels this booking now: none when its credit comes back
 * instead (returns_credit). A session of a membership costs nothing by itself: when its credit has ended, its
 * part of the period's price comes back, unless its client gives it up. Never more than is left: an admin may have given some back in Stripe's
 * dashboard, and Stripe refuses to return it twice.
 */
create function private.refundable_cents(booking public.bookings, actor public.booking_actor)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when private.returns_credit(refundable_cents.booking, refundable_cents.actor) then 0
    when orders.membership_id is null then least(
      private.agreed_refund_cents(refundable_cents.booking, refundable_cents.actor),
      greatest(0, private.session_cents(refundable_cents.booking) - private.session_returned_cents(refundable_cents.booking))
    )
    when refundable_cents.actor <> 'client' or (refundable_cents.booking).moved_by in ('coach', 'admin')
      then private.ended_credit_cents(refundable_cents.booking)
    else 0
  end
  from public.orders
  where orders.id = (refundable_cents.booking).order_id;
$$;

/*
 * What in cents stands for the credit of a session to come of a membership whose period is over: its part of the
 * price (credit_worth_cents), as far as the sessions of the period that are to come before it leave it. So all of
 * them together are never more than is left, when each is a cent too much by its rounding.
 */
create function private.ended_credit_cents(booking public.bookings)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when private.uses_credit(ended_credit_cents.booking) then greatest(0, least(
      private.credit_worth_cents(ended_credit_cents.booking),
      orders.amount_cents - private.returned_cents(orders.id) - coalesce((
        select sum(private.credit_worth_cents(earlier))
        from public.bookings as earlier
        where earlier.order_id = orders.id
          and earlier.status = 'confirmed'
          and earlier.starts_at > now()
          and (earlier.starts_at, earlier.id) < ((ended_credit_cents.booking).starts_at, (ended_credit_cents.booking).id)
          and private.uses_credit(earlier)
      ), 0)
    ))
    else 0
  end::integer
  from public.orders
  where orders.id = (ended_credit_cents.booking).order_id;
$$;

/*
 * Whether the credit that a session was booked with comes back if `actor` cancels it now: when all
 * would come back, and the credit can still be used.
 */
create function private.returns_credit(booking public.bookings, actor public.booking_actor)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.can_return_credit(returns_credit.booking)
    and private.agreed_refund_cents(returns_credit.booking, returns_credit.actor)
      >= private.policy_cents(returns_credit.booking);
$$;

/*
 * What the policy's percents are counted from: what the session cost, or a hundred, which stands
 * for all of it, when it was booked with a credit that costs nothing by itself.
 */
create function private.policy_cents(booking public.bookings)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when price.cents = 0 and private.uses_credit(policy_cents.booking) then 100
    else price.cents
  end
  from (select private.session_cents(policy_cents.booking) as cents) as price;
$$;

/*
 * The same by what was agreed alone: the policy the order was sold with, counted from the start
 * as it is now. Two rules keep a move from changing who owes what: a client who moved the
 * session gets at most what came back when they did (or one could move a session out of the
 * time in which nothing comes back, and then cancel it); and one whose coach moved it, or an
 * admin, gets all of it until the start, because they did not choose that time.
 */
create function private.agreed_refund_cents(booking public.bookings, actor public.booking_actor)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when (agreed_refund_cents.booking).moved_by in ('coach', 'admin') then price.cents
    else least(
      private.refund_cents(
        price.cents, orders.full_refund_minutes, orders.partial_refund_minutes,
        orders.partial_refund_percent, (agreed_refund_cents.booking).starts_at, agreed_refund_cents.actor, now()
      ),
      case when agreed_refund_cents.actor = 'client' then (agreed_refund_cents.booking).refund_cap_cents end
    )
  end
  from public.orders
  cross join lateral (select private.policy_cents(agreed_refund_cents.booking) as cents) as price
  where orders.id = (agreed_refund_cents.booking).order_id;
$$;

/*
 * Until when all of the price and until when a part of it comes back when the client cancels.
 * What a move has used up ended when the session was moved.
 */
create function private.refund_deadlines(booking public.bookings)
returns table (full_until timestamptz, partial_until timestamptz)
language sql
stable
set search_path = ''
as $$
  select
    case
      when (refund_deadlines.booking).moved_by in ('coach', 'admin') then (refund_deadlines.booking).starts_at
      when (refund_deadlines.booking).refund_cap_cents < private.policy_cents(refund_deadlines.booking)
        then (refund_deadlines.booking).moved_at
      else (refund_deadlines.booking).starts_at - make_interval(mins => orders.full_refund_minutes)
    end,
    case
      when (refund_deadlines.booking).moved_by in ('coach', 'admin') then (refund_deadlines.booking).starts_at
      when (refund_deadlines.booking).refund_cap_cents = 0 then (refund_deadlines.booking).moved_at
      else (refund_deadlines.booking).starts_at - make_interval(mins => orders.partial_refund_minutes)
    end
  from public.orders
  where orders.id = (refund_deadlines.booking).order_id;
$$;
