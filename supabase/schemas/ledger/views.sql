/*
 * What does not add up: must be empty. Each order whose money in the ledger is not what its payments
 * and refunds say, or of which more went back than came.
 */
create view admin.money_mismatch
with (security_invoker = true)
as
with told as (
  select orders.id as order_id,
    coalesce((
      select sum(payments.amount_cents) from public.payments
      where payments.order_id = orders.id and payments.status in ('succeeded', 'surplus')
    ), 0) as paid_cents,
    coalesce((
      select sum(refunds.amount_cents) from public.refunds
      where refunds.order_id = orders.id and refunds.status = 'succeeded'
    ), 0) as returned_cents
  from public.orders
), kept as (
  select ledger_journals.order_id, sum(ledger_entries.amount_cents) as balance_cents
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  where ledger_entries.account = 'stripe_balance'
    and ledger_journals.kind in ('payment', 'refund', 'refund_failed')
  group by ledger_journals.order_id
)
select told.order_id, told.paid_cents, told.returned_cents, coalesce(kept.balance_cents, 0) as balance_cents
from told
left join kept using (order_id)
where coalesce(kept.balance_cents, 0) <> told.paid_cents - told.returned_cents
  or told.returned_cents > told.paid_cents;

comment on view admin.money_mismatch is 'What does not add up: orders whose ledger differs from their payments and refunds. Must be empty.';
