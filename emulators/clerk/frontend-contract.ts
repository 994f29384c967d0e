import { createMiddleware } from "hono/factory";

import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { ClerkError, refusals } from "./errors.ts";
import type { Instance } from "./instance.ts";

/** The version whose answers the emulator gives, and the one that @clerk/backend 2.33 asks for. */
export const API_VERSION = "2025-11-10";

/** Below /v1: where Google sends a browser back to, by way of the site's proxy. */
export const OAUTH_CALLBACK = "/oauth_callback";

/**
 * Holds callers to what Clerk asks of a proxy: which site it is for, the secret key, the visitor's
 * address, and the Origin of everything that changes something.
 */
export function checkProxyContract(instance: Instance, log: RequestLog) {
  return createMiddleware<EmulatorEnv>(async (context, next) => {
    const header = (name: string) => context.req.header(name);
    const { proxyUrl, secretKey, appOrigin } = instance.identity;
    const operation = `${context.req.method} ${context.req.path}`;

    try {
      if (header("clerk-proxy-url") !== proxyUrl) throw refusals.invalidHost();
      if (!header("clerk-secret-key")) throw refusals.proxySecretMissing();
      if (header("clerk-secret-key") !== secretKey) throw refusals.proxySecretInvalid();
      const version = context.req.query("__clerk_api_version");
      // Google sends browsers to the callback; they know of no version.
      const isCallback = context.req.path.endsWith(OAUTH_CALLBACK);
      if (!isCallback && version !== API_VERSION) throw refusals.wrongVersion(version ?? "(none)");
      if (context.req.method !== "GET") {
        if (!header("origin")) throw refusals.originMissing();
        if (header("origin") !== appOrigin) throw refusals.originInvalid();
      }
    } catch (error) {
      // Never the visitor's doing: the site called Clerk in a way that fails in production.
      if (error instanceof ClerkError) log.violate("request", operation, [error.longMessage]);
      throw error;
    }
    if (!header("x-forwarded-for")) {
      log.violate("request", operation, [
        "X-Forwarded-For is missing: Clerk would count all visitors as one.",
      ]);
    }
    return next();
  });
}
