import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { bookTransaction } from "./balance-transactions.ts";
import { newDispute } from "./dispute-object.ts";

type Dispute = Stripe.Dispute;

const SECONDS_UNTIL_OPENED = 30;
const CLOSED = ["won", "lost", "warning_closed"];

/** Stripe's test cards whose payments are disputed, by their last digits. */
const DISPUTED_CARDS: Record<string, { reason: string; isInquiry: boolean }> = {
  "0259": { reason: "fraudulent", isInquiry: false },
  "2685": { reason: "product_not_received", isInquiry: false },
  "1976": { reason: "fraudulent", isInquiry: true },
};

function records(emulator: Emulator) {
  return emulator.records<Dispute>("dispute");
}

/** Lets the payers of Stripe's special test cards complain after a while. */
export function openDueDisputes(emulator: Emulator): void {
  const due = emulator.clock.seconds() - SECONDS_UNTIL_OPENED;
  for (const charge of emulator.records<Stripe.Charge>("charge").all()) {
    const kind = DISPUTED_CARDS[charge.payment_method_details?.card?.last4 ?? ""];
    if (!kind || charge.disputed || !charge.captured || charge.created > due) continue;
    openDispute(emulator, charge.id, kind);
  }
}

/** Gives disputes to the payer that nobody has answered in time. */
export function loseDueDisputes(emulator: Emulator): void {
  const now = emulator.clock.seconds();
  for (const { id, status, evidence_details: details } of records(emulator).all()) {
    if (details.due_by === null || details.due_by > now) continue;
    if (status === "needs_response") closeDispute(emulator, id, "lost");
    if (status === "warning_needs_response") closeDispute(emulator, id, "warning_closed");
  }
}

/**
 * A payer's bank takes a payment back, or a part of it, or only asks about it.
 *
 * @throws StripeFailure when there is no such charge, or nothing of it to dispute
 */
export function openDispute(
  emulator: Emulator,
  chargeId: string,
  {
    reason,
    isInquiry,
    amount: wanted,
  }: {
    reason: string;
    isInquiry: boolean;
    /** In cents; all that is left without it. */ amount?: number | undefined;
  },
): Dispute {
  const charges = emulator.records<Stripe.Charge>("charge");
  const charge = charges.get(chargeId);
  const left = charge.amount - charge.amount_refunded;
  const amount = wanted ?? left;
  if (!charge.captured || charge.disputed || left === 0 || amount > left) {
    throw invalidRequest(`Charge ${chargeId} can't be disputed.`);
  }

  const created = emulator.clock.seconds();
  const dispute = records(emulator).add(newDispute(charge, { amount, reason, isInquiry, created }));
  charges.update(chargeId, { disputed: true });
  emulator.emit("charge.dispute.created", dispute);
  if (!isInquiry) withdraw(emulator, dispute);
  return dispute;
}

function withdraw(emulator: Emulator, { id, amount }: Dispute): void {
  move(emulator, id, { amount: -amount, fee: emulator.fees.dispute });
  emulator.emit("charge.dispute.funds_withdrawn", records(emulator).get(id));
}

/**
 * Decides a dispute. The money of one that was won comes back; the fee doesn't.
 *
 * @throws StripeFailure when it is decided already
 */
export function closeDispute(
  emulator: Emulator,
  id: string,
  status: "won" | "lost" | "warning_closed",
): Dispute {
  const before = records(emulator).get(id);
  if (CLOSED.includes(before.status)) throw invalidRequest(`Dispute ${id} is ${before.status}.`);
  const isInquiry = before.status.startsWith("warning_");
  if (isInquiry !== (status === "warning_closed")) {
    throw invalidRequest(`A dispute that is ${before.status} can't become ${status}.`);
  }

  if (status === "won") move(emulator, id, { amount: before.amount, fee: 0 });
  const dispute = records(emulator).update(id, { status });
  emulator.emit("charge.dispute.closed", dispute);
  if (status === "won") emulator.emit("charge.dispute.funds_reinstated", dispute);
  return dispute;
}

function move(emulator: Emulator, id: string, money: { amount: number; fee: number }): void {
  const dispute = records(emulator).get(id);
  const transaction = bookTransaction(emulator, {
    type: "adjustment",
    source: id,
    ...money,
    currency: dispute.currency,
    description: `${money.amount < 0 ? "Chargeback withdrawal" : "Chargeback reversal"} for ${idOf(dispute.charge)}`,
  });
  records(emulator).update(id, {
    balance_transactions: [...dispute.balance_transactions, structuredClone(transaction)],
  });
}
