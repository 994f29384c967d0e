comment on table public.payout_accounts is 'The Stripe account that a coach is paid to, as Stripe told us last.';

-- Prisma has no lists that must be there.
alter table public.payout_accounts alter column currently_due set not null;

alter table public.payout_accounts enable row level security;

grant select on public.payout_accounts to authenticated;

-- No writes: only what Stripe says of an account changes it (record_payout_account).

comment on table public.earnings is 'What a session, or a period of a membership, brought its coach; written when its money becomes theirs.';
comment on table public.transfers is 'A coach''s share on its way to their Stripe account; written before Stripe is asked.';
comment on table public.transfer_reversals is 'Money taken back from a coach''s Stripe account; what Stripe can''t take is what the coach owes.';

alter table public.earnings
  add constraint earnings_amounts
    check (kept_cents >= 0 and kept_cents <= price_cents and fee_cents >= 0 and share_cents >= 0 and subsidy_cents >= 0),
  add constraint earnings_add_up check (kept_cents + subsidy_cents = fee_cents + share_cents);

-- A period of a membership is earned once, too.
create unique index earnings_one_per_period on public.earnings (order_id) where booking_id is null;

alter table public.transfers
  add constraint transfers_amounts check (amount_cents >= 0 and netted_cents >= 0),
  add constraint transfers_waiting_is_whole check (status <> 'waiting' or amount_cents > 0 and netted_cents = 0),
  add constraint transfers_failed_say_why check ((status = 'failed') = (failure_code is not null));

create index transfers_waiting_idx on public.transfers (coach_id, created_at) where status = 'waiting';

alter table public.transfer_reversals
  add constraint transfer_reversals_amounts check (amount_cents > 0 and reversed_cents between 0 and amount_cents),
  add constraint transfer_reversals_settled_say_how_much check ((status = 'requested') = (reversed_cents is null));

-- Those of which money can still be released; free intro calls never are.
create index orders_to_release_idx on public.orders (paid_at) where status = 'paid' and amount_cents + discount_cents > 0;

alter table public.earnings enable row level security;
alter table public.transfers enable row level security;
alter table public.transfer_reversals enable row level security;

grant select on public.earnings to authenticated;

-- By column: what they are called at Stripe is nobody's concern.
grant select (id, earning_id, coach_id, amount_cents, netted_cents, status, created_at, settled_at)
  on public.transfers to authenticated;
grant select (id, transfer_id, why, amount_cents, reversed_cents, status, created_at, settled_at)
  on public.transfer_reversals to authenticated;

comment on table public.payouts is 'Money on its way from a coach''s Stripe account to their bank, as Stripe tells of it.';

alter table public.payouts add constraint payouts_failed_say_why check ((status = 'failed') = (failure_code is not null));

alter table public.payouts enable row level security;

grant select (id, coach_id, status, amount_cents, arrives_on, failure_code, created_at) on public.payouts to authenticated;

-- No writes: money moves only through functions.
