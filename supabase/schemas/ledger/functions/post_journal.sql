/*
 * Writes one step of money of an order: its kind, the row that caused it (such as
 * 'payment:<uuid>') and what it does to each account, in cents, which sums to zero. The same source
 * a second time is the same step: nothing is written. Raises LGSUM at commit when it does not sum
 * to zero.
 */
create function private.post_journal(kind private.journal_kind, source text, order_id uuid, amounts jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  with journal as (
    insert into private.ledger_journals (kind, source, order_id)
    values (post_journal.kind, post_journal.source, post_journal.order_id)
    on conflict (source) do nothing
    returning ledger_journals.id
  )
  insert into private.ledger_entries (journal_id, account, amount_cents)
  select journal.id, account::private.ledger_account, amount::integer
  from journal
  cross join jsonb_each_text(post_journal.amounts) as entry (account, amount);
$$;
