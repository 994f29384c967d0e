import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { confirmIntent, type Attempt } from "../payments/confirm-intent.ts";
import { confirmSetup } from "../payments/confirm-setup.ts";
import { createPaymentIntent } from "../payments/intent-states.ts";
import { createCustomer } from "../resources/customers.ts";
import { plans } from "./session-plans.ts";

type Session = Stripe.Checkout.Session;

/** Someone presses the button on the hosted page of an open session: to pay, or to save a card. */
export function attemptPayment(
  emulator: Emulator,
  session: Session,
  method: Stripe.PaymentMethod,
): Attempt {
  if (session.mode === "setup") {
    const intent = emulator
      .records<Stripe.SetupIntent>("setup_intent")
      .get(idOf(session.setup_intent) ?? "");
    return confirmSetup(emulator, intent, method);
  }
  return confirmIntent(emulator, paymentIntentOf(emulator, session, method), method);
}

/** The session's payment intent: made at the first attempt, used again by those that follow. */
function paymentIntentOf(
  emulator: Emulator,
  session: Session,
  method: Stripe.PaymentMethod,
): Stripe.PaymentIntent {
  const { intentData, intentId } = plans(emulator).get(session.id);
  if (intentId) return emulator.records<Stripe.PaymentIntent>("payment_intent").get(intentId);

  const intent = createPaymentIntent(emulator, {
    amount: session.amount_total ?? 0,
    captureMethod: intentData.capture_method ?? "automatic_async",
    currency: session.currency ?? "usd",
    customer: customerOf(emulator, session, method),
    description: intentData.description,
    metadata: changeMetadata({}, intentData.metadata),
    receiptEmail: intentData.receipt_email,
    setupFutureUsage: intentData.setup_future_usage,
    statementDescriptor: intentData.statement_descriptor,
    statementDescriptorSuffix: intentData.statement_descriptor_suffix,
    transferGroup: intentData.transfer_group,
  });
  plans(emulator).update(session.id, { intentId: intent.id });
  emulator.records<Session>("checkout.session").update(session.id, { payment_intent: intent.id });
  return intent;
}

/** Who pays: the customer that the site named, or a new one when it asked for that. */
function customerOf(
  emulator: Emulator,
  session: Session,
  method: Stripe.PaymentMethod,
): string | null {
  const known = idOf(session.customer);
  if (known || session.customer_creation !== "always") return known;
  const { email, name } = method.billing_details;
  return createCustomer(emulator, { email: email ?? undefined, name: name ?? undefined }).id;
}
