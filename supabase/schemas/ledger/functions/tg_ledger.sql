/*
 * A step of money whose entries do not sum to zero is not committed. Raises: LGSUM.
 *
 * Security definer: it runs at commit, as whoever began the transaction, who may read nothing here.
 */
create function private.tg_ledger_entries__sum_to_zero()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_sum bigint := (
    select sum(ledger_entries.amount_cents) from private.ledger_entries where ledger_entries.journal_id = new.journal_id
  );
begin
  if v_sum <> 0 then
    raise exception 'Journal % is off by % cents.', new.journal_id, v_sum using errcode = 'LGSUM';
  end if;
  return null;
end;
$$;

/* Nor one without any entry. Raises: LGSUM. Security definer: as above. */
create function private.tg_ledger_journals__have_entries()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not exists (select from private.ledger_entries where ledger_entries.journal_id = new.id) then
    raise exception 'Journal % has no entries.', new.id using errcode = 'LGSUM';
  end if;
  return null;
end;
$$;

/*
 * What is written stays, whoever asks: a mistake is mended by another step. Raises: LGFIX.
 */
create function private.tg_ledger__never_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'The ledger is never changed: write another journal.' using errcode = 'LGFIX';
end;
$$;
