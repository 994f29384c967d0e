import type Stripe from "stripe";

import { StripeFailure } from "../api/failure.ts";
import type { Decline } from "./cards.ts";

/** What the API answers when a card doesn't pay: 402, with the payment as it is now. */
export function cardFailure(decline: Decline, intent: Stripe.PaymentIntent): StripeFailure {
  return new StripeFailure(402, {
    type: "card_error",
    code: decline.code,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
    message: decline.message,
    payment_intent: intent,
  });
}
