/*
 * Money that went back, with its tax, has left Stripe. A bank can refuse it days later: then it is with Stripe
 * again, and still owed. One that failed at once moved nothing. What an admin gave back in another way left our bank.
 * https://docs.stripe.com/refunds#failed-refunds
 */
create function private.tg_refunds__post_journal()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_source text := 'refund:' || new.id;
begin
  if new.status = 'succeeded' then
    perform private.post_journal(
      'refund', v_source, new.order_id,
      jsonb_build_object(
        case when new.is_elsewhere then 'bank' else 'stripe_balance' end, -new.amount_cents - new.tax_cents
      )
        || private.taxed_amounts(new.amount_cents, new.tax_cents)
    );
  elsif exists (select from private.ledger_journals where ledger_journals.source = v_source) then
    perform private.post_journal(
      'refund_failed', 'refund_failed:' || new.id, new.order_id,
      jsonb_build_object('stripe_balance', new.amount_cents + new.tax_cents)
        || private.taxed_amounts(-new.amount_cents, -new.tax_cents)
    );
  end if;
  return null;
end;
$$;
