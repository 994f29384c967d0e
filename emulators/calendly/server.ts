import { Hono } from "hono";
import { z } from "zod";

import type { Service } from "../../supabase/local/service.ts";
import { adminRoutes } from "../shared/admin.ts";
import { createClock } from "../shared/clock.ts";
import { createFaults, type Faults } from "../shared/faults.ts";
import { html, page } from "../shared/page.ts";
import { createRequestLog } from "../shared/request-log.ts";
import { refuseLiveSecrets, serve, type EmulatorEnv } from "../shared/serve.ts";
import { createStore } from "../shared/store.ts";
import { createWebhookSender, type Target } from "../shared/webhook-sender.ts";
import { availabilityRoutes } from "./availability.ts";
import { calendlyAdminRoutes } from "./calendly-admin.ts";
import type { ApiEnv, Calendly, CalendlyOptions } from "./calendly.ts";
import { answerError, CalendlyError, errorBody } from "./errors.ts";
import { signatureHeaders, targetsOf } from "./events.ts";
import { inviteeRoutes } from "./invitees.ts";
import { tokenRoutes } from "./oauth-token.ts";
import { bookingPages } from "./pages/booking-page.ts";
import { consentPages } from "./pages/consent-page.ts";
import { consolePages } from "./pages/console-page.ts";
import { inviteePages } from "./pages/invitee-pages.ts";
import { widgetRoutes } from "./pages/widget.ts";
import { scheduledEventRoutes } from "./scheduled-events.ts";
import { requireToken } from "./scopes.ts";
import { initialState } from "./state.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { userRoutes } from "./users.ts";

const API_PATHS = [
  "/users/*",
  "/event_types/*",
  "/event_type_available_times",
  "/user_busy_times",
  "/user_availability_schedules",
  "/invitees",
  "/scheduled_events/*",
  "/invitee_no_shows/*",
  "/scheduling_links",
  "/webhook_subscriptions/*",
];

/**
 * Starts a stand-in for Calendly: OAuth with a consent page, the API that a marketplace needs, the
 * pages where people book, cancel and move, the widget, and signed webhooks. Breaches of contract
 * are listed at `/__admin/violations`.
 *
 * @throws when the port is taken or a secret does not look local
 */
export async function startCalendlyEmulator(options: CalendlyOptions): Promise<Service> {
  refuseLiveSecrets({
    clientSecret: options.clientSecret,
    webhookSigningKey: options.webhookSigningKey,
  });
  const clock = createClock();
  const webhooks = createWebhookSender<Target>({
    targets: (event) => targetsOf(calendly, event),
    sign: (target, event, seconds) => signatureHeaders(target.secret, event.body, seconds),
    clock,
    ...(options.retryDelays && { retryDelays: options.retryDelays }),
  });
  const calendly: Calendly = {
    options,
    clock,
    webhooks,
    log: createRequestLog(clock),
    store: createStore({
      initial: initialState,
      ...(options.snapshotPath && { snapshotPath: options.snapshotPath }),
    }),
  };
  // The first people must be the same after a restart, so they are kept at once.
  calendly.store.changed();
  const faults = createFaults((status) => errorBody(status));

  return serve(createApp(calendly, faults), {
    name: "calendly",
    port: options.port,
    beforeStop() {
      calendly.store.flush();
      webhooks.reset();
    },
  });
}

function createApp(calendly: Calendly, faults: Faults) {
  const { store, clock, log, webhooks } = calendly;
  const api = new Hono<ApiEnv>();
  for (const path of API_PATHS) {
    api.use(path, log.middleware, faults.middleware, requireToken(calendly));
  }
  const parts = [
    userRoutes,
    availabilityRoutes,
    inviteeRoutes,
    scheduledEventRoutes,
    subscriptionRoutes,
  ];
  for (const part of parts) api.route("/", part(calendly));
  api.onError(answerError);

  const control = new Hono<EmulatorEnv>();
  control.route("/", adminRoutes({ store, clock, faults, log, webhooks }));
  control.route("/", calendlyAdminRoutes(calendly));
  control.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    return answerError(error, context);
  });

  const pages = new Hono<EmulatorEnv>();
  for (const part of [widgetRoutes, consolePages, inviteePages, bookingPages]) {
    pages.route("/", part(calendly));
  }
  pages.onError((error, context) => {
    if (!(error instanceof CalendlyError)) throw error;
    const body = html`<p>${error.message}</p>`;
    return context.html(page({ title: "This page is not here", emulator: "Calendly", body }), 404);
  });

  const oauth = new Hono<EmulatorEnv>();
  oauth.use(log.middleware, faults.middleware);
  oauth.route("/", consentPages(calendly));
  oauth.route("/", tokenRoutes(calendly));

  const app = new Hono<EmulatorEnv>();
  app.route("/__admin", control);
  app.route("/oauth", oauth);
  app.route("/", api);
  app.route("/", pages);
  app.notFound((context) => {
    // Browsers ask for things too, such as an icon; only who brings a token means the API.
    if (context.req.header("authorization")) {
      log.violate("request", `${context.req.method} ${context.req.path}`, ["no such endpoint"]);
    }
    return context.json(errorBody(404, "The path does not exist."), 404);
  });
  return app;
}
