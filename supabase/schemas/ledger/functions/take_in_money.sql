/*
 * An admin writes money at Stripe into the ledger that is of no row of ours, such as a payment that was not what its
 * order costs and was given back in Stripe's dashboard, or what was paid by hand there: `select
 * admin.take_in_money('ch_…', 'Not what it cost, and given back.')` in Studio's editor, with Stripe's id of each
 * thing that the snippet money_mismatch shows. All that moved our balance by it is what a client has with us, less
 * Stripe's fee: what does not go back stays owed in `client_money`. `reason` is kept in the audit log, and
 * names nobody. Returns how many movements it was.
 *
 * Raises: LGWHY (no reason), LGNON (nothing at Stripe under that id, or not yet long enough, or the ledger has
 * it already: what it has in part is of a row of ours, and is mended there).
 */
create function admin.take_in_money(stripe_id text, reason text)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_movement private.balance_transactions;
  v_count integer := 0;
begin
  if coalesce(trim(take_in_money.reason), '') = '' then
    raise exception 'Say why: it is kept with what you take in.' using errcode = 'LGWHY';
  end if;

  if not exists (
    select from admin.stripe_mismatch where stripe_mismatch.stripe_id = take_in_money.stripe_id
  ) or exists (
    select from admin.stripe_sources
    join private.ledger_journals on ledger_journals.source = stripe_sources.source
    where stripe_sources.stripe_id = take_in_money.stripe_id
      and ledger_journals.kind <> 'taken_in'
  ) then
    raise exception 'Nothing at Stripe under % is missing in the ledger.', take_in_money.stripe_id using errcode = 'LGNON';
  end if;

  for v_movement in
    select balance_transactions.*
    from private.balance_transactions
    where coalesce(balance_transactions.source, balance_transactions.id) = take_in_money.stripe_id
      and balance_transactions.net_cents <> 0
      and not exists (
        select from private.ledger_journals where ledger_journals.source = 'taken_in:' || balance_transactions.id
      )
    order by balance_transactions.created_at, balance_transactions.id
  loop
    perform private.post_journal(
      'taken_in', 'taken_in:' || v_movement.id, null,
      jsonb_build_object('stripe_balance', v_movement.net_cents)
        || private.taxed_amounts(-v_movement.amount_cents, 0)
        || case when v_movement.fee_cents = 0 then '{}' else jsonb_build_object('stripe_fees', v_movement.fee_cents) end
    );
    v_count := v_count + 1;
  end loop;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'ledger_journals', take_in_money.stripe_id, 'taken_in', session_user,
    jsonb_build_object('reason', trim(take_in_money.reason), 'movements', v_count)
  );
  return v_count;
end;
$$;

/* Whether a charge at Stripe was taken in so: what else is told of it is no news to any row. */
create function private.is_taken_in(stripe_charge_id text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.balance_transactions
    join private.ledger_journals on ledger_journals.source = 'taken_in:' || balance_transactions.id
    where balance_transactions.source = is_taken_in.stripe_charge_id
  );
$$;
