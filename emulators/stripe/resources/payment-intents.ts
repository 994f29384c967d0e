import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { billCheckout } from "../checkout/bill-checkout.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { cardFailure } from "../payments/api-failure.ts";
import { settleDueDebits } from "../payments/bank-debits.ts";
import { confirmIntent } from "../payments/confirm-intent.ts";
import { createPaymentIntent, markSucceeded } from "../payments/intent-states.ts";
import { captureCharge, releaseCharge } from "./charges.ts";
import { methodOfCustomer } from "./payment-methods.ts";

/** Payments, from the first attempt until the money is there. */
export const paymentIntents: Resource = {
  routes: [
    route<Stripe.PaymentIntentCreateParams>("POST /v1/payment_intents", create),
    route<Stripe.PaymentIntentConfirmParams>("POST /v1/payment_intents/{id}/confirm", confirm),
    route<Stripe.PaymentIntentUpdateParams>("POST /v1/payment_intents/{id}", update),
    route<Stripe.PaymentIntentRetrieveParams>(
      "GET /v1/payment_intents/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.PaymentIntentListParams>("GET /v1/payment_intents", list),
    route<Stripe.PaymentIntentCaptureParams>("POST /v1/payment_intents/{id}/capture", capture),
    route<Stripe.PaymentIntentCancelParams>("POST /v1/payment_intents/{id}/cancel", cancel),
  ],
  tick(emulator) {
    settleDueDebits(emulator);
    const now = emulator.clock.seconds();
    for (const intent of records(emulator).all()) {
      if (intent.status === "requires_capture" && intent.created + HELD_SECONDS <= now)
        letGo(emulator, intent, "automatic");
    }
  },
};

const SMALLEST_AMOUNT = 50;

const SUPPORTED = [
  "amount",
  "automatic_payment_methods",
  "capture_method",
  "confirm",
  "currency",
  "customer",
  "description",
  "hooks",
  "metadata",
  "off_session",
  "payment_method",
  "receipt_email",
  "return_url",
  "setup_future_usage",
  "statement_descriptor",
  "statement_descriptor_suffix",
  "transfer_group",
];

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

function create(
  emulator: Emulator,
  params: Stripe.PaymentIntentCreateParams,
): Stripe.PaymentIntent {
  onlyEmulated(params, SUPPORTED);
  if (params.amount < SMALLEST_AMOUNT) {
    throw invalidRequest("Amount must be at least $0.50 usd", {
      code: "amount_too_small",
      param: "amount",
    });
  }
  if (params.off_session && !params.confirm) {
    throw invalidRequest("`off_session` can only be used when `confirm` is `true`.", {
      param: "off_session",
    });
  }
  const customer = params.customer ?? null;
  if (customer) emulator.records("customer").get(customer, "customer");
  if (params.payment_method) methodOfCustomer(emulator, params.payment_method, customer);
  const calculation = params.hooks?.inputs?.tax?.calculation || undefined;
  if (calculation) {
    emulator.records("tax.calculation").get(calculation, "hooks[inputs][tax][calculation]");
  }

  const intent = createPaymentIntent(emulator, {
    amount: params.amount,
    captureMethod: params.capture_method ?? "automatic_async",
    currency: params.currency.toLowerCase(),
    customer,
    description: params.description,
    taxCalculation: calculation,
    metadata: changeMetadata({}, params.metadata),
    paymentMethod: params.payment_method,
    receiptEmail: params.receipt_email,
    setupFutureUsage: params.setup_future_usage,
    statementDescriptor: params.statement_descriptor,
    statementDescriptorSuffix: params.statement_descriptor_suffix,
    transferGroup: params.transfer_group,
  });
  if (!params.confirm) return intent;
  const { off_session: offSession, return_url: returnUrl } = params;
  return tryToPay(emulator, intent, { isOffSession: Boolean(offSession), returnUrl });
}

function confirm(
  emulator: Emulator,
  params: Stripe.PaymentIntentConfirmParams,
  id: string,
): Stripe.PaymentIntent {
  onlyEmulated(params, ["payment_method", "off_session", "return_url"]);
  const intent = records(emulator).get(id);
  if (!["requires_payment_method", "requires_confirmation"].includes(intent.status)) {
    throw unexpectedState(
      `This PaymentIntent's status is ${intent.status}, so it can't be confirmed.`,
    );
  }
  const { payment_method: method, off_session: offSession, return_url: returnUrl } = params;
  if (method) {
    methodOfCustomer(emulator, method, idOf(intent.customer));
    records(emulator).update(id, { payment_method: method });
  }
  return tryToPay(emulator, intent, { isOffSession: Boolean(offSession), returnUrl });
}

function tryToPay(
  emulator: Emulator,
  intent: Stripe.PaymentIntent,
  how: { isOffSession: boolean; returnUrl?: string },
): Stripe.PaymentIntent {
  const methodId = idOf(intent.payment_method);
  if (!methodId) {
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.",
    );
  }
  const method = emulator.records<Stripe.PaymentMethod>("payment_method").get(methodId);
  const attempt = confirmIntent(emulator, intent, method, how);
  const now = records(emulator).get(intent.id);
  if (attempt.outcome === "declined") throw cardFailure(attempt.decline, structuredClone(now));
  return now;
}

function update(
  emulator: Emulator,
  params: Stripe.PaymentIntentUpdateParams,
  id: string,
): Stripe.PaymentIntent {
  onlyEmulated(params, ["metadata", "description"]);
  const intent = records(emulator).get(id);
  return records(emulator).update(id, {
    description: params.description ?? intent.description,
    metadata: changeMetadata(intent.metadata, params.metadata),
  });
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

  const { captured: charge, reversal } = captureCharge(
    emulator,
    idOf(intent.latest_charge) ?? "",
    amount,
  );
  const captured = markSucceeded(emulator, id, charge);
  noteSessionPaid(emulator, id);
  emulator.emit("charge.captured", charge);
  if (reversal) {
    emulator.emit("refund.created", reversal);
    emulator.emit("charge.refunded", charge);
  }
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
  if (!session) return;
  sessions.update(session.id, { payment_status: "paid" });
  billCheckout(emulator, session.id);
}

function unexpectedState(message: string) {
  return invalidRequest(message, { code: "payment_intent_unexpected_state" });
}
