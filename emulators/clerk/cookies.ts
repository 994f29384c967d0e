import { getCookie, setCookie } from "hono/cookie";

import type { ClerkContext } from "./http.ts";
import type { Instance } from "./instance.ts";
import type { Client } from "./model.ts";
import { activeSessions } from "./sessions.ts";
import { mintClientToken, readClientToken } from "./tokens.ts";

/** Clerk says ten years; browsers keep a cookie for 400 days at most, and Hono writes no longer one. */
const LONGEST_SECONDS = 400 * 24 * 3600;

/** The browser that calls, or null for one that Clerk has not met. */
export function clientOf(instance: Instance, context: ClerkContext): Client | null {
  return readClientToken(instance, getCookie(context, "__client"));
}

/**
 * Sets Clerk's cookies as the browser's sign-in state is now. They name Clerk's domain, as the
 * real ones do: a site that relays them has to remove it.
 *
 * @param client null when the browser was forgotten
 */
export function setClientCookies(
  instance: Instance,
  context: ClerkContext,
  client: Client | null,
): void {
  const { cookieDomain, cookieSuffix } = instance.identity;
  const shared = { path: "/", domain: cookieDomain, secure: true, sameSite: "Lax" } as const;
  const sessions = client ? activeSessions(instance, client) : [];
  // 0 says signed out; a token older than this moment is refused by the SDK.
  const updatedAt = String(Math.max(0, ...sessions.map((session) => session.signedInAtSeconds)));

  setCookie(context, "__client", client ? mintClientToken(instance, client) : "", {
    ...shared,
    httpOnly: true,
    maxAge: client ? LONGEST_SECONDS : 0,
  });
  for (const name of ["__client_uat", `__client_uat_${cookieSuffix}`]) {
    setCookie(context, name, updatedAt, { ...shared, maxAge: LONGEST_SECONDS });
  }
}
