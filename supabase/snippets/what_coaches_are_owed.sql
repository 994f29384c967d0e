-- Each coach who is owed something or owes us: what is theirs and was not sent, and why the oldest of it
-- waits (null: it is on its way), and what Stripe could not take back from them. In cents.
select coaches.display_name, payout_accounts.status as account,
  coalesce(waiting.cents, 0) as waiting_cents, waiting.since, waiting.why,
  private.coach_debt_cents(coaches.id) as owed_by_them_cents
from public.coaches
left join public.payout_accounts on payout_accounts.coach_id = coaches.id
left join lateral (
  select sum(transfers.amount_cents) as cents, min(transfers.created_at) as since,
    (array_agg(private.unsent_because(transfers) order by transfers.created_at))[1] as why
  from public.transfers
  where transfers.coach_id = coaches.id and transfers.status in ('waiting', 'requested')
) as waiting on true
where waiting.cents > 0 or private.coach_debt_cents(coaches.id) <> 0
order by waiting.since nulls last;
