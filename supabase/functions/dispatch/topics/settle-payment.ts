import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import { readIntent } from "./read-intent.ts";

const WorkSchema = z.object({
  payment_id: z.string(),
  payment_intent_id: z.string(),
  gross_cents: z.number().int().positive(),
});

/** Takes the money that a bank holds for a request, once the coach has accepted. */
export function capturePayment(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  return settle(work.payment_intent_id, () =>
    stripe.paymentIntents.capture(
      work.payment_intent_id,
      { amount_to_capture: work.gross_cents },
      { idempotencyKey: `capture:${work.payment_id}` },
    ),
  );
}

/** Lets the money go that a bank holds for a request that came to nothing. */
export function cancelPayment(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  return settle(work.payment_intent_id, () =>
    stripe.paymentIntents.cancel(
      work.payment_intent_id,
      { cancellation_reason: "abandoned" },
      { idempotencyKey: `cancel_payment:${work.payment_id}` },
    ),
  );
}

/**
 * Stripe refuses (400) what was captured or let go before, by us or by the bank after a week:
 * then what it is by now is recorded. Only money that is still held and that Stripe will not
 * settle is a failure.
 */
async function settle(
  id: string,
  call: () => ReturnType<typeof stripe.paymentIntents.capture>,
): Promise<object> {
  try {
    const intent = await call().catch(async (error: unknown) => {
      const failure = stripeError(error);
      if (!(failure instanceof VendorError && failure.isPermanent)) throw failure;
      const found = await stripe.paymentIntents.retrieve(id);
      if (found.status !== "succeeded" && found.status !== "canceled") throw failure;
      return found;
    });
    return await readIntent(intent);
  } catch (error) {
    throw stripeError(error);
  }
}
