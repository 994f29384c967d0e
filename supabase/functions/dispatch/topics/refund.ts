import { z } from "zod";

import { checked, stripe, stripeError } from "../../_shared/stripe.ts";

const WorkSchema = z.object({
  refund_id: z.string(),
  order_id: z.string(),
  payment_intent_id: z.string(),
  amount_cents: z.number().int().positive(),
});

/**
 * Asks Stripe to give money back. The key is the refund's own id, so a repeated call gets the
 * first one's answer; the id in the metadata ties the webhook to our row.
 */
export async function refund(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    const made = checked(
      await stripe.refunds.create(
        {
          payment_intent: work.payment_intent_id,
          amount: work.amount_cents,
          reason: "requested_by_customer",
          metadata: { refund_id: work.refund_id, order_id: work.order_id },
        },
        { idempotencyKey: `refund:${work.refund_id}` },
      ),
    );
    return { id: made.id, status: made.status };
  } catch (error) {
    throw stripeError(error);
  }
}
