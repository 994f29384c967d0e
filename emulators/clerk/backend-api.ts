import { Hono } from "hono";
import { createMiddleware } from "hono/factory";

import type { EmulatorEnv } from "../shared/serve.ts";
import { backendSessions } from "./backend-sessions.ts";
import { backendUsers } from "./backend-users.ts";
import { refusals } from "./errors.ts";
import { answerError, json } from "./http.ts";
import type { Instance } from "./instance.ts";

/** The Backend API, as far as @clerk/backend is used with it. Mounted at /v1. */
export function backendApi(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);
  const authenticate = requireSecretKey(instance);

  app.get("/jwks", authenticate, () => json(instance.keys.jwks));
  for (const [path, routes] of [
    ["/users", backendUsers(instance)],
    ["/sessions", backendSessions(instance)],
  ] as const) {
    app.use(path, authenticate);
    app.use(`${path}/*`, authenticate);
    app.route(path, routes);
  }
  return app;
}

function requireSecretKey(instance: Instance) {
  return createMiddleware<EmulatorEnv>(async (context, next) => {
    const given = context.req.header("authorization");
    if (given !== `Bearer ${instance.identity.secretKey}`) throw refusals.secretKeyInvalid();
    return next();
  });
}
