create trigger credit_entries__never_below_zero
  after insert on public.credit_entries
  for each row execute function private.tg_credit_entries__never_below_zero();

create trigger credit_entries__never_change
  before update or delete or truncate on public.credit_entries
  for each statement execute function private.tg_credit_entries__never_change();
