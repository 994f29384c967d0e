-- The steps of money from before there was a ledger. Refunds come after what they give back.
select private.post_journal(
  'payment', 'payment:' || payments.id, payments.order_id,
  jsonb_build_object('stripe_balance', payments.amount_cents, 'client_money', -payments.amount_cents)
)
from public.payments
where payments.status in ('succeeded', 'surplus')
order by payments.created_at;

select private.post_journal(
  'refund', 'refund:' || refunds.id, refunds.order_id,
  jsonb_build_object('stripe_balance', -refunds.amount_cents, 'client_money', refunds.amount_cents)
)
from public.refunds
where refunds.status = 'succeeded'
order by refunds.created_at;
