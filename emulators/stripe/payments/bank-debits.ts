import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { billCheckout } from "../checkout/bill-checkout.ts";
import type { Emulator } from "../emulator.ts";
import { bookCharge } from "../resources/charges.ts";
import type { Decline } from "./cards.ts";
import { markFailed, markSucceeded } from "./intent-states.ts";

/** How long a bank takes to say yes or no: four days. */
const SECONDS_UNTIL_OUTCOME = 4 * 24 * 60 * 60;

/** The numbers of Stripe's test bank accounts that people pay from. */
export const TEST_BANK_ACCOUNTS = [
  { number: "000123456789", effect: "pays after some days" },
  { number: "000222222227", effect: "has insufficient funds, told after some days" },
];

const INSUFFICIENT: Decline = {
  code: "insufficient_funds",
  declineCode: null,
  message: "The bank account has insufficient funds.",
};

/** Lets the debits that are old enough succeed, or fail when the test account says so. */
export function settleDueDebits(emulator: Emulator): void {
  const due = emulator.clock.seconds() - SECONDS_UNTIL_OUTCOME;
  for (const charge of emulator.records<Stripe.Charge>("charge").all()) {
    if (charge.status !== "pending" || charge.created > due) continue;
    const isBad = charge.payment_method_details?.us_bank_account?.last4 === "2227";
    settleDebit(emulator, idOf(charge.payment_intent) ?? "", isBad ? "failed" : "succeeded");
  }
}

/**
 * The bank says yes or no to a debit that it has been asked for days ago.
 *
 * @throws StripeFailure when the payment isn't waiting for a bank
 */
export function settleDebit(
  emulator: Emulator,
  intentId: string,
  outcome: "succeeded" | "failed",
): Stripe.PaymentIntent {
  const intents = emulator.records<Stripe.PaymentIntent>("payment_intent");
  const intent = intents.get(intentId);
  if (intent.status !== "processing") {
    throw invalidRequest(`Payment ${intentId} is ${intent.status}, not processing.`);
  }
  const charges = emulator.records<Stripe.Charge>("charge");
  const chargeId = idOf(intent.latest_charge) ?? "";

  if (outcome === "succeeded") {
    const transaction = bookCharge(emulator, charges.get(chargeId), intent.amount);
    const charge = charges.update(chargeId, {
      amount_captured: intent.amount,
      balance_transaction: transaction.id,
      captured: true,
      paid: true,
      receipt_url: `${emulator.url()}/receipts/${chargeId}`,
      status: "succeeded",
    });
    emulator.emit("charge.succeeded", charge);
    emulator.emit("payment_intent.succeeded", markSucceeded(emulator, intentId, charge));
  } else {
    const { code, message } = INSUFFICIENT;
    const charge = charges.update(chargeId, {
      failure_code: code,
      failure_message: message,
      paid: false,
      status: "failed",
    });
    const method = emulator
      .records<Stripe.PaymentMethod>("payment_method")
      .get(charge.payment_method ?? "");
    emulator.emit("charge.failed", charge);
    const attempt = { charge, decline: INSUFFICIENT, method };
    emulator.emit("payment_intent.payment_failed", markFailed(emulator, intentId, attempt));
  }
  tellSession(emulator, intentId, outcome);
  return intents.get(intentId);
}

/** The checkout ended days ago; now it is told how. */
function tellSession(emulator: Emulator, intentId: string, outcome: "succeeded" | "failed"): void {
  const sessions = emulator.records<Stripe.Checkout.Session>("checkout.session");
  const session = sessions.all().find(({ payment_intent }) => payment_intent === intentId);
  if (!session) return;
  if (outcome === "succeeded") billCheckout(emulator, session.id);
  const told = sessions.update(session.id, {
    payment_status: outcome === "succeeded" ? "paid" : "unpaid",
  });
  emulator.emit(`checkout.session.async_payment_${outcome}`, told);
}
