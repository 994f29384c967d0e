/*
 * How a coach stands, in cents. What is theirs and was sent are sums of the ledger: `paid_cents` was
 * sent and not taken back, `available_cents` is theirs and on its way, without what waits, and without
 * what an admin took back in Stripe's dashboard while the client got nothing back: that is sent by nobody
 * but an admin, and is in none of the sums. What waits
 * for something (`on_hold_cents`) and what may still become theirs (`pending_cents`) is counted from
 * the sessions; `owed_cents` is what they owe us. Nothing but zeros for anyone who is not a coach.
 *
 * Security definer: nobody may read the ledger.
 */
create function public.coach_balance()
returns table (pending_cents integer, on_hold_cents integer, available_cents integer, paid_cents integer, owed_cents integer)
language sql
stable
security definer
set search_path = ''
as $$
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
  -- As far as it is not what a refund has taken off the share. Of what is disputed all waits already.
  taken_by_admins as (
    select coalesce(sum(greatest(0, earnings.share_cents - private.settled_cents(earnings.id) + taken.cents)), 0) as cents
    from (
      select transfers.earning_id, sum(transfer_reversals.reversed_cents) as cents
      from public.transfers
      join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
      where transfers.coach_id = private.current_coach_id()
        and transfer_reversals.why = 'made_in_stripe'
      group by transfers.earning_id
    ) as taken
    join public.earnings on earnings.id = taken.earning_id
    join public.orders on orders.id = earnings.order_id and orders.status <> 'disputed'
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
    greatest(0, ledger.payable_cents - waiting.cents - taken_by_admins.cents)::integer, ledger.sent_cents::integer,
    private.coach_debt_cents(private.current_coach_id())
  from ledger, waiting, taken_by_admins, coming;
$$;

grant execute on function public.coach_balance() to authenticated;
