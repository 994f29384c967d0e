import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { refusals } from "./errors.ts";
import { answerError, callerOf, json, parseBody, readPage } from "./http.ts";
import type { Instance } from "./instance.ts";
import { endSession, getSession, isActive, sessionJson } from "./sessions.ts";
import { mintSessionToken } from "./tokens.ts";

const TokenSchema = z.strictObject({
  expires_in_seconds: z.int().min(30).max(315_360_000).optional(),
});

/** /v1/sessions */
export function backendSessions(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);

  app.get("/", (context) => {
    const { client_id: clientId, user_id: userId, status, paginated } = context.req.query();
    const { limit, offset } = readPage(context);
    const found = Object.values(instance.state.sessions)
      .filter((session) => {
        isActive(instance, session); // so that one whose time is over says so
        return (
          (!clientId || session.clientId === clientId) &&
          (!userId || session.userId === userId) &&
          (!status || session.status === status)
        );
      })
      .reverse();
    const data = found.slice(offset, offset + limit).map(sessionJson);
    return json(paginated === "true" ? { data, total_count: found.length } : data);
  });

  app.get("/:id", (context) => json(sessionJson(getSession(instance, context.req.param("id")))));

  app.post("/:id/revoke", (context) => {
    const session = getSession(instance, context.req.param("id"));
    endSession(instance, session, "revoked", callerOf(context));
    return json(sessionJson(session));
  });

  app.post("/:id/tokens", async (context) => {
    const session = getSession(instance, context.req.param("id"));
    if (!isActive(instance, session)) throw refusals.sessionNotFound(session.id);
    const body = await parseBody(context, TokenSchema);
    const jwt = mintSessionToken(instance, session, null, body.expires_in_seconds);
    return json({ object: "token", jwt });
  });

  return app;
}
