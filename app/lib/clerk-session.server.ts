import { z } from "zod";

import type { ClerkFrontend, ClerkReply } from "./clerk-frontend.server.ts";
import { ClerkUnavailableError, readBody } from "./clerk-frontend.server.ts";

const TokenSchema = z.object({ jwt: z.string() });
const ClientSchema = z.object({
  response: z
    .object({
      sessions: z.array(z.object({ id: z.string(), status: z.string() })),
      last_active_session_id: z.string().nullable(),
    })
    .nullable(),
});

/**
 * A new token for a session of this browser.
 *
 * @param clerk the browser's Frontend API
 * @param sessionId the session
 * @returns the token, or null when the session has ended or is not this browser's
 * @throws ClerkUnavailableError when Clerk can't say, its rate limit included
 */
export async function mintToken(clerk: ClerkFrontend, sessionId: string): Promise<string | null> {
  const reply = await clerk.call(
    "POST",
    `/client/sessions/${encodeURIComponent(sessionId)}/tokens`,
    {},
  );
  if (reply.ok) return readBody(TokenSchema, reply.body).jwt;
  return whenGone(reply);
}

/**
 * The session this browser last used.
 *
 * @param clerk the browser's Frontend API
 * @returns its id, or null when the browser has none
 * @throws ClerkUnavailableError when Clerk can't say, its rate limit included
 */
export async function findActiveSession(clerk: ClerkFrontend): Promise<string | null> {
  const reply = await clerk.call("GET", "/client");
  if (!reply.ok) return whenGone(reply);

  const client = readBody(ClientSchema, reply.body).response;
  const active = client?.sessions.filter((session) => session.status === "active") ?? [];
  const last = active.find((session) => session.id === client?.last_active_session_id) ?? active[0];
  return last?.id ?? null;
}

/**
 * Only these two mean that the session is over. Anything else (a limit, a firewall, a wrong key)
 * must not sign people out.
 */
function whenGone(reply: Extract<ClerkReply, { ok: false }>): null {
  if (reply.status === 401 || reply.status === 404) return null;
  throw new ClerkUnavailableError(
    `Clerk refused with ${reply.status} ${reply.errors[0]?.code ?? ""}`,
  );
}
