/*
 * What Stripe does with our money by itself is told by its list alone: it pays out to our bank, the
 * bank sends that back, and it takes fees that are of no payment. Everything else has rows of ours,
 * whose own steps are compared with the list (admin.money_mismatch).
 * https://docs.stripe.com/reports/balance-transaction-types
 */
create function private.tg_balance_transactions__post_journal()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.type in ('payout', 'payout_cancel', 'payout_failure', 'topup', 'topup_reversal') then
    perform private.post_journal(
      case when new.type in ('payout', 'topup') then 'payout' else 'payout_failed' end::private.journal_kind,
      'balance_transaction:' || new.id, null,
      jsonb_build_object('stripe_balance', new.net_cents, 'bank', -new.amount_cents)
        || case when new.fee_cents = 0 then '{}' else jsonb_build_object('stripe_fees', new.fee_cents) end
    );
  elsif new.type in ('stripe_fee', 'stripe_fx_fee', 'tax_fee', 'network_cost') then
    perform private.post_journal(
      'stripe_fee', 'balance_transaction:' || new.id, null,
      jsonb_build_object('stripe_balance', new.net_cents, 'stripe_fees', -new.net_cents)
    );
  end if;
  return null;
end;
$$;
