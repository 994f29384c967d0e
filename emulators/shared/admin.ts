import { Hono } from "hono";
import { z } from "zod";

import type { Clock } from "./clock.ts";
import { FaultSchema, type Faults } from "./faults.ts";
import type { RequestLog } from "./request-log.ts";
import type { EmulatorEnv } from "./serve.ts";
import type { Store } from "./store.ts";
import type { WebhookSender } from "./webhook-sender.ts";

type AdminParts = {
  store: Store<object>;
  clock: Clock;
  faults: Faults;
  log: RequestLog;
  /** Left out by emulators that send none. */
  webhooks?: WebhookSender;
};

const ClockSchema = z.union([
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ reset: z.literal(true) }),
]);

const ModesSchema = z
  .strictObject({
    duplicate: z.boolean(),
    hold: z.boolean(),
    drop: z.boolean(),
    delayMilliseconds: z.number().nonnegative(),
  })
  .partial();

/**
 * The control panel that every emulator has; mount it at `/__admin`.
 *
 * GET state, requests, violations, events, clock, faults, modes;
 * POST reset, clock, faults, modes, release `{reverse?}`, redeliver `{eventId}`,
 * settle (answers when no webhook is on its way); DELETE faults, requests (with the violations).
 */
export function adminRoutes({ store, clock, faults, log, webhooks }: AdminParts) {
  const app = new Hono<EmulatorEnv>();
  app.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });

  app.get("/state", (context) => context.json(store.state));
  app.post("/reset", (context) => {
    store.reset();
    clock.reset();
    faults.clear();
    log.clear();
    webhooks?.reset();
    return context.json({ reset: true });
  });

  app.get("/requests", (context) => context.json({ requests: log.requests() }));
  app.get("/violations", (context) => context.json({ violations: log.violations() }));
  app.delete("/requests", (context) => {
    log.clear();
    return context.body(null, 204);
  });

  app.get("/clock", (context) => context.json({ now: clock.iso() }));
  app.post("/clock", async (context) => {
    const change = ClockSchema.parse(await context.req.json());
    if ("set" in change) clock.set(Date.parse(change.set));
    else if ("advanceSeconds" in change) clock.advance(change.advanceSeconds * 1000);
    else clock.reset();
    return context.json({ now: clock.iso() });
  });

  app.get("/faults", (context) => context.json({ faults: faults.list() }));
  app.post("/faults", async (context) => {
    faults.add(FaultSchema.parse(await context.req.json()));
    return context.json({ faults: faults.list() }, 201);
  });
  app.delete("/faults", (context) => {
    faults.clear();
    return context.body(null, 204);
  });

  if (webhooks) app.route("/", webhookRoutes(webhooks));
  return app;
}

function webhookRoutes(webhooks: WebhookSender) {
  const app = new Hono<EmulatorEnv>();

  app.get("/events", (context) => context.json({ events: webhooks.log() }));
  app.get("/modes", (context) => context.json(webhooks.modes()));
  app.post("/modes", async (context) =>
    context.json(webhooks.setModes(ModesSchema.parse(await context.req.json()))),
  );
  app.post("/release", async (context) => {
    const options = z.strictObject({ reverse: z.boolean().default(false) });
    const text = await context.req.text();
    return context.json({
      released: webhooks.release(options.parse(text ? JSON.parse(text) : {})),
    });
  });
  app.post("/redeliver", async (context) => {
    const { eventId } = z.strictObject({ eventId: z.string() }).parse(await context.req.json());
    const known = webhooks.redeliver(eventId);
    return context.json({ redelivered: known }, known ? 202 : 404);
  });
  app.post("/settle", async (context) => {
    await webhooks.settled();
    return context.json({ settled: true });
  });

  return app;
}
