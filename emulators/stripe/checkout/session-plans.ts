import type Stripe from "stripe";

import type { Emulator } from "../emulator.ts";

const DAY_SECONDS = 24 * 60 * 60;

/** What a session needs when it is paid, and the API doesn't show. */
export type SessionPlan = {
  id: string;
  items: Stripe.LineItem[];
  intentData: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
  subscriptionData: Stripe.Checkout.SessionCreateParams.SubscriptionData;
  /** Whether the address that is typed becomes its customer's. */
  savesAddress: boolean;
  /** The payment or setup intent that was last tried. */
  intentId: string | null;
};

/** The hidden halves of the sessions, by the sessions' ids. */
export function plans(emulator: Emulator) {
  return emulator.records<SessionPlan>("checkout.session plan");
}

/** The checkout that a payment, or the saving of a card, belongs to; null when there is none. */
export function sessionOfIntent(
  emulator: Emulator,
  intentId: string,
): Stripe.Checkout.Session | null {
  const plan = plans(emulator)
    .all()
    .find((candidate) => candidate.intentId === intentId);
  if (!plan) return null;
  return emulator.records<Stripe.Checkout.Session>("checkout.session").get(plan.id);
}

/** When a trial that a checkout offers ends, in seconds since 1970; null when it offers none. */
export function trialEndOf(data: SessionPlan["subscriptionData"], now: number): number | null {
  if (data.trial_period_days) return now + data.trial_period_days * DAY_SECONDS;
  return data.trial_end ?? null;
}
