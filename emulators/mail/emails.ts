import { randomUUID } from "node:crypto";

import { Hono, type MiddlewareHandler } from "hono";

import type { Clock } from "../shared/clock.ts";
import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import type { Store } from "../shared/store.ts";
import type { WebhookSender } from "../shared/webhook-sender.ts";
import { parseEmail, type Email } from "./email-schema.ts";
import { MailError } from "./errors.ts";
import type { MailState, Message } from "./state.ts";
import { fateEvent, fatesOf } from "./webhooks.ts";

export type Mail = {
  store: Store<MailState>;
  clock: Clock;
  log: RequestLog;
  webhooks: WebhookSender;
  apiKey: string;
};

const KEY_MILLISECONDS = 24 * 3600 * 1000;
/** Messages kept; a load test must not fill the disk. */
const MESSAGES_KEPT = 2_000;

/** `/emails`: send, read one, list. */
export function emailRoutes(mail: Mail) {
  const app = new Hono<EmulatorEnv>();
  app.use(requireKey(mail.apiKey));

  app.post("/", async (context) => {
    const key = context.req.header("idempotency-key");
    if (key !== undefined && (key.length < 1 || key.length > 256)) {
      throw new MailError(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    }
    const email = parseEmail(await context.req.json<unknown>().catch(() => null));
    const id = key === undefined ? deliver(mail, email) : deliverOnce(mail, key, email);
    return context.json({ id });
  });

  app.get("/", (context) => {
    const limit = Number(context.req.query("limit") ?? 20);
    const after = context.req.query("after");
    const newestFirst = mail.store.state.messages.toReversed();
    const start = after ? newestFirst.findIndex((message) => message.id === after) + 1 : 0;
    const page = newestFirst.slice(start, start + limit);
    return context.json({
      object: "list",
      has_more: start + page.length < newestFirst.length,
      data: page.map(summary),
    });
  });

  app.get("/:id", (context) => {
    const id = context.req.param("id");
    const message = mail.store.state.messages.find((candidate) => candidate.id === id);
    if (!message) throw new MailError(404, "not_found", "Email not found");
    const { html, text, tags } = message;
    return context.json({ object: "email", ...summary(message), html, text, tags });
  });

  return app;
}

/** A key answers a repeated send with the first message for 24 hours, and refuses another body. */
function deliverOnce(mail: Mail, key: string, email: Email): string {
  const { keys } = mail.store.state;
  const now = mail.clock.now();
  for (const [old, { at }] of Object.entries(keys)) {
    if (at <= now - KEY_MILLISECONDS) delete keys[old];
  }

  const body = JSON.stringify(email); // parsed, so that the order of keys doesn't matter
  const earlier = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (earlier && earlier.body !== body) {
    const message = "Same idempotency key used with a different request payload.";
    throw new MailError(409, "invalid_idempotent_request", message);
  }
  if (earlier) return earlier.messageId;

  const messageId = deliver(mail, email);
  keys[key] = { body, messageId, at: now };
  return messageId;
}

function deliver(mail: Mail, email: Email): string {
  const message: Message = {
    ...email,
    id: randomUUID(),
    created_at: new Date(mail.clock.now()).toISOString(),
    attachments: email.attachments.map((attachment) => ({
      ...attachment,
      id: randomUUID(),
      content_type: attachment.content_type ?? "application/octet-stream",
    })),
  };
  const { messages } = mail.store.state;
  messages.push(message);
  if (messages.length > MESSAGES_KEPT) messages.shift();
  mail.store.changed();
  for (const fate of message.to.flatMap(fatesOf)) {
    mail.webhooks.send(fateEvent(message, fate, mail.clock.iso()));
  }
  return message.id;
}

function summary(message: Message) {
  const { id, to, from, created_at, subject, bcc, cc, reply_to } = message;
  const last_event = "delivered";
  return { id, to, from, created_at, subject, bcc, cc, reply_to, last_event, scheduled_at: null };
}

function requireKey(apiKey: string): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    const given = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
    if (given === undefined) {
      const message = "Missing API key in the authorization header.";
      throw new MailError(401, "missing_api_key", message);
    }
    if (given !== apiKey) throw new MailError(403, "invalid_api_key", "API key is invalid.");
    await next();
  };
}
