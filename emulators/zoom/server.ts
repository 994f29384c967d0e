import { Hono } from "hono";
import { z } from "zod";

import type { Service } from "../../supabase/local/service.ts";
import { adminRoutes } from "../shared/admin.ts";
import { createClock } from "../shared/clock.ts";
import { createFaults, type Faults } from "../shared/faults.ts";
import { createRequestLog } from "../shared/request-log.ts";
import { refuseLiveSecrets, serve, type EmulatorEnv } from "../shared/serve.ts";
import { createStore } from "../shared/store.ts";
import { createWebhookSender } from "../shared/webhook-sender.ts";
import { consolePages } from "./console-page.ts";
import { loadContract } from "./contract/contract.ts";
import { answerError, answerUnknown, ZoomError } from "./errors.ts";
import { signatureHeaders } from "./events.ts";
import { joinPages, missingPage } from "./join-page.ts";
import { limitRate } from "./limits.ts";
import { meetingListRoutes } from "./meeting-lists.ts";
import { meetingRoutes, overlaps } from "./meetings.ts";
import { oauthRoutes, requireToken } from "./oauth.ts";
import { pastMeetingRoutes } from "./past-meetings.ts";
import { recordingPages } from "./recording-page.ts";
import { recordingRoutes } from "./recordings.ts";
import { registrantRoutes } from "./registrants.ts";
import { startPages } from "./start-page.ts";
import { emptyState } from "./state.ts";
import { userRoutes } from "./users.ts";
import { zoomAdminRoutes } from "./zoom-admin.ts";
import type { Zoom, ZoomOptions } from "./zoom.ts";

const WEBHOOK_TIMEOUT_MILLISECONDS = 3_000;

/**
 * Starts a stand-in for Zoom: the part of the API that plans meetings on a pool of hosts, pages to
 * hold them, and signed webhooks. Requests, answers and webhooks are held to the types of Zoom's
 * own library; breaches are listed at `/__admin/violations`.
 *
 * @throws when the port is taken or a secret does not look local
 */
export async function startZoomEmulator(options: ZoomOptions): Promise<Service> {
  refuseLiveSecrets({
    clientSecret: options.clientSecret,
    webhookSecret: options.webhookSecret,
  });
  const clock = createClock();
  const webhooks = createWebhookSender({
    targets: () => [{ url: options.webhookUrl, secret: options.webhookSecret }],
    sign: (target, event, seconds) => signatureHeaders(target.secret, event.body, seconds),
    clock,
    retryDelays: options.retryDelays,
    timeoutMilliseconds: WEBHOOK_TIMEOUT_MILLISECONDS,
  });
  const zoom: Zoom = {
    options,
    clock,
    webhooks,
    log: createRequestLog(clock),
    store: createStore({ initial: emptyState, snapshotPath: options.snapshotPath }),
    contract: await loadContract(),
  };
  const faults = createFaults((status) => ({ code: status, message: "Injected fault." }));

  return serve(createApp(zoom, faults), {
    name: "zoom",
    port: options.port,
    beforeStop() {
      zoom.store.flush();
      webhooks.reset();
    },
  });
}

function createApp(zoom: Zoom, faults: Faults) {
  const { store, clock, log, webhooks } = zoom;
  const api = new Hono<EmulatorEnv>();
  api.use(requireToken(zoom), limitRate(zoom));
  const routes = [
    userRoutes,
    meetingListRoutes,
    meetingRoutes,
    registrantRoutes,
    pastMeetingRoutes,
    recordingRoutes,
  ];
  for (const part of routes) api.route("/", part(zoom));
  api.onError(answerError);

  const pages = new Hono<EmulatorEnv>();
  pages.route("/j", joinPages(zoom)).route("/s", startPages(zoom));
  pages.route("/rec", recordingPages(zoom)).route("/", consolePages(zoom));
  pages.onError((error, context) => {
    if (error instanceof ZoomError) return context.html(missingPage(error.message), 404);
    throw error;
  });

  const control = new Hono<EmulatorEnv>();
  const violations = () => [...overlaps(zoom), ...log.violations()];
  control.route("/", adminRoutes({ store, clock, faults, log: { ...log, violations }, webhooks }));
  control.route("/", zoomAdminRoutes(zoom));
  control.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    return answerError(error, context);
  });

  const app = new Hono<EmulatorEnv>();
  app.use("/oauth/*", log.middleware, faults.middleware);
  app.use("/v2/*", log.middleware, faults.middleware);
  app.route("/oauth", oauthRoutes(zoom));
  app.route("/v2", api);
  app.route("/__admin", control);
  app.route("/", pages);
  app.notFound((context) => {
    if (context.req.path.startsWith("/v2/")) {
      log.violate("request", `${context.req.method} ${context.req.path}`, ["no such endpoint"]);
    }
    return answerUnknown(context);
  });
  return app;
}
