/* A share that was sent has left our balance, and is not owed any more. */
create function private.tg_transfers__post_journal()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.post_journal(
    'transfer', 'transfer:' || new.id, earnings.order_id,
    jsonb_build_object('coach_payable', new.amount_cents, 'stripe_balance', -new.amount_cents)
  )
  from public.earnings
  where earnings.id = new.earning_id;
  return null;
end;
$$;

/* What was taken back of it is in our balance again. What could not be is owed by the coach. */
create function private.tg_transfer_reversals__post_journal()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.post_journal(
    'transfer_reversed', 'transfer_reversal:' || new.id, earnings.order_id,
    jsonb_build_object('coach_payable', -new.reversed_cents, 'stripe_balance', new.reversed_cents)
  )
  from public.transfers
  join public.earnings on earnings.id = transfers.earning_id
  where transfers.id = new.transfer_id;
  return null;
end;
$$;
