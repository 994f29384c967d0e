import { createHmac, randomUUID } from "node:crypto";

import type { Clock } from "../shared/clock.ts";
import { createWebhookSender, type Target, type WebhookEvent } from "../shared/webhook-sender.ts";
import { bareAddress, type Message } from "./state.ts";

/** What can become of a mail, as Resend's webhooks name it. */
export const FATES = ["delivered", "delivery_delayed", "bounced", "complained"] as const;

export type Fate = (typeof FATES)[number];

/**
 * Makes the sender of Resend's webhooks, which go out through Svix.
 *
 * @param target where they go; none are sent without one
 * @param retryDelays real milliseconds before each retry; Resend's own take hours
 */
export function createMailWebhooks(
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

/**
 * What becomes of a mail by itself: Resend's test addresses, also with a label behind a plus, are fated by
 * their name (https://resend.com/docs/dashboard/emails/send-test-emails), all others get theirs.
 *
 * @param address of the recipient
 * @returns in the order in which it is told
 */
export function fatesOf(address: string): Fate[] {
  const name = /^(delivered|bounced|complained)(?:\+[^@]*)?@resend\.dev$/.exec(
    bareAddress(address),
  )?.[1];
  if (name === "bounced") return ["bounced"];
  return name === "complained" ? ["delivered", "complained"] : ["delivered"];
}

/**
 * Tells what became of a mail (https://resend.com/docs/webhooks/event-types).
 *
 * @param at the emulator's time, ISO 8601
 */
export function fateEvent(message: Message, fate: Fate, at: string): WebhookEvent {
  const { id, from, to, subject, created_at, tags } = message;
  const body = JSON.stringify({
    type: `email.${fate}`,
    created_at: at,
    data: {
      email_id: id,
      from,
      to,
      subject,
      created_at,
      tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])),
      ...(fate === "bounced" && { bounce: BOUNCE }),
    },
  });
  return { id: `msg_${randomUUID().replaceAll("-", "")}`, type: `email.${fate}`, body };
}

const BOUNCE = {
  type: "Permanent",
  subType: "General",
  message: "The recipient's mail server rejected this mail for good.",
};

/** Signs as Svix does, by real time whatever the emulator's clock says: receivers compare it with theirs. */
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
