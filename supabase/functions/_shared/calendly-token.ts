import { z } from "zod";

import { rpc } from "./db.ts";
import { env } from "./env.ts";
import { httpError, VENDOR_TIMEOUT_MS, VendorError } from "./vendor-error.ts";

const ClaimSchema = z.union([
  z.object({ access_token: z.string() }),
  z.object({ claim: z.string(), refresh_token: z.string() }),
  z.object({ is_busy: z.literal(true) }),
  z.object({ is_refused: z.literal(true) }),
]);

const TokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});

/** How long we wait for somebody else's refresh: longer than one may take. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 200;

/** The coach has to connect again; no retry can help. */
export class CalendlyRefused extends VendorError {
  constructor() {
    super("calendly: the coach has to connect again", { isPermanent: true });
  }
}

/**
 * An access token of a coach. A refresh token is good for one use, so the database lets one
 * caller refresh at a time; the others wait for what it saves.
 * @param refusedToken an access token that Calendly has just refused
 * @throws CalendlyRefused when there is no connection that works
 */
export async function calendlyToken(coachId: string, refusedToken?: string): Promise<string> {
  const endsAt = Date.now() + PATIENCE_MS;
  while (Date.now() < endsAt) {
    const claim = ClaimSchema.parse(
      await rpc("claim_calendly_token", {
        coach_id: coachId,
        refused_token: refusedToken ?? null,
      }),
    );
    if ("access_token" in claim) return claim.access_token;
    if ("is_refused" in claim) throw new CalendlyRefused();
    if ("claim" in claim) return await refresh(coachId, claim.claim, claim.refresh_token);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new VendorError("calendly: somebody else's refresh takes too long");
}

/** Uses a refresh token up, and saves what it brings before anybody uses that. */
async function refresh(coachId: string, claim: string, refreshToken: string): Promise<string> {
  const response = await askForTokens(refreshToken).catch(async (error: unknown) => {
    await rpc("fail_calendly_refresh", { coach_id: coachId, claim, is_refused: false });
    throw error;
  });

  if (!response.ok) {
    const isRefused = response.status === 400 && (await isInvalidGrant(response.clone()));
    await rpc("fail_calendly_refresh", { coach_id: coachId, claim, is_refused: isRefused });
    if (isRefused) throw new CalendlyRefused();
    throw await httpError("calendly oauth", response);
  }

  const tokens = TokensSchema.parse(await response.json());
  const isSaved = await rpc("save_calendly_tokens", { coach_id: coachId, claim, ...tokens });
  if (isSaved !== true) throw new VendorError("calendly: the connection changed meanwhile");
  return tokens.access_token;
}

function askForTokens(refreshToken: string): Promise<Response> {
  return postForm("/oauth/token", { grant_type: "refresh_token", refresh_token: refreshToken });
}

/** Ends a coach's tokens at Calendly. One that is not known any more is as good as ended. */
export async function revokeToken(token: string): Promise<void> {
  const response = await postForm("/oauth/revoke", { token });
  if (!response.ok && response.status !== 400) throw await httpError("calendly oauth", response);
  await response.body?.cancel();
}

function postForm(path: string, form: Record<string, string>): Promise<Response> {
  return fetch(`${env.CALENDLY_AUTH_BASE}${path}`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${env.CALENDLY_CLIENT_ID}:${env.CALENDLY_CLIENT_SECRET}`)}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    // As a stream, so that Deno does not send it twice: see zoom.ts.
    body: new Blob([new URLSearchParams(form).toString()]).stream(),
    signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS),
  });
}

async function isInvalidGrant(response: Response): Promise<boolean> {
  const body: unknown = await response.json().catch(() => null);
  return z.object({ error: z.literal("invalid_grant") }).safeParse(body).success;
}
