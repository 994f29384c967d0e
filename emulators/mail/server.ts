import { Hono } from "hono";

import type { Service } from "../../supabase/local/service.ts";
import { adminRoutes } from "../shared/admin.ts";
import { createClock } from "../shared/clock.ts";
import { createFaults, type Faults } from "../shared/faults.ts";
import { createRequestLog } from "../shared/request-log.ts";
import { refuseLiveSecrets, serve, type EmulatorEnv } from "../shared/serve.ts";
import { createStore } from "../shared/store.ts";
import { emailRoutes, type Mail } from "./emails.ts";
import { answerError, errorBody } from "./errors.ts";
import { inboxPages } from "./inbox-pages.ts";
import { emptyState, messagesTo } from "./state.ts";
import { createMailWebhooks } from "./webhooks.ts";

type MailOptions = {
  /** 0 takes any free port. */
  port: number;
  /** The key that senders must show. */
  apiKey: string;
  /** Where it tells what became of a mail, signed with `webhookSecret`. */
  webhookUrl?: string;
  webhookSecret?: string;
  /** Real milliseconds before each retry. */
  webhookRetryDelays?: number[];
  snapshotPath?: string;
};

/**
 * Starts a stand-in for Resend: takes mail over its API, with idempotency keys and attachments, and
 * shows it in an inbox instead of sending it. Tests read `GET /__admin/messages?to=`.
 *
 * @throws when the port is taken or the key does not look local
 */
export async function startMailEmulator(options: MailOptions): Promise<Service> {
  refuseLiveSecrets({ apiKey: options.apiKey });
  const clock = createClock();
  const { webhookUrl: url, webhookSecret: secret } = options;
  const mail: Mail = {
    clock,
    log: createRequestLog(clock),
    webhooks: createMailWebhooks(
      clock,
      url && secret ? { url, secret } : undefined,
      options.webhookRetryDelays,
    ),
    store: createStore({ initial: emptyState, snapshotPath: options.snapshotPath }),
    apiKey: options.apiKey,
  };
  const faults = createFaults((status) =>
    status === 429
      ? errorBody(429, "rate_limit_exceeded", "Too many requests.")
      : errorBody(status, "application_error", "Injected fault."),
  );
  return serve(createApp(mail, faults), {
    name: "mail",
    port: options.port,
    beforeStop: mail.store.flush,
  });
}

function createApp(mail: Mail, faults: Faults) {
  const { store, clock, log } = mail;
  const api = new Hono<EmulatorEnv>();
  api.use(log.middleware, faults.middleware);
  api.route("/", emailRoutes(mail));
  api.onError((error, context) => {
    if (context.req.method === "POST") log.violate("request", "POST /emails", [error.message]);
    return answerError(error, context);
  });

  const app = new Hono<EmulatorEnv>();
  app.route("/emails", api);
  app.get("/__admin/messages", (context) => {
    const to = context.req.query("to");
    return context.json({ messages: messagesTo(store.state, to) });
  });
  app.delete("/__admin/messages", (context) => {
    store.state.messages = [];
    store.changed();
    return context.body(null, 204);
  });
  app.route("/__admin", adminRoutes({ store, clock, faults, log, webhooks: mail.webhooks }));
  app.route("/", inboxPages(mail));
  app.notFound((context) =>
    context.json(errorBody(404, "not_found", "The requested endpoint does not exist."), 404),
  );
  return app;
}
