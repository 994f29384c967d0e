import { z } from "zod";

import { env } from "./env.ts";
import { httpError, VENDOR_TIMEOUT_MS } from "./vendor-error.ts";

const TokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

let token: { value: string; expiresAt: number } | undefined;

type ZoomCall = { method: "GET" | "POST" | "PATCH" | "DELETE"; body?: object };

/**
 * Calls Zoom's API as our account (Server-to-Server OAuth). A token that Zoom refuses is
 * fetched anew once. A call whose connection breaks is never repeated here: Zoom knows no
 * idempotency keys, and only the caller can find out what became of it.
 * @param path from the API's base, such as /meetings/123
 * @returns the response, whatever its status but 401
 */
export async function zoom(path: string, call: ZoomCall): Promise<Response> {
  const response = await callZoom(path, call);
  if (response.status !== 401) return response;

  await response.body?.cancel();
  token = undefined;
  return callZoom(path, call);
}

async function callZoom(path: string, { method, body }: ZoomCall): Promise<Response> {
  return await fetch(`${env.ZOOM_API_BASE}${path}`, {
    method,
    // As a stream. Deno sends a request again by itself when the connection closes unanswered,
    // a POST too (https://github.com/denoland/deno/issues/35610), unless it can't keep the body.
    ...(body && { body: new Blob([JSON.stringify(body)]).stream() }),
    headers: { authorization: `Bearer ${await accessToken()}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS),
  });
}

/** Cached until a minute before its end; a process that dies just fetches another. */
async function accessToken(): Promise<string> {
  if (token && token.expiresAt > Date.now() + 60_000) return token.value;

  const response = await fetch(`${env.ZOOM_OAUTH_BASE}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${env.ZOOM_CLIENT_ID}:${env.ZOOM_CLIENT_SECRET}`)}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({
      grant_type: "account_credentials",
      account_id: env.ZOOM_ACCOUNT_ID,
    }),
    signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS),
  });
  if (!response.ok) throw await httpError("zoom oauth", response);

  const { access_token, expires_in } = TokenSchema.parse(await response.json());
  token = { value: access_token, expiresAt: Date.now() + expires_in * 1000 };
  return access_token;
}
