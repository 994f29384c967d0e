/*
 * Money that came is with Stripe, and owed to the client until it is earned or given back. A second
 * payment of one order, too: it goes back by a refund of its own.
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
    jsonb_build_object('stripe_balance', new.amount_cents, 'client_money', -new.amount_cents)
  );
  return null;
end;
$$;
