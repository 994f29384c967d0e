import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { readIntent } from "./read-intent.ts";

const PaymentSchema = z.object({ payment_intent_id: z.string() });
const RefundSchema = z.object({ stripe_refund_id: z.string() });
const DisputeSchema = z.object({ stripe_dispute_id: z.string() });

/** Reads what became of money that a bank holds: its webhook may be lost. */
export function readPayment(input: unknown): Promise<object> {
  const { payment_intent_id: id } = PaymentSchema.parse(input);
  return read(async () => readIntent(await stripe.paymentIntents.retrieve(id)));
}

/** Reads a refund: one that nobody told us of, or that has not ended. */
export function readRefund(input: unknown): Promise<object> {
  const { stripe_refund_id } = RefundSchema.parse(input);
  return read(async () => {
    const refund = await stripe.refunds.retrieve(stripe_refund_id, {
      expand: ["balance_transaction"],
    });
    const { id, status, amount, payment_intent, charge, metadata, balance_transaction } = refund;
    return { id, status, amount, payment_intent, charge, metadata, balance_transaction };
  });
}

/** Reads a dispute: one that nobody told us of, or that is open. */
export function readDispute(input: unknown): Promise<object> {
  const { stripe_dispute_id: id } = DisputeSchema.parse(input);
  return read(() => stripe.disputes.retrieve(id));
}

async function read(call: () => Promise<object>): Promise<object> {
  try {
    return await call();
  } catch (error) {
    throw stripeError(error);
  }
}
