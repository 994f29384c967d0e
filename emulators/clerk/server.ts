import { Hono } from "hono";
import { z } from "zod";

import type { Service } from "../../supabase/local/service.ts";
import { adminRoutes } from "../shared/admin.ts";
import { createClock } from "../shared/clock.ts";
import { createFaults } from "../shared/faults.ts";
import { createRequestLog } from "../shared/request-log.ts";
import { refuseLiveSecrets, serve, type EmulatorEnv } from "../shared/serve.ts";
import { createStore } from "../shared/store.ts";
import { clerkAdmin } from "./admin.ts";
import { backendApi } from "./backend-api.ts";
import { consoleRoutes } from "./console.ts";
import { ClerkError, errorBody, refusals } from "./errors.ts";
import { createClerkWebhooks, createEvent } from "./events.ts";
import { frontendApi } from "./frontend-api.ts";
import { hidePasswords } from "./hide-passwords.ts";
import { answerError, json } from "./http.ts";
import { createIdentity, type Instance } from "./instance.ts";
import { openKeys } from "./keys.ts";
import { mailCode } from "./mailer.ts";
import { emptyState } from "./model.ts";
import { googleRoutes } from "./oauth-pages.ts";
import { createRateLimits } from "./rate-limits.ts";
import { SeedUserSchema, seedUsers, type SeedUser } from "./seed.ts";
import { SettingsSchema, type SettingsInput } from "./settings.ts";

export type ClerkEmulatorOptions = {
  /** 0 takes any free port. */
  port: number;
  /** Where the site runs, such as http://localhost:3000. */
  appOrigin: string;
  publishableKey: string;
  secretKey: string;
  /** Without them no webhooks are sent. */
  webhookUrl?: string;
  webhookSecret?: string;
  /** Real milliseconds before each retry of a webhook. */
  webhookRetryDelays?: number[];
  /** Keeps users and sessions across restarts. */
  snapshotPath?: string;
  /** Keeps the signing key across restarts. */
  keysPath?: string;
  /** A service that speaks Resend's API; codes are mailed through it. */
  mailUrl?: string;
  mailApiKey?: string;
  seedUsers?: SeedUser[];
  settings?: SettingsInput;
};

const CODES_KEPT = 500;
const SEEDER = { ip: "127.0.0.1", userAgent: "seed", origin: null };

/**
 * Starts a Clerk instance of one's own: Frontend API, Backend API, webhooks, hosted consent page,
 * console page and control panel on one port of 127.0.0.1.
 *
 * @throws when a key could be a real one, or the port is taken
 */
export async function startClerkEmulator(options: ClerkEmulatorOptions): Promise<Service> {
  const identity = createIdentity(options);
  refuseLiveSecrets({ CLERK_SECRET_KEY: options.secretKey });

  const clock = createClock();
  const store = createStore({ initial: emptyState, snapshotPath: options.snapshotPath });
  const faults = createFaults((status) => errorBody(faultOf(status)));
  const log = createRequestLog(clock);
  const limits = createRateLimits(clock);
  const { webhookUrl, webhookSecret, mailUrl, mailApiKey = "re_local_walkthrough" } = options;
  const webhooks = createClerkWebhooks(
    clock,
    webhookUrl && webhookSecret ? { url: webhookUrl, secret: webhookSecret } : undefined,
    options.webhookRetryDelays,
  );

  let url = "";
  const instance: Instance = {
    identity,
    get state() {
      return store.state;
    },
    changed: () => store.changed(),
    settings: SettingsSchema.parse(options.settings ?? {}),
    clock,
    keys: openKeys(options.keysPath),
    emit(type, data, caller) {
      webhooks.send(createEvent(type, data, caller, identity.id, clock.now()));
    },
    async sendCode(email, code, purpose) {
      const sent = { email, code, purpose, sentAt: clock.now() };
      store.state.codes = [sent, ...store.state.codes].slice(0, CODES_KEPT);
      if (mailUrl) await mailCode({ url: mailUrl, apiKey: mailApiKey }, email, code, purpose);
    },
    url: () => url,
  };

  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);
  app.notFound((context) => {
    const error = refusals.routeNotFound();
    if (context.req.path.startsWith("/v1/")) {
      log.violate("request", `${context.req.method} ${context.req.path}`, ["No such operation."]);
    }
    return answerError(error, context);
  });

  app.post("/__admin/reset", (_context, next) => {
    Object.assign(instance.settings, SettingsSchema.parse(options.settings ?? {}));
    limits.clear();
    return next();
  });
  app.route("/__admin", clerkAdmin(instance));
  app.route("/__admin", adminRoutes({ store, clock, faults, log, webhooks }));

  const openid = { issuer: identity.issuer, id_token_signing_alg_values_supported: ["RS256"] };
  app.get("/.well-known/jwks.json", () => json(instance.keys.jwks));
  app.get("/.well-known/openid-configuration", () =>
    json({ ...openid, jwks_uri: `${url}/.well-known/jwks.json` }),
  );

  app.use("/v1/*", log.middleware, hidePasswords(log), faults.middleware);
  app.route("/v1", backendApi(instance));
  app.route("/v1", frontendApi({ instance, limits, log }));
  app.route("/oauth", googleRoutes(instance));
  app.route("/", consoleRoutes({ instance, log, webhooks }));

  const seeds = z.array(SeedUserSchema).parse(options.seedUsers ?? []);
  await seedUsers(instance, seeds, SEEDER);
  const service = await serve(app, {
    name: "clerk",
    port: options.port,
    beforeStop() {
      webhooks.reset();
      store.flush();
    },
  });
  url = service.url;
  return service;
}

function faultOf(status: number): ClerkError {
  return status === 429
    ? refusals.tooManyRequests(10)
    : new ClerkError(status, "internal_clerk_error", "Oops, an unexpected error occurred");
}
