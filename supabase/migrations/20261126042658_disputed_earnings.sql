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
      case when bookings.id is null then orders.amount_cents else private.session_cents(bookings) end as paid_cents,
      case when bookings.id is null then private.returned_cents(orders.id) else private.session_returned_cents(bookings) end as refunded_cents
  ) as price
  left join lateral (
    select session.fee_cents, session.subsidy_cents, session.share_cents
    from private.session_split(bookings) as session
    where bookings.id is not null
    union all
    select period.fee_cents, period.subsidy_cents, period.share_cents
    from private.period_split(orders.id) as period
    where bookings.id is null
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
      when orders.status = 'disputed' then 'dispute'
      else 'to_come'
    end as hold
  ) as why
  where orders.id = earning_money.order_id;
$function$;

CREATE OR REPLACE FUNCTION public.coach_balance()
  RETURNS TABLE (
    pending_cents   integer,
    on_hold_cents   integer,
    available_cents integer,
    paid_cents      integer,
    owed_cents      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with ledger as (
    select coalesce(-sum(ledger_entries.amount_cents), 0) as payable_cents,
      coalesce(sum(ledger_entries.amount_cents) filter (
        where ledger_journals.kind in ('transfer', 'transfer_reversed')
      ), 0) as sent_cents
    from public.orders
    join private.ledger_journals on ledger_journals.order_id = orders.id
    join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
    where orders.coach_id = private.current_coach_id()
      and ledger_entries.account = 'coach_payable'
  ),
  -- What a bank has taken back is not planned to be sent: it is what is missing of the share.
  waiting as (
    select coalesce(sum(case
      when orders.status = 'disputed' then earnings.share_cents - sent.cents
      else sent.waiting_cents
    end), 0) as cents
    from public.earnings
    join public.orders on orders.id = earnings.order_id
    cross join lateral (
      select coalesce(sum(transfers.amount_cents + transfers.netted_cents - coalesce(reversed.cents, 0)) filter (
          where transfers.status = 'succeeded'
        ), 0) as cents,
        coalesce(sum(transfers.amount_cents) filter (
          where transfers.status = 'waiting' and private.unsent_because(transfers) is not null
        ), 0) as waiting_cents
      from public.transfers
      left join lateral (
        select sum(transfer_reversals.reversed_cents) as cents
        from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
      ) as reversed on true
      where transfers.earning_id = earnings.id
    ) as sent
    where earnings.id in (
      select transfers.earning_id from public.transfers
      where transfers.coach_id = private.current_coach_id() and transfers.status = 'waiting'
      union
      select disputed.id
      from public.orders
      join public.earnings as disputed on disputed.order_id = orders.id
      where orders.coach_id = private.current_coach_id() and orders.status = 'disputed'
    )
  ),
  -- What is not released yet is of few orders: the others are released, refunded or were never paid.
  coming as (
    select coalesce(sum(money.share_cents) filter (where money.state = 'pending'), 0) as pending_cents,
      coalesce(sum(money.share_cents) filter (where money.state = 'on_hold'), 0) as on_hold_cents
    from private.earning_lines(private.current_coach_id()) as lines
    join public.orders on orders.id = lines.order_id
    cross join lateral private.earning_money(lines.order_id, lines.booking_id) as money
    where orders.status in ('paid', 'disputed')
      and not exists (
        select from public.earnings
        where earnings.order_id = lines.order_id and earnings.booking_id is not distinct from lines.booking_id
      )
  )
  select coming.pending_cents::integer, (coming.on_hold_cents + waiting.cents)::integer,
    greatest(0, ledger.payable_cents - waiting.cents)::integer, ledger.sent_cents::integer,
    private.coach_debt_cents(private.current_coach_id())
  from ledger, waiting, coming;
$function$;
