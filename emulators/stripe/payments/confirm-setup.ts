import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { canBeSaved, declineOf, needsAuthentication, type Decline } from "./cards.ts";
import type { Attempt } from "./confirm-intent.ts";
import { cardRecords, saveForCustomer } from "./saved-cards.ts";

const FAILED_AUTHENTICATION: Decline = {
  code: "setup_intent_authentication_failure",
  declineCode: null,
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

/**
 * Saves a card for later payments of a setup intent's customer, as far as its bank lets us.
 *
 * @param isAuthenticated the person has just proved who they are
 */
export function confirmSetup(
  emulator: Emulator,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  isAuthenticated = false,
): Attempt {
  const { number } = cardRecords(emulator).get(method.id);
  if (!isAuthenticated && needsAuthentication(number, false)) {
    const url = `${emulator.url()}/authenticate/${intent.id}`;
    const waiting = records(emulator).update(intent.id, {
      next_action: { type: "redirect_to_url", redirect_to_url: { url, return_url: null } },
      payment_method: method.id,
      status: "requires_action",
    });
    emulator.emit("setup_intent.requires_action", waiting);
    return { outcome: "needs_action", url };
  }

  const decline = declineOf(number);
  if (decline && !canBeSaved(number)) {
    markFailed(emulator, intent, method, decline);
    return { outcome: "declined", decline };
  }
  const succeeded = records(emulator).update(intent.id, {
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  });
  const customer = idOf(intent.customer);
  if (customer) saveForCustomer(emulator, method.id, customer);
  emulator.emit("setup_intent.succeeded", succeeded);
  return { outcome: "paid" };
}

/** The person could not prove who they are: nothing is saved. */
export function failSetup(
  emulator: Emulator,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
): void {
  markFailed(emulator, intent, method, FAILED_AUTHENTICATION);
}

function markFailed(
  emulator: Emulator,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  { code, declineCode, message }: Decline,
): void {
  const failed = records(emulator).update(intent.id, {
    last_setup_error: {
      code: code as Stripe.SetupIntent.LastSetupError["code"],
      decline_code: declineCode ?? undefined,
      message,
      payment_method: method,
      type: declineCode ? "card_error" : "invalid_request_error",
    },
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  });
  emulator.emit("setup_intent.setup_failed", failed);
}

function records(emulator: Emulator) {
  return emulator.records<Stripe.SetupIntent>("setup_intent");
}
