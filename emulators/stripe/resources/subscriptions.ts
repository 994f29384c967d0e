import type Stripe from "stripe";

import { invalidRequest, missingParam, notEmulated } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { changeItems } from "../billing/change-items.ts";
import { collectInvoice } from "../billing/collect-invoice.ts";
import { draftInvoice } from "../billing/draft-invoice.ts";
import { nextPeriodEnd } from "../billing/periods.ts";
import { renewDue } from "../billing/renew.ts";
import { requestedChanges } from "../billing/requested-changes.ts";
import { subscribe } from "../billing/subscribe.ts";
import { endSubscription, updateSubscription } from "../billing/subscription-changes.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { methodOfCustomer } from "./payment-methods.ts";

type Subscription = Stripe.Subscription;

const DAY_SECONDS = 24 * 60 * 60;

const CREATABLE = [
  "customer",
  "items",
  "default_payment_method",
  "description",
  "metadata",
  "trial_period_days",
  "trial_end",
  "trial_settings",
  "billing_mode",
  "off_session",
];
const CHANGEABLE = [
  "cancel_at_period_end",
  "cancellation_details",
  "default_payment_method",
  "description",
  "items",
  "metadata",
  "pause_collection",
  "proration_behavior",
  "trial_settings",
  "trial_end",
];

/** Memberships: paid again every so often until they end. Checkout makes them, or the API. */
export const subscriptions: Resource = {
  routes: [
    route<Stripe.SubscriptionCreateParams>("POST /v1/subscriptions", create),
    route<Stripe.SubscriptionRetrieveParams>(
      "GET /v1/subscriptions/{id}",
      (emulator, _params, id) => records(emulator).get(id),
    ),
    route<Stripe.SubscriptionUpdateParams>("POST /v1/subscriptions/{id}", update),
    route<Stripe.SubscriptionCancelParams>("DELETE /v1/subscriptions/{id}", cancel),
    route<Stripe.SubscriptionResumeParams>("POST /v1/subscriptions/{id}/resume", resume),
    route<Stripe.SubscriptionListParams>("GET /v1/subscriptions", list),
  ],
  tick: renewDue,
};

function records(emulator: Emulator) {
  return emulator.records<Subscription>("subscription");
}

function list(emulator: Emulator, params: Stripe.SubscriptionListParams) {
  onlyEmulated(params, [
    "customer",
    "price",
    "status",
    "created",
    "limit",
    "starting_after",
    "ending_before",
  ]);
  const { customer, price, status } = params;
  const matching = records(emulator)
    .all()
    .filter(
      (each) =>
        (customer === undefined || each.customer === customer) &&
        (price === undefined || each.items.data.some((item) => item.price.id === price)) &&
        hasStatus(each, status),
    );
  return listPage(matching, params, "/v1/subscriptions");
}

/** Without a status Stripe lists what has not ended. */
function hasStatus({ status }: Subscription, wanted?: string): boolean {
  if (wanted === "all") return true;
  if (wanted === "ended") return ["canceled", "incomplete_expired"].includes(status);
  return wanted === undefined ? status !== "canceled" : status === wanted;
}

function create(emulator: Emulator, params: Stripe.SubscriptionCreateParams): Subscription {
  onlyEmulated(params, CREATABLE);
  if (!params.customer) throw missingParam("customer");
  emulator.records("customer").get(params.customer, "customer");
  const methodId = params.default_payment_method ?? null;
  if (methodId) methodOfCustomer(emulator, methodId, params.customer, "default_payment_method");
  const now = emulator.clock.seconds();
  const trialDays = params.trial_period_days;
  const trialEnd = typeof params.trial_end === "number" ? params.trial_end : null;

  const { subscription, invoice } = subscribe(
    emulator,
    {
      customer: params.customer,
      items: itemsOf(emulator, params.items),
      defaultMethod: methodId,
      description: params.description,
      metadata: changeMetadata({}, params.metadata),
      trialEnd: trialDays ? now + trialDays * DAY_SECONDS : trialEnd,
      whenMethodMissing:
        params.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
      isTaxed: false,
      billingMode: params.billing_mode?.type ?? "flexible",
    },
    { discount: null, onceItems: [] },
  );
  if (subscription.status === "active") {
    records(emulator).update(subscription.id, { status: "incomplete" });
  }
  collectInvoice(emulator, invoice);
  return records(emulator).get(subscription.id);
}

