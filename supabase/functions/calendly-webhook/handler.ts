import { z } from "zod";

import { answer, refuse } from "../_shared/answer.ts";
import { log, reason } from "../_shared/log.ts";
import { signatureProblem } from "./signature.ts";

type Dependencies = {
  signingKey: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Stores the event and its effects together. A second time changes nothing. */
  applyEvent: (eventId: string, event: object) => Promise<void>;
  refuseWebhook: (why: string) => Promise<Response>;
};

const EventSchema = z.looseObject({
  event: z.string(),
  created_at: z.string(),
  payload: z.looseObject({
    uri: z.string(),
    event: z.string(),
    rescheduled: z.boolean(),
    old_invitee: z.string().nullish(),
    scheduled_event: z.looseObject({
      start_time: z.string(),
      event_type: z.string(),
      event_memberships: z.array(z.looseObject({ user: z.string() })),
    }),
  }),
});

/**
 * Calendly signs `t.body`, and tries for a day with growing pauses until it is answered 2xx; then
 * it gives the subscription up (the sync makes it anew).
 * https://developer.calendly.com/api-docs/webhook-signatures
 */
export function createHandler({ signingKey, now, applyEvent, refuseWebhook }: Dependencies) {
  return async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method_not_allowed", "Only POST.");

    const rawBody = await request.text();
    const signature = request.headers.get("calendly-webhook-signature");
    const problem = await signatureProblem(signature, rawBody, signingKey, now());
    if (problem) return await refuseWebhook(problem);

    const event = parseEvent(rawBody);
    if (!event) return refuse(400, "body_malformed", "Not an invitee's event.");

    try {
      await applyEvent(eventId(event), event);
    } catch (error) {
      log("error", "calendly_event_not_applied", { event: event.event, why: reason(error) });
      return refuse(500, "event_not_applied", "Not stored. Send it again.");
    }
    return answer("received");
  };
}

function parseEvent(rawBody: string): z.infer<typeof EventSchema> | null {
  try {
    return EventSchema.parse(JSON.parse(rawBody));
  } catch {
    return null; // Signed, but not an event that we asked for: nothing to store.
  }
}

/** Calendly sends no event id; these parts are the same for each retry and no other event. */
function eventId({ event, created_at, payload }: z.infer<typeof EventSchema>): string {
  return [event, payload.uri, created_at].join(":");
}
