import type Stripe from "stripe";

import { changeMetadata } from "../api/metadata.ts";
import type { Emulator } from "../emulator.ts";
import { methodOfCustomer } from "../resources/payment-methods.ts";

type Subscription = Stripe.Subscription;

/**
 * What the parameters of an update change of a membership itself; its items are another matter.
 *
 * @throws StripeFailure for a card that isn't its customer's
 */
export function requestedChanges(
  emulator: Emulator,
  before: Subscription,
  params: Stripe.SubscriptionUpdateParams,
): Partial<Subscription> {
  const changes: Partial<Subscription> = {};
  if (params.cancel_at_period_end !== undefined) {
    const isEnding = params.cancel_at_period_end;
    const now = emulator.clock.seconds();
    changes.cancel_at_period_end = isEnding;
    changes.cancel_at = isEnding ? (before.items.data[0]?.current_period_end ?? null) : null;
    changes.canceled_at = isEnding ? (before.canceled_at ?? now) : null;
    changes.cancellation_details = {
      comment: params.cancellation_details?.comment || null,
      feedback: params.cancellation_details?.feedback || null,
      feedback_option: null,
      reason: isEnding ? "cancellation_requested" : null,
    };
  }
  if (params.default_payment_method !== undefined) {
    const customer = typeof before.customer === "string" ? before.customer : null;
    const id = params.default_payment_method;
    methodOfCustomer(emulator, id, customer, "default_payment_method");
    changes.default_payment_method = id;
  }
  if (params.description !== undefined) changes.description = params.description || null;
  if (params.metadata !== undefined) {
    changes.metadata = changeMetadata(before.metadata, params.metadata);
  }
  if (params.pause_collection !== undefined) {
    changes.pause_collection = params.pause_collection
      ? {
          behavior: params.pause_collection.behavior,
          resumes_at: params.pause_collection.resumes_at ?? null,
        }
      : null;
  }
  const missing = params.trial_settings?.end_behavior.missing_payment_method;
  if (missing) {
    changes.trial_settings = {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: missing },
    };
  }
  return changes;
}
