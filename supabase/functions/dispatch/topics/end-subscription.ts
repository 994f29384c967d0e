import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";

const WorkSchema = z.object({ subscription_id: z.string() });

/** Ends a subscription that should not be, at once. One that has ended stays so. */
export async function endSubscription(input: unknown): Promise<object> {
  const { subscription_id: id } = WorkSchema.parse(input);
  try {
    const { status } = await stripe.subscriptions.retrieve(id);
    if (status !== "canceled" && status !== "incomplete_expired") {
      await stripe.subscriptions.cancel(id);
    }
    return {};
  } catch (error) {
    throw stripeError(error);
  }
}
