import type Stripe from "stripe";

import { taxOf } from "../../_shared/stripe-tax.ts";

/** What record_intent takes of a payment intent (supabase/schemas/orders). */
export async function readIntent(intent: Stripe.PaymentIntent): Promise<object> {
  const { id, status, amount_capturable, amount_received, currency, latest_charge } = intent;
  return {
    id,
    status,
    amount_capturable,
    amount_received,
    tax_cents: await taxOf(intent),
    currency,
    latest_charge: typeof latest_charge === "string" ? latest_charge : (latest_charge?.id ?? null),
  };
}
