SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.earning_money (
  order_id   uuid,
  booking_id uuid
)
  RETURNS TABLE (
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    subsidy_cents  integer,
    share_cents    integer,
    sent_cents     integer,
    netted_cents   integer,
    state          public.earning_state,
    hold           public.earning_hold,
    released_at    timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select price.paid_cents, price.refunded_cents,
    coalesce(split.fee_cents, 0), coalesce(split.subsidy_cents, 0), coalesce(split.share_cents, 0),
    coalesce(sent.cents, 0)::integer, coalesce(sent.netted_cents, 0)::integer,
    case
      when split.share_cents is null then 'nothing'
      when earnings.id is null and why.hold in ('objection', 'attendance', 'dispute') then 'on_hold'
      when earnings.id is null then 'pending'
      when why.hold is not null then 'on_hold'
      when sent.is_open then 'available'
      else 'paid'
    end::public.earning_state,
    case when split.share_cents is not null then why.hold end,
    earnings.released_at
  from public.orders
  left join public.bookings on bookings.id = earning_money.booking_id
  left join public.earnings
    on earnings.order_id = orders.id and earnings.booking_id is not distinct from earning_money.booking_id
  cross join lateral (
    select
      case
        when orders.paid_at is null then 0
        when bookings.id is null then orders.amount_cents
        else private.session_cents(bookings)
      end as paid_cents,
      case when bookings.id is null then private.returned_cents(orders.id) else private.session_returned_cents(bookings) end as refunded_cents
  ) as price
  left join lateral (
    select session.fee_cents, session.subsidy_cents, session.share_cents
    from private.session_split(bookings) as session
    where bookings.id is not null
    union all
    select period.fee_cents, period.subsidy_cents, period.share_cents
    from private.period_split(orders.id) as period
    where bookings.id is null and orders.status <> 'expired'
  ) as split on true
  left join lateral (
    select sum(transfers.amount_cents) filter (where transfers.status = 'succeeded')
        - coalesce(sum(reversed.cents), 0) as cents,
      sum(transfers.netted_cents) filter (where transfers.status <> 'failed') as netted_cents,
      bool_or(transfers.status in ('waiting', 'requested')) as is_open,
      max(private.unsent_because(transfers)) filter (where transfers.status = 'waiting') as hold
    from public.transfers
    left join lateral (
      select sum(transfer_reversals.reversed_cents) as cents
      from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
    ) as reversed on true
    where transfers.earning_id = earnings.id
  ) as sent on true
  cross join lateral (
    select case
      when earnings.id is not null then case
        when orders.status = 'disputed' and coalesce(sent.cents + sent.netted_cents, 0) < earnings.share_cents then 'dispute'
        else sent.hold
      end
      when bookings.id is not null then private.unreleased_because(bookings)
      else private.period_unreleased_because(orders)
    end as hold
  ) as why
  where orders.id = earning_money.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.period_unreleased_because (
  order_row public.orders
)
  RETURNS public.earning_hold
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.release_earnings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.unreleased_because (
  booking public.bookings
)
  RETURNS public.earning_hold
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

REVOKE ALL ON FUNCTION "private"."period_unreleased_because"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."period_unreleased_because"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."period_unreleased_because"(public.orders) TO "postgres";
