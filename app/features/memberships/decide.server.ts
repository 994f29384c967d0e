import type { Db } from "~/lib/db.server";
import { getLogger } from "~/lib/logger.server";
import { getStripe } from "~/lib/stripe.server";

import { changesFor } from "../../../supabase/functions/_shared/subscription-changes.ts";
import { findDecision } from "./memberships.server";
import { makeStripePrice } from "./stripe-price.server";

/**
 * Asks Stripe for what a client has decided and the database has written down. Should that get lost,
 * the outbox asks for the same again, with the same key (supabase/functions/dispatch/topics).
 *
 * @param db the client's
 * @param membershipId theirs
 * @returns whether Stripe took it; if not, that is logged, and it is asked again in a minute
 */
export async function askStripe(db: Db, membershipId: string): Promise<boolean> {
  const decision = await findDecision(db, membershipId);
  if (!decision) return true;
  try {
    const changes = changesFor({
      intent: decision.intent,
      item_id: decision.stripe_item_id,
      price_id: decision.stripe_price_id,
    });
    if (!changes) throw new Error("The plan has no price at Stripe");
    await getStripe().subscriptions.update(decision.stripe_subscription_id, changes, {
      idempotencyKey: `membership:${membershipId}:${decision.number}`,
    });
    return true;
  } catch (error) {
    getLogger().error({ err: error, membershipId }, "stripe was not told of a decision");
    return false;
  }
}

/** Makes sure that a plan has its price at Stripe before anybody changes to it. */
export async function preparePlan(db: Db, offerId: string): Promise<boolean> {
  try {
    await makeStripePrice(db, offerId);
    return true;
  } catch (error) {
    getLogger().error({ err: error, offerId }, "a plan has no price at stripe");
    return false;
  }
}
