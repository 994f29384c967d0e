import type Stripe from "stripe";

import { taxOf } from "../../_shared/stripe-tax.ts";

/** What record_intent takes of a payment intent (supabase/schemas/orders). */
type IntentFacts = {
  id: string;
  status: string;
  amount_capturable: number;
  amount_received: number;
  tax_cents: number;
  currency: string;
  latest_charge: string | null;
};

/** Reads them; Stripe is asked for what of it is tax. */
export async function readIntent(intent: Stripe.PaymentIntent): Promise<IntentFacts> {
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
