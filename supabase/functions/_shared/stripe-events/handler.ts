import type Stripe from "stripe";

import { answer, refuse } from "../answer.ts";
import { log, reason } from "../log.ts";

type Dependencies = {
  /** Rejects unless the signature was made for exactly these bytes, within five minutes. */
  readEvent: (rawBody: string, signature: string) => Promise<Stripe.Event>;
  /** The event with its object as Stripe has it now. */
  refresh: (event: Stripe.Event) => Promise<Stripe.Event>;
  /** Stores the event and its effects together. A second time changes nothing. */
  applyEvent: (event: Stripe.Event) => Promise<void>;
  refuseWebhook: (why: string) => Promise<Response>;
};

/**
 * Stripe delivers at least once, in any order, and retries until it sees a 2xx. So this
 * authenticates the message, replaces its object by the current one and hands it on: what a
 * payment means is SQL's to say.
 */
export function createHandler({ readEvent, refresh, applyEvent, refuseWebhook }: Dependencies) {
  return async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method_not_allowed", "Only POST.");

    const signature = request.headers.get("stripe-signature");
    if (!signature) return await refuseWebhook("signature_missing");

    // The raw text: parsing and writing it again would change the signed bytes.
    const event = await readEvent(await request.text(), signature).catch(() => null);
    if (!event) return await refuseWebhook("signature_invalid");

    try {
      await applyEvent(await refresh(event));
    } catch (error) {
      log("error", "stripe_event_not_applied", {
        id: event.id,
        type: event.type,
        why: reason(error),
      });
      return refuse(500, "event_not_applied", "Not stored. Send it again.");
    }

    return answer("received");
  };
}
