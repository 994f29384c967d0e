import type Stripe from "stripe";

import { invalidRequest, StripeFailure } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { bookTransaction, PARTIAL_CAPTURE_REVERSAL } from "./balance-transactions.ts";
import { feeOf, noteRefunded } from "./charges.ts";
import { settleDueRefunds } from "./refund-outcomes.ts";

const SUPPORTED = ["charge", "payment_intent", "amount", "reason", "metadata", "currency"];

/** Money that goes back to a card. */
export const refunds: Resource = {
  routes: [
    route<Stripe.RefundCreateParams>("POST /v1/refunds", create),
    route<Stripe.RefundRetrieveParams>("GET /v1/refunds/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.RefundListParams>("GET /v1/refunds", list),
  ],
  tick: settleDueRefunds,
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Refund>("refund");
}

/** The refunds of a charge, newest first. */
export function refundsOfCharge(emulator: Emulator, chargeId: string): Stripe.Refund[] {
  return records(emulator)
    .all()
    .filter((refund) => refund.charge === chargeId);
}

function list(emulator: Emulator, params: Stripe.RefundListParams) {
  const matching = records(emulator)
    .all()
    .filter(
      (refund) =>
        (params.charge === undefined || refund.charge === params.charge) &&
        (params.payment_intent === undefined || refund.payment_intent === params.payment_intent),
    );
  return listPage(matching, params, "/v1/refunds");
}

function create(emulator: Emulator, params: Stripe.RefundCreateParams): Stripe.Refund {
  onlyEmulated(params, SUPPORTED);
  const charge = chargeToRefund(emulator, params);
  const taken = takenByBank(emulator, charge);
  if (taken > 0 && taken >= charge.amount - charge.amount_refunded) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  const left = charge.amount - charge.amount_refunded - taken;
  const amount = params.amount ?? left;
  refuseImpossibleAmount(charge, amount, left);

  const id = newId("re_3");
  const transaction = bookTransaction(emulator, {
    type: "refund",
    source: id,
    amount: -amount,
    // No fee, and what the charge cost isn't given back.
    currency: charge.currency,
    description: "REFUND FOR CHARGE",
  });
  const refund = addRefund(emulator, charge, {
    id,
    amount,
    balance_transaction: transaction.id,
    metadata: changeMetadata({}, params.metadata),
    reason: params.reason ?? null,
    status: isRefundedLater(charge) ? "pending" : "succeeded",
  });
  const refunded = noteRefunded(emulator, charge.id, charge.amount_refunded + amount);
  emulator.emit("refund.created", refund);
  emulator.emit("charge.refunded", refunded);
  return refund;
}

/**
 * What takes back what was not captured of a charge, with its part of the fee. To the payer nothing
 * goes back: it was never taken.
 *
 * @param rest in cents
 * @param booked the charge's own movement
 */
export function reverseCapture(
  emulator: Emulator,
  charge: Stripe.Charge,
  { rest, booked }: { rest: number; booked: Stripe.BalanceTransaction },
): Stripe.Refund {
  const id = newId("re_3");
  const transaction = bookTransaction(emulator, {
    type: "refund",
    category: PARTIAL_CAPTURE_REVERSAL,
    source: id,
    amount: -rest,
    fee: feeOf(emulator, charge, charge.amount - rest) - booked.fee,
    currency: charge.currency,
    description: "REFUND FOR CHARGE",
    availableOn: booked.available_on,
  });
  return addRefund(emulator, charge, {
    id,
    amount: rest,
    balance_transaction: transaction.id,
    metadata: {},
    reason: null,
    status: "succeeded",
  });
}

function addRefund(
  emulator: Emulator,
  charge: Stripe.Charge,
  own: Pick<
    Stripe.Refund,
    "id" | "amount" | "balance_transaction" | "metadata" | "reason" | "status"
  >,
): Stripe.Refund {
  return records(emulator).add({
    object: "refund",
    charge: charge.id,
    created: emulator.clock.seconds(),
    currency: charge.currency,
    customer: idOf(charge.customer),
    customer_account: null,
    destination_details: {
      card: {
        reference_status: "pending",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
    payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    ...own,
  });
}

/**
 * How many cents a dispute leaves nobody to refund. An inquiry may still be ended by a refund; a dispute of a part
 * of a charge leaves the rest once it is lost, and nothing before that.
 */
function takenByBank(emulator: Emulator, charge: Stripe.Charge): number {
  return emulator
    .records<Stripe.Dispute>("dispute")
    .all()
    .filter(
      ({ charge: of, is_charge_refundable: ok, status }) =>
        of === charge.id && !ok && status !== "won",
    )
    .reduce((sum, { amount, status }) => sum + (status === "lost" ? amount : charge.amount), 0);
}

function chargeToRefund(emulator: Emulator, params: Stripe.RefundCreateParams): Stripe.Charge {
  const charges = emulator.records<Stripe.Charge>("charge");
  if (params.charge && params.payment_intent) {
    throw invalidRequest("You may only specify one of these parameters: charge, payment_intent.", {
      param: "payment_intent",
    });
  }
  if (params.charge) return refundable(charges.get(params.charge, "charge"));
  if (!params.payment_intent) {
    throw invalidRequest(
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  }

  const intent = emulator
    .records<Stripe.PaymentIntent>("payment_intent")
    .get(params.payment_intent, "payment_intent");
  const chargeId = idOf(intent.latest_charge);
  if (intent.status !== "succeeded" || !chargeId) {
    throw invalidRequest(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      { param: "payment_intent" },
    );
  }
  return charges.get(chargeId);
}

function refundable(charge: Stripe.Charge): Stripe.Charge {
  if (charge.status !== "succeeded") {
    throw invalidRequest(`Charge ${charge.id} has not succeeded and cannot be refunded.`, {
      param: "charge",
    });
  }
  return charge;
}

function refuseImpossibleAmount(charge: Stripe.Charge, amount: number, left: number): void {
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  if (amount < 1) {
    throw invalidRequest("Invalid positive integer", {
      param: "amount",
      code: "parameter_invalid_integer",
    });
  }
  if (amount > left) {
    throw new StripeFailure(400, {
      type: "invalid_request_error",
      param: "amount",
      message: `Refund amount (${dollars(amount)}) is greater than ${
        charge.amount_refunded > 0 ? "unrefunded amount" : "charge amount"
      } on charge (${dollars(left)})`,
    });
  }
}

/** Stripe's test card whose refunds take their time. */
function isRefundedLater(charge: Stripe.Charge): boolean {
  return charge.payment_method_details?.card?.last4 === "7726";
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}
