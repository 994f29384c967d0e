import { stripeError } from "../../_shared/stripe.ts";
import { VendorError } from "../../_shared/vendor-error.ts";
import Stripe from "stripe";

/**
 * Why Stripe refused for good, by its own code; null when asking again can help. A key that was
 * used for another call is a mistake of ours and says nothing about what became of it.
 */
export function refusal(error: unknown): string | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  if (error instanceof Stripe.errors.StripeIdempotencyError) return null;
  const failure = stripeError(error);
  if (!(failure instanceof VendorError && failure.isPermanent)) return null;
  return error.code ?? error.type;
}
