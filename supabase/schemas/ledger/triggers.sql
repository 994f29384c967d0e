/*
 * Looked at when the transaction commits: a journal is written row by row. On the journal, too, or
 * one without any entry would pass.
 */
create constraint trigger ledger_entries__sum_to_zero
  after insert on private.ledger_entries
  deferrable initially deferred
  for each row execute function private.tg_ledger_entries__sum_to_zero();

create constraint trigger ledger_journals__have_entries
  after insert on private.ledger_journals
  deferrable initially deferred
  for each row execute function private.tg_ledger_journals__have_entries();

create trigger ledger_journals__never_change
  before update or delete or truncate on private.ledger_journals
  for each statement execute function private.tg_ledger__never_change();

create trigger ledger_entries__never_change
  before update or delete or truncate on private.ledger_entries
  for each statement execute function private.tg_ledger__never_change();

-- What Stripe does by itself: no row of ours tells of it.
create trigger balance_transactions__post_journal
  after insert on private.balance_transactions
  for each row
  when (new.net_cents <> 0)
  execute function private.tg_balance_transactions__post_journal();

create trigger balance_transactions__read_again
  after insert on private.balance_transactions
  for each row
  execute function private.tg_balance_transactions__read_again();

create trigger balance_transactions__never_change
  before update or delete or truncate on private.balance_transactions
  for each statement execute function private.tg_ledger__never_change();

create trigger payments__post_journal
  after insert or update of status on public.payments
  for each row
  when (new.status in ('succeeded', 'surplus'))
  execute function private.tg_payments__post_journal();

-- Its charge has to be read: what Stripe takes of it, and its papers.
create trigger payments__read_charge
  after insert or update of status on public.payments
  for each row
  when (new.status in ('succeeded', 'surplus') and new.fee_cents is null)
  execute function private.tg_payments__read_charge();

create trigger payments__post_fee
  after insert or update of fee_cents on public.payments
  for each row
  when (new.fee_cents > 0)
  execute function private.tg_payments__post_fee();

create trigger refunds__post_journal
  after insert or update of status on public.refunds
  for each row
  when (new.status in ('succeeded', 'failed'))
  execute function private.tg_refunds__post_journal();

create trigger refunds__tell_admins
  after update of status on public.refunds
  for each row
  when (new.status = 'failed' and old.status <> 'failed' and new.stripe_refund_id is not null)
  execute function private.tg_refunds__tell_admins();

create trigger earnings__post_journal
  after insert or update of adjustments on public.earnings
  for each row execute function private.tg_earnings__post_journal();

create trigger transfers__post_journal
  after insert or update of status on public.transfers
  for each row
  when (new.status = 'succeeded' and new.amount_cents > 0)
  execute function private.tg_transfers__post_journal();

create trigger transfer_reversals__post_journal
  after insert or update of status on public.transfer_reversals
  for each row
  when (new.status = 'succeeded' and new.reversed_cents > 0)
  execute function private.tg_transfer_reversals__post_journal();
