import { z } from "zod";

import { answer, refuse } from "../_shared/answer.ts";
import { hmacHex } from "../_shared/hmac.ts";
import { log, reason } from "../_shared/log.ts";
import { signatureProblem } from "./signature.ts";

type Dependencies = {
  secret: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Stores the event and its effects together. A second time changes nothing. */
  applyEvent: (eventId: string, event: object) => Promise<void>;
  refuseWebhook: (why: string) => Promise<Response>;
};

const EventSchema = z.looseObject({
  event: z.string(),
  event_ts: z.number().optional(),
  // A key to the files of a recording, which we have no use for: nothing stores it.
  download_token: z
    .unknown()
    .optional()
    .transform(() => undefined),
  payload: z.looseObject({
    plainToken: z.string().optional(),
    object: z
      .looseObject({
        id: z.union([z.string(), z.number()]).transform(String).optional(),
        uuid: z.string().optional(),
        participant: z
          .looseObject({ participant_uuid: z.string().optional(), user_id: z.string().optional() })
          .optional(),
      })
      .optional(),
  }),
});

/**
 * Zoom signs `v0:timestamp:body`, asks now and then whether we know the secret
 * (endpoint.url_validation), and retries three times unless answered 2xx within 3 s.
 * https://developers.zoom.us/docs/api/webhooks/
 */
export function createHandler({ secret, now, applyEvent, refuseWebhook }: Dependencies) {
  return async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method_not_allowed", "Only POST.");

    const rawBody = await request.text();
    const problem = await signatureProblem(request.headers, rawBody, secret, now());
    if (problem) return await refuseWebhook(problem);

    const event = parseEvent(rawBody);
    if (!event) return refuse(400, "body_malformed", "Not a Zoom event.");

    if (event.event === "endpoint.url_validation") {
      const plainToken = event.payload.plainToken ?? "";
      return Response.json({ plainToken, encryptedToken: await hmacHex(secret, plainToken) });
    }

    try {
      await applyEvent(eventId(event), event);
    } catch (error) {
      log("error", "zoom_event_not_applied", { event: event.event, why: reason(error) });
      return refuse(500, "event_not_applied", "Not stored. Send it again.");
    }

    return answer("received");
  };
}

function parseEvent(rawBody: string): z.infer<typeof EventSchema> | null {
  try {
    return EventSchema.parse(JSON.parse(rawBody));
  } catch {
    return null; // Signed, but not an event: nothing to store.
  }
}

/** Zoom sends no event id; these parts together are the same for each retry and no other event. */
function eventId({ event, event_ts, payload: { object } }: z.infer<typeof EventSchema>): string {
  const visitor = object?.participant?.participant_uuid ?? object?.participant?.user_id ?? "";
  return [event, object?.uuid ?? object?.id ?? "", event_ts ?? "", visitor].join(":");
}
