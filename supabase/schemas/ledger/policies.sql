create policy "Nobody reads the ledger over the API"
  on private.ledger_journals for select to anon, authenticated using (false);

create policy "Nobody reads the entries of the ledger over the API"
  on private.ledger_entries for select to anon, authenticated using (false);

create policy "Nobody reads Stripe's movements over the API"
  on private.balance_transactions for select to anon, authenticated using (false);

create policy "Nobody reads the readings of Stripe's balance over the API"
  on private.balance_readings for select to anon, authenticated using (false);
