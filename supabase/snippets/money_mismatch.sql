-- What does not add up: must be empty. `told_cents` is what our rows, or Stripe, say; `other_cents` what
-- the ledger says, or the limit. `stripe_id` can be searched for in Stripe's dashboard. Nothing in the
-- ledger is changed: a mistake is mended by another journal.
-- What Stripe has of no row of ours is taken in by take_in_money.sql.
select money_mismatch.what, money_mismatch.order_id, money_mismatch.coach_id, money_mismatch.stripe_id,
  money_mismatch.told_cents, money_mismatch.other_cents,
  money_mismatch.other_cents - money_mismatch.told_cents as difference_cents
from admin.money_mismatch
order by money_mismatch.what, money_mismatch.order_id
limit 200;
