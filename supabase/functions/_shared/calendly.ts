import { calendlyToken } from "./calendly-token.ts";
import { env } from "./env.ts";
import { VENDOR_TIMEOUT_MS } from "./vendor-error.ts";

export type CalendlyCall = { method: "GET" | "POST" | "DELETE"; body?: object };

/**
 * Calls Calendly's API for a coach. A token that Calendly refuses is refreshed once. A call
 * whose connection breaks is never repeated here: Calendly knows no idempotency keys, and only
 * the caller can find out what became of it.
 * @param path from the API's base, or the URI of something of Calendly's
 * @returns the response, whatever its status but 401
 */
export async function calendly(
  coachId: string,
  path: string,
  call: CalendlyCall = { method: "GET" },
): Promise<Response> {
  const token = await calendlyToken(coachId);
  const response = await callCalendly(token, path, call);
  if (response.status !== 401) return response;

  await response.body?.cancel();
  return await callCalendly(await calendlyToken(coachId, token), path, call);
}

/** The same with a token at hand. Only Calendly is ever told it, whatever the URI says. */
export function callCalendly(token: string, path: string, call: CalendlyCall): Promise<Response> {
  const { pathname, search } = new URL(path, env.CALENDLY_API_BASE);
  return fetch(`${env.CALENDLY_API_BASE}${pathname}${search}`, {
    method: call.method,
    // As a stream, so that Deno does not send it twice: see zoom.ts.
    ...(call.body && { body: new Blob([JSON.stringify(call.body)]).stream() }),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS),
  });
}
