import { z } from "zod";

import { checked, stripe, stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import { readIntent } from "./read-intent.ts";

const WorkSchema = z.object({ checkout_session_id: z.string() });

/**
 * Closes the payment page of a hold that is over. Stripe refuses (400) when the page is not
 * open any more: then it was paid, or closed before, and what it says now is recorded. A
 * payment whose webhook was lost is found here.
 */
export async function expireCheckout(input: unknown): Promise<object> {
  const { checkout_session_id: id } = WorkSchema.parse(input);
  try {
    const session = await stripe.checkout.sessions.expire(id).catch((error: unknown) => {
      const failure = stripeError(error);
      if (failure instanceof VendorError && failure.isPermanent)
        return stripe.checkout.sessions.retrieve(id);
      throw failure;
    });
    const { status, payment_status, payment_intent, amount_total, total_details, currency } =
      checked(session);
    const tax_cents = total_details?.amount_tax ?? 0;
    const paid = { payment_status, payment_intent, amount_total, tax_cents, currency };
    // Complete and unpaid: the bank may hold the money of a request, which only the intent says.
    if (status !== "complete" || payment_status !== "unpaid" || typeof payment_intent !== "string")
      return paid;
    const intent = checked(await stripe.paymentIntents.retrieve(payment_intent));
    return { ...paid, intent: await readIntent(intent) };
  } catch (error) {
    throw stripeError(error);
  }
}
