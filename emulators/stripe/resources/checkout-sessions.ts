import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { findDiscount, reduceItems } from "../catalog/discounts.ts";
import { createLineItems } from "../checkout/line-items.ts";
import { newSession } from "../checkout/session-object.ts";
import { plans, trialEndOf } from "../checkout/session-plans.ts";
import { checkSessionParams } from "../checkout/session-rules.ts";
import { checkAutomaticTax } from "../checkout/session-tax.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { createSetupIntent } from "./setup-intents.ts";

type Session = Stripe.Checkout.Session;

const SMALLEST_AMOUNT = 50;

/** Hosted pages where people pay. */
export const checkoutSessions: Resource = {
  routes: [
    route<Stripe.Checkout.SessionCreateParams>("POST /v1/checkout/sessions", create),
    route<Stripe.Checkout.SessionRetrieveParams>(
      "GET /v1/checkout/sessions/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.Checkout.SessionListParams>("GET /v1/checkout/sessions", list),
    route<Stripe.Checkout.SessionExpireParams>(
      "POST /v1/checkout/sessions/{id}/expire",
      (emulator, _params, id) => expire(emulator, id),
    ),
    route<Stripe.Checkout.SessionListLineItemsParams>(
      "GET /v1/checkout/sessions/{id}/line_items",
      (emulator, params, id) => lineItems(emulator, id, params),
    ),
  ],
  includes: [
    {
      object: "checkout.session",
      property: "line_items",
      load: (emulator, id) => lineItems(emulator, id, {}),
    },
  ],
  tick(emulator) {
    const now = emulator.clock.seconds();
    for (const session of records(emulator).all()) {
      if (session.status === "open" && session.expires_at <= now) close(emulator, session.id);
    }
  },
};

function records(emulator: Emulator) {
  return emulator.records<Session>("checkout.session");
}

function create(emulator: Emulator, params: Stripe.Checkout.SessionCreateParams): Session {
  const now = emulator.clock.seconds();
  checkSessionParams(params, now);
  const customer = params.customer
    ? emulator.records<Stripe.Customer>("customer").get(params.customer, "customer")
    : null;
  const isSetup = params.mode === "setup";
  const { items, discount } = isSetup ? NOTHING : whatIsBought(emulator, params);
  checkAutomaticTax(params, customer, items);
  const setup = isSetup ? setupIntentFor(emulator, params) : null;

  const session = newSession({
    params,
    items,
    discount,
    // Of a trial nothing is due today.
    isTrial: trialEndOf(params.subscription_data ?? {}, now) !== null,
    setupIntent: setup?.id ?? null,
    customerEmail: customer?.email ?? params.customer_email ?? null,
    now,
    urlOf: (id) => `${emulator.url()}/c/pay/${id}`,
  });
  // Nothing to pay is fine when a coupon paid it all.
  const total = session.amount_total ?? 0;
  if (params.mode === "payment" && total < SMALLEST_AMOUNT && !(discount && total === 0)) {
    throw invalidRequest(
      "The Checkout Session's total amount due must add up to at least $0.50 usd",
      { code: "amount_too_small" },
    );
  }
  records(emulator).add(session);
  plans(emulator).add({
    id: session.id,
    items,
    intentData: params.payment_intent_data ?? {},
    subscriptionData: params.subscription_data ?? {},
    savesAddress: params.customer_update?.address === "auto",
    intentId: setup?.id ?? null,
  });
  return session;
}

const NOTHING = { items: [] as Stripe.LineItem[], discount: null };

function whatIsBought(emulator: Emulator, params: Stripe.Checkout.SessionCreateParams) {
  const items = createLineItems(emulator, params.line_items, params.mode ?? "payment");
  const [named] = params.discounts ?? [];
  const purchase = { items, customer: params.customer ?? null };
  const discount = named ? findDiscount(emulator, named, purchase) : null;
  return { items: reduceItems(items, discount?.coupon ?? null), discount };
}

function setupIntentFor(emulator: Emulator, params: Stripe.Checkout.SessionCreateParams) {
  return createSetupIntent(emulator, {
    customer: params.customer ?? null,
    description: params.setup_intent_data?.description,
    metadata: changeMetadata({}, params.setup_intent_data?.metadata),
  });
}

function list(emulator: Emulator, params: Stripe.Checkout.SessionListParams) {
  onlyEmulated(params, [
    "customer",
    "payment_intent",
    "status",
    "created",
    "limit",
    "starting_after",
    "ending_before",
  ]);
  const matching = records(emulator)
    .all()
    .filter(
      (session) =>
        (params.customer === undefined || session.customer === params.customer) &&
        (params.payment_intent === undefined || session.payment_intent === params.payment_intent) &&
        (params.status === undefined || session.status === params.status),
    );
  return listPage(matching, params, "/v1/checkout/sessions");
}

function expire(emulator: Emulator, id: string): Session {
  const { status } = records(emulator).get(id);
  if (status !== "open") {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${status}.`,
    );
  }
  return close(emulator, id);
}

function close(emulator: Emulator, id: string): Session {
  const session = records(emulator).update(id, { status: "expired", url: null });
  emulator.emit("checkout.session.expired", session);
  return session;
}

function lineItems(
  emulator: Emulator,
  id: string,
  params: Stripe.Checkout.SessionListLineItemsParams,
) {
  records(emulator).get(id);
  const { items } = plans(emulator).get(id);
  return listPage(items, params, `/v1/checkout/sessions/${id}/line_items`);
}