function itemsOf(emulator: Emulator, params: Stripe.SubscriptionCreateParams["items"]) {
  if (!params || params.length === 0) throw missingParam("items");
  return params.map((item, position) => {
    const param = `items[${position}]`;
    onlyEmulated(item, ["price", "quantity"], param);
    if (!item.price) throw missingParam(`${param}[price]`);
    const price = emulator.records<Stripe.Price>("price").get(item.price, `${param}[price]`);
    if (!price.recurring) {
      throw invalidRequest("The price specified is not recurring.", { param: `${param}[price]` });
    }
    return { price, quantity: item.quantity ?? 1 };
  });
}

function update(
  emulator: Emulator,
  params: Stripe.SubscriptionUpdateParams,
  id: string,
): Subscription {
  onlyEmulated(params, CHANGEABLE);
  const before = records(emulator).get(id);
  if (before.status === "canceled") {
    throw invalidRequest("A canceled subscription can only update its cancellation_details.");
  }
  updateSubscription(emulator, id, requestedChanges(emulator, before, params));
  if (params.trial_end === "now" && before.status === "trialing") endTrial(emulator, id);
  if (!params.items) return records(emulator).get(id);
  const behavior = params.proration_behavior ?? "create_prorations";
  return changeItems(
    emulator,
    records(emulator).get(id),
    params.items,
    behavior as "create_prorations" | "none" | "always_invoice",
  );
}

/** The trial ends now: the first period that costs something begins. */
function endTrial(emulator: Emulator, id: string): void {
  const now = emulator.clock.seconds();
  const { items } = records(emulator).get(id);
  const data = items.data.map((item) => ({ ...item, current_period_end: now }));
  records(emulator).update(id, {
    billing_cycle_anchor: now,
    items: { ...items, data },
    trial_end: now,
  });
  renewDue(emulator);
}

/** A membership that was paused when its trial ended without a card begins to cost. */
function resume(
  emulator: Emulator,
  params: Stripe.SubscriptionResumeParams,
  id: string,
): Subscription {
  onlyEmulated(params, ["billing_cycle_anchor"]);
  const { status, items } = records(emulator).get(id);
  if (status !== "paused") {
    throw invalidRequest(`Only a paused subscription can be resumed. This one is ${status}.`);
  }
  if (params.billing_cycle_anchor && params.billing_cycle_anchor.type !== "now") {
    throw notEmulated("resuming with the old days", "billing_cycle_anchor[type]");
  }
  const now = emulator.clock.seconds();
  const data = items.data.map((item) => periodFrom(item, now));
  const resumed = updateSubscription(emulator, id, {
    billing_cycle_anchor: now,
    items: { ...items, data },
    status: "active",
  });
  emulator.emit("customer.subscription.resumed", resumed);
  collectInvoice(emulator, draftInvoice(emulator, resumed, "subscription_cycle"));
  return records(emulator).get(id);
}

function periodFrom(item: Stripe.SubscriptionItem, start: number): Stripe.SubscriptionItem {
  const { recurring } = item.price;
  const end = recurring ? nextPeriodEnd(start, recurring, start) : start;
  return { ...item, current_period_start: start, current_period_end: end };
}

function cancel(
  emulator: Emulator,
  params: Stripe.SubscriptionCancelParams,
  id: string,
): Subscription {
  onlyEmulated(params, ["cancellation_details", "invoice_now"]);
  const { status } = records(emulator).get(id);
  if (status === "canceled") throw invalidRequest(`No such subscription: '${id}'`, { param: "id" });
  // What is pending would be lost otherwise; a credit for the rest of the period is not given.
  if (params.invoice_now) {
    collectInvoice(
      emulator,
      draftInvoice(emulator, records(emulator).get(id), "subscription_update", true),
    );
  }
  return endSubscription(emulator, id, "cancellation_requested");
}
