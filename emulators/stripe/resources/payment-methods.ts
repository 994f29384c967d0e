import type Stripe from "stripe";

import { newId } from "../api/new-id.ts";
import type { Card } from "../checkout/cards.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** Cards that were paid with. */
export const paymentMethods: Resource = {
  routes: [
    route<Stripe.PaymentMethodRetrieveParams>(
      "GET /v1/payment_methods/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.PaymentMethod>("payment_method");
}

/**
 * Makes a payment method of a card.
 *
 * @param payer what the person typed beside the card's number
 */
export function createCardPaymentMethod(
  emulator: Emulator,
  card: Card,
  payer: { email: string | null; name: string | null; customer: string | null },
): Stripe.PaymentMethod {
  return records(emulator).add({
    id: newId("pm_1"),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: {
      address: null,
      email: payer.email,
      name: payer.name,
      phone: null,
      tax_id: null,
    },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: card.brand,
      exp_month: card.expiryMonth,
      exp_year: card.expiryYear,
      fingerprint: `local${card.number.slice(-6)}`,
      funding: "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: emulator.clock.seconds(),
    customer: payer.customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  });
}
