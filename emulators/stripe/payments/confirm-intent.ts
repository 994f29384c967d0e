import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import { noteIntentDeclined, noteIntentPaid } from "../billing/invoice-outcomes.ts";
import type { Emulator } from "../emulator.ts";
import { createCharge } from "../resources/charges.ts";
import { declineOf, needsAuthentication, type Decline } from "./cards.ts";
import {
  markCapturable,
  markFailed,
  markProcessing,
  markRequiresAction,
  markSucceeded,
} from "./intent-states.ts";
import { cardRecords, saveForCustomer } from "./saved-cards.ts";

/** What came of an attempt to pay. */
export type Attempt =
  | { outcome: "paid" | "held" | "processing" }
  | { outcome: "needs_action"; url: string }
  | { outcome: "declined"; decline: Decline };

type Confirmation = {
  /** Nobody is there who could be asked. */
  isOffSession?: boolean;
  /** The person has just proved who they are. */
  isAuthenticated?: boolean;
  /** Where the person goes after proving it, when no checkout waits for them. */
  returnUrl?: string | null;
};

const UNAUTHENTICATED: Decline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

const FAILED_AUTHENTICATION: Decline = {
  code: "payment_intent_authentication_failure",
  declineCode: null,
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

/** Takes the money of a payment intent with a payment method, as far as the bank lets us. */
export function confirmIntent(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  { isOffSession = false, isAuthenticated = false, returnUrl = null }: Confirmation = {},
): Attempt {
  if (method.type === "us_bank_account") return debitBank(emulator, intent, method);

  const { number, isSaved } = cardRecords(emulator).get(method.id);
  if (!isAuthenticated && needsAuthentication(number, isOffSession && isSaved)) {
    if (isOffSession) return decline(emulator, intent, method, UNAUTHENTICATED);
    const url = `${emulator.url()}/authenticate/${intent.id}`;
    const waiting = markRequiresAction(emulator, intent.id, method.id, { url, returnUrl });
    emulator.emit("payment_intent.requires_action", waiting);
    return { outcome: "needs_action", url };
  }

  const reason = declineOf(number);
  return reason ? decline(emulator, intent, method, reason) : charge(emulator, intent, method);
}

/** The person could not prove who they are: the payment waits for another card. */
export function failAuthentication(emulator: Emulator, intent: Stripe.PaymentIntent): void {
  const method = emulator
    .records<Stripe.PaymentMethod>("payment_method")
    .get(idOf(intent.payment_method) ?? "");
  const attempt = { charge: null, decline: FAILED_AUTHENTICATION, method };
  emulator.emit("payment_intent.payment_failed", markFailed(emulator, intent.id, attempt));
}

function decline(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  reason: Decline,
): Attempt {
  const failed = createCharge(emulator, intent, method, { status: "failed", decline: reason });
  emulator.emit("charge.failed", failed);
  const attempt = { charge: failed, decline: reason, method };
  emulator.emit("payment_intent.payment_failed", markFailed(emulator, intent.id, attempt));
  noteIntentDeclined(emulator, intent.id, reason);
  return { outcome: "declined", decline: reason };
}

function charge(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Attempt {
  const taken = createCharge(emulator, intent, method, { status: "succeeded" });
  const isHeld = intent.capture_method === "manual";
  const paid = (isHeld ? markCapturable : markSucceeded)(emulator, intent.id, taken);
  emulator.emit("charge.succeeded", taken);
  emulator.emit(
    isHeld ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded",
    paid,
  );
  const customer = idOf(intent.customer);
  if (intent.setup_future_usage && customer) saveForCustomer(emulator, method.id, customer);
  if (!isHeld) noteIntentPaid(emulator, intent.id);
  return { outcome: isHeld ? "held" : "paid" };
}

function debitBank(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Attempt {
  const pending = createCharge(emulator, intent, method, { status: "pending" });
  const processing = markProcessing(emulator, intent.id, pending);
  emulator.emit("charge.pending", pending);
  emulator.emit("payment_intent.processing", processing);
  return { outcome: "processing" };
}
