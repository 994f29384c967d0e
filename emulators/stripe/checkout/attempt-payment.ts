import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { chargeCard } from "../resources/charges.ts";
import { plans } from "../resources/checkout-sessions.ts";
import { createCustomer } from "../resources/customers.ts";
import {
  createPaymentIntent,
  markCapturable,
  markFailed,
  markSucceeded,
} from "../resources/payment-intents.ts";
import { createCardPaymentMethod } from "../resources/payment-methods.ts";
import { declineOf, type Card } from "./cards.ts";
import { customerDetails } from "./session-object.ts";

type Session = Stripe.Checkout.Session;

/**
 * Someone presses "Pay" on the hosted page of an open session.
 *
 * @returns null when it is paid, else the sentence that the page shows
 */
export function attemptPayment(
  emulator: Emulator,
  session: Session,
  card: Card,
  payer: { email: string; name: string },
): string | null {
  const intent = intentOf(emulator, session, payer);
  const customer = idOf(intent.customer);
  const method = createCardPaymentMethod(emulator, card, {
    ...payer,
    customer: intent.setup_future_usage ? customer : null,
  });
  const decline = declineOf(card);
  const charge = chargeCard(emulator, intent, method, decline);

  if (decline) {
    const failed = markFailed(emulator, intent.id, charge, decline, method);
    emulator.emit("charge.failed", charge);
    emulator.emit("payment_intent.payment_failed", failed);
    return decline.message;
  }

  const isHeld = intent.capture_method === "manual";
  const paid = (isHeld ? markCapturable : markSucceeded)(emulator, intent.id, charge);
  const completed = sessions(emulator).update(session.id, {
    customer,
    customer_details: customerDetails(payer.email, payer.name),
    payment_status: isHeld ? "unpaid" : "paid", // until it is captured
    status: "complete",
    url: null,
  });
  emulator.emit("charge.succeeded", charge);
  emulator.emit(
    isHeld ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded",
    paid,
  );
  emulator.emit("checkout.session.completed", completed);
  return null;
}

/** The session's payment intent: made at the first attempt, used again by those that follow. */
function intentOf(
  emulator: Emulator,
  session: Session,
  payer: { email: string; name: string },
): Stripe.PaymentIntent {
  const existing = idOf(session.payment_intent);
  if (existing) return emulator.records<Stripe.PaymentIntent>("payment_intent").get(existing);

  const { intentData } = plans(emulator).get(session.id);
  const intent = createPaymentIntent(emulator, {
    amount: session.amount_total ?? 0,
    captureMethod: intentData.capture_method ?? "automatic_async",
    currency: session.currency ?? "usd",
    customer: customerOf(emulator, session, payer),
    description: intentData.description,
    metadata: changeMetadata({}, intentData.metadata),
    receiptEmail: intentData.receipt_email,
    setupFutureUsage: intentData.setup_future_usage,
    statementDescriptor: intentData.statement_descriptor,
    statementDescriptorSuffix: intentData.statement_descriptor_suffix,
    transferGroup: intentData.transfer_group,
  });
  sessions(emulator).update(session.id, { payment_intent: intent.id });
  return intent;
}

function customerOf(
  emulator: Emulator,
  session: Session,
  payer: { email: string; name: string },
): string | null {
  const known = idOf(session.customer);
  if (known || session.customer_creation !== "always") return known;
  return createCustomer(emulator, payer).id;
}

function sessions(emulator: Emulator) {
  return emulator.records<Session>("checkout.session");
}
