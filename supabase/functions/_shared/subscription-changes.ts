import type Stripe from "stripe";
import { z } from "zod";

/** What a client decided about a membership, if anything, with Stripe's ids of what it is about. */
export const DecisionSchema = z.object({
  intent: z.enum(["pause", "resume", "cancel", "keep", "change_plan"]).nullable(),
  item_id: z.string().nullable(),
  price_id: z.string().nullable(),
});

/**
 * What Stripe is asked to change of a subscription; null for nothing, also for another plan without a price at
 * Stripe. Site and outbox ask for it under one key: Stripe would refuse a second call that asks for anything else.
 */
export function changesFor({
  intent,
  item_id,
  price_id,
}: z.infer<typeof DecisionSchema>): Stripe.SubscriptionUpdateParams | null {
  switch (intent) {
    case "pause":
      // What would be charged meanwhile is voided: the days of renewal stay.
      return { pause_collection: { behavior: "void" } };
    case "resume":
      return { pause_collection: "" };
    case "cancel":
      return { cancel_at_period_end: true };
    case "keep":
      return { cancel_at_period_end: false };
    case "change_plan":
      return item_id && price_id
        ? { items: [{ id: item_id, price: price_id }], proration_behavior: "none" }
        : null;
    case null:
      return null;
  }
}
