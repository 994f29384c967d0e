import { z } from "zod";

import { answer, refuse } from "../_shared/answer.ts";
import { log, reason } from "../_shared/log.ts";

type Dependencies = {
  isSigned: (headers: Headers, body: string) => Promise<boolean>;
  /** Stores the event and its effects together. A second time changes nothing. */
  applyEvent: (eventId: string, event: object) => Promise<void>;
  refuseWebhook: (why: string) => Promise<Response>;
};

/** As Resend sends it (https://resend.com/docs/webhooks/event-types); events about domains have no mail. */
const EventSchema = z.looseObject({
  type: z.string(),
  created_at: z.string(),
  data: z.looseObject({}),
});

/** Keeps the log of mails up to what became of each. The delivery's id tells a retry from a new event. */
export function createHandler({ isSigned, applyEvent, refuseWebhook }: Dependencies) {
  return async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method_not_allowed", "Only POST.");

    const eventId = request.headers.get("svix-id");
    if (!eventId) return await refuseWebhook("signature_missing");

    const body = await request.text();
    if (!(await isSigned(request.headers, body))) return await refuseWebhook("signature_invalid");

    const event = EventSchema.parse(JSON.parse(body));
    // Domains and audiences are none of ours to follow.
    if (!event.type.startsWith("email.")) return answer("ignored");

    try {
      await applyEvent(eventId, event);
    } catch (error) {
      log("error", "resend_event_not_applied", {
        id: eventId,
        type: event.type,
        why: reason(error),
      });
      return refuse(500, "event_not_applied", "Not stored. Send it again.");
    }

    return answer("received");
  };
}
