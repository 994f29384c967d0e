/*
 * What does not add up: must be empty. Each row says what is wrong (`what`), of which order or
 * coach, what the rows of money say and what the ledger, or the limit, says, in cents.
 */
create view admin.money_mismatch
with (security_invoker = true)
as
with balances as materialized (
  select ledger_journals.order_id, ledger_journals.kind, ledger_entries.account, sum(ledger_entries.amount_cents) as cents
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  group by ledger_journals.order_id, ledger_journals.kind, ledger_entries.account
), told as (
  select orders.id as order_id, orders.coach_id,
    coalesce((
      select sum(payments.amount_cents) from public.payments
      where payments.order_id = orders.id and payments.status in ('succeeded', 'surplus')
    ), 0) as paid_cents,
    coalesce((
      select sum(refunds.amount_cents) from public.refunds
      where refunds.order_id = orders.id and refunds.status = 'succeeded'
    ), 0) as returned_cents,
    coalesce((select sum(earnings.share_cents) from public.earnings where earnings.order_id = orders.id), 0) as share_cents,
    coalesce((
      select sum(transfers.amount_cents)
      from public.earnings join public.transfers on transfers.earning_id = earnings.id
      where earnings.order_id = orders.id and transfers.status = 'succeeded'
    ), 0) as sent_cents,
    coalesce((
      select sum(transfer_reversals.reversed_cents)
      from public.earnings
      join public.transfers on transfers.earning_id = earnings.id
      join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
      where earnings.order_id = orders.id
    ), 0) as reversed_cents
  from public.orders
), compared as (
  select told.*,
    coalesce((
      select sum(balances.cents) from balances
      where balances.order_id = told.order_id and balances.account = 'stripe_balance'
        and balances.kind in ('payment', 'refund', 'refund_failed')
    ), 0) as balance_cents,
    coalesce((
      select sum(balances.cents) from balances
      where balances.order_id = told.order_id and balances.account = 'coach_payable'
    ), 0) as payable_cents
  from told
)
select 'payments and refunds' as what, order_id, coach_id, paid_cents - returned_cents as told_cents, balance_cents as other_cents
from compared
where balance_cents <> paid_cents - returned_cents
union all
select 'more went back than came', order_id, coach_id, returned_cents, paid_cents
from compared
where returned_cents > paid_cents
union all
select 'what is owed to a coach', null, coach_id, sum(reversed_cents + share_cents - sent_cents), -sum(payable_cents)
from compared
group by coach_id
having sum(reversed_cents + share_cents - sent_cents) <> -sum(payable_cents)
union all
-- What is taken back, or owed since it could not be, is not with the coach.
select 'more was sent than earned', earnings.order_id, earnings.coach_id, sent.cents, earnings.share_cents
from public.earnings
cross join lateral (
  select private.settled_cents(earnings.id) - coalesce((
    select sum(transfer_reversals.amount_cents)
    from public.transfers
    join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
    where transfers.earning_id = earnings.id and transfer_reversals.why = 'made_in_stripe'
  ), 0) as cents
) as sent
where sent.cents > earnings.share_cents
union all
select 'earned with a session that was not held', earnings.order_id, earnings.coach_id, earnings.share_cents, 0
from public.earnings
join public.bookings on bookings.id = earnings.booking_id
where earnings.share_cents > 0
  and bookings.status not in ('completed', 'no_show_client')
  and not (bookings.status = 'cancelled' and bookings.cancelled_by = 'client');

comment on view admin.money_mismatch is 'What does not add up between the rows of money and the ledger. Must be empty.';
