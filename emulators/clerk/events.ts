import { createHmac } from "node:crypto";

import type { Clock } from "../shared/clock.ts";
import { createWebhookSender, type Target, type WebhookEvent } from "../shared/webhook-sender.ts";
import { createId } from "./ids.ts";
import type { Caller } from "./instance.ts";

/**
 * Makes the sender of Clerk's webhooks, which go out through Svix.
 *
 * @param target where they go; none are sent without one
 * @param retryDelays real milliseconds before each retry; Clerk's own take hours
 */
export function createClerkWebhooks(
  clock: Clock,
  target: Target | undefined,
  retryDelays?: number[],
) {
  return createWebhookSender({
    clock,
    targets: () => (target ? [target] : []),
    sign: svixHeaders,
    ...(retryDelays && { retryDelays }),
  });
}

/** An event as Clerk posts it. */
export function createEvent(
  type: string,
  data: object,
  caller: Caller,
  instanceId: string,
  timestamp: number,
): WebhookEvent {
  const body = JSON.stringify({
    data,
    event_attributes: { http_request: { client_ip: caller.ip, user_agent: caller.userAgent } },
    instance_id: instanceId,
    object: "event",
    timestamp,
    type,
  });
  return { id: createId("msg"), type, body };
}

/**
 * Signs as Svix does. The time is the real one even when the emulator's clock was moved:
 * receivers compare it with their own and refuse what is five minutes off.
 */
function svixHeaders(target: Target, event: WebhookEvent): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000);
  const key = Buffer.from(target.secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${event.id}.${seconds}.${event.body}`)
    .digest("base64");
  return {
    "svix-id": event.id,
    "svix-timestamp": String(seconds),
    "svix-signature": `v1,${signature}`,
    "user-agent": "Svix-Webhooks/1.0",
  };
}
