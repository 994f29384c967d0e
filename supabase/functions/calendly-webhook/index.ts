import { rpc } from "../_shared/db.ts";
import { env } from "../_shared/env.ts";
import { refuseWebhook } from "../_shared/refuse-webhook.ts";
import { createHandler } from "./handler.ts";

Deno.serve(
  createHandler({
    signingKey: env.CALENDLY_WEBHOOK_SIGNING_KEY,
    now: Date.now,
    applyEvent: async (eventId, event) => {
      await rpc("apply_calendly_event", { event_id: eventId, event });
    },
    refuseWebhook: (why) => refuseWebhook("calendly", why),
  }),
);
