import type Stripe from "stripe";
import { z } from "zod";

import { HALTED, idOf, readMembership } from "../../_shared/stripe-membership.ts";
import { stripe, stripeError } from "../../_shared/stripe.ts";
import { changesFor, DecisionSchema } from "../../_shared/subscription-changes.ts";
import { VendorError } from "../../_shared/vendor-error.ts";

const WorkSchema = DecisionSchema.extend({
  membership_id: z.string(),
  subscription_id: z.string().nullable(),
  checkout_session_id: z.string().nullable(),
  number: z.number(),
  /** Whether charging is to stop, or to go on; null to leave it. */
  halt: z.boolean().nullable(),
});

/** How many invoices back: a year of months. */
const INVOICES = 12;

/**
 * Asks Stripe how a membership stands, after doing there what its client decided, should that have
 * got lost on the way: the call has the same key as the site's, so it is one. Of a payment page that
 * was left, it finds out whether it was paid.
 */
export async function readSubscription(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  try {
    const id = work.subscription_id ?? (await subscriptionOf(work.checkout_session_id));
    if (!id) return {};
    const changes = changesFor(work);
    if (changes) await change(id, changes, `membership:${work.membership_id}:${work.number}`);
    if (work.halt !== null) await halt(id, work.halt);
    const paid = await stripe.invoices.list({ subscription: id, status: "paid", limit: INVOICES });
    return await readMembership(
      id,
      paid.data.map((invoice) => invoice.id),
    );
  } catch (error) {
    throw stripeError(error);
  }
}

/** One that Stripe refuses for good, as of a subscription that has ended, shows in what is read then. */
async function change(
  id: string,
  changes: Stripe.SubscriptionUpdateParams,
  idempotencyKey?: string,
) {
  try {
    const options = idempotencyKey === undefined ? {} : { idempotencyKey };
    await stripe.subscriptions.update(id, changes, options);
  } catch (error) {
    const failure = stripeError(error);
    if (!(failure instanceof VendorError && failure.isPermanent)) throw failure;
  }
}

/**
 * Stops charging, or goes on with it unless its client had paused before. How it is now is looked at first, so
 * that the same asked again changes nothing.
 */
async function halt(id: string, isHalted: boolean): Promise<void> {
  const { metadata, pause_collection } = await stripe.subscriptions.retrieve(id);
  const before = metadata[HALTED];
  if (isHalted && before === undefined) {
    await change(id, {
      pause_collection: { behavior: "void" },
      metadata: { [HALTED]: pause_collection ? "paused" : "charged" },
    });
  } else if (!isHalted && before !== undefined) {
    await change(id, {
      ...(before === "charged" ? { pause_collection: "" } : {}),
      metadata: { [HALTED]: "" },
    });
  }
}

async function subscriptionOf(sessionId: string | null): Promise<string | null> {
  if (!sessionId) return null;
  return idOf((await stripe.checkout.sessions.retrieve(sessionId)).subscription);
}
