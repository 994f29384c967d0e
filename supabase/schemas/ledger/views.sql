/*
 * What a step of the ledger is called at Stripe: the id of the charge, refund, transfer, dispute or
 * payout whose money it moved. Null while Stripe has not told us.
 */
create view admin.stripe_sources
with (security_invoker = true)
as
select 'payment:' || payments.id as source, payments.stripe_charge_id as stripe_id from public.payments
union all
select 'stripe_fee:' || payments.id, payments.stripe_charge_id from public.payments
union all
select 'refund:' || refunds.id, refunds.stripe_refund_id from public.refunds
union all
select 'refund_failed:' || refunds.id, refunds.stripe_refund_id from public.refunds
union all
select 'transfer:' || transfers.id, transfers.stripe_transfer_id from public.transfers
union all
select 'transfer_reversal:' || transfer_reversals.id, transfer_reversals.stripe_reversal_id from public.transfer_reversals
union all
select ledger_journals.source, disputes.stripe_dispute_id
from private.ledger_journals
join public.disputes on disputes.id::text = split_part(ledger_journals.source, ':', 2)
where ledger_journals.kind in ('dispute', 'dispute_won')
union all
select 'taken_in:' || balance_transactions.id, coalesce(balance_transactions.source, balance_transactions.id)
from private.balance_transactions
union all
select 'balance_transaction:' || balance_transactions.id, coalesce(balance_transactions.source, balance_transactions.id)
from private.balance_transactions;

comment on view admin.stripe_sources is 'What each step of the ledger is called at Stripe.';

/*
 * What the ledger says that Stripe holds beside what Stripe says, of one thing at Stripe: only where
 * they differ, and only once neither has changed for a while (books_settle_minutes). What began before
 * books_begin_at is left out. Money that Stripe sets aside for a time is still ours.
 */
create view admin.stripe_mismatch
with (security_invoker = true)
as
with told as (
  select coalesce(balance_transactions.source, balance_transactions.id) as stripe_id,
    sum(balance_transactions.net_cents) as cents,
    min(balance_transactions.created_at) as began_at, max(balance_transactions.seen_at) as changed_at
  from private.balance_transactions
  where balance_transactions.type !~ '(^reserve|_reserve|_hold$|_release$|^connect_reserved)'
  group by 1
), kept as (
  select coalesce(stripe_sources.stripe_id, ledger_journals.source) as stripe_id,
    (array_agg(ledger_journals.order_id))[1] as order_id,
    sum(ledger_entries.amount_cents) as cents,
    min(ledger_journals.created_at) as began_at, max(ledger_journals.created_at) as changed_at
  from private.ledger_entries
  join private.ledger_journals on ledger_journals.id = ledger_entries.journal_id
  left join admin.stripe_sources on stripe_sources.source = ledger_journals.source
  where ledger_entries.account = 'stripe_balance'
  group by 1
)
select kept.order_id, stripe_id, coalesce(told.cents, 0) as told_cents, coalesce(kept.cents, 0) as ledger_cents
from told
full join kept using (stripe_id)
where coalesce(told.cents, 0) <> coalesce(kept.cents, 0)
  and least(told.began_at, kept.began_at) >= (select (private.settings()).books_begin_at)
  and greatest(told.changed_at, kept.changed_at)
    <= now() - make_interval(mins => (select (private.settings()).books_settle_minutes));

comment on view admin.stripe_mismatch is 'Where the ledger and Stripe''s list of movements differ.';

