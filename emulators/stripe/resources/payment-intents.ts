import type Stripe from "stripe";

import { invalidRequest, notEmulated } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import type { Decline } from "../checkout/cards.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { captureCharge, releaseCharge } from "./charges.ts";

/** Payments, from the first attempt until the money is there. Checkout makes them. */
export const paymentIntents: Resource = {
  routes: [
    route<Stripe.PaymentIntentRetrieveParams>(
      "GET /v1/payment_intents/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.PaymentIntentListParams>("GET /v1/payment_intents", list),
    route<Stripe.PaymentIntentCaptureParams>("POST /v1/payment_intents/{id}/capture", capture),
    route<Stripe.PaymentIntentCancelParams>("POST /v1/payment_intents/{id}/cancel", cancel),
  ],
  tick(emulator) {
    const now = emulator.clock.seconds();
    for (const intent of records(emulator).all()) {
      if (intent.status === "requires_capture" && intent.created + HELD_SECONDS <= now)
        letGo(emulator, intent, "automatic");
    }
  },
};

/** How long a bank holds money for a card that was typed on the web. */
const HELD_SECONDS = 7 * 24 * 60 * 60;

/** States from which a payment can still be called off. */
const CANCELABLE = [
  "requires_payment_method",
  "requires_capture",
  "requires_confirmation",
  "requires_action",
  "processing",
];

function records(emulator: Emulator) {
  return emulator.records<Stripe.PaymentIntent>("payment_intent");
}

function list(emulator: Emulator, params: Stripe.PaymentIntentListParams) {
  const matching = records(emulator)
    .all()
    .filter((intent) => params.customer === undefined || intent.customer === params.customer);
  return listPage(matching, params, "/v1/payment_intents");
}

function capture(
  emulator: Emulator,
  params: Stripe.PaymentIntentCaptureParams,
  id: string,
): Stripe.PaymentIntent {
  onlyEmulated(params, ["amount_to_capture", "metadata"]);
  const intent = records(emulator).get(id);
  if (intent.status !== "requires_capture") {
    throw unexpectedState(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  if (amount < 1) {
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: "amount_to_capture",
      code: "parameter_invalid_integer",
    });
  }
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      `The amount to capture is greater than the capturable amount of the PaymentIntent.`,
      { param: "amount_to_capture", code: "amount_too_large" },
    );
  }
  // The rest would be let go, with a refund that is not one; nobody here asks for that.
  if (amount < intent.amount_capturable) {
    throw notEmulated("capturing a part of what is held", "amount_to_capture");
  }

  const charge = captureCharge(emulator, intent);
  const captured = markSucceeded(emulator, id, charge);
  noteSessionPaid(emulator, id);
  emulator.emit("charge.captured", charge);
  emulator.emit("payment_intent.succeeded", captured);
  return captured;
}

function cancel(
  emulator: Emulator,
  params: Stripe.PaymentIntentCancelParams,
  id: string,
): Stripe.PaymentIntent {
  onlyEmulated(params, ["cancellation_reason"]);
  const intent = records(emulator).get(id);
  if (!CANCELABLE.includes(intent.status)) {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(", ")}.`,
    );
  }
  if (intent.status !== "requires_capture") {
    throw invalidRequest(
      "You cannot cancel PaymentIntents created by Checkout Sessions that are open. Expire the Checkout Session instead.",
    );
  }
  return letGo(emulator, intent, params.cancellation_reason ?? null);
}

/** The bank lets the money go: the charge counts as refunded, though nothing was taken. */
function letGo(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  const charge = releaseCharge(emulator, intent);
  const canceled = records(emulator).update(intent.id, {
    amount_capturable: 0,
    canceled_at: emulator.clock.seconds(),
    cancellation_reason: reason,
    status: "canceled",
  });
  emulator.emit("charge.refunded", charge);
  emulator.emit("payment_intent.canceled", canceled);
  return canceled;
}

function noteSessionPaid(emulator: Emulator, intentId: string): void {
  const sessions = emulator.records<Stripe.Checkout.Session>("checkout.session");
  const session = sessions.all().find(({ payment_intent }) => payment_intent === intentId);
  if (session) sessions.update(session.id, { payment_status: "paid" });
}

function unexpectedState(message: string) {
  return invalidRequest(message, { code: "payment_intent_unexpected_state" });
}

type IntentDetails = {
  amount: number;
  captureMethod: Stripe.PaymentIntent.CaptureMethod;
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
    capture_method: details.captureMethod,
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

/** Notes that the bank holds the money. */
export function markCapturable(
  emulator: Emulator,
  id: string,
  charge: Stripe.Charge,
): Stripe.PaymentIntent {
  return records(emulator).update(id, {
    amount_capturable: charge.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: "requires_capture",
  });
}

/** Notes that the money has come. */
export function markSucceeded(
  emulator: Emulator,
  id: string,
  charge: Stripe.Charge,
): Stripe.PaymentIntent {
  return records(emulator).update(id, {
    amount_capturable: 0,
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
