import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import type { Emulator } from "../emulator.ts";
import type { LineDraft } from "./invoice-lines.ts";

type Subscription = Stripe.Subscription;

/** What a membership needs to renew, and the API doesn't show. */
export type SubscriptionFile = {
  id: string;
  /** Parts of periods to charge or give back with the next invoice. */
  pending: LineDraft[];
  isTrialEndTold: boolean;
  /** What is taken off: by which coupon, and until when (seconds since 1970). */
  discount: { id: string; coupon: Stripe.Coupon; until: number | null } | null;
};

/** The hidden halves of the memberships, by their ids. */
export function subscriptionFiles(emulator: Emulator) {
  return emulator.records<SubscriptionFile>("subscription file");
}

function records(emulator: Emulator) {
  return emulator.records<Subscription>("subscription");
}

/** Changes a membership and tells what it was before. */
export function updateSubscription(
  emulator: Emulator,
  id: string,
  changes: Partial<Subscription>,
): Subscription {
  const before = structuredClone(records(emulator).get(id));
  const subscription = records(emulator).update(id, changes);
  const previous = changesBetween(before, subscription);
  if (Object.keys(previous).length > 0) {
    emulator.emit("customer.subscription.updated", subscription, previous);
  }
  return subscription;
}

/** Ends a membership now, for good. */
export function endSubscription(
  emulator: Emulator,
  id: string,
  reason: "cancellation_requested" | "payment_failed",
): Subscription {
  const before = records(emulator).get(id);
  const now = emulator.clock.seconds();
  const details = before.cancellation_details;
  const subscription = records(emulator).update(id, {
    canceled_at: before.canceled_at ?? now,
    cancellation_details: {
      comment: details?.comment ?? null,
      feedback: details?.feedback ?? null,
      feedback_option: null,
      reason,
    },
    ended_at: now,
    status: "canceled",
  });
  emulator.emit("customer.subscription.deleted", subscription);
  return subscription;
}
