import type Stripe from "stripe";

import { stripe } from "./stripe.ts";

/**
 * What we sell, for tax: "Training Services - Live Virtual" (https://docs.stripe.com/tax/tax-codes). The
 * site says the same of what is sold on payment pages (app/lib/tax-code.ts).
 */
export const COACHING_TAX_CODE = "txcd_20060045";

/** What of a payment intent has to be known to find its tax; a charge has its intent's. */
export type TaxedIntent = Pick<Stripe.PaymentIntent, "id" | "metadata"> & {
  hooks?: Stripe.PaymentIntent.Hooks;
};

/**
 * What of a payment Stripe says is tax, in cents. An intent does not say so itself: its calculation
 * does, or the payment page that made it. Those of orders without tax are not asked about.
 *
 * https://docs.stripe.com/tax/payment-intent
 */
export async function taxOf({ id, metadata, hooks }: TaxedIntent): Promise<number> {
  if (metadata["automatic_tax"] !== "true") return 0;
  const calculation = hooks?.inputs?.tax?.calculation;
  if (calculation) {
    return (await stripe.tax.calculations.retrieve(calculation)).tax_amount_exclusive;
  }
  const pages = await stripe.checkout.sessions.list({ payment_intent: id, limit: 1 });
  return pages.data[0]?.total_details?.amount_tax ?? 0;
}