/*
 * What does not add up: must be empty. Each row says what is wrong (`what`), of which order, coach or
 * thing at Stripe, what the rows of money or Stripe say and what the ledger, or the limit, says, in cents.
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
      select sum(payments.amount_cents + payments.tax_cents) from public.payments
      where payments.order_id = orders.id and payments.status in ('succeeded', 'surplus')
    ), 0) as paid_cents,
    coalesce((
      select sum(refunds.amount_cents + refunds.tax_cents) from public.refunds
      where refunds.order_id = orders.id and refunds.status = 'succeeded'
    ), 0) as returned_cents,
    coalesce((
      select sum(refunds.amount_cents + refunds.tax_cents) from public.refunds
      where refunds.order_id = orders.id and refunds.is_elsewhere
    ), 0) as elsewhere_cents,
    coalesce((
      select sum(disputes.lost_cents + disputes.lost_tax_cents) from public.disputes where disputes.order_id = orders.id
    ), 0) as lost_cents,
    coalesce((
      select sum(payments.tax_cents) from public.payments
      where payments.order_id = orders.id and payments.status in ('succeeded', 'surplus')
    ), 0) - coalesce((
      select sum(refunds.tax_cents) from public.refunds
      where refunds.order_id = orders.id and refunds.status = 'succeeded'
    ), 0) - coalesce((
      select sum(disputes.lost_tax_cents) from public.disputes where disputes.order_id = orders.id
    ), 0) as tax_cents,
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
    ), 0) as payable_cents,
    -coalesce((
      select sum(balances.cents) from balances
      where balances.order_id = told.order_id and balances.account = 'tax_payable'
    ), 0) as owed_tax_cents
  from told
)
select 'payments and refunds' as what, order_id, coach_id, paid_cents - returned_cents + elsewhere_cents as told_cents, balance_cents as other_cents, null as stripe_id
from compared
where balance_cents <> paid_cents - returned_cents + elsewhere_cents
union all
select 'more went back than came', order_id, coach_id, returned_cents + lost_cents, paid_cents, null
from compared
where returned_cents + lost_cents > paid_cents
union all
select 'tax', order_id, coach_id, tax_cents, owed_tax_cents, null
from compared
where tax_cents <> owed_tax_cents or tax_cents < 0
union all
select 'disputed money when nothing is disputed', told.order_id, told.coach_id, 0, sum(balances.cents), null
from balances
join told using (order_id)
where balances.account = 'disputed_money'
  and not exists (
    select from public.disputes
    where disputes.order_id = told.order_id
      and (
        private.is_open(disputes.status)
        or disputes.closed_at > now() - make_interval(mins => (select (private.settings()).books_settle_minutes))
      )
  )
group by told.order_id, told.coach_id
having sum(balances.cents) <> 0
union all
select 'what is owed to a coach', null, coach_id, sum(reversed_cents + share_cents - sent_cents), -sum(payable_cents), null
from compared
group by coach_id
having sum(reversed_cents + share_cents - sent_cents) <> -sum(payable_cents)
union all
-- What is taken back, or owed since it could not be, is not with the coach.
select 'more was sent than earned', earnings.order_id, earnings.coach_id, sent.cents, earnings.share_cents, null
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
select 'earned with a session that was not held', earnings.order_id, earnings.coach_id, earnings.share_cents, 0, null
from public.earnings
join public.bookings on bookings.id = earnings.booking_id
where earnings.share_cents > 0
  and bookings.status not in ('completed', 'no_show_client')
  and not (bookings.status = 'cancelled' and bookings.cancelled_by = 'client')
union all
select 'what Stripe says of it', stripe_mismatch.order_id, null, stripe_mismatch.told_cents, stripe_mismatch.ledger_cents,
  stripe_mismatch.stripe_id
from admin.stripe_mismatch
union all
-- Something is missing in what we have read of Stripe's list.
select 'what Stripe holds', null, null, latest.balance_cents, latest.transactions_cents, null
from (
  select balance_readings.* from private.balance_readings
  where balance_readings.balance_cents is not null
  order by balance_readings.id desc
  limit 1
) as latest
where latest.balance_cents <> latest.transactions_cents;

comment on view admin.money_mismatch is 'What does not add up between the rows of money, the ledger and Stripe. Must be empty.';

/* Refunds that failed, with what of it the client still waits for, longest first. Must be empty, too. */
create view admin.failed_refunds
with (security_invoker = true)
as
select refunds.id as refund_id, refunds.order_id, refunds.booking_id, refunds.reason,
  lacking.price_cents as amount_cents, lacking.tax_cents, refunds.stripe_refund_id, refunds.settled_at as failed_at
from public.refunds
cross join lateral private.lacking_of_refund(refunds) as lacking
where refunds.status = 'failed'
  and private.is_to_follow_up(refunds)
order by refunds.settled_at;

comment on view admin.failed_refunds is 'Refunds that failed and are still to be seen to: admin.retry_refund, admin.record_refund_elsewhere, admin.dismiss_failed_refund.';
