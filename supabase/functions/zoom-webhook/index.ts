import { rpc } from "../_shared/db.ts";
import { env } from "../_shared/env.ts";
import { refuseWebhook } from "../_shared/refuse-webhook.ts";
import { createHandler } from "./handler.ts";

Deno.serve(
  createHandler({
    secret: env.ZOOM_WEBHOOK_SECRET,
    now: Date.now,
    applyEvent: async (eventId, event) => {
      await rpc("apply_zoom_event", { event_id: eventId, event });
    },
    refuseWebhook: (why) => refuseWebhook("zoom", why),
  }),
);
