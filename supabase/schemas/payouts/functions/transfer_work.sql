/*
 * What `dispatch` needs to ask Stripe for a transfer, or null when it is made or refused already.
 * `charge_id` is null while Stripe has not told us of it, and the payment intent says it;
 * `payment_intent_id` is null for what we add ourselves.
 */
create function private.transfer_work(transfer_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'transfer_id', transfers.id,
    'earning_id', transfers.earning_id,
    'order_id', earnings.order_id,
    'amount_cents', transfers.amount_cents,
    'currency', orders.currency,
    'stripe_account_id', payout_accounts.stripe_account_id,
    'charge_id', payments.stripe_charge_id,
    'payment_intent_id', payments.stripe_payment_intent_id
  )
  from public.transfers
  join public.earnings on earnings.id = transfers.earning_id
  join public.orders on orders.id = earnings.order_id
  join public.payout_accounts on payout_accounts.coach_id = transfers.coach_id
  left join public.payments on payments.id = transfers.payment_id
  where transfers.id = transfer_work.transfer_id
    and transfers.status = 'requested';
$$;

/*
 * What `dispatch` needs to take money back, or null when there is nothing to take any more. Raises
 * ORLTR while the transfer is still to be made: the outbox tries again.
 */
create function private.reversal_work(reversal_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_work record;
begin
  select transfer_reversals.id, transfer_reversals.amount_cents, transfers.stripe_transfer_id, payout_accounts.stripe_account_id
  into v_work
  from public.transfer_reversals
  join public.transfers on transfers.id = transfer_reversals.transfer_id
  join public.payout_accounts on payout_accounts.coach_id = transfers.coach_id
  where transfer_reversals.id = reversal_work.reversal_id
    and transfer_reversals.status = 'requested';

  if v_work.id is null then
    return null;
  elsif v_work.stripe_transfer_id is null then
    raise exception 'The transfer of this reversal is not made yet.' using errcode = 'ORLTR';
  end if;

  return jsonb_build_object(
    'reversal_id', v_work.id,
    'amount_cents', v_work.amount_cents,
    'stripe_transfer_id', v_work.stripe_transfer_id,
    'stripe_account_id', v_work.stripe_account_id
  );
end;
$$;
