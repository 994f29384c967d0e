import { answer, refuse } from "../_shared/answer.ts";
import { log, reason } from "../_shared/log.ts";

type Dependencies = {
  /** Rejects unless Clerk (Svix) signed exactly these bytes, within five minutes. */
  readEvent: (request: Request) => Promise<{ type: string }>;
  /** Stores the event and its effects together. A second time changes nothing. */
  applyEvent: (eventId: string, event: object) => Promise<void>;
  refuseWebhook: (why: string) => Promise<Response>;
};

/** Keeps profiles in step with Clerk. The delivery's id tells a retry from a new event. */
export function createHandler({ readEvent, applyEvent, refuseWebhook }: Dependencies) {
  return async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method_not_allowed", "Only POST.");

    const eventId = request.headers.get("svix-id");
    if (!eventId) return await refuseWebhook("signature_missing");

    const event = await readEvent(request).catch(() => null);
    if (!event) return await refuseWebhook("signature_invalid");

    try {
      await applyEvent(eventId, event);
    } catch (error) {
      log("error", "clerk_event_not_applied", {
        id: eventId,
        type: event.type,
        why: reason(error),
      });
      return refuse(500, "event_not_applied", "Not stored. Send it again.");
    }

    return answer("received");
  };
}
