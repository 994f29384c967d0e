/*
 * Money that came is with Stripe, and owed to the client until it is earned or given back; the tax of
 * it to a state. A second payment of one order, too: it goes back by a refund of its own.
 *
 * A trigger, so that no way of writing a payment leaves the ledger out.
 */
create function private.tg_payments__post_journal()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.post_journal(
    'payment', 'payment:' || new.id, new.order_id,
    jsonb_build_object('stripe_balance', new.amount_cents + new.tax_cents)
      || private.taxed_amounts(-new.amount_cents, -new.tax_cents)
  );
  return null;
end;
$$;

/* What Stripe took of a payment, and its papers, are read once it is there. */
create function private.tg_payments__read_charge()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.enqueue(
    'stripe.read_charge', 'stripe.read_charge:' || new.id, jsonb_build_object('payment_id', new.id)
  );
  return null;
end;
$$;

/* What Stripe takes for its work has left what it holds for us. */
create function private.tg_payments__post_fee()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.post_journal(
    'stripe_fee', 'stripe_fee:' || new.id, new.order_id,
    jsonb_build_object('stripe_balance', -new.fee_cents, 'stripe_fees', new.fee_cents)
  );
  return null;
end;
$$;

/* What a price and its tax do to the accounts that they are owed on; what is nothing has no entry. */
create function private.taxed_amounts(price_cents integer, tax_cents integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(entry.account, entry.cents), '{}')
  from (values
    ('client_money', taxed_amounts.price_cents),
    ('tax_payable', taxed_amounts.tax_cents)
  ) as entry (account, cents)
  where entry.cents <> 0;
$$;
