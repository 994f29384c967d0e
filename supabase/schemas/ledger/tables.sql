comment on table private.ledger_journals is 'Every step of money: what it was and what caused it. Its entries sum to zero. Append only.';
comment on table private.ledger_entries is 'What each step put into an account or took out of it, in cents. A balance is a sum of these. Append only.';

alter table private.ledger_entries add constraint ledger_entries_amount check (amount_cents <> 0);

alter table private.ledger_journals enable row level security;
alter table private.ledger_entries enable row level security;

-- No grants: steps are written by triggers on the rows that say what happened, and read in Studio.
