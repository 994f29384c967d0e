comment on table public.payout_accounts is 'The Stripe account that a coach is paid to, as Stripe told us last.';

-- Prisma has no lists that must be there.
alter table public.payout_accounts alter column currently_due set not null;

alter table public.payout_accounts enable row level security;

grant select on public.payout_accounts to authenticated;

-- No writes: only what Stripe says of an account changes it (record_payout_account).
