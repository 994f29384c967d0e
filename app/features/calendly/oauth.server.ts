import { createHash, randomBytes } from "node:crypto";

import { createCookie } from "@remix-run/node";
import { z } from "zod";

import { fetchWithTimeout } from "~/lib/db.server";
import { getEnv } from "~/lib/env.server";
import { coachCalendlyCallbackPath, coachCalendlyPath } from "~/lib/paths";

/** What we ask for. Available times need one of two scopes, and Calendly's pages disagree which. */
const SCOPES = [
  "users:read",
  "event_types:read",
  "availability:read",
  "scheduled_events:read",
  "scheduled_events:write",
  "webhooks:read",
  "webhooks:write",
];

const AttemptSchema = z.object({ profileId: z.string(), state: z.string(), verifier: z.string() });

/** One way to Calendly and back, of one person in one browser. */
type Attempt = z.output<typeof AttemptSchema>;

/** As long as Calendly's own code lives. Seconds. */
const LIFE = 10 * 60;

function attemptCookie() {
  const { APP_ORIGIN, SESSION_SECRET } = getEnv();
  return createCookie("calendly", {
    path: coachCalendlyPath(),
    httpOnly: true,
    sameSite: "lax", // Calendly's redirect is a navigation from another site
    secure: APP_ORIGIN.startsWith("https:"),
    maxAge: LIFE,
    secrets: SESSION_SECRET,
  });
}

/**
 * Begins an attempt.
 *
 * @param profileId who is signed in
 * @returns where to send the browser, and the `Set-Cookie` that remembers the attempt
 */
export async function beginConnecting(profileId: string): Promise<{ url: string; cookie: string }> {
  const { CALENDLY_AUTH_BASE, CALENDLY_CLIENT_ID } = getEnv();
  const attempt: Attempt = { profileId, state: random(), verifier: random() };
  const query = new URLSearchParams({
    client_id: CALENDLY_CLIENT_ID,
    response_type: "code",
    redirect_uri: callbackUrl(),
    scope: SCOPES.join(" "),
    state: attempt.state,
    code_challenge: createHash("sha256").update(attempt.verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  return {
    url: `${CALENDLY_AUTH_BASE}/oauth/authorize?${query}`,
    cookie: await attemptCookie().serialize(attempt),
  };
}

/**
 * The attempt that a browser comes back from, if it is one that this person began in it.
 *
 * @param request with the attempt's cookie and Calendly's `state`
 * @param profileId who is signed in
 */
export async function readAttempt(request: Request, profileId: string): Promise<Attempt | null> {
  const parsed = AttemptSchema.safeParse(
    await attemptCookie().parse(request.headers.get("Cookie")),
  );
  const state = new URL(request.url).searchParams.get("state");
  if (!parsed.success || parsed.data.state !== state) return null;
  return parsed.data.profileId === profileId ? parsed.data : null;
}

/** @returns a `Set-Cookie` that ends the attempt */
export function forgetAttempt(): Promise<string> {
  return attemptCookie().serialize("", { maxAge: 0 });
}

const TokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});

const UserSchema = z.object({
  resource: z.object({
    uri: z.url(),
    name: z.string(),
    scheduling_url: z.url(),
    current_organization: z.url(),
  }),
});

/**
 * Exchanges Calendly's code for tokens, and asks whose they are.
 *
 * @param code what Calendly's redirect brought
 * @param verifier of the attempt
 * @returns the account, or null when Calendly refused the code
 * @throws Error when Calendly does not answer as documented
 */
export async function readAccount(code: string, verifier: string) {
  const { CALENDLY_AUTH_BASE, CALENDLY_API_BASE, CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET } =
    getEnv();
  const client = Buffer.from(`${CALENDLY_CLIENT_ID}:${CALENDLY_CLIENT_SECRET}`).toString("base64");
  const exchanged = await fetchWithTimeout(`${CALENDLY_AUTH_BASE}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${client}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: callbackUrl(),
      code_verifier: verifier,
    }),
  });
  if (exchanged.status === 400) return null;
  const tokens = TokensSchema.parse(await answerOf(exchanged));

  const asked = await fetchWithTimeout(`${CALENDLY_API_BASE}/users/me`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const { resource } = UserSchema.parse(await answerOf(asked));
  return {
    ...tokens,
    user_uri: resource.uri,
    organization_uri: resource.current_organization,
    account_name: resource.name,
    scheduling_url: resource.scheduling_url,
  };
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`Calendly answered ${response.status}`);
  return response.json();
}

function callbackUrl(): string {
  return getEnv().APP_ORIGIN + coachCalendlyCallbackPath();
}

function random(): string {
  return randomBytes(32).toString("base64url");
}
