import type Stripe from "stripe";

import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { draftInvoice } from "./draft-invoice.ts";
import { voidInvoice } from "./end-invoice.ts";
import { nextPeriodEnd } from "./periods.ts";
import { endSubscription, subscriptionFiles, updateSubscription } from "./subscription-changes.ts";

type Subscription = Stripe.Subscription;

const TOLD_BEFORE_TRIAL_ENDS = 3 * 24 * 60 * 60;

/** More than this many periods at once are not caught up: someone moved the clock by years. */
const MOST_PERIODS = 60;

/** Lets time pass for all memberships: trials end, periods end, pauses end. */
export function renewDue(emulator: Emulator): void {
  for (const { id } of emulator.records<Subscription>("subscription").all()) {
    tellTrialEnd(emulator, id);
    endPause(emulator, id);
    for (let count = 0; count < MOST_PERIODS && isDue(emulator, id); count += 1) {
      passPeriod(emulator, id);
    }
  }
}

function get(emulator: Emulator, id: string): Subscription {
  return emulator.records<Subscription>("subscription").get(id);
}

function isDue(emulator: Emulator, id: string): boolean {
  const { status, cancel_at: cancelAt, items } = get(emulator, id);
  if (!["active", "trialing", "past_due"].includes(status)) return false;
  const end = Math.min(cancelAt ?? Infinity, items.data[0]?.current_period_end ?? Infinity);
  return end <= emulator.clock.seconds();
}

function passPeriod(emulator: Emulator, id: string): void {
  const subscription = get(emulator, id);
  if (subscription.cancel_at !== null && subscription.cancel_at <= emulator.clock.seconds()) {
    endSubscription(emulator, id, "cancellation_requested");
  } else if (subscription.status === "trialing" && !hasMethod(emulator, subscription)) {
    endTrialWithoutMethod(emulator, subscription);
  } else {
    renew(emulator, subscription);
  }
}

function hasMethod(emulator: Emulator, subscription: Subscription): boolean {
  const customer = emulator
    .records<Stripe.Customer>("customer")
    .find(idOf(subscription.customer) ?? "");
  return Boolean(
    subscription.default_payment_method ?? customer?.invoice_settings.default_payment_method,
  );
}

function endTrialWithoutMethod(emulator: Emulator, subscription: Subscription): void {
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (behavior === "cancel") {
    endSubscription(emulator, subscription.id, "cancellation_requested");
  } else if (behavior === "pause") {
    const paused = updateSubscription(emulator, subscription.id, { status: "paused" });
    emulator.emit("customer.subscription.paused", paused);
  } else {
    renew(emulator, subscription);
    updateSubscription(emulator, subscription.id, { status: "past_due" });
  }
}

/** Begins the next period and bills it. */
function renew(emulator: Emulator, subscription: Subscription): void {
  const anchor = subscription.billing_cycle_anchor;
  const items = subscription.items.data.map((item) => {
    const { recurring } = item.price;
    const start = item.current_period_end;
    const end = recurring ? nextPeriodEnd(anchor, recurring, start) : start;
    return { ...item, current_period_start: start, current_period_end: end };
  });
  const next = updateSubscription(emulator, subscription.id, {
    items: { ...subscription.items, data: items },
    status: subscription.status === "trialing" ? "active" : subscription.status,
  });
  const draft = draftInvoice(emulator, next, "subscription_cycle");
  const pause = next.pause_collection?.behavior;
  if (pause === "keep_as_draft") return;
  if (pause) voidInvoice(emulator, draft.id, pause === "void" ? "void" : "uncollectible");
  else collectInvoice(emulator, draft);
}

function tellTrialEnd(emulator: Emulator, id: string): void {
  const { status, trial_end: end } = get(emulator, id);
  const file = subscriptionFiles(emulator).get(id);
  if (status !== "trialing" || end === null || file.isTrialEndTold) return;
  if (end - TOLD_BEFORE_TRIAL_ENDS > emulator.clock.seconds()) return;
  subscriptionFiles(emulator).update(id, { isTrialEndTold: true });
  emulator.emit("customer.subscription.trial_will_end", get(emulator, id));
}

function endPause(emulator: Emulator, id: string): void {
  const resumesAt = get(emulator, id).pause_collection?.resumes_at;
  if (!resumesAt || resumesAt > emulator.clock.seconds()) return;
  updateSubscription(emulator, id, { pause_collection: null });
}
