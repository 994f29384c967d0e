import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { bookTransaction, PARTIAL_CAPTURE_REVERSAL } from "./balance-transactions.ts";
import { noteRefunded } from "./charges.ts";

const SECONDS_UNTIL_OUTCOME = 30;

/** Lets the refunds of Stripe's special test cards go on: one kind fails, the other succeeds. */
export function settleDueRefunds(emulator: Emulator): void {
  const due = emulator.clock.seconds() - SECONDS_UNTIL_OUTCOME;
  for (const refund of records(emulator).all()) {
    if (refund.created > due || isReversal(emulator, refund)) continue;
    if (refund.status === "pending") succeed(emulator, refund.id);
    else if (refund.status === "succeeded" && cardOf(emulator, refund) === "5126") {
      failRefund(emulator, refund.id);
    }
  }
}

function succeed(emulator: Emulator, id: string): void {
  const refund = records(emulator).update(id, { status: "succeeded" });
  emulator.emit("refund.updated", refund, { status: "pending" });
}

/**
 * The bank sends a refund back: the money is on the account again and the charge counts as paid.
 *
 * @throws StripeFailure when there is no such refund or it has failed already
 */
export function failRefund(emulator: Emulator, id: string): Stripe.Refund {
  const before = records(emulator).get(id);
  if (before.status === "failed" || before.status === "canceled") {
    throw invalidRequest(`Refund ${id} is ${before.status}.`);
  }
  if (isReversal(emulator, before)) {
    throw invalidRequest(
      `Refund ${id} is of money that was never captured: no bank sends it back.`,
    );
  }
  const chargeId = idOf(before.charge) ?? "";
  const charge = emulator.records<Stripe.Charge>("charge").get(chargeId);
  const previous = { status: before.status };

  const transaction = bookTransaction(emulator, {
    type: "refund_failure",
    source: id,
    amount: before.amount,
    currency: before.currency,
    description: "REFUND FAILURE",
  });
  const refund = records(emulator).update(id, {
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: transaction.id,
  });
  noteRefunded(emulator, chargeId, charge.amount_refunded - refund.amount);

  emulator.emit("refund.updated", refund, previous);
  emulator.emit("charge.refund.updated", refund, previous);
  emulator.emit("refund.failed", refund);
  return refund;
}

function records(emulator: Emulator) {
  return emulator.records<Stripe.Refund>("refund");
}

/** Whether it takes back what was not captured. */
function isReversal(emulator: Emulator, refund: Stripe.Refund): boolean {
  const movement = emulator
    .records<Stripe.BalanceTransaction>("balance_transaction")
    .find(idOf(refund.balance_transaction) ?? "");
  return movement?.reporting_category === PARTIAL_CAPTURE_REVERSAL;
}

function cardOf(emulator: Emulator, refund: Stripe.Refund): string | null {
  const charge = emulator.records<Stripe.Charge>("charge").find(idOf(refund.charge) ?? "");
  return charge?.payment_method_details?.card?.last4 ?? null;
}
