comment on table private.ledger_journals is 'Every step of money: what it was and what caused it. Its entries sum to zero. Append only.';
comment on table private.ledger_entries is 'What each step put into an account or took out of it, in cents. A balance is a sum of these. Append only.';

comment on table private.balance_transactions is 'Every movement of our money at Stripe, as Stripe lists it: what the ledger is compared with. Append only.';
comment on table private.balance_readings is 'Each time that Stripe''s list was read, and what Stripe said that it holds.';

alter table private.ledger_entries add constraint ledger_entries_amount check (amount_cents <> 0);

alter table private.balance_transactions
  add constraint balance_transactions_net check (net_cents = amount_cents - fee_cents);

-- Where the next reading begins.
create index balance_readings_covers_until_at_idx on private.balance_readings (covers_until_at);

alter table private.balance_transactions enable row level security;
alter table private.balance_readings enable row level security;
alter table private.ledger_journals enable row level security;
alter table private.ledger_entries enable row level security;

-- No grants: steps are written by triggers on the rows that say what happened, and read in Studio; Stripe's list
-- is written by record_balance.
