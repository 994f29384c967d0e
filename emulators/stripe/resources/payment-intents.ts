import type Stripe from "stripe";

import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import type { Decline } from "../checkout/cards.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** Payments, from the first attempt until the money is there. Checkout makes them. */
export const paymentIntents: Resource = {
  routes: [
    route<Stripe.PaymentIntentRetrieveParams>(
      "GET /v1/payment_intents/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.PaymentIntentListParams>("GET /v1/payment_intents", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.PaymentIntent>("payment_intent");
}

function list(emulator: Emulator, params: Stripe.PaymentIntentListParams) {
  const matching = records(emulator)
    .all()
    .filter((intent) => params.customer === undefined || intent.customer === params.customer);
  return listPage(matching, params, "/v1/payment_intents");
}

type IntentDetails = {
  amount: number;
  currency: string;
  customer: string | null;
  description?: string;
  metadata: Record<string, string>;
  receiptEmail?: string;
  setupFutureUsage?: Stripe.PaymentIntent.SetupFutureUsage;
  statementDescriptor?: string;
  statementDescriptorSuffix?: string;
  transferGroup?: string;
};

/** Makes the payment intent of a checkout. Amount in cents. */
export function createPaymentIntent(
  emulator: Emulator,
  details: IntentDetails,
): Stripe.PaymentIntent {
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
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${newId("", 25)}`,
    confirmation_method: "automatic",
    created: emulator.clock.seconds(),
    currency: details.currency,
    customer: details.customer,
    customer_account: null,
    description: details.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: details.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
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
    status: "requires_payment_method",
    transfer_group: details.transferGroup ?? null,
  });
  emulator.emit("payment_intent.created", intent);
  return intent;
}

/** Notes that the money has come. */
export function markSucceeded(
  emulator: Emulator,
  id: string,
  charge: Stripe.Charge,
): Stripe.PaymentIntent {
  return records(emulator).update(id, {
    amount_received: charge.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: "succeeded",
  });
}

/** Notes why an attempt failed; the next one may succeed. */
export function markFailed(
  emulator: Emulator,
  id: string,
  charge: Stripe.Charge,
  decline: Decline,
  method: Stripe.PaymentMethod,
): Stripe.PaymentIntent {
  return records(emulator).update(id, {
    last_payment_error: {
      charge: charge.id,
      code: decline.code as Stripe.PaymentIntent.LastPaymentError["code"],
      decline_code: decline.declineCode ?? undefined,
      doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
      message: decline.message,
      payment_method: method,
      type: "card_error",
    },
    latest_charge: charge.id,
    payment_method: null,
    status: "requires_payment_method",
  });
}

function cardOptions(): Stripe.PaymentIntent.PaymentMethodOptions.Card {
  return {
    installments: null,
    mandate_options: null,
    network: null,
    request_three_d_secure: "automatic",
  };
}
