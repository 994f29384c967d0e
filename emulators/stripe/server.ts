import { Hono } from "hono";

import type { Service } from "../../supabase/local/service.ts";
import { adminRoutes } from "../shared/admin.ts";
import { createClock } from "../shared/clock.ts";
import { createFaults } from "../shared/faults.ts";
import { createRequestLog } from "../shared/request-log.ts";
import { refuseLiveSecrets, serve, type EmulatorEnv } from "../shared/serve.ts";
import { createStore } from "../shared/store.ts";
import { createWebhookSender } from "../shared/webhook-sender.ts";
import { apiApp } from "./api/app.ts";
import { failureJson, outageJson } from "./api/failure.ts";
import { describe } from "./api/perform-call.ts";
import { stripeAdminRoutes } from "./admin.ts";
import { invoicePages } from "./billing/invoice-pages.ts";
import { portalPages } from "./billing/portal-pages.ts";
import { checkoutPages } from "./checkout/pages.ts";
import { consolePages } from "./console.ts";
import { expressPages } from "./connect/express-page.ts";
import { onboardingPages } from "./connect/onboarding.ts";
import { check } from "./contract/check.ts";
import { loadContract } from "./contract/load.ts";
import { SDK_RESOURCES } from "./contract/sdk-resources.ts";
import { createEmulator } from "./create-emulator.ts";
import { US_FEES, type Fees } from "./fees.ts";
import { authenticationPages } from "./payments/authentication-pages.ts";
import { RESOURCES } from "./resources/all.ts";
import { listensTo, type WebhookTarget } from "./resources/webhook-endpoints.ts";
import { stripeSignature } from "./sign.ts";
import { initialState } from "./state.ts";

export type StripeEmulatorOptions = {
  /** 0 takes any free port. */
  port: number;
  /** The only key that the API accepts; must say that it is local or a test's. */
  secretKey: string;
  webhooks: WebhookTarget[];
  /** JSON file that keeps the state across restarts. */
  snapshotPath?: string;
  /** Whose name the hosted pages show. */
  businessName?: string;
  /** Stripe's prices in the US when left out. */
  fees?: Fees;
  /** Real milliseconds before the second, third … attempt to deliver a webhook. */
  retryDelays?: number[];
};

const TICK_MILLISECONDS = 1_000;

/**
 * Starts the stand-in for Stripe: its API under `/v1`, the hosted Checkout page, signed webhooks,
 * a console at `/` and the controls of tests at `/__admin`.
 *
 * @throws Error for a live key, or when the port is taken
 */
export async function startStripeEmulator(options: StripeEmulatorOptions): Promise<Service> {
  const { secretKey, webhooks: targets } = options;
  refuseLiveSecrets({ "the Stripe key": secretKey });
  if (!secretKey.startsWith("sk_test_")) throw new Error("The Stripe key must begin with sk_test_");

  const contract = await loadContract(SDK_RESOURCES);
  const clock = createClock();
  const store = createStore({ initial: initialState, snapshotPath: options.snapshotPath });
  const log = createRequestLog(clock);
  const faults = createFaults(outageJson);
  const sender = createWebhookSender<WebhookTarget>({
    clock,
    retryDelays: options.retryDelays,
    targets: (event) =>
      targets.filter((target) =>
        listensTo(target, JSON.parse(event.body) as { type: string; account?: string }),
      ),
    sign: (target, event, seconds) => ({
      "stripe-signature": stripeSignature(target.secret, event.body, seconds),
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }),
  });

  let url = "";
  const emulator = createEmulator({
    store,
    clock,
    contract,
    fees: options.fees ?? US_FEES,
    businessName: options.businessName ?? "Walkthrough",
    webhookTargets: targets,
    startedAt: clock.seconds(),
    url: () => url,
    tell(event) {
      const schema = contract.operations["GET /v1/events/{id}"]?.result ?? { type: "any" };
      log.violate("webhook", event.type, check(contract.definitions, schema, event).map(describe));
      sender.send({ id: event.id, type: event.type, body: JSON.stringify(event, null, 2) });
    },
  });

  // Nothing new falls due within a second, and a test of many payments asks often.
  let tickedAt = 0;
  function tickOncePerSecond(): void {
    if (tickedAt !== clock.seconds()) tick();
  }
  function tick(): void {
    tickedAt = clock.seconds();
    const accounts = emulator.records("account").all();
    for (const resource of RESOURCES) {
      resource.tick?.(emulator);
      if (!resource.isPerAccount) continue;
      for (const { id } of accounts) resource.tick?.(emulator.actingFor(id));
    }
  }
  clock.onJump(tick);
  const timer = setInterval(tick, TICK_MILLISECONDS).unref();

  const app = new Hono<EmulatorEnv>();
  app.use(async (_context, next) => {
    tickOncePerSecond();
    await next();
  });
  app.route("/__admin", adminRoutes({ store, clock, faults, log, webhooks: sender }));
  app.route("/__admin", stripeAdminRoutes({ emulator, store, tick }));
  app.use("/v1/*", log.middleware);
  app.route("/v1", apiApp({ emulator, store, resources: RESOURCES, faults, log, secretKey }));
  app.route("/", checkoutPages(emulator));
  app.route("/", authenticationPages(emulator));
  app.route("/", invoicePages(emulator));
  app.route("/", portalPages(emulator));
  app.route("/", onboardingPages(emulator));
  app.route("/", expressPages(emulator));
  app.route("/", consolePages({ emulator, log, sender }));
  app.notFound((context) =>
    context.json(
      failureJson({
        type: "invalid_request_error",
        message: `Unrecognized request URL (${context.req.method}: ${context.req.path}).`,
      }),
      404,
    ),
  );

  const service = await serve(app, {
    name: "stripe",
    port: options.port,
    beforeStop() {
      clearInterval(timer);
      sender.reset();
      store.flush();
    },
  });
  url = service.url;
  return service;
}
