import { Hono } from "hono";

import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { removeClient, signOut } from "./clients.ts";
import { clientOf, setClientCookies } from "./cookies.ts";
import { refusals } from "./errors.ts";
import { checkProxyContract, OAUTH_CALLBACK } from "./frontend-contract.ts";
import { sessionRoutes } from "./frontend-sessions.ts";
import { signInRoutes } from "./frontend-sign-ins.ts";
import { signUpRoutes } from "./frontend-sign-ups.ts";
import { answerError, callerOf, json, type ClerkContext } from "./http.ts";
import type { Instance } from "./instance.ts";
import type { Client } from "./model.ts";
import { returnFromGoogle } from "./oauth-attempts.ts";
import { clientJson } from "./present-client.ts";
import type { RateLimits } from "./rate-limits.ts";

export type FrontendParts = { instance: Instance; limits: RateLimits; log: RequestLog };

/**
 * The Frontend API, as far as a site needs it that talks to it from its server through the proxy
 * contract. Mounted at /v1.
 */
export function frontendApi({ instance, limits, log }: FrontendParts) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);
  app.use(checkProxyContract(instance, log));

  app.get("/proxy-health", () => json({ object: "proxy_health", status: "healthy" }));
  app.get("/client", (context) => {
    const client = clientOf(instance, context);
    return answerClient(instance, context, client);
  });
  app.delete("/client", (context) => {
    const client = clientOf(instance, context);
    if (client) removeClient(instance, client, callerOf(context));
    setClientCookies(instance, context, null);
    return answerClient(instance, context, null);
  });
  app.delete("/client/sessions", (context) => {
    const client = clientOf(instance, context);
    if (!client) throw refusals.signedOut();
    signOut(instance, client, callerOf(context));
    setClientCookies(instance, context, client);
    return answerClient(instance, context, client);
  });

  app.get(OAUTH_CALLBACK, (context) => {
    const client = clientOf(instance, context);
    const url = returnFromGoogle(instance, client, context.req.query(), callerOf(context));
    setClientCookies(instance, context, client);
    return context.redirect(url, 303);
  });

  app.route("/client/sign_ups", signUpRoutes(instance, limits));
  app.route("/client/sign_ins", signInRoutes(instance, limits));
  app.route("/client/sessions", sessionRoutes(instance));
  return app;
}

function answerClient(instance: Instance, context: ClerkContext, client: Client | null): Response {
  const response = client ? clientJson(instance, client, callerOf(context)) : null;
  return context.json({ response, client: null });
}
