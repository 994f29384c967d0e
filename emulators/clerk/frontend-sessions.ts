import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { clientOf, setClientCookies } from "./cookies.ts";
import { refusals } from "./errors.ts";
import { answerError, callerOf, json, readForm, type ClerkContext } from "./http.ts";
import type { Instance } from "./instance.ts";
import type { Client, Session } from "./model.ts";
import { clientJson, clientSessionJson } from "./present-client.ts";
import { endSession, isActive } from "./sessions.ts";
import { mintSessionToken } from "./tokens.ts";

/** /v1/client/sessions/{id} */
export function sessionRoutes(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);

  // The one answer that is not wrapped in {response, client}.
  app.post("/:id/tokens", async (context) => {
    const { session } = find(instance, context);
    await readForm(context, ["organization_id"]);
    seen(instance, session);
    return json({
      object: "token",
      jwt: mintSessionToken(instance, session, callerOf(context).origin),
    });
  });

  app.get("/:id", (context) => {
    const { client, session } = find(instance, context);
    return answer(instance, context, client, session);
  });

  app.post("/:id/touch", async (context) => {
    const { client, session } = find(instance, context);
    await readForm(context, ["active_organization_id", "intent"]);
    client.lastActiveSessionId = session.id;
    seen(instance, session);
    return answer(instance, context, client, session);
  });

  for (const [action, status] of [
    ["end", "ended"],
    ["remove", "removed"],
  ] as const) {
    app.post(`/:id/${action}`, (context) => {
      const { client, session } = find(instance, context);
      endSession(instance, session, status, callerOf(context));
      return answer(instance, context, client, session);
    });
  }

  return app;
}

/** A session of this browser that is still good. */
function find(instance: Instance, context: ClerkContext): { client: Client; session: Session } {
  const client = clientOf(instance, context);
  if (!client) throw refusals.signedOut();
  const id = context.req.param("id") ?? "";
  const session = instance.state.sessions[id];
  // One of another browser looks like one that never was.
  if (session?.clientId !== client.id) throw refusals.sessionNotFound(id);
  if (!isActive(instance, session)) throw refusals.unauthenticated();
  return { client, session };
}

function seen(instance: Instance, session: Session): void {
  session.lastActiveAt = instance.clock.now();
  const user = instance.state.users[session.userId];
  if (user) user.lastActiveAt = session.lastActiveAt;
  instance.changed();
}

function answer(
  instance: Instance,
  context: ClerkContext,
  client: Client,
  session: Session,
): Response {
  setClientCookies(instance, context, client);
  return context.json({
    response: clientSessionJson(instance, session, callerOf(context)),
    client: clientJson(instance, client, callerOf(context)),
  });
}
