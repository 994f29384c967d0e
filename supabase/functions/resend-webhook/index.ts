import { rpc } from "../_shared/db.ts";
import { env } from "../_shared/env.ts";
import { refuseWebhook } from "../_shared/refuse-webhook.ts";
import { createHandler } from "./handler.ts";
import { isSigned } from "./signature.ts";

Deno.serve(
  createHandler({
    isSigned: (headers, body) =>
      isSigned(headers, body, env.RESEND_WEBHOOK_SECRET, Math.floor(Date.now() / 1000)),
    applyEvent: async (eventId, event) => {
      await rpc("apply_resend_event", { event_id: eventId, event });
    },
    refuseWebhook: (why) => refuseWebhook("resend", why),
  }),
);
