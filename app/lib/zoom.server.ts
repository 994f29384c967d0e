import { z } from "zod";

import { fetchWithTimeout } from "./db.server.ts";
import { getEnv } from "./env.server.ts";

const TokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

let token: { value: string; endsAt: number } | undefined;

/**
 * Calls Zoom's API as our account (Server-to-Server OAuth), for what a person waits for. The twin
 * of `supabase/functions/_shared/zoom.ts`, which does what nobody waits for.
 *
 * @param path from the API's base, such as /meetings/123
 * @param call what to ask; asked again once when the token has just ended
 * @returns the response, or null when Zoom can't be reached
 */
export async function callZoom(
  path: string,
  call: { method: "GET" | "POST"; body?: object },
): Promise<Response | null> {
  try {
    const response = await send(path, call);
    if (response.status !== 401) return response;
    token = undefined;
    return await send(path, call);
  } catch {
    return null; // Refused, cut off or too slow: the person is told to try again.
  }
}

async function send(
  path: string,
  { method, body }: { method: string; body?: object },
): Promise<Response> {
  return fetchWithTimeout(`${getEnv().ZOOM_API_BASE}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${await accessToken()}`,
      "Content-Type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Kept until a minute before its end; another server process just fetches its own. */
async function accessToken(): Promise<string> {
  if (token && token.endsAt > Date.now() + 60_000) return token.value;

  const { ZOOM_OAUTH_BASE, ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET } = getEnv();
  const credentials = Buffer.from(`${ZOOM_CLIENT_ID}:${ZOOM_CLIENT_SECRET}`).toString("base64");
  const response = await fetchWithTimeout(`${ZOOM_OAUTH_BASE}/oauth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams({
      grant_type: "account_credentials",
      account_id: ZOOM_ACCOUNT_ID,
    }),
  });
  if (!response.ok) throw new Error(`Zoom gave no token: ${response.status}`);

  const { access_token, expires_in } = TokenSchema.parse(await response.json());
  token = { value: access_token, endsAt: Date.now() + expires_in * 1000 };
  return access_token;
}
