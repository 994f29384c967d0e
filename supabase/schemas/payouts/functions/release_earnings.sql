/*
 * Why the money of a session is not its coach's yet, or null when it can be released: it was held
 * (or its client did not come, or called it off late), platform_settings.release_after_minutes have
 * passed since it ended or was to end, what was decided of who came is settled, so that nobody can object
 * to it any more, the money is ours and no dispute is about it. The time to object begins with the decision,
 * which comes half an hour to a day after the end: release_after_minutes alone would be over before it.
 */
create function private.unreleased_because(booking public.bookings)
returns public.earning_hold
language sql
stable
set search_path = ''
as $$
  select case
    when orders.status = 'disputed' then 'dispute'
    when orders.paid_at is null or orders.amount_cents > 0 and not exists (
      select from public.payments where payments.order_id = orders.id and payments.status = 'succeeded'
    ) then 'payment'
    when (unreleased_because.booking).status not in ('completed', 'no_show_client', 'no_show_coach', 'cancelled') then 'to_come'
    when decision.objected_at is not null and decision.settled_at is null then 'objection'
    when (unreleased_because.booking).ends_at + make_interval(mins => (private.settings()).release_after_minutes) > now() then 'window'
    when (unreleased_because.booking).status = 'completed' and decision.booking_id is null
      or decision.outcome = 'unknown' and decision.settled_at is null then 'attendance'
    when decision.booking_id is not null and decision.settled_at is null then 'window'
  end::public.earning_hold
  from public.orders
  left join public.attendance_decisions as decision on decision.booking_id = (unreleased_because.booking).id
  where orders.id = (unreleased_because.booking).order_id;
$$;

/*
 * The same for a period of a membership: it has ended as long ago, and each of its sessions was held or came
 * to nothing, and is settled. Null, too, for an order that is no period.
 */
create function private.period_unreleased_because(order_row public.orders)
returns public.earning_hold
language sql
stable
set search_path = ''
as $$
  select case
    when (period_unreleased_because.order_row).status = 'disputed' then 'dispute'
    when (period_unreleased_because.order_row).paid_at is null then 'payment'
    when (period_unreleased_because.order_row).period_ends_at > now() then 'to_come'
    when (period_unreleased_because.order_row).period_ends_at
      + make_interval(mins => (private.settings()).release_after_minutes) > now() then 'window'
    else (
      -- The last of the reasons in their order: what somebody has to look at, before what only takes time.
      select max(private.unreleased_because(bookings))
      from public.bookings
      where bookings.order_id = (period_unreleased_because.order_row).id
        and bookings.status in ('held', 'requested', 'confirmed', 'completed', 'no_show_client', 'no_show_coach')
    )
  end::public.earning_hold;
$$;

/*
 * Run by cron. Releases what is due, order by order, at most 200 of them at a time, and periods of
 * memberships; an order that somebody works on is left for the next run. An order of which nothing is left
 * to release is `released`.
 */
create function private.release_earnings()
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
    from public.orders
    where orders.status = 'paid'
      and orders.amount_cents + orders.discount_cents > 0
      and exists (
        select
        from public.bookings
        cross join lateral private.session_split(bookings) as split
        where bookings.order_id = orders.id
          and bookings.ends_at <= now()
          and not exists (select from public.earnings where earnings.booking_id = bookings.id)
          and private.unreleased_because(bookings) is null
      )
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    perform private.release_session(bookings)
    from public.bookings
    where bookings.order_id = v_order_id and bookings.ends_at <= now()
    order by bookings.position;
  end loop;

  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'paid'
      and orders.amount_cents + orders.discount_cents > 0
      and orders.period_ends_at <= now()
      and not exists (select from public.earnings where earnings.order_id = orders.id)
      and exists (select from private.period_split(orders.id))
      and private.period_unreleased_because(orders) is null
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    -- Looked at again under the lock.
    perform private.release_whole(orders.id)
    from public.orders
    where orders.id = v_order_id and private.period_unreleased_because(orders) is null;
  end loop;

  -- Also those whose last session came to nothing after the others were released.
  update public.orders
  set status = 'released'
  where orders.id in (
    select open.id
    from public.orders as open
    where open.status = 'paid'
      and open.amount_cents + open.discount_cents > 0
      and exists (select from public.earnings where earnings.order_id = open.id)
      and not private.has_more_to_earn(open.id)
    limit 200
    for update skip locked
  );
end;
$$;

/* The money of one session becomes its coach's, once, if it may. The caller has locked the order. */
create function private.release_session(booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_earning public.earnings;
begin
  insert into public.earnings (order_id, booking_id, coach_id, price_cents, kept_cents, fee_cents, share_cents, subsidy_cents)
  select (release_session.booking).order_id, (release_session.booking).id, (release_session.booking).coach_id,
    split.price_cents, split.kept_cents, split.fee_cents, split.share_cents, split.subsidy_cents
  from private.session_split(release_session.booking) as split
  where private.unreleased_because(release_session.booking) is null
  on conflict (booking_id) do nothing
  returning * into v_earning;

  if v_earning.id is not null then
    perform private.settle_earning(v_earning);
  end if;
end;
$$;

/*
 * The same for an order that is earned as a whole, a period of a membership that has ended or a no-show fee:
 * what was paid for it and did not go back. Locks it. Nothing happens a second time, while a dispute is open,
 * or when nothing was paid.
 */
create function private.release_whole(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
  v_earning public.earnings;
begin
  select * into v_order from public.orders where orders.id = release_whole.order_id for update;

  if v_order.status is distinct from 'paid' or not exists (
    select from public.payments where payments.order_id = v_order.id and payments.status = 'succeeded'
  ) then
    return;
  end if;

  insert into public.earnings (order_id, coach_id, price_cents, kept_cents, fee_cents, share_cents, subsidy_cents)
  select v_order.id, v_order.coach_id, split.price_cents, split.kept_cents, split.fee_cents, split.share_cents, split.subsidy_cents
  from private.period_split(v_order.id) as split
  on conflict (order_id) where booking_id is null do nothing
  returning * into v_earning;

  if v_earning.id is not null then
    perform private.settle_earning(v_earning);
  end if;
end;
$$;

/*
 * Whether something of an order can still become its coach's: a session to come, to be decided or
 * to be released, or a credit that can still be used. Of a period that was earned as a whole nothing.
 */
create function private.has_more_to_earn(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (
    select from public.earnings
    where earnings.order_id = has_more_to_earn.order_id and earnings.booking_id is null
  ) and (
    exists (
      select from public.bookings
      where bookings.order_id = has_more_to_earn.order_id
        and (
          bookings.status in ('held', 'requested')
          or exists (select from private.session_split(bookings))
            and not exists (select from public.earnings where earnings.booking_id = bookings.id)
        )
    ) or coalesce((
      select sum(credit_entries.sessions) from public.credit_entries where credit_entries.order_id = has_more_to_earn.order_id
    ), 0) > 0
  );
$$;
