import { verifyWebhook } from "@clerk/backend/webhooks";

import { rpc } from "../_shared/db.ts";
import { env } from "../_shared/env.ts";
import { refuseWebhook } from "../_shared/refuse-webhook.ts";
import { createHandler } from "./handler.ts";

Deno.serve(
  createHandler({
    readEvent: (request) => verifyWebhook(request, { signingSecret: env.CLERK_WEBHOOK_SECRET }),
    applyEvent: async (eventId, event) => {
      await rpc("apply_clerk_event", { event_id: eventId, event });
    },
    refuseWebhook: (why) => refuseWebhook("clerk", why),
  }),
);
