import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { confirmIntent, type Attempt } from "../payments/confirm-intent.ts";
import { confirmSetup } from "../payments/confirm-setup.ts";
import { createPaymentIntent } from "../payments/intent-states.ts";
import { createCustomer } from "../resources/customers.ts";
import { createSetupIntent } from "../resources/setup-intents.ts";
import { plans } from "./session-plans.ts";

type Session = Stripe.Checkout.Session;
type Payer = { email: string | null; name: string | null };

/** Someone presses the button on the hosted page of an open session: to pay, or to save a card. */
export function attemptPayment(
  emulator: Emulator,
  session: Session,
  method: Stripe.PaymentMethod,
): Attempt {
  return onlySavesCard(session)
    ? confirmSetup(emulator, setupIntentOf(emulator, session, method.billing_details), method)
    : confirmIntent(emulator, paymentIntentOf(emulator, session, method.billing_details), method);
}

/** Whether nothing is charged now: in setup mode, and when a membership begins with a trial. */
function onlySavesCard(session: Session): boolean {
  return session.mode === "setup" || (session.mode === "subscription" && !session.amount_total);
}

/** The session's payment intent: made at the first attempt, used again by those that follow. */
function paymentIntentOf(emulator: Emulator, session: Session, payer: Payer): Stripe.PaymentIntent {
  const { intentData, intentId } = plans(emulator).get(session.id);
  if (intentId) return emulator.records<Stripe.PaymentIntent>("payment_intent").get(intentId);

  const isMembership = session.mode === "subscription";
  const intent = createPaymentIntent(emulator, {
    amount: session.amount_total ?? 0,
    captureMethod: intentData.capture_method ?? "automatic_async",
    currency: session.currency ?? "usd",
    customer: customerOf(emulator, session, payer),
    description: isMembership ? "Subscription creation" : intentData.description,
    metadata: changeMetadata({}, intentData.metadata),
    receiptEmail: intentData.receipt_email,
    setupFutureUsage: isMembership ? "off_session" : intentData.setup_future_usage,
    statementDescriptor: intentData.statement_descriptor,
    statementDescriptorSuffix: intentData.statement_descriptor_suffix,
    transferGroup: intentData.transfer_group,
  });
  plans(emulator).update(session.id, { intentId: intent.id });
  // Of a membership, the payment belongs to its invoice.
  if (!isMembership) {
    emulator.records<Session>("checkout.session").update(session.id, { payment_intent: intent.id });
  }
  return intent;
}

function setupIntentOf(emulator: Emulator, session: Session, payer: Payer): Stripe.SetupIntent {
  const { intentId } = plans(emulator).get(session.id);
  if (intentId) return emulator.records<Stripe.SetupIntent>("setup_intent").get(intentId);
  const customer = customerOf(emulator, session, payer);
  const intent = createSetupIntent(emulator, { customer, metadata: {} });
  plans(emulator).update(session.id, { intentId: intent.id });
  return intent;
}

/**
 * Who pays: the customer that the site named, or a new one when it asked for that, or when a
 * membership, an invoice or a card that is kept needs one.
 */
export function customerOf(emulator: Emulator, session: Session, payer: Payer): string | null {
  const known = idOf(session.customer);
  const isNeeded =
    session.mode === "subscription" ||
    plans(emulator).get(session.id).intentData.setup_future_usage ||
    session.customer_creation === "always" ||
    session.invoice_creation?.enabled;
  if (known || !isNeeded) return known;
  const { email, name } = payer;
  const created = createCustomer(emulator, {
    email: email ?? undefined,
    name: name ?? undefined,
  });
  const address = session.customer_details?.address ?? null;
  return emulator.records<Stripe.Customer>("customer").update(created.id, { address }).id;
}
