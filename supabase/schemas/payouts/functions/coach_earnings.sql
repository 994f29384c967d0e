/*
 * What a coach earned, a row a paid session, period of a membership or no-show fee (of `missed_booking_id`),
 * newest first: what the client paid, what came back, our fee on what stayed, what we added, the coach's
 * share (session_split), what of it was sent and what was kept back because they owed it. `state` says where
 * the money is, and `hold` what it waits for. No row for anyone who is not a coach.
 *
 * Security definer: one join over tables whose policies would each be checked a row.
 */
create function public.coach_earnings(page_size integer default 50, page_number integer default 1)
returns table (
  order_id uuid,
  booking_id uuid,
  missed_booking_id uuid,
  starts_at timestamptz,
  client_name text,
  offer_title text,
  status public.booking_status,
  paid_cents integer,
  refunded_cents integer,
  fee_cents integer,
  subsidy_cents integer,
  share_cents integer,
  sent_cents integer,
  netted_cents integer,
  state public.earning_state,
  hold public.earning_hold,
  released_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  with lines as materialized (
    select * from private.earning_lines(private.current_coach_id())
    order by starts_at desc, order_id, booking_id
    limit least(coach_earnings.page_size, 1000)
    offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 1000)
  )
  select lines.order_id, lines.booking_id, lines.missed_booking_id, lines.starts_at,
    private.shown_name(profiles), offers.title, lines.status,
    money.paid_cents, money.refunded_cents, money.fee_cents, money.subsidy_cents, money.share_cents,
    money.sent_cents, money.netted_cents, money.state, money.hold, money.released_at
  from lines
  join public.orders on orders.id = lines.order_id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  cross join lateral private.earning_money(lines.order_id, lines.booking_id) as money
  order by lines.starts_at desc, lines.order_id, lines.booking_id;
$$;

grant execute on function public.coach_earnings(integer, integer) to authenticated;

/*
 * What a coach can earn with: the sessions that are paid for, the paid periods of memberships,
 * whose sessions cost nothing by themselves, and no-show fees, also while they are not paid. A free
 * intro call earns nothing.
 */
create function private.earning_lines(coach_id uuid)
returns table (order_id uuid, booking_id uuid, missed_booking_id uuid, starts_at timestamptz, status public.booking_status)
language sql
stable
set search_path = ''
as $$
  select orders.id, bookings.id, null::uuid, bookings.starts_at, bookings.status
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.bookings on bookings.order_id = orders.id
  where orders.coach_id = earning_lines.coach_id
    and orders.paid_at is not null
    and orders.amount_cents + orders.discount_cents > 0
    and offers.kind <> 'membership'
  union all
  select orders.id, null, missed.id, coalesce(missed.starts_at, orders.period_starts_at, orders.paid_at), null
  from public.orders
  join public.offers on offers.id = orders.offer_id
  left join private.no_show_fees as fee on fee.order_id = orders.id
  left join public.bookings as missed on missed.id = fee.booking_id
  where orders.coach_id = earning_lines.coach_id
    and (orders.paid_at is not null or missed.id is not null and coalesce(fee.ended_reason, 'declined') = 'declined')
    and orders.amount_cents + orders.discount_cents > 0
    and offers.kind = 'membership';
$$;

/*
 * What there is to say of the money of one session, or of a whole order when `booking_id` is null: a period of a
 * membership, or a no-show fee, of which nothing is the coach's once it was given up.
 */
create function private.earning_money(order_id uuid, booking_id uuid)
returns table (
  paid_cents integer,
  refunded_cents integer,
  fee_cents integer,
  subsidy_cents integer,
  share_cents integer,
  sent_cents integer,
  netted_cents integer,
  state public.earning_state,
  hold public.earning_hold,
  released_at timestamptz
)
language sql
stable
set search_path = ''
as $$
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
$$;
