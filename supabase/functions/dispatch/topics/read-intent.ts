import type Stripe from "stripe";

/** What record_intent takes of a payment intent (supabase/schemas/orders). */
export function readIntent(intent: Stripe.PaymentIntent): object {
  const { id, status, amount_capturable, amount_received, currency, latest_charge } = intent;
  return {
    id,
    status,
    amount_capturable,
    amount_received,
    currency,
    latest_charge: typeof latest_charge === "string" ? latest_charge : (latest_charge?.id ?? null),
  };
}
