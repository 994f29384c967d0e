import type Stripe from "stripe";

/** What record_stripe_transfer takes of a transfer (supabase/schemas/payouts). */
export function readTransfer(
  transfer: Stripe.Transfer,
  reversals: Stripe.TransferReversal[] = transfer.reversals.data,
): object {
  return {
    id: transfer.id,
    amount: transfer.amount,
    metadata: transfer.metadata,
    reversals: reversals.map(({ id, amount, metadata }) => ({ id, amount, metadata })),
  };
}
