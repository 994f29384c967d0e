import type Stripe from "stripe";

import { newId } from "../api/new-id.ts";
import type { Emulator } from "../emulator.ts";
import type { Decline } from "./cards.ts";

type Intent = Stripe.PaymentIntent;

function records(emulator: Emulator) {
  return emulator.records<Intent>("payment_intent");
}

export type IntentDetails = {
  amount: number;
  captureMethod: Intent["capture_method"];
  currency: string;
  customer: string | null;
  description?: string | null;
  taxCalculation?: string;
  metadata: Record<string, string>;
  paymentMethod?: string;
  receiptEmail?: string;
  setupFutureUsage?: Stripe.PaymentIntent.SetupFutureUsage;
  statementDescriptor?: string;
  statementDescriptorSuffix?: string;
  transferGroup?: string;
};

/** Makes a payment intent, for the API, a checkout or an invoice. Amount in cents. */
export function createPaymentIntent(emulator: Emulator, details: IntentDetails): Intent {
  const id = newId("pi_3");
  const intent = records(emulator).add({
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: details.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: details.captureMethod,
    client_secret: `${id}_secret_${newId("", 25)}`,
    confirmation_method: "automatic",
    created: emulator.clock.seconds(),
    currency: details.currency,
    customer: details.customer,
    customer_account: null,
    description: details.description ?? null,
    excluded_payment_method_types: null,
    ...(details.taxCalculation && {
      hooks: { inputs: { tax: { calculation: details.taxCalculation } } },
    }),
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: details.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: details.paymentMethod ?? null,
    payment_method_configuration_details: null,
    payment_method_options: { card: cardOptions() },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: details.receiptEmail ?? null,
    review: null,
    setup_future_usage: details.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: details.statementDescriptor ?? null,
    statement_descriptor_suffix: details.statementDescriptorSuffix ?? null,
    status: details.paymentMethod ? "requires_confirmation" : "requires_payment_method",
    transfer_group: details.transferGroup ?? null,
  });
  emulator.emit("payment_intent.created", intent);
  return intent;
}

function cardOptions(): Stripe.PaymentIntent.PaymentMethodOptions.Card {
  return {
    installments: null,
    mandate_options: null,
    network: null,
    request_three_d_secure: "automatic",
  };
}

/** Notes that the bank holds the money. */
export function markCapturable(emulator: Emulator, id: string, charge: Stripe.Charge): Intent {
  return records(emulator).update(id, {
    amount_capturable: charge.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: charge.payment_method,
    status: "requires_capture",
  });
}

/** Notes that the money has come: all of it, or the part of it that was captured. */
export function markSucceeded(emulator: Emulator, id: string, charge: Stripe.Charge): Intent {
  return records(emulator).update(id, {
    amount_capturable: 0,
    amount_received: charge.amount_captured,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: charge.payment_method,
    processing: null,
    status: "succeeded",
  });
}

/** Notes that a bank takes days to say yes or no. */
export function markProcessing(emulator: Emulator, id: string, charge: Stripe.Charge): Intent {
  return records(emulator).update(id, {
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: "processing",
  });
}

/**
 * Notes that the person must prove who they are first.
 *
 * @param url where they do that
 */
export function markRequiresAction(
  emulator: Emulator,
  id: string,
  methodId: string,
  redirect: { url: string; returnUrl: string | null },
): Intent {
  return records(emulator).update(id, {
    next_action: {
      type: "redirect_to_url",
      redirect_to_url: { url: redirect.url, return_url: redirect.returnUrl },
    },
    payment_method: methodId,
    status: "requires_action",
  });
}

/** Notes why an attempt failed; the next one may succeed. */
export function markFailed(
  emulator: Emulator,
  id: string,
  attempt: { charge: Stripe.Charge | null; decline: Decline; method: Stripe.PaymentMethod },
): Intent {
  const { charge, decline, method } = attempt;
  return records(emulator).update(id, {
    last_payment_error: {
      ...(charge && { charge: charge.id }),
      code: decline.code as Stripe.PaymentIntent.LastPaymentError["code"],
      decline_code: decline.declineCode ?? undefined,
      doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
      message: decline.message,
      payment_method: method,
      type:
        decline.code === "payment_intent_authentication_failure"
          ? "invalid_request_error"
          : "card_error",
    },
    ...(charge && { latest_charge: charge.id }),
    next_action: null,
    payment_method: null,
    processing: null,
    status: "requires_payment_method",
  });
}
